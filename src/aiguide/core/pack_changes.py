"""What one version of a pack does to the items of an earlier one: of what kind, to what effect."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from aiguide.core import new_names
from aiguide.core.guideline import Change, Clause, Guideline, Item, Level
from aiguide.core.text import Text


class Kind(StrEnum):
    """What a change is; one change may be several."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"
    REWORDED = "reworded"
    EDITORIAL = "editorial"
    RAISED = "level-raised"
    LOWERED = "level-lowered"
    WIDENED = "widened"
    NARROWED = "narrowed"
    MOVED = "moved"


class Effect(StrEnum):
    """What a change means for a project, what asks for most work first."""

    NEW = "new"
    AGAIN = "again"
    CARRIED = "carried"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, eq=False)
class PackChange:
    """A difference between two versions; `reason` is None where the pack does not declare it."""

    old: tuple[Item, ...]
    new: tuple[Item, ...]
    reason: Text | None
    kinds: tuple[Kind, ...]

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Say what it means for a project, the greatest effect first."""
        if not self.old:
            return (Effect.NEW,)
        if not self.new:
            return (Effect.RETIRED,)
        if Kind.EDITORIAL in self.kinds:
            return (Effect.CARRIED,)
        if len(self.old) > 1:
            return (Effect.AGAIN, Effect.RETIRED)
        digest = self.old[0].digest
        same = all(item.digest == digest for item in self.new)
        return (Effect.CARRIED,) if same else (Effect.AGAIN,)


def compare(old: Guideline, new: Guideline) -> tuple[PackChange, ...]:
    """Give what `new` does to the items of `old`: what it declares, then what it does not."""
    before, after = ({item.id: item for item in one.items} for one in (old, new))
    declared = new.changes if new.since == old.version else ()
    found = [
        _change(old, new, known(before, one.old), known(after, one.new), one) for one in declared
    ]
    named = {item.id for one in found for item in one.old}
    claimed = {item.id for one in found for item in one.new}
    for item in old.items:
        if item.id not in named:
            there = item.id in after and item.id not in claimed
            found.append(_change(old, new, (item,), (after[item.id],) if there else (), None))
            claimed |= {item.id} if there else set()
    found += [_change(old, new, (), (item,), None) for item in new.items if item.id not in claimed]
    return tuple(one for one in found if one.kinds)


def came_from(versions: Sequence[Guideline]) -> dict[str, set[str]]:
    """Map the items of the last version to those of the first that they come from."""
    came = {item.id: {item.id} for item in versions[0].items}
    for old, new in pairwise(versions):
        changes = compare(old, new)
        touched = {item.id for one in changes for item in one.old}
        now = {id: ids for id, ids in came.items() if id not in touched}
        for one in changes:
            ids = set().union(*(came.get(item.id, set()) for item in one.old))
            now |= {item.id: ids for item in one.new}
        came = now
    return came


def known(items: dict[str, Item], ids: Iterable[str]) -> tuple[Item, ...]:
    """Give the items that are meant by some ids, as far as they are there."""
    return tuple(items[id] for id in ids if id in items)


def _change(
    before: Guideline,
    after: Guideline,
    old: tuple[Item, ...],
    new: tuple[Item, ...],
    declared: Change | None,
) -> PackChange:
    kinds = tuple(kinds_of(before, after, old, new))
    if declared and declared.editorial and is_wording(old, new, kinds):
        kinds = (Kind.EDITORIAL,)
    return PackChange(old, new, declared.reason if declared else None, kinds)


def is_wording(old: Sequence[Item], new: Sequence[Item], kinds: Sequence[Kind]) -> bool:
    """Tell whether nothing but the texts of an item changed, of all that an answer is held to."""
    cleared = {item.exception_only for item in (*old, *new)}
    return tuple(kinds) == (Kind.REWORDED,) and len(cleared) == 1


def kinds_of(
    before: Guideline, after: Guideline, old: tuple[Item, ...], new: tuple[Item, ...]
) -> Iterator[Kind]:
    """Say of what kinds a change is; none where the items are the same."""
    if not old or not new:
        yield from [Kind.ADDED] if new else [Kind.REMOVED] if old else []
        return
    if len(old) > 1:
        yield Kind.MERGED
    if len(new) > 1:
        yield Kind.SPLIT
    if len(old) == len(new) == 1:
        yield from [Kind.RENAMED] if old[0].id != new[0].id else []
        yield from [Kind.REWORDED] if said(old[0]) != said(new[0]) else []
    yield from _levels(old, new)
    yield from _reaches(before, after, old, new)
    if {item.phase for item in old} != {item.phase for item in new}:
        yield Kind.MOVED


def said(item: Item) -> tuple[Text, Text]:
    """Give the texts of an item that an answer answers."""
    return item.title, item.check


def _levels(old: tuple[Item, ...], new: tuple[Item, ...]) -> Iterator[Kind]:
    before, after = ({item.level for item in items} for items in (old, new))
    if Level.REQUIRED in after and Level.RECOMMENDED in before - after:
        yield Kind.RAISED
    if Level.RECOMMENDED in after and Level.REQUIRED in before - after:
        yield Kind.LOWERED


def _reaches(
    before: Guideline, after: Guideline, old: tuple[Item, ...], new: tuple[Item, ...]
) -> Iterator[Kind]:
    """Compare what items apply to; cells and conditions that were renamed are the same ones."""
    cells = new_names.became(before, after, new_names.CELLS)
    conditions = new_names.became(before, after, new_names.CONDITIONS)
    renamed = (new_names.clause(one, cells, conditions) for one in _clauses(old))
    was, now = tuple(filter(None, renamed)), _clauses(new)
    if not _covers(after, was, now):
        yield Kind.WIDENED
    if not _covers(after, now, was):
        yield Kind.NARROWED


_EVERYWHERE = Clause()


def _clauses(items: Iterable[Item]) -> tuple[Clause, ...]:
    return tuple(
        clause
        for item in items
        for clause in ((_EVERYWHERE,) if item.applies_to is None else item.applies_to)
    )


def _covers(guideline: Guideline, wide: tuple[Clause, ...], narrow: tuple[Clause, ...]) -> bool:
    """Tell whether `wide` applies wherever `narrow` does.

    Clauses only ever ask for conditions to hold, so one covers another in a cell exactly where it
    asks for no condition more.
    """
    return all(
        any(one <= other for one in _asked(guideline, wide, cell.id, cell.domain))
        for cell in guideline.cells
        for other in _asked(guideline, narrow, cell.id, cell.domain)
    )


def _asked(
    guideline: Guideline, clauses: tuple[Clause, ...], cell: str, domain: str
) -> Iterator[frozenset[str]]:
    """Give the conditions that each clause for a cell asks for, beyond those that it implies."""
    implied = {
        one.id
        for one in guideline.conditions
        if any(_is_for(c, cell, domain) for c in one.implied_by)
    }
    for clause in clauses:
        if _is_for(clause, cell, domain):
            yield frozenset(clause.conditions) - implied


def _is_for(clause: Clause, cell: str, domain: str) -> bool:
    return (not clause.cells or cell in clause.cells) and (
        not clause.domains or domain in clause.domains
    )
