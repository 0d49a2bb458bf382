"""Printing: data to stdout, talk to stderr, and no character that stops either."""

import codecs
import contextlib
import csv
import io
import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from aiguide.cli import layout
from aiguide.core.defused import defused
from aiguide.core.json_text import json_text

# For consoles that cannot show our marks: the same in ASCII.
_ASCII = {
    "●": "*",
    "▇": "#",
    "▁": ".",
    "─": "-",
    "—": "-",
    "–": "-",
    "−": "-",
    "…": "...",
    "→": "->",
    "·": "-",
    "・": "/",
    "“": '"',
    "”": '"',
    "’": "'",
    "×": "x",
    "✓": "+",
    "〔": "[",
    "〕": "]",
    "「": '"',
    "」": '"',
    "※": "*",
    "\ufffd": "?",
}
_HANDLER = "aiguide-marks"

# An encoding that a locale names, and the one with more letters that its terminals speak.
_WIDER = {"shift_jis": "cp932"}

# Our own colours, or else a character that would steer the terminal: control characters but tab,
# and those that turn the writing direction.
_STEERING = re.compile(
    "\033\\[(?:0|[12](?:;[12])?|3[1-4](?:;[12])?)m"
    "|[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)

# A command to be pasted, alone on its line or at the end of a sentence. A sentence may begin with
# the name of one, too: it goes on in Japanese outside of quotes, or ends with a full stop.
_PASTED = re.compile(
    r"(?P<said>(?:.*?[:：] )?)"
    r"(?P<command>(?:aiguide|git|mv|echo|cp|chmod) (?:'[^']*'|\"[^\"]*\"|[ !#-&(-~])+(?<![^.]\.))"
)


def prepare() -> None:
    """Let stdout and stderr print anything: what their encoding lacks becomes ASCII.

    What is no text in the encoding of stdin comes as surrogates. Shift_JIS is what Windows writes.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 (it stays open)
    codecs.register_error(_HANDLER, _replace)
    for stream, errors in (
        (sys.stdin, "surrogateescape"),
        (sys.stdout, _HANDLER),
        (sys.stderr, _HANDLER),
    ):
        if isinstance(stream, io.TextIOWrapper):
            wider = _WIDER.get(codecs.lookup(stream.encoding).name, stream.encoding)
            stream.reconfigure(encoding=wider, errors=errors)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_ASCII.get(char, "?") for char in bad), error.end


def can_show(text: str) -> bool:
    """Tell whether the encoding of stdout has every character of a text, and needs no stand-in."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def say(line: str = "") -> None:
    """Print a line of the answer; at a terminal, one that is too wide is broken between words."""
    print(_fitted(_tame(line), sys.stdout))


def talk(line: str = "") -> None:
    """Print a line of talk, to stderr, as `say` does."""
    print(_fitted(_tame(line), sys.stderr), file=sys.stderr)


def laid_out(text: str, indent: int) -> str:
    """Wrap a text and indent it; a command on a line of its own stays whole."""
    columns = layout.columns()
    return "\n".join(
        " " * indent + line if _PASTED.fullmatch(line) else layout.indented(line, indent, columns)
        for line in text.split("\n")
    )


def _fitted(text: str, stream: TextIO) -> str:
    if not stream.isatty():
        return text
    room = layout.screen_columns()
    lines = text.split("\n")
    return "\n".join(line if layout.width(line) <= room else _broken(line, room) for line in lines)


def _broken(line: str, room: int) -> str:
    """Break a line between words; a command stays whole, below what is said of it."""
    text = line.lstrip(" ")
    indent = len(line) - len(text)
    if not (found := _PASTED.fullmatch(text)):
        return layout.indented(text, indent, room, cut=False)
    if not found["said"]:
        return line
    said = layout.indented(found["said"].rstrip(), indent, room, cut=False)
    return f"{said}\n{' ' * (indent + 2)}{found['command']}"


def _tame(line: str) -> str:
    """Replace what would steer the terminal, but for line ends and our own colours."""
    if line.isascii() and line.isprintable():
        return line
    return _STEERING.sub(lambda match: match[0] if _is_ours(match[0]) else "\ufffd", line)


def _is_ours(found: str) -> bool:
    """Tell line ends and, where colour is wanted, our colours from what came with the data."""
    return found == "\n" or (len(found) > 1 and layout.coloured())


def give_up(stream: TextIO, error: OSError) -> None:
    """After a failed write to a stream, let the interpreter not try again at its end."""
    if error.filename is None:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def put(content: bytes) -> None:
    """Write bytes to stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def put_pieces(pieces: Iterable[bytes]) -> None:
    """Write bytes to stdout piece by piece."""
    sys.stdout.flush()
    sys.stdout.buffer.writelines(pieces)
    sys.stdout.buffer.flush()


def put_json(data: Any) -> None:
    """Write data to stdout as JSON, in UTF-8 whatever the console speaks."""
    put((json_text(data, 2) + "\n").encode())


def put_json_line(data: Any) -> None:
    """Write data to stdout as one line of JSON, in UTF-8."""
    put((json_text(data) + "\n").encode())


def put_csv_row(cells: Sequence[str], first: bool = False) -> None:
    """Write a row of CSV to stdout, in UTF-8; spreadsheets know it by the mark at the beginning."""
    row = io.StringIO()
    csv.writer(row).writerow([defused(_tame(cell)) for cell in cells])
    put(row.getvalue().encode("utf-8-sig" if first else "utf-8"))
