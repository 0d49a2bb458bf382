"""A project: started from an idea, how it stands, and its facts."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from aiguide.core import ai_systems, report, wording
from aiguide.core.applicability import implied_conditions
from aiguide.core.checklist import current_phase
from aiguide.core.complaints import complain
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.views import cell_policy
from aiguide.usecases import project_facts, versions
from aiguide.web.failures import status_in_form
from aiguide.web.opening import Case, opened
from aiguide.web.visit import FACE, Visit

TEXTS = ("name", "organization", "owner", "description")
TRUTHS = {"yes": True, "no": False, "unknown": None}
CONDITION = "condition."  # before its id, the name of its field
NEXT_SHOWN = 5


def form(visit: Visit) -> Response:
    """Ask for the facts of a new project; the idea and cells of the address are filled in."""
    key = visit.asked("idea")
    values = dict.fromkeys(TEXTS, "")
    values["description"] = visit.site.ideas.find(key).text if key else ""
    return _form(visit, values, visit.all_asked("cell"), {})


def start(visit: Visit) -> Response:
    """Start a project in a folder of its own."""
    values = {name: visit.said(name) for name in TEXTS}
    cells, conditions = visit.all_said("cell"), _conditions(visit, visit.site.pack)
    site = visit.site
    try:
        visit.require_meant()
        if not values["name"]:
            raise AiguideError("name-needed")
        facts = {**values, "cells": cells, "conditions": conditions}
        path = project_facts.start_in(site.folder, site.pack.name, facts, site.stamp())
    except AiguideError as error:
        return _form(visit, values, cells, conditions, error)
    return visit.go(visit.path("projects", site.folder.key(path), done="started"))


def _form(
    visit: Visit,
    values: Mapping[str, str],
    cells: tuple[str, ...],
    conditions: Mapping[str, bool | None],
    error: AiguideError | None = None,
) -> Response:
    return visit.page(
        "new",
        status=status_in_form(error) if error else 200,
        values=values,
        complaint=complain(visit.words, error, FACE) if error else None,
        **_choices(visit, visit.site.pack, cells, conditions),
    )


def _choices(
    visit: Visit, pack: Guideline, cells: tuple[str, ...], conditions: Mapping[str, bool | None]
) -> dict[str, Any]:
    """Give what cells and conditions can be chosen, and which known ones are."""
    known = tuple(one.id for one in pack.cells if one.id in cells)
    words, implied = visit.words, implied_conditions(pack, known)
    return {
        "domains": [
            (
                words.pick(domain.title),
                [
                    (
                        cell.id,
                        words.pick(cell.title),
                        wording.cell_stance(words, pack, cell),
                        cell_policy(pack, cell),
                    )
                    for cell in pack.cells_of(domain.id)
                ],
            )
            for domain in pack.domains
        ],
        "chosen": known,
        "inferred_note": wording.inferred_note(words, pack.cells),
        "conditions": [(one, conditions.get(one.id), one.id in implied) for one in pack.conditions],
    }


def _conditions(visit: Visit, pack: Guideline) -> dict[str, bool | None]:
    """Read the conditions of a form; None is not known, and one that its cells imply not there."""
    said = {CONDITION + one.id: visit.said(CONDITION + one.id) for one in pack.conditions}
    return _truths(said)


def _truths(said: Mapping[str, str]) -> dict[str, bool | None]:
    return {
        name.removeprefix(CONDITION): TRUTHS[value]
        for name, value in said.items()
        if name.startswith(CONDITION) and value in TRUTHS
    }


def state(visit: Visit) -> Response:
    """Show how a project stands: the verdict, the phases, what is next, what is not answered."""
    case = opened(visit)
    words = case.words
    view = report.build(case.inspected, case.judgement, words, visit.site.today())
    newest = versions.newest(case.guideline, case.opened.path.parent)
    return visit.page(
        "project",
        pack=case.guideline,
        case=case,
        view=view,
        here=current_phase(case.guideline, case.project),
        cell_pages=versions.is_known(case.guideline.name, visit.site.folder.folder),
        policies={
            id: cell_policy(case.guideline, case.guideline.cell(id)) for id in case.project.cells
        },
        gaps=view.gaps[:NEXT_SHOWN],
        dropped=_count(visit.asked("dropped")),
        open_conditions=tuple(wording.unanswered_conditions(words, case.checklist).values()),
        newer=newest if newest.version > case.guideline.version else None,
    )


def _count(given: str) -> int:
    """Read a number that an address of ours tells; anything else is none."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 5 else 0


def facts(visit: Visit) -> Response:
    """Show the facts of a project as a form."""
    case = opened(visit)
    return _facts(visit, case, _as_said(case))


def change(visit: Visit) -> Response:
    """Change the facts of a project, unless somebody changed the same ones since."""
    case = opened(visit)
    now = _as_said(case)
    given, was = ({name: visit.said(mark + name) for name in now} for mark in ("", "was."))
    given["cell"] = " ".join(visit.all_said("cell"))
    # what the cells imply is not asked
    given |= {name: was[name] for name in now if name.startswith(CONDITION) and not given[name]}
    changed = [name for name in now if given[name] not in (was[name], now[name])]
    crossed = [name for name in changed if now[name] != was[name]]
    # what somebody else changed meanwhile, and this form did not, is shown as it is by now
    shown = now | {name: given[name] for name in changed}
    try:
        if crossed:
            raise AiguideError("facts-overtaken")
        visit.require_meant()
        if not given["name"]:
            raise AiguideError("name-needed")
        facts = _meant({name: given[name] for name in changed})
        project_facts.change(case.opened, facts, visit.site.stamp(), as_seen=True)
    except AiguideError as error:
        stands = [_told(case, name, now[name]) for name in crossed]
        return _facts(visit, case, shown, stands, error)
    dropped = len(_answered(case) - _answered(opened(visit)))
    return visit.go(visit.path("projects", case.key, done="changed", dropped=dropped or ""))


def _answered(case: Case) -> set[str]:
    """Name the items that apply and have been answered."""
    return {one.item.id for one in case.checklist.questions if one.answer}


def _as_said(case: Case) -> dict[str, str]:
    """Give the facts of a project as a form says them."""
    project = case.project
    held = {holds: said for said, holds in TRUTHS.items()}
    return {
        **{name: getattr(project, name).replace("\r\n", "\n").strip() for name in TEXTS},
        "phase": current_phase(case.guideline, project),
        "cell": " ".join(project.cells),
        "cell_reason": project.classification.reason,
        "ai": "\n".join(map(ai_systems.written, project.ai)),
        **{
            CONDITION + one.id: held[project.conditions.get(one.id)]
            for one in case.guideline.conditions
        },
    }


def _meant(said: Mapping[str, str]) -> dict[str, Any]:
    """Give facts as a project has them."""
    conditions = _truths(said)
    facts: dict[str, Any] = {name: said[name] for name in (*TEXTS, "phase") if name in said}
    if "cell_reason" in said:
        facts["cell_reason"] = said["cell_reason"]
    if "ai" in said:
        facts["ai"] = tuple(ai_systems.read(one) for one in said["ai"].splitlines() if one.strip())
    if "cell" in said:
        facts["cells"] = tuple(said["cell"].split())
    return {**facts, "conditions": conditions} if conditions else facts


def _told(case: Case, name: str, said: str) -> tuple[str, str]:
    """Word one fact that stands: its label and its value."""
    pack, words = case.guideline, case.words
    if name.startswith(CONDITION):
        title = pack.condition(name.removeprefix(CONDITION)).title
        key = wording.truth_key(said == "yes") if said in ("yes", "no") else "web.not-known"
        return words.pick(title), words.say(key)
    if name == "cell":
        titles = [words.pick(pack.cell(id).title) for id in said.split()]
        return words.say("web.cells"), words.listing(titles)
    if name in ("ai", "cell_reason"):
        return words.say("facts.ai" if name == "ai" else "classified.reason"), said
    if name == "phase":
        return words.say("facts.phase"), words.pick(pack.phase(said).title)
    return words.say(f"init.{name}"), said


def _facts(
    visit: Visit,
    case: Case,
    values: Mapping[str, str],
    stands: Sequence[tuple[str, str]] = (),
    error: AiguideError | None = None,
) -> Response:
    """Show the form with `values`; `stands` are facts that somebody else changed meanwhile."""
    pack, words = case.guideline, case.words
    conditions = _truths(values)
    return visit.page(
        "facts",
        status=status_in_form(error) if error else 200,
        pack=case.guideline,
        case=case,
        values=values,
        was=_as_said(case),
        stands=stands,
        phase=values["phase"],
        phases=[(id, words.pick(pack.phase(id).title)) for id in pack.stages],
        complaint=complain(words, error, FACE) if error else None,
        **_choices(visit, pack, tuple(values["cell"].split()), conditions),
    )
