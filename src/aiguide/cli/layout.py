"""Laying text out on a terminal where a Japanese character takes two columns."""

import os
import re
import shutil
import sys
from collections.abc import Sequence

from rich.cells import cell_len

NARROWEST, WIDEST = 40, 100
LEAST_BESIDE = 16

# Japanese line breaking (kinsoku, JIS X 4051): what must not begin a line, nor end one.
_NOT_FIRST = set(
    "、。，．・：；？！）」』】〕］｝〉》…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}”’%"
)
_NOT_LAST = set("（「『【〔［｛〈《([{“‘")

_COLOUR = re.compile("\033\\[[0-9;]*m")
_CODES = {"bold": "1", "dim": "2", "blue": "34", "yellow": "33", "red": "31", "green": "32"}


def coloured() -> bool:
    """Tell whether colour may be used on stdout."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def screen_columns() -> int:
    """Give the columns of the screen."""
    return shutil.get_terminal_size((80, 24)).columns


def columns() -> int:
    """Give the columns to use."""
    return max(NARROWEST, min(WIDEST, screen_columns()))


def rows() -> int:
    """Give the lines of the screen."""
    return shutil.get_terminal_size((80, 24)).lines


def width(text: str) -> int:
    """Count the columns that a text takes; colour takes none."""
    return cell_len(_COLOUR.sub("", text) if "\033" in text else text)


def pad(text: str, columns: int) -> str:
    """Fill a text up with spaces to some columns."""
    return text + " " * max(0, columns - width(text))


def fit(text: str, columns: int) -> str:
    """Cut a text to some columns, with an ellipsis where it was cut."""
    if width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > columns - 1:
            break
        kept += char
    return kept + "…"


def paint(text: str, *styles: str) -> str:
    """Colour a text where that is wanted; colour is never the only sign."""
    codes = [_CODES[style] for style in styles if style in _CODES]
    return f"\033[{';'.join(codes)}m{text}\033[0m" if codes and coloured() else text


def bar(clear: int, total: int, columns: int = 10) -> str:
    """Draw progress; anything done shows, and only all done is full."""
    if not total:
        return "─" * columns
    filled = clear * columns // total
    filled = max(1, filled) if clear else 0
    return "▇" * filled + "▁" * (columns - filled)


def rule(columns: int) -> str:
    """Draw a line across."""
    return "─" * columns


def ends(left: str, right: str, columns: int) -> str:
    """Put one text at the left end and one at the right end; on two lines where they do not fit."""
    gap = columns - width(left) - width(right)
    indent = len(left) - len(left.lstrip())
    if gap >= 2:
        return left + " " * gap + right
    return f"{indented(left.lstrip(), indent, columns)}\n{' ' * indent}{right}"


def wrap(text: str, columns: int, *, cut: bool = True) -> list[str]:
    """Break a text into lines of at most some columns, as Japanese and English break.

    What has nowhere to break, such as a long URL, is `cut`, or left to the terminal. Where a line
    begins with blanks, what is broken off it begins so, too.
    """
    lines = []
    for paragraph in text.splitlines() or [""]:
        line, blanks = "", len(paragraph) - len(paragraph.lstrip(" "))
        own = " " * min(blanks, columns // 4)
        for piece in _pieces(paragraph):
            if line and width(line + piece.rstrip()) > columns:
                lines.append(line.rstrip())
                line = own + piece.lstrip()
            else:
                line += piece
            while cut and width(line.rstrip()) > columns:
                head = fit(line, columns + 1)[:-1] or line[:1]
                lines.append(head)
                line = own + line[len(head) :]
        lines.append(line.rstrip())
    return lines


def clipped(text: str, most: int, columns: int) -> str:
    """Cut a text to so many lines of some columns, with an ellipsis where it was cut.

    A short last line takes in the beginning of what follows: a long URL, which breaks nowhere,
    would go unseen.
    """
    lines = wrap(text, columns)
    if len(lines) <= most:
        return text
    last, following = lines[most - 1], lines[most]
    filled = last if width(last) > columns // 2 else fit(f"{last} {following}", columns)
    return "\n".join([*lines[: most - 1], fit(f"{filled.rstrip('…')}…", columns)])


def indented(text: str, indent: int, columns: int, *, cut: bool = True) -> str:
    """Wrap a text and indent every line."""
    indent = min(indent, columns // 4)
    space = " " * indent
    return "\n".join(space + line for line in wrap(text, columns - indent, cut=cut))


def hanging(label: str, text: str, indent: int, label_columns: int, columns: int) -> str:
    """Put a label before a wrapped text whose later lines hang below its first.

    Where there is no room beside the label, or none between them, the text goes below it.
    """
    start = indent + label_columns
    if columns - start < LEAST_BESIDE or width(label) >= label_columns:
        return " " * indent + label + "\n" + indented(text, indent + 2, columns)
    lines = wrap(text, columns - start)
    first = " " * indent + pad(label, label_columns) + lines[0]
    return "\n".join([first, *(" " * start + line for line in lines[1:])])


def table(rows: Sequence[Sequence[str]], indent: int = 2) -> list[str]:
    """Align rows in columns; the last one is left as it is."""
    count = max(len(row) for row in rows)
    widths = [max(width(row[i]) for row in rows if i < len(row)) for i in range(count)]
    return [
        " " * indent
        + "".join(pad(cell, widths[i] + 2) for i, cell in enumerate(row[:-1]))
        + row[-1]
        for row in rows
    ]


def _pieces(text: str) -> list[str]:
    """Split a text where a line may break: words with the space after, else single characters.

    A command that a sentence names stays whole, with its options.
    """
    pieces: list[str] = []
    for char in text:
        previous = pieces[-1][-1] if pieces else ""
        joins = previous and (
            char in _NOT_FIRST
            or previous in _NOT_LAST
            or (char == " ")
            or (_word(previous) and _word(char))
            or (_word(char) and _goes_on(pieces[-1], char))
        )
        if joins:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _goes_on(piece: str, char: str) -> bool:
    """Tell whether a character after a piece begins the name of a command, or an option of one."""
    if piece.endswith(("aiguide ", "aiguide guideline ", "git ")):
        return True
    return char == "-" and piece.endswith(" ") and ("aiguide " in piece or "git " in piece)


def _word(char: str) -> bool:
    return char.isascii() and not char.isspace()
