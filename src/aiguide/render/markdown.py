"""Escaping text so that Markdown shows it as it is."""

import re

_SPECIAL = str.maketrans({char: "\\" + char for char in "\\`*_[]<>#|~$"} | {"&": "&amp;"})
_LINE_START = re.compile(r"([0-9]+(?=[.)])|(?=[-+=]))(.)")


def escaped(text: str) -> str:
    """Escape text as one paragraph; what acts at the start of a line is defused there."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "<br>".join(_defused(line.translate(_SPECIAL)) for line in lines)


def escaped_cell(text: str) -> str:
    """Escape text for a cell of a table."""
    return escaped(text) or " "


def _defused(line: str) -> str:
    """Keep a line from being read as a list, a rule or a heading."""
    return _LINE_START.sub(r"\1\\\2", line, count=1) if _LINE_START.match(line) else line
