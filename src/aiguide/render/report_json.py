"""A report's data as JSON: the view that all other formats lay out."""

import dataclasses
import json
from typing import Any

from aiguide.render.rendered import Rendered


def render(view: Any) -> Rendered:
    """Render a view to JSON in UTF-8, its fields in their order."""
    data = dataclasses.asdict(view)
    return Rendered((json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())
