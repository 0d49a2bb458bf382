"""The Jinja2 environment that our HTML templates share."""

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from aiguide.core.errors import AiguideError
from aiguide.core.paper import pieces, tints
from aiguide.core.words import Words
from aiguide.render.markdown import escaped, escaped_cell
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
    environment.filters |= {"css": css_string, "pieces": pieces, "tints": tints}
    return without_controls(environment.get_template(name).render(say=words.say, **values))


def render_own(source: str, file: str, format: str, data: Mapping[str, Any]) -> str:
    """Render somebody's own template over a report's data, which it knows by its fields' names.

    Nothing but the data is within its reach. In HTML all that is filled in is escaped; Markdown has
    the filters `md` and `cell`. Raises: AiguideError `bad-template` with the line.
    """
    environment = SandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=format == "html",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"md": escaped, "cell": escaped_cell}
    try:
        return without_controls(environment.from_string(source).render(data))
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        line = getattr(error, "lineno", None) or _line_of(error)
        raise AiguideError("bad-template", file=file, line=line, said=str(error)) from None


def _line_of(error: Exception) -> int:
    """Find the line of a template that raised; the template is the only code without a file."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__)]
    names = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    inside = [line for line, name in zip(lines, names, strict=True) if name == "<template>"]
    return inside[-1] if inside and inside[-1] is not None else 1


def css_string(text: str) -> Markup:
    """Write text as a string of CSS; whatever could end it stands as its code point."""
    plain = (
        char if char.isalnum() or char in " -./:()・（）" else f"\\{ord(char):x} " for char in text
    )
    return Markup('"' + "".join(plain) + '"')
