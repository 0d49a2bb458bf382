"""The AI of a project as people write it: product, model and vendor on a line."""

import re

from aiguide.core.errors import AiguideError
from aiguide.core.project import AiSystem

PARTS = 3
_BETWEEN = re.compile(r"／|(?<=\s)/(?=\s)")


def written(ai: AiSystem) -> str:
    """Write an AI as `read` takes it; a part that is not said but by later ones stays empty."""
    return " / ".join((ai.product, ai.model, ai.vendor)).rstrip(" /")


def read(given: str) -> AiSystem:
    """Read `PRODUCT / MODEL / VENDOR`; a stroke without blanks is part of a name.

    Raises: AiguideError `bad-ai`.
    """
    parts = [part.strip() for part in _BETWEEN.split(f" {given} ")]
    if len(parts) > PARTS or not any(parts):
        raise AiguideError("bad-ai", value=given)
    return AiSystem(*parts)
