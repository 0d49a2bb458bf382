"""A line read key by key, each character whole, where readline does not know the encoding."""

import codecs
import os
import re
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from aiguide.cli import layout
from aiguide.cli.typed_line import SEQUENCE

_ENTER, _LEAVE, _CLEAR, _ERASE = "\r\n", "\x04", "\x15", "\x7f\x08"

# What asks a terminal to mark a text that is pasted, and the marks: its line ends are no Enter.
_MARK, _NO_MARK = "\x1b[?2004h", "\x1b[?2004l"
_PASTING, _PASTED = "\x1b[200~", "\x1b[201~"

# A key that is no character, all of it or so far.
_KEY_AT_END = re.compile(rf"(?:{SEQUENCE}|\x1b(?:\[[0-9;]*|O)?)\Z")
_LONGEST_KEY = 16


def read_line(prompt: str, line: list[str]) -> str:
    """Show a prompt and read a line; `line` holds what is typed so far, whoever interrupts.

    Bytes that are no character of the encoding of stdin come as surrogates.
    Raises: EOFError.
    """
    line.clear()
    with _each_key_at_once():
        _show(prompt)
        for char in _characters():
            if char in _ENTER and not _is_pasting(line):
                break
            if char == _LEAVE and not line:
                raise EOFError
            _take(char, line)
    return "".join(line)


def _take(char: str, line: list[str]) -> None:
    """Add a character to a line, or take off it what the key for that does."""
    if char in _ERASE + _CLEAR:
        shown = re.sub(SEQUENCE, "", "".join(line))
        stays = shown[:-1] if char in _ERASE else ""
        line[:] = stays
        _show("\b \b" * (layout.width(shown) - layout.width(stays)))
        return
    line.append(char)
    if char.isprintable() and not _KEY_AT_END.search("".join(line[-_LONGEST_KEY:])):
        _show(char)


def _is_pasting(line: list[str]) -> bool:
    text = "".join(line)
    return text.rfind(_PASTING) > text.rfind(_PASTED)


def _characters() -> Iterator[str]:
    """Give what is typed, character by character. Raises: EOFError."""
    decode = codecs.getincrementaldecoder(sys.stdin.encoding)("surrogateescape").decode
    while True:
        try:
            byte = os.read(sys.stdin.fileno(), 1)
        except OSError:  # what Linux says of a terminal whose window is closed
            byte = b""
        if not byte:
            raise EOFError
        yield from decode(byte)


@contextmanager
def _each_key_at_once() -> Iterator[None]:
    """Let the terminal give each key as it is typed, and show none of itself."""
    terminal = sys.stdin.fileno()
    before, marks = termios.tcgetattr(terminal), os.environ.get("TERM") != "dumb"
    tty.setcbreak(terminal, termios.TCSADRAIN)
    _show(_MARK if marks else "")
    try:
        yield
    finally:
        with suppress(OSError, termios.error):  # the window may be closed
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
            _show(f"{_NO_MARK if marks else ''}\n")


def _show(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
