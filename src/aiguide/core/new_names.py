"""Cells, conditions and phases that the next version of a pack knows by another id, or no more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from aiguide.core.guideline import Clause, Guideline, TermChange
from aiguide.core.project import BY_UPGRADE, Classification, Project

CELLS, CONDITIONS, PHASES = KINDS = ("cells", "conditions", "phases")

# Where each id of the earlier version went; None where it is gone.
Became = Mapping[str, str | None]


def ids_of(guideline: Guideline, kind: str) -> tuple[str, ...]:
    """Give the ids of all cells, conditions or phases."""
    if kind == CELLS:
        return tuple(one.id for one in guideline.cells)
    if kind == CONDITIONS:
        return tuple(one.id for one in guideline.conditions)
    return tuple(one.id for one in guideline.phases)


def became(old: Guideline, new: Guideline, kind: str) -> Became:
    """Tell where each id of `old` went: as `new` declares, else to the same id if it is there."""
    there = set(ids_of(new, kind))
    said = {one.old: one.new for one in declared(old, new, kind)}
    went = {id: said.get(id, id) for id in ids_of(old, kind)}
    return {id: now if now in there else None for id, now in went.items()}


def declared(old: Guideline, new: Guideline, kind: str) -> tuple[TermChange, ...]:
    """Give what `new` declares of the cells, conditions or phases of `old`."""
    listed = new.term_changes if new.since == old.version else ()
    return tuple(one for one in listed if one.kind == kind)


def carried(project: Project, old: Guideline, new: Guideline) -> Project:
    """Give a project the ids of the next version; those that are gone are left out.

    What the earlier version did not know is left as it is.
    """
    cells, conditions, phases = (became(old, new, kind) for kind in KINDS)
    reworded = reworded_conditions(old, new)
    return replace(
        project,
        phase=phases.get(project.phase, project.phase) or "",
        classification=_classification(project.classification, cells),
        conditions={
            id: holds
            for id, holds in _conditions(project.conditions, conditions).items()
            if id not in reworded
        },
    )


def reworded_conditions(old: Guideline, new: Guideline) -> set[str]:
    """Give the conditions that ask in other words than any of those they come from.

    They may ask the opposite, so that no answer stands, unless only words are said to be mended.
    """
    went = became(old, new, CONDITIONS)
    same = {
        now
        for one in old.conditions
        if (now := went[one.id]) and one.question == new.condition(now).question
    }
    same |= {one.new for one in declared(old, new, CONDITIONS) if one.editorial and one.new}
    return {now for now in went.values() if now} - same


def _classification(chosen: Classification, went: Became) -> Classification:
    """Give the cells by their new ids; where one is gone, nobody has settled those that remain."""
    now = replace(
        chosen,
        cells=tuple(_through(went, chosen.cells)),
        alternatives=tuple(_through(went, chosen.alternatives)),
    )
    if all(went.get(id, id) for id in chosen.cells):
        return now
    return replace(now, engine=BY_UPGRADE, confidence=None, confirmed_by="")


def _through(went: Became, ids: Sequence[str]) -> dict[str, None]:
    return dict.fromkeys(now for id in ids if (now := went.get(id, id)) is not None)


def _conditions(given: Mapping[str, bool], went: Became) -> dict[str, bool]:
    """Answer conditions by their new ids; one that came of several, where they all agree."""
    found = {}
    for now in _through(went, tuple(given)):
        before = [id for id, then in went.items() if then == now]
        before += [now] if now not in went and now in given else []  # written ahead by hand
        first, *others = [given.get(id) for id in before]
        if first is not None and all(one is first for one in others):
            found[now] = first
    return found


def clause(one: Clause, cells: Became, conditions: Became) -> Clause | None:
    """Give a clause of the earlier version by the ids of the next; None if its cells are gone."""
    now = tuple(_through(cells, one.cells))
    if one.cells and not now:
        return None
    renamed = (conditions.get(id) or id for id in one.conditions)
    return replace(one, cells=now, conditions=tuple(renamed))


def followed(
    project: Project, after: Project, versions: Sequence[Guideline]
) -> Iterator[tuple[str, str | None]]:
    """Give the ids that a project does not hold as they were, with where each went, or None.

    `after` is what an upgrade through `versions` made of it. A condition that it does not hold
    there either is to be answered again.
    """
    for kind in KINDS:
        kept = held(after, kind)
        for id in held(project, kind):
            now = through(id, kind, versions)
            if now != id or now not in kept:
                yield id, now


def through(id: str, kind: str, versions: Sequence[Guideline]) -> str | None:
    """Tell where an id went through several versions, or None where it is gone."""
    now: str | None = id
    for old, new in pairwise(versions):
        now = became(old, new, kind).get(now, now) if now else None
    return now


def held(project: Project, kind: str) -> tuple[str, ...]:
    """Give the cells, conditions or the phase that a project holds."""
    chosen = project.classification
    ids = {
        CELLS: (*chosen.cells, *chosen.alternatives),
        CONDITIONS: tuple(project.conditions),
        PHASES: (project.phase,) if project.phase else (),
    }
    return tuple(dict.fromkeys(ids[kind]))
