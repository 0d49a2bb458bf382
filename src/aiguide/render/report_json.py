"""A report's data as JSON: the view that all other formats lay out."""

import dataclasses
from typing import Any

from aiguide.core.json_text import json_text
from aiguide.render.rendered import Rendered


def render(view: Any) -> Rendered:
    """Render a view to JSON in UTF-8, its fields in their order."""
    data = dataclasses.asdict(view)
    return Rendered((json_text(data, 2) + "\n").encode())
