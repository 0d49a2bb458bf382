"""The steps that change a project; each makes its history entry."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from aiguide.core import upgrade
from aiguide.core.answers import same_answer
from aiguide.core.attestation import (
    ANSWERED,
    CLASSIFICATION,
    CONDITIONS,
    FACTS,
    Part,
    Record,
    parts_of,
)
from aiguide.core.errors import AiguideError
from aiguide.core.history import last_steps, next_entry
from aiguide.core.manifest import (
    answer_data,
    classification_data,
    facts_data,
    guideline_data,
    project_data,
    read_project,
)
from aiguide.core.project import Answer, Classification, Entry, EntryKind, Project, Status

CLASSIFYING = tuple(one.name for one in fields(Classification))


def start(project: Project, *, by: str, at: str) -> Project:
    """Begin a project's history with what is known of it."""
    after = {
        "guideline": guideline_data(project),
        "project": facts_data(project),
        "classification": classification_data(project.classification),
    }
    entry = next_entry(project, EntryKind.STARTED, "project", None, after, by=by, at=at)
    return replace(project, history=(*project.history, entry))


def change(project: Project, changes: Mapping[str, Any], *, by: str, at: str) -> Project:
    """Change facts of a project; a change of nothing is no step.

    `changes` maps a field of `Project` to its new value; conditions are added to those that are
    known, and None takes one away. What stands already, but not as the history says, is recorded
    as it stands.
    """
    conditions = known({**project.conditions, **changes.get(CONDITIONS, {})})
    changed = replace(project, **{**changes, "conditions": conditions})
    before, after = _differences(_facts_known(project, changed, changes), facts_data(changed))
    if not before and not after:
        return project
    entry = next_entry(project, EntryKind.CHANGED, "project", before, after, by=by, at=at)
    return replace(changed, history=(*project.history, entry))


def known(conditions: Mapping[str, bool | None]) -> dict[str, bool]:
    """Leave out the conditions that somebody says are not known: a manifest has none of them."""
    return {id: holds for id, holds in conditions.items() if holds is not None}


def classify(
    project: Project,
    classification: Classification,
    *,
    by: str,
    at: str,
    said: Collection[str] = CLASSIFYING,
) -> Project:
    """Set which cells a project is in; the same as before is no step.

    `said`: the fields of which somebody speaks; where they stand already, but not as the history
    says, they are recorded as they stand.
    """
    stood = classification_data(project.classification)
    meant = classification_data(replace(classification, at=project.classification.at))
    same = [(CLASSIFICATION, name) for name in said if stood.get(name) == meant.get(name)]
    before = _known(project, same, stood, (CLASSIFICATION,))
    if before == meant:
        return project
    stamped = replace(classification, at=at)
    after = classification_data(stamped)
    entry = next_entry(
        project, EntryKind.CLASSIFIED, CLASSIFICATION, before or None, after, by=by, at=at
    )
    return replace(project, classification=stamped, history=(*project.history, entry))


def answer(
    project: Project, item_id: str, given: Answer, *, by: str, at: str, record: Record | None = None
) -> Project:
    """Record the answer to one item; one that stands already, but not as the history says, too.

    `record`: what the project's history says, where that is known.
    """
    stamped = replace(given, by=by, at=at)
    earlier = project.answers.get(item_id)
    before = answer_data(earlier) if earlier else None
    word = (record or Record(project.history)).on((ANSWERED, item_id))
    gone = earlier is None and given.status is Status.OPEN
    if word and (gone or same_answer(earlier, given)) and _differ(word.value, before):
        before = word.value
    entry = next_entry(
        project, EntryKind.ANSWERED, item_id, before, answer_data(stamped), by=by, at=at
    )
    answers = {**project.answers, item_id: stamped}
    return replace(project, answers=answers, history=(*project.history, entry))


def _differ(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> bool:
    """Tell whether the data of two answers differ in more than who gave them, and when."""
    said, also = (
        {name: value for name, value in (each or {}).items() if name not in ("by", "at")}
        for each in (one, other)
    )
    return said != also


def undo(project: Project, *, by: str, at: str) -> tuple[Project, tuple[Entry, ...]]:
    """Take back the last step, or all that were recorded at once, each as a new one.

    Gives the project and what was taken back, the last first. Raises: AiguideError
    `nothing-to-undo`, or `undo-changed` where what a step made has been changed since without a
    trace, so that taking it back would lose that.
    """
    steps = last_steps(project.history)
    if not steps:
        raise AiguideError("nothing-to-undo")
    data, history = project_data(replace(project, history=())), [*project.history]
    for step in steps:
        undone = _without(data, step)
        said, head = (step.subject, step.after, step.before), (history[-1].hash,)
        history.append(next_entry(project, EntryKind.UNDONE, *said, by=by, at=at, parents=head))
    return replace(undone, history=tuple(history)), steps


def _without(data: dict[str, Any], step: Entry) -> Project:
    """Take one step back in a manifest's data; gives the project then, without its history.

    Raises: AiguideError `undo-changed`.
    """
    if not _take_back(data, step):
        raise AiguideError("undo-changed", subject=step.subject)
    try:
        return read_project(data)
    except (KeyError, TypeError, ValueError):  # what a hand-written entry says was there before
        raise AiguideError("undo-changed", subject=step.subject) from None


def _take_back(data: dict[str, Any], step: Entry) -> bool:
    """Bring a manifest's data to what it was before a step; False where it stands otherwise."""
    if step.kind is EntryKind.UPGRADED:
        return upgrade.taken_back(data, step.before, step.after)
    part, old, new = _touched(data, step)
    if {key: part[key] for key in {**old, **new} if key in part} != new:
        return False
    for key in new:
        part.pop(key, None)
    part |= old
    return True


def _touched(data: dict[str, Any], step: Entry) -> tuple[dict[str, Any], Any, Any]:
    """Give the part of a manifest's data that a step touched, and its keys before and after."""
    if step.kind is EntryKind.CHANGED:
        return data["project"], step.before or {}, step.after or {}
    part = data.setdefault("answers", {}) if step.kind is EntryKind.ANSWERED else data
    old = {step.subject: step.before} if step.before else {}
    return part, old, {step.subject: step.after} if step.after else {}


def _facts_known(project: Project, changed: Project, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Give the facts before a change; what is said and stands already, as the history says it."""
    old, new = parts_of(project), parts_of(changed)
    said: list[Part] = [(FACTS, name) for name in changes if name != CONDITIONS]
    said += [(FACTS, CONDITIONS, id) for id in changes.get(CONDITIONS, ())]
    same = [part for part in said if old.get(part) == new.get(part)]
    facts = facts_data(project)
    conditions = _known(project, same, facts.get(CONDITIONS, {}), (FACTS, CONDITIONS))
    facts |= {CONDITIONS: conditions or None}
    return _known(project, same, facts, (FACTS,))


def _known(
    project: Project, said: Iterable[Part], stood: Mapping[str, Any], holder: Part
) -> dict[str, Any]:
    """Give what stood in a `holder`, but for the parts in `said` what the history says of them."""
    names = [part[-1] for part in said if part[:-1] == holder]
    record = Record(project.history if names else ())
    told = {name: record.on((*holder, name)) for name in names}
    known = {**stood, **{name: word.value if word else None for name, word in told.items()}}
    return {name: value for name, value in known.items() if value is not None}


def _differences(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    before = {key: old[key] for key in keys if key in old}
    after = {key: new[key] for key in keys if key in new}
    return before, after
