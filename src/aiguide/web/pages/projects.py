"""A project: started from an idea, how it stands, and its facts."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from aiguide.core import report, wording
from aiguide.core.applicability import Truth, implied_conditions, released_by
from aiguide.core.checklist import current_phase
from aiguide.core.complaints import complain
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.usecases import projects, versions
from aiguide.web.opening import Case, opened
from aiguide.web.pages.ask import stance_policy
from aiguide.web.visit import Visit

TEXTS = ("name", "organization", "owner", "description")
TRUTHS = {"yes": True, "no": False}
NEXT_SHOWN = 5


def form(visit: Visit) -> Response:
    """Ask for the facts of a new project; what the address brings is filled in."""
    values = {name: visit.asked(name) for name in TEXTS}
    return _form(visit, values, visit.all_asked("cell"), {})


def draft(visit: Visit) -> Response:
    """Ask for the facts of a new project; what a form of ours brings is filled in.

    A description is no part of an address, which is kept and passed on in many places.
    """
    values = {name: visit.said(name) for name in TEXTS}
    return _form(visit, values, visit.all_said("cell"), {})


def start(visit: Visit) -> Response:
    """Start a project in a folder of its own."""
    values = {name: visit.said(name) for name in TEXTS}
    cells, conditions = visit.all_said("cell"), _conditions(visit, visit.site.pack)
    site = visit.site
    try:
        if not values["name"]:
            raise AiguideError("name-needed")
        facts = {**values, "cells": cells, "conditions": conditions}
        path = projects.start_in(site.folder, site.pack.name, facts, site.stamp())
    except AiguideError as error:
        return _form(visit, values, cells, conditions, error)
    return visit.go(visit.path("projects", site.folder.key(path), done="started"))


def _form(
    visit: Visit,
    values: Mapping[str, str],
    cells: tuple[str, ...],
    conditions: Mapping[str, bool],
    error: AiguideError | None = None,
) -> Response:
    return visit.page(
        "new",
        status=422 if error else 200,
        values=values,
        complaint=complain(visit.words, error) if error else None,
        **_choices(visit, visit.site.pack, cells, conditions),
    )


def _choices(
    visit: Visit, pack: Guideline, cells: tuple[str, ...], conditions: Mapping[str, bool]
) -> dict[str, Any]:
    """Give what cells and conditions can be chosen, and which known ones are."""
    known = tuple(one.id for one in pack.cells if one.id in cells)
    words, implied = visit.words, implied_conditions(pack, known)
    return {
        "domains": [
            (
                words.pick(domain.title),
                [
                    (cell.id, words.pick(cell.title), wording.cell_stance(words, pack, cell))
                    for cell in pack.cells_of(domain.id)
                ],
            )
            for domain in pack.domains
        ],
        "chosen": known,
        "conditions": [(one, conditions.get(one.id), one.id in implied) for one in pack.conditions],
    }


def _conditions(visit: Visit, pack: Guideline) -> dict[str, bool]:
    """Read the conditions of a form; one that was left open is not there."""
    said = {one.id: visit.said(f"condition.{one.id}") for one in pack.conditions}
    return {id: TRUTHS[given] for id, given in said.items() if given in TRUTHS}


def state(visit: Visit) -> Response:
    """Show how a project stands: the verdict, the phases, what is next, what is not answered."""
    case = opened(visit)
    words, checklist = case.words, case.checklist
    view = report.build(checklist, case.judgement, words, visit.site.today())
    newest = versions.newest(case.guideline, case.opened.path.parent)
    return visit.page(
        "project",
        words=words,
        case=case,
        view=view,
        here=current_phase(case.guideline, case.project),
        policies={id: stance_policy(case.guideline, id) for id in case.project.cells},
        gaps=view.gaps[:NEXT_SHOWN],
        open_conditions=tuple(_open_conditions(case)),
        newer=newest if newest.version != case.guideline.version else None,
    )


def _open_conditions(case: Case) -> list[str]:
    """Name the conditions that nobody has answered, each with what a no would take off."""
    said: list[str] = []
    for id, truth in case.checklist.situation.conditions.items():
        if truth is Truth.UNANSWERED:
            count = len(released_by(case.guideline, case.checklist.situation, id))
            title = case.guideline.condition(id).title
            key = "status.condition" if count else "status.condition-idle"
            said.append(case.words.say(key, condition=title, count=count))
    return said


def facts(visit: Visit) -> Response:
    """Show the facts of a project as a form."""
    case = opened(visit)
    project = case.project
    stands: dict[str, Any] = {name: getattr(project, name) for name in TEXTS}
    stands |= {"phase": current_phase(case.guideline, project), "cells": project.cells}
    return _facts(visit, case, {**stands, "conditions": project.conditions})


def change(visit: Visit) -> Response:
    """Change the facts of a project; what was not changed here stays as it is by now."""
    case = opened(visit)
    given = _given(visit, case.guideline)
    changed = {name: value for name, value in given.items() if value != _was(visit, name, value)}
    try:
        if not given["name"]:
            raise AiguideError("name-needed")
        projects.change_project(case.opened, changed, visit.site.stamp())
    except AiguideError as error:
        return _facts(visit, case, given, error)
    return visit.go(visit.path("projects", case.key, done="changed"))


def _given(visit: Visit, pack: Guideline) -> dict[str, Any]:
    """Read all facts of the form."""
    texts = {name: visit.said(name) for name in (*TEXTS, "phase")}
    return {**texts, "cells": visit.all_said("cell"), "conditions": _conditions(visit, pack)}


def _was(visit: Visit, name: str, value: Any) -> Any:
    """Give what the form showed before it was filled in; of conditions only what is said counts."""
    was = visit.said(f"was.{name}")
    if name == "cells":
        return tuple(filter(None, was.split(",")))
    return was if isinstance(value, str) else {}


def _facts(
    visit: Visit, case: Case, given: Mapping[str, Any], error: AiguideError | None = None
) -> Response:
    """Show the form, filled in with what is `given`; it remembers what stands."""
    project, pack, words = case.project, case.guideline, case.words
    stands = {name: getattr(project, name) for name in TEXTS}
    return visit.page(
        "facts",
        status=422 if error else 200,
        words=words,
        case=case,
        values=given,
        was={**stands, "phase": current_phase(pack, project), "cells": ",".join(project.cells)},
        phases=[(id, words.pick(pack.phase(id).title)) for id in pack.stages],
        complaint=complain(words, error) if error else None,
        **_choices(visit, pack, given["cells"], given["conditions"]),
    )
