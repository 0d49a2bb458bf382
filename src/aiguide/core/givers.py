"""Which step of a history gave a part of a project what it holds, and which were before it."""

from collections.abc import Iterator
from typing import Any

from aiguide.core.attestation import (
    ANSWERS,
    CONDITIONS,
    FACTS,
    RETIRED,
    WHOLE,
    Part,
    Record,
    mapping,
)
from aiguide.core.history import GUIDELINE, last_gap
from aiguide.core.project import Entry, EntryKind, Project


def given_by(project: Project, part: Part) -> list[Entry]:
    """Give the steps that gave a part something; who merged gave nothing."""
    return [
        entry
        for entry in project.history
        if entry.kind is not EntryKind.MERGED and touches(entry, part)
    ]


def giver(project: Project, part: Part, held: Any) -> Entry | None:
    """Give the last step that gave a part what it holds."""
    steps = reversed(given_by(project, part))
    return next((entry for entry in steps if given(entry, part) == held), None)


def builds_on(side: Project, step: Entry | None, earlier: Entry | None) -> bool:
    """Tell whether an earlier step was in the history when a step of a side was made."""
    if step is None or earlier is None:
        return False
    built_on = {step.hash}
    for entry in reversed(side.history):
        if entry.hash in built_on:
            built_on.update(entry.parents)
    return earlier.hash in built_on - {step.hash}


def comes_from(side: Project, part: Part, held: Any, step: Entry) -> bool:
    """Tell whether what a part holds was given by a step, or by one that was made after it."""
    gave = (one for one in reversed(given_by(side, part)) if given(one, part) == held)
    return any(one == step or builds_on(side, one, step) for one in gave)


def given(entry: Entry, part: Part) -> Any:
    """Give what a step that touches a part made of it."""
    return _within(entry.after, part)


def replaced(entry: Entry, part: Part) -> Any:
    """Give what a step that touches a part says that it held before, or on the other side."""
    return _within(entry.before, part)


def _within(value: Any, part: Part) -> Any:
    for name in part[1:] if part[0] == FACTS else ():
        value = mapping(value).get(name)
    return value


def touches(entry: Entry, part: Part) -> bool:
    """Tell whether a step changed a part; one that retired an answer changed the pack's version."""
    if part[0] == RETIRED:
        return entry.subject == GUIDELINE
    if part[0] != FACTS:
        return entry.subject == part[-1]
    if entry.subject != FACTS:
        return False
    before, after = mapping(entry.before), mapping(entry.after)
    if part[1] == CONDITIONS:
        before, after = mapping(before.get(CONDITIONS)), mapping(after.get(CONDITIONS))
    return bool(before.get(part[-1]) != after.get(part[-1]))


def replacing_unrecorded(history: tuple[Entry, ...]) -> frozenset[str]:
    """Give the hashes of the steps that took the place of an answer that no step had given.

    It was written by hand. Nothing where the history does not begin with the start, or has a gap.
    """
    if not Record(history[:1]).begins or last_gap(history):
        return frozenset()
    known, found = dict[str, list[Any]](), set[str]()
    for entry in history:
        if entry.subject == GUIDELINE:
            for id, answer in _moved(entry):
                known.setdefault(id, []).append(answer)
        elif entry.subject not in WHOLE:
            given_before = known.setdefault(entry.subject, [])
            if entry.before is not None and entry.before not in reversed(given_before):
                found.add(entry.hash)
            given_before.append(entry.after)
    return frozenset(found)


def _moved(entry: Entry) -> Iterator[tuple[str, Any]]:
    """Give the answers that a change of version tells of, with their items."""
    for state in (mapping(entry.before), mapping(entry.after)):
        for kept in ANSWERS:
            yield from mapping(state.get(kept)).items()
