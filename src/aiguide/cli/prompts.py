"""Asking a person at a terminal."""

import re
import sys
import unicodedata
from collections.abc import Callable, Container, Mapping
from types import MappingProxyType
from typing import TypeVar

from aiguide.cli import console, layout
from aiguide.cli.complaints import show_at_prompt
from aiguide.cli.typed_line import Unreadable, cut_off, is_recalled, typed_line
from aiguide.core.errors import AiguideError
from aiguide.core.text import LANGS
from aiguide.core.wording import is_word_for
from aiguide.core.words import Words

T = TypeVar("T")
DEFAULT_SHOWN = 40
BACK, EXPLAIN, LEAVE, UNDO, SKIP, CLEAR, EDITOR = "b", "?", "q", "u", "s", "-", "@"
GIVE_BACK = "r"  # only where something is gone from the file

# The keys that set no status, by the name under which the catalogue has the words for them.
NAMED = {
    **{"skip": SKIP, "back": BACK, "details": "i", "evidence": "e", "note": "m", "assignee": "a"},
    **{"undo": UNDO, "quit": LEAVE, "help": EXPLAIN},
}

# Those of them that record nothing by themselves: a word for one of them is as good as the key.
_LEADING = ("skip", "back", "undo", "quit", "help")

# What makes a text of the key behind it; a Japanese keyboard may give a yen sign for it.
_AS_TEXT = "\\＼¥￥"

# What the key of a minus gives in Japanese input, and what else looks like one.
_MINUS = frozenset("ー‐‑‒–—―−")


# What some keys give with Japanese input on; it makes letters of full width of the others.
_AS_KANA = {"あ": "a", "い": "i", "う": "u", "え": "e", "お": "o", "ん": "n"}


class Cancelled(Exception):
    """A person gave an answer up."""


def folded(given: str) -> str:
    """Give what was typed in lower case, full width made half; a minus alone however it looks."""
    plain = unicodedata.normalize("NFKC", given).lower()
    return CLEAR if plain in _MINUS else plain


def is_key(given: str, key: str) -> bool:
    """Tell whether a key was typed, of whichever width and case."""
    return folded(given) == key


def keyed(words: Words, given: str) -> str:
    """Give what was typed, folded; for a word that leads on, back or out, the key for it."""
    meant = (NAMED[name] for name in _LEADING if is_word_for(words, given, name))
    return next(meant, folded(_AS_KANA.get(given, given)))


def as_text(given: str, keys: Container[str], read: Callable[[str], str] = folded) -> str:
    """Take off the backslash that makes a text of the key behind it; any other one stays.

    `read` gives the key that is typed.
    """
    return given[1:] if given[:1] in _AS_TEXT and read(given.lstrip(_AS_TEXT)) in keys else given


def ask(words: Words, label: str, default: str = "", *, lines: bool = False) -> str:
    """Ask for a line, showing what Enter alone stands for; again where it cannot be read.

    Line ends of a text that was pasted stay only where `lines` may be several.
    """
    shown = f"{label} [{_one_line(default)}]: " if default else f"{label}: "
    while True:
        try:
            return _text(typed_line("  " + shown, default), lines=lines)
        except Unreadable:
            said = words.say("prompt.unreadable", encoding=sys.stdin.encoding.upper())
            console.say(layout.indented(said, 2, layout.columns()))


def _text(typed: str, *, lines: bool) -> str:
    given = typed.strip()
    return given if lines else " ".join(given.splitlines())


def _cut_off(known: Container[str], *, lines: bool) -> str | None:
    """Give the text that an interrupt has cut off; nothing where that was none, or just a key.

    None where the terminal keeps no such line.
    """
    if (line := cut_off()) is None:
        return None
    given = _text(line, lines=lines)
    return "" if folded(given) in known else as_text(given, known)


def _one_line(text: str) -> str:
    """Give the beginning of a text, to be shown in brackets."""
    line, *more = text.split("\n")
    return layout.fit(line, DEFAULT_SHOWN) + (" …" if more else "")


def listed(given: str) -> list[str]:
    """Split what was typed at commas of any width and at spaces, half-width."""
    return re.split(r"[,、\s]+", unicodedata.normalize("NFKC", given).strip())


def typed(words: Words, label: str) -> str:
    """Ask for a word or key, whichever way it is typed; gives it as `keyed` does."""
    return keyed(words, ask(words, label))


def yes_or_no(words: Words, given: str) -> bool | None:
    """Read an answer as a person may write it, in either language; None where it is neither."""
    for key, meant in (("prompt.yes-words", True), ("prompt.no-words", False)):
        if any(given in words.spoken(lang).say(key).split() for lang in LANGS):
            return meant
    return None


def is_slip(words: Words, given: str) -> bool:
    """Tell whether a text is no more than a number, a yes or no, or a word for a leading key."""
    key = folded(given)
    if key.isdecimal() or yes_or_no(words, key) is not None:
        return True
    return any(is_word_for(words, given, one) for one in _LEADING)


def is_unknown(words: Words, given: str) -> bool:
    """Tell whether a person writes, in either language, that something is not known."""
    spoken = (words.spoken(lang).say("prompt.unknown-words").split(" / ") for lang in LANGS)
    plain = given.replace("’", "'").rstrip(".")
    return given == CLEAR or any(plain in known for known in spoken)


def agreed(words: Words, label: str, *, enter: bool = False) -> bool:
    """Ask for yes or no; an empty answer is what `enter` says, and leaving is no."""
    try:
        return _is_yes(words, label, enter=enter)
    except Cancelled:
        return False


def sure(
    words: Words, prompt: str = "prompt.sure", keep: Callable[[str], bool] = lambda _: False
) -> bool:
    """Ask amid other questions whether something is meant. Raises: Cancelled for `q`.

    `keep` takes what is no answer, and tells whether it is kept.
    """
    return _is_yes(words, words.say(prompt), enter=False, keep=keep)


def make_sure(words: Words, seems: str, text: str, field: str) -> str:
    """Ask whether a text is meant for a field; the sentence `seems` says for what else it may be.

    Gives another text that was typed in its place, nothing where it is meant.
    Raises: AiguideError `other-text` where it is not, Cancelled for `q`.
    """
    said = words.say(seems, text=text, field=words.say(field))
    console.say(layout.indented(said, 2, layout.columns()))
    while given := ask(words, words.say("prompt.sure-of-text")):
        answer, key = yes_or_no(words, folded(given)), keyed(words, given)
        if answer:
            return ""
        if answer is not None or key == BACK:
            break
        if key == LEAVE:
            raise Cancelled
        if len(given) > 1 and not is_slip(words, given):
            return given
        tell_yes_or_no(words, given, "prompt.yes-or-text.again")
    raise AiguideError("other-text")


def _is_yes(
    words: Words, label: str, *, enter: bool, keep: Callable[[str], bool] = lambda _: False
) -> bool:
    """Ask for yes or no; going back is no, `keep` takes all else. Raises: Cancelled."""
    while given := ask(words, label):
        answer, key = yes_or_no(words, folded(given)), keyed(words, given)
        if answer is not None or key == BACK:
            return bool(answer)
        if key == LEAVE:
            raise Cancelled
        key = "prompt.yes-no.kept" if keep(given) else "prompt.yes-no.again"
        tell_yes_or_no(words, given, key)
    return enter


def tell_yes_or_no(words: Words, given: str, key: str = "prompt.yes-no.again") -> None:
    """Say that what was typed is no answer, so that a text stays on the screen."""
    said = words.say(key, text=given)
    console.say(layout.indented(said, 2, layout.columns()))


def tell_cut_off(words: Words) -> None:
    """Say of a text that an interrupt cut off, where none is asked for, that it goes nowhere."""
    text = _text(cut_off() or "", lines=False)
    if len(text) > 1 and yes_or_no(words, folded(text)) is None:
        said = words.say("prompt.cut-off", text=text)
        console.say("\n" + layout.indented(said, 2, layout.columns()))


def ask_until_read(
    words: Words,
    label: Callable[[], str],
    explain: Callable[[], None],
    read: Callable[[str], T],
    default: str = "",
    *,
    keys: Mapping[str, Callable[[], T]] = MappingProxyType({}),
    lines: bool = False,
    spoken: bool = True,
    cut: Callable[[str | None], None] = lambda _: None,
) -> T | None:
    """Ask until what is typed can be read; `?` explains, and `b` gives None: back a question.

    `label` is asked for each time, for what may be typed can change. Enter gives the default,
    which is never taken for a key. `keys` maps further ones, such as Enter (""), to what they do
    in place of `read`. `cut` takes what was being typed when somebody interrupts, or ends input.
    `spoken`: a word for a key is that key, and `s` is Enter. A backslash makes a text of the key
    behind it.
    Raises: Cancelled for `q`.
    """
    known = {BACK, EXPLAIN, LEAVE, *keys, *([SKIP] if spoken else [])} - {""}

    def key_of(given: str) -> str:
        key = keyed(words, given) if spoken else folded(given)
        return key if key in known else folded(given)

    while True:
        asked = label()
        try:
            given = ask(words, asked, default, lines=lines)
        except (KeyboardInterrupt, EOFError):
            cut(_cut_off(known, lines=lines))
            raise
        key = key_of(given)
        if spoken and key == SKIP:
            key = given = ""
        if key == BACK:
            return None
        if key == LEAVE:
            raise Cancelled
        if key == EXPLAIN:
            explain()
            if is_recalled(default):
                console.say(layout.indented(words.say("prompt.recall"), 2, layout.columns()))
            continue
        try:
            return keys[key]() if key in keys else read(as_text(given, known, key_of) or default)
        except AiguideError as error:
            show_at_prompt(words, error)
