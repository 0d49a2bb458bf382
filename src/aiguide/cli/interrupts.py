"""Interrupts: noted instead of stopping at once, or the same from outside, for a good end."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class FromOutside(KeyboardInterrupt):
    """What ends a program from outside: a person may not be there to be told any more."""


@contextmanager
def noted() -> Iterator[Callable[[], bool]]:
    """Give what tells whether somebody has interrupted; the second interrupt stops at once."""
    seen = []

    def note(number: int, _: FrameType | None) -> None:
        seen.append(number)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(seen)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def put_off() -> Iterator[None]:
    """Heed no Ctrl-C while what was typed is being kept: a second one would lose it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def also_from_outside() -> Iterator[None]:
    """Take a window that is closed, and a request to end, for Ctrl-C: raises FromOutside.

    Whoever is interrupted then has the time to save: whatever comes after it is not heeded.
    """
    before = _set(dict.fromkeys(_stops(), _interrupt))
    try:
        yield
    except BaseException:
        _set(dict.fromkeys(before, signal.SIG_IGN))
        raise
    _set(before)


def heed_no_more() -> None:
    """Heed nothing more from outside: the terminal is gone, and what stands is being saved.

    The shell's word that the window is closed comes a moment after the terminal's own end.
    """
    _set(dict.fromkeys(_stops(), signal.SIG_IGN))


def _stops() -> list[int]:
    """Give the signals that end a program from outside, but for what `nohup` has switched off."""
    known = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    return [number for number in known if signal.getsignal(number) is not signal.SIG_IGN]


def _interrupt(_: int, __: FrameType | None) -> None:
    heed_no_more()
    raise FromOutside


def _set(handlers: dict[int, Any]) -> dict[int, Any]:
    """Set what signals do, and give what they did."""
    return {number: signal.signal(number, handler) for number, handler in handlers.items()}
