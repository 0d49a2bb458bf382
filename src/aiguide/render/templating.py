"""The Jinja2 environment that our HTML templates share."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from aiguide.core.words import Words
from aiguide.render.plain import without_controls

_TEMPLATES = Path(__file__).parent / "templates"


def render_template(name: str, words: Words, **values: Any) -> str:
    """Render one of our templates; all that is filled in is escaped, and `say` words headings."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["css"] = css_string
    return without_controls(environment.get_template(name).render(say=words.say, **values))


def css_string(text: str) -> Markup:
    """Write text as a string of CSS; whatever could end it stands as its code point."""
    plain = (
        char if char.isalnum() or char in " -./:()・（）" else f"\\{ord(char):x} " for char in text
    )
    return Markup('"' + "".join(plain) + '"')
