"""Asking a person at a terminal."""

import contextlib
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

from aiguide.cli import console, layout
from aiguide.cli.complaints import show_error
from aiguide.core.errors import AiguideError
from aiguide.core.words import Words

T = TypeVar("T")
DEFAULT_SHOWN = 40


with contextlib.suppress(ImportError):
    import readline  # noqa: F401 (gives `input` its line editing, with Japanese too)


def ask(label: str, default: str = "") -> str:
    """Ask for a line; an empty answer gives the default. Keys that are no text are left out."""
    shown = f"{label} [{_one_line(default)}]: " if default else f"{label}: "
    given = "".join(char for char in input("  " + shown) if not _is_control(char))
    return given.strip() or default


def _is_control(char: str) -> bool:
    """Tell whether a character is none that somebody meant to write, such as an arrow key's."""
    return unicodedata.category(char) in ("Cc", "Cs")


def _one_line(text: str) -> str:
    """Give the beginning of a text, to be shown in brackets."""
    line, *more = text.split("\n")
    return layout.fit(line, DEFAULT_SHOWN) + (" …" if more else "")


def ask_filled(words: Words, label: str) -> str:
    """Ask until there is an answer."""
    while not (given := ask(label)):
        console.say("  " + words.say("prompt.needed"))
    return given


def choose(
    words: Words, options: Sequence[tuple[str, str]], also: Sequence[str] = ()
) -> str | None:
    """Let a person choose by number or id; an empty answer is None.

    `options` are (id, label); `also` are ids that may be typed though they are not offered.
    """
    for number, (id, label) in enumerate(options, 1):
        console.say(layout.hanging(f"{number}", label, 2, 3, layout.columns()))
        console.say(" " * 5 + layout.paint(id, "dim"))
    ids = [id for id, _ in options]
    while True:
        given = ask(words.say("prompt.choose", most=len(options)))
        if not given:
            return None
        if given in ids or given in also:
            return given
        if given.isdecimal() and 1 <= int(given) <= len(ids):
            return ids[int(given) - 1]
        console.say("  " + words.say("prompt.choose.again", given=given))


def agreed(words: Words, label: str) -> bool:
    """Ask for yes or no; an empty answer is no."""
    while True:
        given = unicodedata.normalize("NFKC", ask(label)).lower()
        if given in ("y", "yes", "n", "no", ""):
            return given.startswith("y")
        console.say("  " + words.say("prompt.yes-no.again"))


def ask_until_right(words: Words, ask_it: Callable[[], T]) -> T:
    """Ask again, after saying what was wrong, until the answer can be used."""
    while True:
        try:
            return ask_it()
        except AiguideError as error:
            show_error(words, error)
