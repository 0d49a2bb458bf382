"""Escaping text so that Markdown shows it as it is."""

import re

_SPECIAL = str.maketrans({char: "\\" + char for char in "\\`*_[]<>#|~$"} | {"&": "&amp;"})
# A web address, without what ends the sentence that it stands in.
_ADDRESS = re.compile(r"""(https?://[^\s<>|`"\\、。「」（）『』【】]+(?<![.,;:!?)\]}']))""")
_LINE_START = re.compile(r"([0-9]+(?=[.)])|(?=[-+=]))(.)")


def escaped(text: str) -> str:
    """Escape text as one paragraph; what acts at the start of a line is defused there.

    In a web address a backslash would be part of it, so it stands in angle brackets.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "<br>".join(_defused("".join(map(_shown, _ADDRESS.split(line)))) for line in lines)


def _shown(part: str) -> str:
    if _ADDRESS.fullmatch(part):
        return f"<{part.replace('&', '&amp;')}>"
    return part.translate(_SPECIAL)


def escaped_cell(text: str) -> str:
    """Escape text for a cell of a table."""
    return escaped(text) or " "


def _defused(line: str) -> str:
    """Keep a line from being read as a list, a rule or a heading."""
    return _LINE_START.sub(r"\1\\\2", line, count=1) if _LINE_START.match(line) else line
