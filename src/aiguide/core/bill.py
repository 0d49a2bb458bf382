"""What an upgrade asks of a project: what is to be answered anew, and what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from aiguide.core import checklist as checklists
from aiguide.core import new_names
from aiguide.core.applicability import applicable, situation, why
from aiguide.core.checklist import Question
from aiguide.core.guideline import Guideline, Item
from aiguide.core.pack_changes import Kind, came_from, compare
from aiguide.core.project import Project


@dataclass(frozen=True, slots=True)
class Bill:
    """What becomes of a project between two versions.

    `again`: answered, to be answered again. `new`: applies now and was not asked before.
    `carried`: how many answers stand as they were; `corrected`: those of them whose item asks the
    same in mended words. `retired`: items of earlier versions whose
    answers are kept for the record. `renamed`: the project's cells, conditions and phase that go
    by another id, with that one; `asked_anew`: the conditions that ask in other words, so that
    their answers do not stand; `left_out`: what it holds no more. `unplaced`: how many of the new
    items apply only because no cell is left, so that it may be any.
    """

    old: Guideline
    new: Guideline
    again: tuple[Item, ...]
    new_items: tuple[Item, ...]
    carried: int
    corrected: tuple[Item, ...]
    retired: tuple[Item, ...]
    renamed: tuple[tuple[str, str], ...]
    asked_anew: tuple[str, ...]
    left_out: tuple[str, ...]
    unplaced: int

    @property
    def unsettled(self) -> bool:
        """Tell whether a cell was left out, so that a person has to confirm those that remain."""
        return not {cell.id for cell in self.old.cells}.isdisjoint(self.left_out)

    @property
    def work(self) -> int:
        """Count what somebody has to answer."""
        return len(self.again) + len(self.new_items)


def bill(project: Project, carried: Project, versions: Sequence[Guideline], today: str) -> Bill:
    """Reckon what an upgrade through `versions`, which made `carried`, asks for."""
    old, new = versions[0], versions[-1]
    before = {one.item.id for one in checklists.build(old, project, today).questions if one.stale}
    questions = checklists.build(new, carried, today).questions
    came = came_from(versions)
    known = {item.id: item for one in reversed(versions) for item in one.items}
    asked = {item.id for item in applicable(old, situation(old, project))}
    stale = [one for one in questions if one.stale and not came.get(one.item.id, set()) & before]
    fresh = [
        one for one in questions if one.answer is None and not came.get(one.item.id, set()) & asked
    ]
    mended = _mended(versions)
    went = tuple(new_names.followed(project, carried, versions))
    asking = set(new_names.ids_of(new, new_names.CONDITIONS))
    held = {id for kind in new_names.KINDS for id in new_names.held(carried, kind)}
    return Bill(
        old=old,
        new=new,
        again=tuple(one.item for one in stale),
        new_items=tuple(one.item for one in fresh),
        carried=sum(one.answer is not None for one in questions) - len(stale),
        corrected=tuple(
            one.item for one in questions if one.answer and not one.stale and one.item.id in mended
        ),
        retired=tuple(
            known[id.partition("@")[0]] for id in carried.retired if id not in project.retired
        ),
        renamed=tuple((id, now) for id, now in went if now and now in held),
        asked_anew=tuple(dict.fromkeys(now for _, now in went if now in asking - held)),
        left_out=tuple(id for id, now in went if now not in asking | held),
        unplaced=_unplaced(fresh, new, project, carried),
    )


def _unplaced(fresh: Sequence[Question], new: Guideline, project: Project, carried: Project) -> int:
    """Count the questions that are asked only because an upgrade left no cell."""
    if carried.cells or not project.cells:
        return 0
    now = situation(new, carried)
    return sum(why(_wherever(one.item), now) is None for one in fresh)


def _wherever(item: Item) -> Item:
    """Give an item without the clauses that are of some cells only."""
    if item.applies_to is None:
        return item
    clauses = (one for one in item.applies_to if not one.cells and not one.domains)
    return replace(item, applies_to=tuple(clauses))


def _mended(versions: Sequence[Guideline]) -> set[str]:
    """Give the items of the last version whose words were mended on the way, and nothing else."""
    mended: set[str] = set()
    for old, new in pairwise(versions):
        for change in compare(old, new):
            ids = {item.id for item in change.new}
            mended = mended | ids if Kind.EDITORIAL in change.kinds else mended - ids
    return mended
