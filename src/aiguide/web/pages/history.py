"""The history of a project: who recorded what and when, whether it holds, and a step taken back."""

from starlette.responses import Response

from aiguide.core import trail
from aiguide.core.complaints import complain
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.history import last_numbered, last_steps
from aiguide.core.trail import Wanted
from aiguide.usecases import projects
from aiguide.usecases import trail as trails
from aiguide.usecases.trail import Verification
from aiguide.web.failures import status_in_form
from aiguide.web.opening import Case, opened
from aiguide.web.paging import page_of
from aiguide.web.visit import FACE, Visit

FIELDS = ("item", "person", "phase", "since", "until")
LAST_SHOWN = 3  # of what can be taken back at once: all of an import, too


def steps(visit: Visit) -> Response:
    """Show the steps that the address asks for, the newest first."""
    case = opened(visit)
    known = trails.lexicon(case.opened)
    asked = Wanted(**{name: visit.asked(name).strip() for name in FIELDS})
    try:
        wanted = trails.wanted_meant(known, asked, visit.site.today())
        found = trails.verify(case.project, visit.asked("head").strip() or None)
    except AiguideError as error:
        return _page(visit, case, known, asked, Wanted(), error)
    return _page(visit, case, known, asked, wanted, found=found)


def undo(visit: Visit) -> Response:
    """Take back what the form shows, unless another step has been made since."""
    case = opened(visit)
    meant = last_steps(case.project.history)
    try:
        visit.require_meant()
        if not meant or meant[0].hash != visit.said("seen.step"):
            raise AiguideError("undo-overtaken")
        projects.undo(case.opened.path, visit.site.stamp(), meant)
    except AiguideError as error:
        case = opened(visit)
        return _page(visit, case, trails.lexicon(case.opened), Wanted(), Wanted(), error)
    return visit.go(visit.path("projects", case.key, "history", done="undone"))


def _page(
    visit: Visit,
    case: Case,
    known: Guideline,
    asked: Wanted,
    wanted: Wanted,
    error: AiguideError | None = None,
    found: Verification | None = None,
) -> Response:
    """Show the steps that are `wanted`, named by what is `known` of this and other versions."""
    words, project = case.words, case.project
    numbered = list(trail.numbered(known, project, wanted))[::-1]
    page, found = page_of(visit, numbered), found or trails.verify(project)
    last = last_numbered(project.history)
    marks = trail.marked(project)
    recorded = {one.subject for one in project.history}
    return visit.page(
        "history",
        status=status_in_form(error) if error else 200,
        pack=case.guideline,
        case=case,
        asked=asked,
        page=page,
        steps=[trail.step(words, known, number, one, marks=marks) for number, one in page.items],
        last=[trail.step(words, known, number, entry) for number, entry in last[:LAST_SHOWN]],
        more=len(last[LAST_SHOWN:]),
        holds=found.holds,
        differing=bool(found.mismatches),
        verified=trails.said_of(words, case.opened, found),
        head=found.head,
        kept=visit.asked("head").strip(),
        kept_said=trails.said_of_kept(words, case.opened, found) if found.asked else "",
        items=[(one.id, words.pick(one.title)) for one in known.items if one.id in recorded],
        people=[(name, name) for name in dict.fromkeys(one.by for one in project.history)],
        phases=[(one.id, words.pick(one.title)) for one in known.phases],
        complaint=complain(words, error, FACE) if error else None,
    )
