"""The AI of a project as people write it: product, model and vendor on a line."""

import re
from dataclasses import fields
from typing import Any

from aiguide.core.errors import AiguideError
from aiguide.core.project import AiSystem

PARTS = 3
_BETWEEN = re.compile(r"／|(?<=\s)/(?=\s)")

_FIELDS = {one.name for one in fields(AiSystem)}


def are_systems(held: Any) -> bool:
    """Tell whether a history says of AI what a project does; by hand anything can be written."""
    return isinstance(held, list) and all(
        isinstance(one, dict)
        and one.keys() <= _FIELDS
        and all(isinstance(text, str) for text in one.values())
        for one in held
    )


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
