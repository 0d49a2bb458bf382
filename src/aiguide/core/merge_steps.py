"""The `merged` entries: what they say of parts that were decided, or stand otherwise than said."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from aiguide.core.attestation import (
    CLASSIFICATION,
    FACTS,
    RETIRED,
    Part,
    Record,
    mismatches,
    parts_of,
)
from aiguide.core.conflicts import Conflict, without_who
from aiguide.core.history import GUIDELINE, next_entry
from aiguide.core.manifest import classification_data
from aiguide.core.merge_parts import Data, said_of
from aiguide.core.project import EntryKind, Project

Step = tuple[str, Any, Any]  # its subject, what another side or the history had, what stands


def recorded(
    project: Project,
    ours: Project,
    theirs: Project,
    conflicts: list[Conflict],
    *,
    by: str,
    at: str,
) -> Project:
    """Add the `merged` entries: one for each conflict, or one that only joins the histories."""
    parents = tuple(dict.fromkeys(filter(None, (ours.head, theirs.head))))
    decided = _with_steps(project, _steps(conflicts, ours, theirs), parents, by=by, at=at)
    steps = [*_as_they_stand(decided, _overlaid(decided, ours, theirs))]
    if conflicts:
        return _with_steps(decided, steps, (decided.head,), by=by, at=at)
    return _with_steps(project, steps or [(FACTS, None, None)], parents, by=by, at=at)


def settled(project: Project, parts: Iterable[Part], *, by: str, at: str) -> Project:
    """Record how some parts stand, of which the history that is left says otherwise, or nothing."""
    return _with_steps(project, _as_they_stand(project, parts), (project.head,), by=by, at=at)


def _with_steps(
    project: Project, steps: Iterable[Step], parents: tuple[str, ...], *, by: str, at: str
) -> Project:
    for subject, before, after in steps:
        entry = next_entry(
            project, EntryKind.MERGED, subject, before, after, by=by, at=at, parents=parents
        )
        project = replace(project, history=(*project.history, entry))
        parents = (entry.hash,)
    return project


def _nested(way: tuple[str, ...], value: Any) -> Data:
    """Give a fact, or a condition among the conditions, as the history holds it."""
    return {way[0]: _nested(way[1:], value) if len(way) > 1 else value}


def _steps(conflicts: list[Conflict], ours: Project, theirs: Project) -> Iterator[Step]:
    """Give subject, what the other side had, and what stands, as far as its side's history says so.

    What was changed there by hand differs from the history after the merge, too.
    """
    records = {True: Record(ours.history), False: Record(theirs.history)}
    for one in conflicts:
        value = said_of(records[one.ours_stands], one.part, one.standing)
        is_by_hand = one.by_hand[one.ours_stands]  # of the other side: nobody there recorded it
        other = without_who(one.passed_over) if is_by_hand else one.passed_over
        yield step_of(one.part, other, value)


def step_of(part: Part, before: Any, after: Any) -> Step:
    """Give the step that says of a part that it stands as in `after`."""
    if part[0] == CLASSIFICATION:
        return CLASSIFICATION, before, after
    if part[0] == FACTS:
        return FACTS, _nested(part[1:], before), _nested(part[1:], after)
    if part[0] in (RETIRED, GUIDELINE):
        way = part if part[0] == RETIRED else part[1:]
        held = [_nested(way, side) if side else None for side in (before, after)]
        return GUIDELINE, held[0], held[1]
    return part[-1], before, after


def _as_they_stand(project: Project, parts: Iterable[Part]) -> Iterator[Step]:
    """Give the steps that say how parts stand, against what the history says of them."""
    record, stands = Record(project.history), parts_of(project)
    words = {part: record.on(part) for part in parts}
    said = {part: word.value if word else None for part, word in words.items()}
    cells = {part[1]: value for part, value in said.items() if part[0] == CLASSIFICATION}
    if cells:
        now = classification_data(project.classification)
        before = {name: one for name, one in {**now, **cells}.items() if one is not None}
        yield CLASSIFICATION, before or None, now or None
    for part, value in said.items():
        if part[0] != CLASSIFICATION:
            yield step_of(part, value, stands.get(part))


def _overlaid(project: Project, ours: Project, theirs: Project) -> list[Part]:
    """Give the parts that stand as one side attests, and that the other's steps now say else of."""
    sides = [Record(side.history) for side in (ours, theirs)]
    return [
        one.part
        for one in mismatches(project)
        if any(side.agrees(one.part, one.stands) for side in sides)
    ]
