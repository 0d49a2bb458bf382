"""The checklist: the items of a phase, one item with its answer, and the answer that is given."""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from aiguide.core import report, wording
from aiguide.core.answers import Said, is_barred, mark
from aiguide.core.checklist import Asked, Question, current_phase
from aiguide.core.complaints import complain
from aiguide.core.dates import checked_date
from aiguide.core.errors import AiguideError
from aiguide.core.project import Answer, Status
from aiguide.usecases import guidelines, project_evidence, projects, versions
from aiguide.usecases.uploads import Sent
from aiguide.web.failures import status_in_form
from aiguide.web.opening import Case, known_phase, opened
from aiguide.web.visit import FACE, Visit

TEXTS = ("note", "reason", "approver", "assignee")
DATES = ("until", "due")


def current(visit: Visit) -> Response:
    """Lead to the items of the phase that a project is in."""
    case = opened(visit)
    here = current_phase(case.guideline, case.project)
    return visit.go(visit.path("projects", case.key, "phases", here))


def phase(visit: Visit) -> Response:
    """List the items of a phase, filtered as the address asks."""
    case = opened(visit)
    id = known_phase(case, visit.part("phase"))
    asked = Asked(
        required=bool(visit.asked("required")),
        open=bool(visit.asked("open")),
        stale=bool(visit.asked("stale")),
        assignee=visit.asked("assignee"),
    )
    section = next(state for state in case.judgement.phases if state.phase.id == id)
    return visit.page(
        "phase",
        pack=case.guideline,
        case=case,
        here=id,
        state=section,
        asked=asked,
        all=len(case.checklist.of_phase(id)),
        none_asked=wording.none_asked(case.words, case.checklist, id, asked),
        saved=_saved(visit, case),
        current=case.guideline.phase(current_phase(case.guideline, case.project)),
        items=[
            (_item(case, question), question.overdue)
            for question in case.inspected.of_phase(id, asked)
        ],
    )


def _item(case: Case, question: Question) -> report.ItemView:
    return report.item_view(case.checklist, question, case.words)


def item(visit: Visit) -> Response:
    """Show one item with a form for its answer."""
    case = opened(visit)
    return _page(visit, case, _question(case, visit.part("item")))


def answer(visit: Visit) -> Response:
    """Record an answer, unless somebody gave another one since the form was shown."""
    case = opened(visit)
    question = _question(case, visit.part("item"))
    try:
        done = {"done": _record(visit, case, question), "item": question.item.id}
    except AiguideError as error:
        return _page(visit, opened(visit), question, error)
    following = _neighbours(case, question)[1] if visit.said("then") == "next" else None
    if following:
        return visit.go(visit.path("projects", case.key, "items", following, **done))
    here = question.item.phase
    return visit.go(visit.path("projects", case.key, "phases", here, **done))


def _saved(visit: Visit, case: Case) -> str:
    """Give the title of the item that was just answered, as the address tells."""
    titles = {one.id: case.words.pick(one.title) for one in case.guideline.items}
    return titles.get(visit.asked("item"), "")


def _question(case: Case, given: str) -> Question:
    """Find an item that applies. Raises: AiguideError `unknown-item`, `not-asked`."""
    found = guidelines.find_item(case.guideline, given)
    question = case.checklist.question(found.id)
    if question is None:
        raise AiguideError("not-asked", item=found.title)
    return question


def _record(visit: Visit, case: Case, question: Question) -> str:
    """Record what the form says, and give what came of it; what says nothing new is no step."""
    visit.require_meant()
    said, file, item = _said(visit, case, question), visit.upload("file"), question.item
    sent = Sent(file.filename or "", file.file) if file else None
    stamp, seen = visit.site.stamp(), visit.said("seen")
    recorded = projects.record_answer(case.opened, item, said, stamp, seen, sent)
    if recorded.project.answers[item.id] == question.answer:
        return "unchanged"
    return "expired" if recorded.checklist(visit.site.today()).is_expired(item.id) else "saved"


def _said(visit: Visit, case: Case, question: Question) -> Said:
    """Read the form. Raises: AiguideError where a date or a piece of evidence is none."""
    status = wording.status_of(case.words, visit.said("status"), "status")
    dates, today = {name: visit.said(name) for name in DATES}, visit.site.today()
    earlier = question.answer.evidence if question.answer else ()
    kept = tuple(one for one in earlier if one.target in visit.all_said("keep"))
    link = visit.said("link")
    added = [project_evidence.meant(case.opened.path, link)] if link else []
    return Said(
        status=status,
        evidence=(*kept, *added),
        only_evidence=True,
        removed=(),
        **{name: visit.said(name) for name in TEXTS},
        **{name: given and checked_date(given, today) for name, given in dates.items()},
    )


def _page(
    visit: Visit, case: Case, question: Question, error: AiguideError | None = None
) -> Response:
    """Show an item; after an error with what was typed, and what stands by now beside it."""
    item = question.item
    fresh = case.opened.looked_at(case.checklist.question(item.id) or question)
    stands = fresh.answer or Answer(Status.OPEN)
    overtaken = error is not None and error.code == "answer-overtaken"
    before, after = _neighbours(case, question)
    values = _typed(visit, stands) if error else stands
    return visit.page(
        "item",
        status=status_in_form(error) if error else 200,
        pack=case.guideline,
        case=case,
        item=_item(case, fresh),
        facts=item,
        former=wording.former_lines(case.words, item, fresh.former),
        in_full=versions.is_known(case.guideline.name, visit.site.folder.folder),
        phase=case.guideline.phase(item.phase),
        examples=[case.words.pick(one) for one in item.evidence],
        values=values,
        stands=stands,
        unkept=_unkept(visit, stands) if error and not overtaken else (),
        link=visit.said("link"),
        file_again=error is not None and visit.upload("file") is not None,
        overdue=fresh.overdue,
        overtaken=overtaken,
        # what somebody else answered meanwhile was not shown beside the form that came back
        seen=visit.said("seen") if error and not overtaken else mark(fresh.answer),
        saved=_saved(visit, case),
        statuses=_statuses(case, question),
        complaint=complain(case.words, error, FACE) if error else None,
        before=before,
        after=after,
    )


def _statuses(case: Case, question: Question) -> list[tuple[str, str]]:
    """Give the statuses that an item can have; one cleared by an exception only has fewer."""
    return [
        (one.value, case.words.say(f"status.{one.value}"))
        for one in Status
        if not is_barred(question.item, one)
    ]


def _typed(visit: Visit, stands: Answer) -> Answer:
    """Give what was typed, over the answer that stands."""
    known = [one.value for one in Status]
    given = visit.said("status")
    status = Status(given) if given in known else stands.status
    typed: dict[str, Any] = {name: visit.said(name) for name in (*TEXTS, *DATES)}
    return replace(stands, status=status, **typed)


def _unkept(visit: Visit, stands: Answer) -> tuple[str, ...]:
    """Give the evidence that was unchecked in the form."""
    kept = visit.all_said("keep")
    return tuple(one.target for one in stands.evidence if one.target not in kept)


def _neighbours(case: Case, question: Question) -> tuple[str | None, str | None]:
    """Give the items before and after one, in its phase."""
    ids = [one.item.id for one in case.checklist.of_phase(question.item.phase)]
    place = ids.index(question.item.id) if question.item.id in ids else 0
    before = ids[place - 1] if place else None
    return before, ids[place + 1] if place + 1 < len(ids) else None
