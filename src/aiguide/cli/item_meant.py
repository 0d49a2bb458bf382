"""Which item somebody means who types what is no key of the walk, or what to type in its place."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from aiguide.cli import layout
from aiguide.cli.as_commands import signed
from aiguide.cli.form import KEY_OF
from aiguide.cli.options import command
from aiguide.cli.prompts import NAMED, folded, is_slip
from aiguide.core import wording
from aiguide.core.checklist import Checklist, Question, numbered
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline, Item
from aiguide.core.words import Worded, Words
from aiguide.usecases import guidelines

WORD = 12  # characters of what may be a word for a key, or its slip; more is a note
SLIP = 3  # characters of what may be one in Japanese, or in several words
NO_ITEM = ("unknown-key", "text-as-key", "word-as-key")  # what is no item, nor seems to be one
LISTED = 5  # items that have a word in their titles


def item_meant(
    words: Words, guideline: Guideline, questions: Sequence[Question], given: str
) -> Item:
    """Find the item whose id, title or number among the questions of a phase was typed.

    A part of the title is enough where no other item of the phase has it.
    Raises: AiguideError that says what to type.
    """
    if found := numbered(questions, given):
        return found.item
    try:
        return guidelines.find_item(guideline, given)
    except AiguideError as error:
        if error.code != "unknown-item" or _is_id(guideline, given):
            raise
        return _with_part(words, questions, given, error)


def is_no_key(
    words: Words, guideline: Guideline, questions: Sequence[Question], given: str
) -> bool:
    """Tell whether what was typed is neither a key, nor a word for one, nor for an item."""
    if len(given) < 2 or is_slip(words, given):
        return False
    try:
        item_meant(words, guideline, questions, given)
    except AiguideError as error:
        return error.code in ("unknown-key", "text-as-key")
    return False


def is_part(given: str, item: Item) -> bool:
    """Tell whether what was typed for an item is only a part of its title."""
    whole = map(folded, (*_names(item), *item.title.both()))
    return not given.isdecimal() and folded(given) not in whole


def place_of(words: Words, checklist: Checklist, item: Item, path: Path, by: str) -> str:
    """Say of an item that is not asked in a phase where it is, if it is asked at all."""
    columns = layout.columns()
    if checklist.question(item.id) is None:
        return layout.indented(words.say("error.not-asked", item=item.title), 2, columns)
    phase = checklist.guideline.phase(item.phase)
    said = words.say("check.of-phase", item=item.title, phase=phase.title)
    there = command("check", path, f"--at {item.id}", *signed(by))
    return layout.indented(said, 2, columns) + f"\n    {there}"


def _with_part(
    words: Words, questions: Sequence[Question], given: str, error: AiguideError
) -> Item:
    """Find the one item with a title that has what was typed, which is no id and no whole title.

    A single letter was meant for a key, and not for the item that `error` has found to be near.
    Raises: AiguideError that says what to type.
    """
    if folded(given).startswith("aiguide "):
        raise AiguideError("command-as-key")
    if given.isdecimal():
        raise AiguideError("no-such-item-number", value=given, most=len(questions))
    if wording.is_word_for(words, given, "save"):
        raise AiguideError("saved-already")
    if meant := _key_for(words, given):
        raise AiguideError("word-as-key", word=given, key=meant)
    near: str | None = error.args_said.get("near") if len(given) > 1 else None
    items = [] if is_slip(words, given) else [one.item for one in questions]
    if len(found := titled(words, items, given)) == 1:
        return found[0]
    if found:
        raise several(words, items, given, found)
    if not near and _is_text(given):
        raise AiguideError("text-as-key", value=given)
    raise AiguideError("unknown-key", key=given, near=near)


def _is_text(given: str) -> bool:
    """Tell whether what is no title is a note, and not a slip at a key or a word for one."""
    return len(given) > WORD or (len(given) > SLIP and (" " in given or not given.isascii()))


def _is_id(guideline: Guideline, given: str) -> bool:
    """Tell whether what was typed looks like the id of an item: below a phase, without a blank."""
    phase, _, rest = folded(given).partition(".")
    return phase in {one.id for one in guideline.phases} and bool(rest) and " " not in rest


def titled(words: Words, items: Iterable[Item], part: str) -> list[Item]:
    """Give the items that have what was typed in their titles, as they are shown.

    `bpr` names `planning.bpr`, and `privacy` `planning.privacy-basis`. A single letter was meant
    for a key.
    """
    asked = folded(part)
    if len(part) < 2:
        return []
    return [
        one
        for one in items
        if asked in (*_names(one), *_names(one)[1].split("-"))
        or asked in folded(words.pick(one.title))
    ]


def _names(item: Item) -> tuple[str, str]:
    """Give the id of an item, and the part of it behind the phase."""
    return item.id, item.id.partition(".")[2]


def several(words: Words, items: Sequence[Item], part: str, found: Sequence[Item]) -> AiguideError:
    """Make the error that lists those of a phase's items that have a part of a title."""
    numbers = {items.index(one) + 1: one for one in found}
    return AiguideError("several-titles", part=part, items=_listed(words, numbers))


def _listed(words: Words, found: Mapping[int, Item]) -> Worded:
    """Give numbers and titles, each on a line; of many the first."""
    lines = [f"{at:>4}  {words.pick(item.title)}" for at, item in found.items()][:LISTED]
    if (more := len(found) - LISTED) > 0:
        lines.append("      " + words.say("status.more", count=more))
    return Worded("\n".join(lines))


def _key_for(words: Words, typed: str) -> str | None:
    """Give the key that somebody means who types a word; None where it is for none."""
    if status := wording.status_spelt(words, typed):
        return KEY_OF[status]
    named = (key for name, key in NAMED.items() if wording.is_word_for(words, typed, name))
    return next(named, None)
