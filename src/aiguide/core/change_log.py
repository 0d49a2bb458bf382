"""What changed between versions of a pack, in words for the staff who answer."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aiguide.core import facets, wording
from aiguide.core.guideline import Clause, Guideline, Item
from aiguide.core.pack_changes import Effect, Kind, PackChange, compare
from aiguide.core.sides import sides
from aiguide.core.term_changes import (
    Difference,
    TermDifference,
    facet,
    in_language,
    term_changes,
)
from aiguide.core.words import Worded, Words


@dataclass(frozen=True, slots=True)
class ItemNamed:
    """A check item as a change names it."""

    id: str
    title: str
    phase: str
    level: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change: of what kinds, what it means for a project, why, and what differs."""

    kinds: tuple[str, ...]
    kind_names: tuple[str, ...]
    effects: tuple[str, ...]
    meaning: tuple[str, ...]
    old: tuple[ItemNamed, ...]
    new: tuple[ItemNamed, ...]
    reason: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """What one version changed of the one before; the changes that ask for most work first.

    `terms` are the differences beside the items.
    """

    old: str
    new: str
    changes: tuple[ChangeView, ...]
    unchanged: int
    terms: tuple[TermDifference, ...]

    def of(self, effect: str) -> tuple[ChangeView, ...]:
        """Give the changes whose greatest effect is this one."""
        return tuple(one for one in self.changes if one.effects[0] == effect)


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """All that lies between two versions of a pack."""

    lang: str
    old: str
    new: str
    title: str
    summary: str
    steps: tuple[StepView, ...]


def build(words: Words, versions: Sequence[Guideline]) -> ChangeLog:
    """Word what changed from the first of some versions to the last."""
    first, last = versions[0], versions[-1]
    compared = [(old, new, compare(old, new)) for old, new in pairwise(versions)]
    counts = Counter(kind for _, _, changes in compared for one in changes for kind in one.kinds)
    named: list[str] = [
        words.say("changes.count", kind=_kind(words, kind), count=counts[kind])
        for kind in Kind
        if counts[kind]
    ]
    return ChangeLog(
        lang=words.lang,
        old=first.name,
        new=last.name,
        title=wording.pack_line(words, last),
        summary=words.listing(named) or words.say("changes.none"),
        steps=tuple(_step(words, *one) for one in compared),
    )


def _kind(words: Words, kind: Kind) -> str:
    return words.say(f"change.{kind.value}")


def _step(
    words: Words, old: Guideline, new: Guideline, changes: tuple[PackChange, ...]
) -> StepView:
    touched = {item.id for one in changes for item in one.old}
    order = list(Effect)
    ordered = sorted(changes, key=lambda one: order.index(one.effects[0]))
    return StepView(
        old.name,
        new.name,
        tuple(_view(words, old, new, one) for one in ordered),
        sum(item.id not in touched for item in old.items),
        tuple(term_changes(words, old, new)),
    )


def _view(words: Words, old: Guideline, new: Guideline, change: PackChange) -> ChangeView:
    return ChangeView(
        kinds=tuple(kind.value for kind in change.kinds),
        kind_names=tuple(_kind(words, kind) for kind in change.kinds),
        effects=tuple(effect.value for effect in change.effects),
        meaning=tuple(_meaning(words, change)),
        old=tuple(_named(words, old, item) for item in change.old),
        new=tuple(_named(words, new, item) for item in change.new),
        reason=words.pick(change.reason) if change.reason else "",
        differences=tuple(_differences(words, old, new, change)),
    )


def _meaning(words: Words, change: PackChange) -> Iterator[str]:
    """Say what a change asks of a project that has answered."""
    if Kind.MERGED in change.kinds or Kind.SPLIT in change.kinds:
        yield words.say("meaning.merged" if Kind.MERGED in change.kinds else "meaning.split")
    elif Kind.EDITORIAL in change.kinds:
        yield words.say("meaning.editorial")
    else:
        yield words.say(f"meaning.{change.effects[0].value}")
    if Kind.WIDENED in change.kinds:
        yield words.say("meaning.widened")
    if Kind.NARROWED in change.kinds:
        yield words.say("meaning.narrowed")


def _named(words: Words, guideline: Guideline, item: Item) -> ItemNamed:
    return ItemNamed(
        item.id,
        words.pick(item.title),
        words.pick(guideline.phase(item.phase).title),
        words.say(f"level.{item.level.value}"),
    )


def _differences(
    words: Words, old: Guideline, new: Guideline, change: PackChange
) -> Iterator[Difference]:
    """Give what differs between an item and the one in its place; what was added is told whole."""
    if len(change.old) > 1 or len(change.new) > 1:
        for one in change.old:
            yield Difference(words.say("changes.check-before"), _check(words, one), "")
        for one in change.new:
            yield Difference(words.say("changes.check-after"), "", _check(words, one))
        return
    if change.old and change.new:
        yield from _changed(words, old, new, change.old[0], change.new[0])
        return
    befores = _facts(words, old, change.old[0]) if change.old else {}
    afters = _facts(words, new, change.new[0]) if change.new else {}
    for part in ("check", "reach"):
        yield Difference(words.say(f"changes.{part}"), befores.get(part, ""), afters.get(part, ""))


def _changed(
    words: Words, old: Guideline, new: Guideline, was: Item, now: Item
) -> Iterator[Difference]:
    """Give what differs between two items, in the other language too: first what they ask."""
    asked = (facets.in_both(words, _facts, *one) for one in ((old, was), (new, now)))
    for one in facets.differing(words.lang, *asked, whole=True):
        part = words.say(f"changes.{one.key}")
        yield Difference(in_language(words, part, one.lang), one.was, one.now)
    before, after = sides(old, new)
    said = (facets.in_both(words, facets.of_item, *one) for one in ((before, was), (after, now)))
    for one in facets.differing(words.lang, *said):
        part = facet(words, one.key)
        yield Difference(in_language(words, part, one.lang), one.was, one.now)


def _check(words: Words, item: Item) -> str:
    return words.say("changes.checked", item=words.pick(item.title), check=item.check)


def _facts(words: Words, guideline: Guideline, item: Item) -> dict[str, str]:
    return {
        "item-title": words.pick(item.title),
        "check": words.pick(item.check),
        "level": words.say(f"level.{item.level.value}"),
        "reach": reach(words, guideline, item),
        "phase": words.pick(guideline.phase(item.phase).title),
    }


def reach(words: Words, guideline: Guideline, item: Item) -> str:
    """Say what an item applies to, clause by clause."""
    if item.applies_to is None:
        return words.say("reach.all")
    return words.say("reach.or").join(_clause(words, guideline, one) for one in item.applies_to)


def _clause(words: Words, guideline: Guideline, clause: Clause) -> str:
    places = [words.pick(guideline.domain(id).title) for id in clause.domains]
    cells = [wording.cell_name(words, guideline, id) for id in clause.cells]
    conditions = [words.pick(guideline.condition(id).title) for id in clause.conditions]
    parts = [words.say("reach.any").join(one) for one in (places, cells) if one]
    return words.say("reach.and").join([*parts, *conditions]) or words.say("reach.all")


def arrow(words: Words, one: Difference) -> Worded:
    """Say what differs: from what to what, or what is there, or was."""
    if not one.before or not one.after:
        return Worded(one.before or one.after)
    return words.say("entry.arrow", before=Worded(one.before), after=Worded(one.after))
