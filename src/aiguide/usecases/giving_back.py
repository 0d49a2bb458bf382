"""Recording again, as it was, what a person recorded and a file lacks."""

from collections.abc import Mapping
from dataclasses import replace

from aiguide.core import recording
from aiguide.core.attestation import ANSWERED, CLASSIFICATION, Part, mapping
from aiguide.core.manifest import read_answer, read_classification
from aiguide.core.merge_parts import apart, together
from aiguide.core.project import Answer, Entry, Project, Status
from aiguide.core.stamp import Stamp
from aiguide.core.step_parts import standing, word_on
from aiguide.store import projects
from aiguide.usecases.projects import Opened, open_again


def give_back(
    opened: Opened, parts: Mapping[Part, Entry], stamp: Stamp
) -> tuple[Opened, dict[Part, Entry]]:
    """Record again what steps say of some parts, and save it at once; what returns is on disk.

    The manifest is read again first: what somebody has said otherwise meanwhile stays. Gives the
    project then, and the step that each part has from this. Raises: as `open_again` does,
    `cannot-write`.
    """
    with projects.held(opened.path):
        fresh = open_again(opened)
        project, made = fresh.project, dict[Part, Entry]()
        for part, step in parts.items():
            if standing(project, part) != standing(opened.project, part):
                continue
            if (given := _with(project, part, step, stamp)) is not project:
                project, made[part] = given, given.history[-1]
        if made:
            projects.save(opened.path, project)
    return replace(fresh, project=project), made


def _with(project: Project, part: Part, step: Entry, stamp: Stamp) -> Project:
    """Let a project hold what a step says of a part, said by whoever says it again.

    Of facts a history may say, by hand, what no project can hold: those stay as they are.
    """
    by, at = stamp.by, stamp.at
    if part[0] == ANSWERED:
        given = read_answer(step.after) if step.after else Answer(Status.OPEN)
        return recording.answer(project, part[1], given, by=by, at=at)
    if part == (CLASSIFICATION,):
        return recording.classify(project, read_classification(mapping(step.after)), by=by, at=at)
    try:
        held = together(project, {**apart(project), part: word_on(step, part)})
    except (KeyError, TypeError, ValueError):
        return project
    name, *condition = part[1:]
    changes = {id: held.conditions.get(id) for id in condition} or getattr(held, name)
    return recording.change(project, {name: changes}, by=by, at=at)
