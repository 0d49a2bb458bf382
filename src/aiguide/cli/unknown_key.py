"""What somebody means who types what is no key of the walk."""

from collections.abc import Sequence

from aiguide.cli.form import KEY_OF
from aiguide.cli.prompts import NAMED, folded
from aiguide.core import wording
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Item
from aiguide.core.words import Words

WORD = 12  # characters of what may be a title or a word for a key; more is a note


def unknown_key(
    words: Words, typed: str, items: Sequence[Item], error: AiguideError
) -> AiguideError:
    """Say what to type in place of what is no key, and none of the `items` of the phase.

    A single letter was meant for a key, and not for the item that `error` has found to be near.
    """
    if typed.isdecimal():
        return AiguideError("no-such-item-number", value=typed, most=len(items))
    if wording.is_word_for(words, typed, "save"):
        return AiguideError("saved-already")
    if meant := _key_for(words, typed):
        return AiguideError("word-as-key", word=typed, key=meant)
    if "." in folded(typed):  # as ids of items have it
        return error
    near: str | None = _only_with(typed, items) or error.args_said.get("near")
    near = near if len(typed) > 1 else None
    if len(typed) > WORD and not near:
        return AiguideError("text-as-key", value=typed)
    return AiguideError("unknown-key", key=typed, near=near)


def _only_with(typed: str, items: Sequence[Item]) -> str | None:
    """Give the id of the only item that has what was typed in its title."""
    part = typed.casefold()
    found = [one for one in items if any(part in text.casefold() for text in one.title.both())]
    return found[0].id if len(found) == 1 else None


def _key_for(words: Words, typed: str) -> str | None:
    """Give the key that somebody means who types a word; None where it is for none."""
    if status := wording.status_spelt(words, typed):
        return KEY_OF[status]
    named = (key for name, key in NAMED.items() if wording.is_word_for(words, typed, name))
    return next(named, None)
