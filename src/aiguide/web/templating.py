"""The Jinja2 environment of the pages."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_TEMPLATES = Path(__file__).parent / "templates"

# Made once: a page is rendered again and again.
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def render(name: str, **values: Any) -> str:
    """Render a page; all that is filled in is escaped."""
    return _ENVIRONMENT.get_template(f"{name}.html.j2").render(values)
