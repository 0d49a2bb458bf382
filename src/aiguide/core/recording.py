"""The steps that change a project; each makes its history entry."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiguide.core.history import next_entry
from aiguide.core.manifest import answer_data, classification_data, facts_data
from aiguide.core.project import Answer, Classification, EntryKind, Project


def start(project: Project, *, by: str, at: str) -> Project:
    """Begin a project's history with what is known of it."""
    after = {
        "project": facts_data(project),
        "classification": classification_data(project.classification),
    }
    entry = next_entry(project, EntryKind.STARTED, "project", None, after, by=by, at=at)
    return replace(project, history=(*project.history, entry))


def change(project: Project, changes: Mapping[str, Any], *, by: str, at: str) -> Project:
    """Change facts of a project; a change of nothing is no step.

    `changes` maps a field of `Project` to its new value.
    """
    changed = replace(project, **changes)
    before, after = _differences(facts_data(project), facts_data(changed))
    if not before and not after:
        return project
    entry = next_entry(project, EntryKind.CHANGED, "project", before, after, by=by, at=at)
    return replace(changed, history=(*project.history, entry))


def classify(project: Project, classification: Classification, *, by: str, at: str) -> Project:
    """Set which cells a project is in; the same as before is no step."""
    if classification == replace(project.classification, at=classification.at):
        return project
    stamped = replace(classification, at=at)
    before = classification_data(project.classification) or None
    after = classification_data(stamped)
    entry = next_entry(project, EntryKind.CLASSIFIED, "classification", before, after, by=by, at=at)
    return replace(project, classification=stamped, history=(*project.history, entry))


def answer(project: Project, item_id: str, given: Answer, *, by: str, at: str) -> Project:
    """Record the answer to one item."""
    stamped = replace(given, by=by, at=at)
    earlier = project.answers.get(item_id)
    before = answer_data(earlier) if earlier else None
    entry = next_entry(
        project, EntryKind.ANSWERED, item_id, before, answer_data(stamped), by=by, at=at
    )
    answers = {**project.answers, item_id: stamped}
    return replace(project, answers=answers, history=(*project.history, entry))


def _differences(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    before = {key: old[key] for key in keys if key in old}
    after = {key: new[key] for key in keys if key in new}
    return before, after
