"""Printing: data to stdout, talk to stderr, and no character that stops either."""

import codecs
import io
import json
import os
import sys
from typing import Any

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
}
_HANDLER = "aiguide-marks"


def prepare() -> None:
    """Let stdout and stderr print anything: what their encoding lacks becomes ASCII."""
    codecs.register_error(_HANDLER, _replace)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_ASCII.get(char, "?") for char in bad), error.end


def say(line: str = "") -> None:
    """Print a line of the answer."""
    print(line)


def talk(line: str = "") -> None:
    """Print a line of talk, to stderr."""
    print(line, file=sys.stderr)


def put(content: bytes) -> None:
    """Write bytes to stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def put_json(data: Any) -> None:
    """Write data to stdout as JSON, in UTF-8 whatever the console speaks."""
    put((json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())


def put_json_line(data: Any) -> None:
    """Write data to stdout as one line of JSON, in UTF-8."""
    put((json.dumps(data, ensure_ascii=False) + "\n").encode())


def coloured() -> bool:
    """Tell whether colour may be used on stdout."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain
