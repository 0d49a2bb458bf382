"""The Jinja2 environment that all templates share."""

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aiguide.core.words import Words

# Control characters but tab and line end, and those that turn the writing direction.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TEMPLATES = Path(__file__).parent / "templates"


def render_template(name: str, words: Words, **values: Any) -> str:
    """Render a template; HTML is escaped throughout, and `say` words its headings.

    A template for Markdown escapes with the filter `md`, or `cell` inside a table.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=name.endswith(".html.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = escaped_markdown
    environment.filters["cell"] = escaped_cell
    return _CONTROLS.sub("\ufffd", environment.get_template(name).render(say=words.say, **values))


_MARKDOWN = str.maketrans({char: "\\" + char for char in "\\`*_[]<>#|~$"} | {"&": "&amp;"})


def escaped_markdown(text: str) -> str:
    """Escape text so that Markdown shows it as it is, in one paragraph.

    Characters that only mean something at the start of a line are defused there.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "<br>".join(_defused(line.translate(_MARKDOWN)) for line in lines)


def escaped_cell(text: str) -> str:
    """Escape text for a cell of a Markdown table."""
    return escaped_markdown(text) or " "


_LINE_START = re.compile(r"([0-9]+(?=[.)])|(?=[-+=]))(.)")


def _defused(line: str) -> str:
    """Keep a line from being read as a list, a rule or a heading."""
    return _LINE_START.sub(r"\1\\\2", line, count=1) if _LINE_START.match(line) else line
