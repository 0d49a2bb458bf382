"""Carrying a project's answers to a newer version of its pack, and back: nothing is dropped.

One `upgraded` entry records all that it touched, before and after, so that it can be taken back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from aiguide.core import new_names, rules
from aiguide.core.applicability import applicable, situation
from aiguide.core.attestation import ANSWERED, CONDITIONS, FACTS, Record, attested
from aiguide.core.guideline import Guideline, Item
from aiguide.core.history import GUIDELINE, next_entry
from aiguide.core.manifest import answer_data, classification_data, facts_data
from aiguide.core.pack_changes import Kind, PackChange, compare
from aiguide.core.project import Answer, EntryKind, Project, Status

Data = dict[str, Any]

# From the least advanced; what does not apply asks for nothing, and leaves it to the others.
_ADVANCE = (
    Status.OPEN,
    Status.IN_PROGRESS,
    Status.EXCEPTION,
    Status.DONE,
    Status.NOT_APPLICABLE,
)
_PARTS = ("answers", "retired")
_FACTS = ("project", "classification")


def upgrade(project: Project, versions: Sequence[Guideline], *, by: str, at: str) -> Project:
    """Carry a project through `versions`, from its own to the newest, as one step.

    Cells, conditions and a phase go by their new ids; what a version does not know any more is
    left out, and the entry keeps it.
    """
    carried = project
    origins = {id: frozenset((id,)) for id in project.answers}
    for old, new in pairwise(versions):
        carried, came = _carried(carried, old, new)
        origins = {
            id: frozenset().union(*(origins.get(one, ()) for one in ids))
            for id, ids in came.items()
        }
    before, after = _states(project, carried, origins)
    after |= _told({"came_from": _came_from(project, carried, origins, versions)})
    entry = next_entry(project, EntryKind.UPGRADED, GUIDELINE, before, after, by=by, at=at)
    return replace(carried, history=(*project.history, entry))


def _carried(
    project: Project, old: Guideline, new: Guideline
) -> tuple[Project, dict[str, frozenset[str]]]:
    """Carry answers to the next version; gives of each answer, too, which ones it comes from."""
    known = {item.id for item in new.items}
    asked = {item.id for item in applicable(old, situation(old, rules.known_part(old, project)))}
    changes = {item.id: change for change in compare(old, new) for item in change.old}
    answers: dict[str, Answer] = {}
    origins: dict[str, frozenset[str]] = {}
    retired = dict(project.retired)
    for id, answer in project.answers.items():
        if id not in changes and id in known and id not in answers:
            answers[id], origins[id] = answer, frozenset((id,))
            continue
        given = _given(project, changes[id], asked) if id in changes else ()
        targets = changes[id].new if id in changes else ()
        free = [item for item in targets if item.id not in answers]
        for item in free:
            answers[item.id] = _begun(item, given, changes[id])
            origins[item.id] = frozenset(one.id for one, _ in given)
        if not free or len(given) > 1:  # it does not stand there whole
            # An id comes here twice where a merged item kept it and was removed later.
            retired[id if id not in retired else f"{id}@{old.version}"] = answer
    carried = replace(project, guideline_version=new.version, answers=answers, retired=retired)
    return rules.known_part(new, new_names.carried(carried, old, new)), origins


def _given(
    project: Project, change: PackChange, asked: set[str]
) -> tuple[tuple[Item, Answer], ...]:
    """Give what was answered to the items of a change; one that was asked and not is open."""
    return tuple(
        (item, project.answers.get(item.id, Answer(Status.OPEN)))
        for item in change.old
        if item.id in project.answers or item.id in asked
    )


def _begun(item: Item, given: Sequence[tuple[Item, Answer]], change: PackChange) -> Answer:
    """Give the answer that an item begins with: the least advanced, with what the others hold.

    It names the wording that it answered, and so is stale where the item has another; but a
    correction of the words asks the same, and what answered the old ones answers the new.
    """
    old, base = min(
        given, key=lambda one: (_ADVANCE.index(one[1].status), one[0].digest != item.digest)
    )
    answered = base.item_digest or (old.digest if old.digest != item.digest else "")
    if Kind.EDITORIAL in change.kinds and answered == old.digest:
        answered = item.digest
    if len(given) == 1:
        return replace(base, item_digest=answered)
    all_given = [answer for _, answer in given]
    return replace(
        base,
        item_digest=answered,
        note="\n".join(dict.fromkeys(one.note for one in all_given if one.note)),
        evidence=tuple(dict.fromkeys(one for each in all_given for one in each.evidence)),
        assignee=base.assignee or next((one.assignee for one in all_given if one.assignee), ""),
        due=min((one.due for one in all_given if one.due), default=None),
    )


def _states(
    before: Project, after: Project, origins: Mapping[str, frozenset[str]]
) -> tuple[Data, Data]:
    """Give what an upgrade touched of a project, as it was and as it is since."""
    old, new = _state(before), _state(after)
    for part in _PARTS:
        same = {id for id, one in old[part].items() if new[part].get(id) == one}
        for state in (old, new):
            state[part] = {id: one for id, one in state[part].items() if id not in same}
    for part in _FACTS:
        if old[part] == new[part]:
            del old[part], new[part]
    loose = before.answers.keys() - attested(before)
    old["unattested"] = [id for id in old["answers"] if id in loose]
    new["unattested"] = [id for id in new["answers"] if origins[id] & loose]
    if tuple(before.answers) != tuple(after.answers):
        old["order"] = list(before.answers)
    return _told(old), _told(new)


def _came_from(
    before: Project,
    after: Project,
    origins: Mapping[str, frozenset[str]],
    versions: Sequence[Guideline],
) -> dict[str, dict[str, str]]:
    """Map what stands under a new id, though not as recorded, to the id that the history knows."""
    record = Record(before.history)
    stands = {id: answer_data(one) for id, one in before.answers.items()}
    loose = [id for id, one in stands.items() if not record.agrees((ANSWERED, id), one)]
    loose.sort(key=lambda id: record.on((ANSWERED, id)) is None)  # what is contradicted first
    came = {id: next((one for one in loose if one in origins[id]), id) for id in after.answers}
    renamed = {
        new_names.through(id, new_names.CONDITIONS, versions): id
        for id, holds in before.conditions.items()
        if not record.agrees((FACTS, CONDITIONS, id), holds)
    }
    conditions = {id: was for id, was in renamed.items() if id in after.conditions and id != was}
    answers = {id: was for id, was in came.items() if id != was}
    return _told({ANSWERED: answers, CONDITIONS: conditions})


def _state(project: Project) -> Data:
    return {
        "version": project.guideline_version,
        "project": facts_data(project),
        "classification": classification_data(project.classification),
        "answers": {id: answer_data(answer) for id, answer in project.answers.items()},
        "retired": {id: answer_data(answer) for id, answer in project.retired.items()},
    }


def _told(state: Data) -> Data:
    """Leave out what says nothing, but for facts, which say that there were none."""
    return {key: value for key, value in state.items() if value or key in _FACTS}


def taken_back(data: Data, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Bring a manifest's data to what it was before an upgrade; False where it stands otherwise.

    What was recorded since and is no part of the upgrade stays.
    """
    if not _stands(data, before, after):
        return False
    data["guideline"]["version"] = before["version"]
    for part in _PARTS:
        held = data.get(part, {})
        old, new = before.get(part, {}), after.get(part, {})
        kept = {id: old.get(id, one) for id, one in held.items() if id in old or id not in new}
        data[part] = kept | old
    order = {id: place for place, id in enumerate(before.get("order", ()))}
    answers = sorted(data["answers"].items(), key=lambda one: order.get(one[0], len(order)))
    data["answers"] = dict(answers)
    data.update({part: before[part] for part in _FACTS if part in before})
    return True


def _stands(data: Data, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether all that an upgrade made is still as it made it."""
    if data["guideline"]["version"] != after["version"]:
        return False
    for part in _PARTS:
        old, new, held = before.get(part, {}), after.get(part, {}), data.get(part, {})
        if {id: held[id] for id in {**old, **new} if id in held} != new:
            return False
    return all(data.get(part, {}) == after[part] for part in _FACTS if part in after)
