"""A line that is typed at a terminal, read whole: by readline where it knows the encoding."""

import atexit
import codecs
import contextlib
import re
import select
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from types import FrameType, ModuleType

from aiguide.cli.interrupts import heed_no_more

_readline: ModuleType | None = None
with contextlib.suppress(ImportError):
    import readline  # gives `input` its line editing, with Japanese too

    # A text pasted with line ends is one answer, and not an answer for each line.
    readline.parse_and_bind("set enable-bracketed-paste on")
    # The arrow up brings what is offered, and not the key of a menu before it.
    readline.set_auto_history(False)
    _readline = readline

SEQUENCE = "\x1b\\[[0-9;]*[A-Za-z~]|\x1bO[A-Z]"  # what a key such as an arrow sends

# What is left out of a text: keys, control characters, and those that turn the writing direction.
_NO_TEXT = re.compile(
    f"{SEQUENCE}|[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

# What stands for a byte that is no character: of any encoding, and of CP932.
_UNREAD = re.compile("[\ud800-\udfff\uf8f0-\uf8f3]")


LOOK = 0.1  # seconds between two looks at a line that is being typed


class Unreadable(Exception):
    """What was typed is no text in the encoding of the terminal."""


@dataclass(slots=True)
class _KeyByKey:
    """The line that is read so, and whether all are: readline has failed, and may keep bytes."""

    line: list[str] = field(default_factory=list)
    always: bool = False


_key_by_key = _KeyByKey()


@dataclass(slots=True)
class _Watched:
    """The line as it was at the last look: readline drops it when the window is closed."""

    line: str = ""


_watched = _Watched()


def typed_line(prompt: str, offered: str) -> str:
    """Read a line; the arrow up brings back what is `offered`, where `is_recalled` says so.

    Keys that are no text are left out. Raises: Unreadable, EOFError.
    """
    try:
        given = _read(prompt, offered)
    except EOFError:
        if _is_hung_up():
            heed_no_more()
        raise
    if _UNREAD.search(given):
        _key_by_key.always = True
        raise Unreadable
    return _NO_TEXT.sub("", given)


def _read(prompt: str, offered: str) -> str:
    if _is_key_by_key():
        from aiguide.cli.key_by_key import read_line

        return read_line(prompt, _key_by_key.line)
    with _recalled_by_arrow(offered), _looked_at():
        return input(prompt)


def cut_off() -> str | None:
    """Give the line that an interrupt has cut off, or the end of a window; None where none is kept.

    At the end of a window it is the line as it was at the last look.
    """
    if _is_key_by_key():
        given = "".join(_key_by_key.line)
    elif _readline is None:
        return None
    else:
        seen = _watched.line if _is_hung_up() else ""
        given = seen or _readline.get_line_buffer()
    return None if _UNREAD.search(given) else _NO_TEXT.sub("", given)


def is_edited() -> bool:
    """Tell whether readline reads: arrows move in the line, and Tab completes it."""
    return _readline is not None and not _is_key_by_key()


def is_recalled(offered: str) -> bool:
    """Tell whether the arrow up brings a text back, to be changed: one that is one line."""
    return is_edited() and len(offered.splitlines()) == 1 and not _NO_TEXT.search(offered)


@contextlib.contextmanager
def _looked_at() -> Iterator[None]:
    """Look now and then at the line that is being typed, where the system has a timer for that."""
    _watched.line = ""
    if _readline is None or not hasattr(signal, "setitimer"):
        yield
        return
    lines = _readline

    def look(_: int, __: FrameType | None) -> None:
        try:
            if not _is_hung_up():  # readline may have dropped it by then
                _watched.line = lines.get_line_buffer()
        except SystemError as error:  # Python looks for signals once more while one interrupts
            raise error.__cause__ or error from None

    _look_no_more_at_exit()
    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@cache
def _look_no_more_at_exit() -> None:
    """Stop the timer before Python ends: a signal may fall between the lines that stop it else.

    Python hands signals back to the system then, which ends a program by this one.
    """
    atexit.register(signal.setitimer, signal.ITIMER_REAL, 0)


def _is_hung_up() -> bool:
    """Tell whether the terminal is gone, where the system can say so."""
    if not hasattr(select, "poll"):
        return False
    asked = select.poll()
    with contextlib.suppress(OSError, ValueError):
        asked.register(sys.stdin.fileno(), 0)
        return any(events & select.POLLHUP for _, events in asked.poll(0))
    return False


@contextlib.contextmanager
def _recalled_by_arrow(offered: str) -> Iterator[None]:
    """Let the arrow up bring back what is offered, for one question."""
    if _readline is None or not is_recalled(offered):
        yield
        return
    with contextlib.suppress(UnicodeError):  # where the terminal's encoding has no such letter
        _readline.add_history(offered)
    try:
        yield
    finally:
        _readline.clear_history()


def _is_key_by_key() -> bool:
    """Tell whether readline is to stay out: it goes by the locale, and cuts other characters up."""
    if _readline is None:
        return False
    import locale

    known, spoken = _known(locale.nl_langinfo(locale.CODESET)), _known(sys.stdin.encoding)
    return _key_by_key.always or known in ("", "ascii") or known != spoken


def _known(encoding: str) -> str:
    """Give the name of an encoding by which it is the same as another; none where it is unknown."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return ""
