"""Asking a person at a terminal."""

import contextlib
import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Mapping
from types import MappingProxyType, ModuleType
from typing import TypeVar

from aiguide.cli import console, layout
from aiguide.cli.complaints import show_at_prompt
from aiguide.core.errors import AiguideError
from aiguide.core.text import LANGS
from aiguide.core.words import Words

T = TypeVar("T")
DEFAULT_SHOWN = 40
BACK, EXPLAIN, LEAVE, UNDO, CLEAR, EDITOR = "b", "?", "q", "u", "-", "@"

# What makes a text of the key behind it; a Japanese keyboard may give a yen sign for it.
_AS_TEXT = "\\＼¥￥"

# What the key of a minus gives in Japanese input, and what else looks like one.
_MINUS = frozenset("ー‐‑‒–—―−")


_readline: ModuleType | None = None
with contextlib.suppress(ImportError):
    import readline  # gives `input` its line editing, with Japanese too

    # A text pasted with line ends is one answer, and not an answer for each line.
    readline.parse_and_bind("set enable-bracketed-paste on")
    _readline = readline


# What a key such as an arrow sends, control characters, and those that turn the writing direction.
_NO_TEXT = re.compile(
    "\x1b\\[[0-9;]*[A-Za-z~]|\x1bO[A-Z]"
    "|[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Cancelled(Exception):
    """A person gave an answer up."""


def folded(given: str) -> str:
    """Give what was typed in lower case, full width made half; a minus alone however it looks."""
    plain = unicodedata.normalize("NFKC", given).lower()
    return CLEAR if plain in _MINUS else plain


def is_key(given: str, key: str) -> bool:
    """Tell whether a key was typed, of whichever width and case."""
    return folded(given) == key


def as_text(given: str, keys: Container[str]) -> str:
    """Take off the backslash that makes a text of the key behind it; any other one stays."""
    return given[1:] if given[:1] in _AS_TEXT and folded(given.lstrip(_AS_TEXT)) in keys else given


def ask(label: str, default: str = "", *, lines: bool = False) -> str:
    """Ask for a line, showing what Enter alone stands for. Keys that are no text are left out.

    Line ends of a text that was pasted stay only where `lines` may be several.
    """
    shown = f"{label} [{_one_line(default)}]: " if default else f"{label}: "
    with _recalled_by_arrow(default):
        return _text(input("  " + shown), lines=lines)


def _text(typed: str, *, lines: bool) -> str:
    given = _NO_TEXT.sub("", typed).strip()
    return given if lines else " ".join(given.splitlines())


def _is_recalled(offered: str) -> bool:
    """Tell whether the arrow up brings a text back, to be changed: one that is one line."""
    plain = len(offered.splitlines()) == 1 and not _NO_TEXT.search(offered)
    return _readline is not None and plain


@contextlib.contextmanager
def _recalled_by_arrow(offered: str) -> Iterator[None]:
    """Let the arrow up bring back what is offered, for one question: it is no line of before."""
    if _readline is None or not _is_recalled(offered):
        yield
        return
    with contextlib.suppress(UnicodeError):  # where the terminal's encoding has no such letter
        _readline.add_history(offered)
    try:
        yield
    finally:
        length = _readline.get_current_history_length()
        for at in range(length, max(0, length - 2), -1):  # `input` adds what was typed behind it
            if _readline.get_history_item(at) == offered:
                _readline.remove_history_item(at - 1)


def _cut_off(known: Container[str], *, lines: bool) -> str | None:
    """Give the text that an interrupt has cut off; nothing where that was none, or just a key.

    None where the terminal keeps no such line.
    """
    if _readline is None:
        return None
    given = _text(_readline.get_line_buffer(), lines=lines)
    return "" if folded(given) in known else as_text(given, known)


def _one_line(text: str) -> str:
    """Give the beginning of a text, to be shown in brackets."""
    line, *more = text.split("\n")
    return layout.fit(line, DEFAULT_SHOWN) + (" …" if more else "")


def listed(given: str) -> list[str]:
    """Split what was typed at commas of any width and at spaces, half-width."""
    return re.split(r"[,、\s]+", unicodedata.normalize("NFKC", given).strip())


def typed(label: str) -> str:
    """Ask for a word or key, whichever way it is typed: in lower case, full width made half."""
    return folded(ask(label))


def yes_or_no(words: Words, given: str) -> bool | None:
    """Read an answer as a person may write it, in either language; None where it is neither."""
    for key, meant in (("prompt.yes-words", True), ("prompt.no-words", False)):
        if any(given in words.spoken(lang).say(key).split() for lang in LANGS):
            return meant
    return None


def is_unknown(words: Words, given: str) -> bool:
    """Tell whether a person writes, in either language, that something is not known."""
    spoken = (words.spoken(lang).say("prompt.unknown-words").split(" / ") for lang in LANGS)
    return given == CLEAR or any(given in known for known in spoken)


def agreed(words: Words, label: str, *, enter: bool = False) -> bool:
    """Ask for yes or no; an empty answer is what `enter` says, and leaving is no."""
    while given := typed(label):
        answer = False if given in (LEAVE, BACK) else yes_or_no(words, given)
        if answer is not None:
            return answer
        console.say("  " + words.say("prompt.yes-no.again"))
    return enter


def ask_until_read(
    words: Words,
    label: Callable[[], str],
    explain: Callable[[], None],
    read: Callable[[str], T],
    default: str = "",
    *,
    keys: Mapping[str, Callable[[], T]] = MappingProxyType({}),
    lines: bool = False,
    cut: Callable[[str | None], None] = lambda _: None,
) -> T | None:
    """Ask until what is typed can be read; `?` explains, and `b` gives None: back a question.

    `label` is asked for each time, for what may be typed can change. Enter gives the default,
    which is never taken for a key. `keys` maps further ones, such as Enter (""), to what they do
    in place of `read`. `cut` takes what was being typed when somebody interrupts.
    A backslash makes a text of the key behind it.
    Raises: Cancelled for `q`.
    """
    known = {BACK, EXPLAIN, LEAVE, *keys} - {""}
    while True:
        asked = label()
        try:
            given = ask(asked, default, lines=lines)
        except KeyboardInterrupt:
            cut(_cut_off(known, lines=lines))
            raise
        key = folded(given)
        if key == BACK:
            return None
        if key == LEAVE:
            raise Cancelled
        if key == EXPLAIN:
            explain()
            if _is_recalled(default):
                console.say(layout.indented(words.say("prompt.recall"), 2, layout.columns()))
            continue
        try:
            return keys[key]() if key in keys else read(as_text(given, known) or default)
        except AiguideError as error:
            show_at_prompt(words, error)
