"""The checklist by the API, and each answer with the mark that it is replaced by.

An answer is replaced by whoever has seen it: its mark is the ETag, and a `PUT` names it in
`If-Match`. Another answer that came between is never overwritten.
"""

from typing import Any

from starlette.responses import Response

from aiguide.core.answers import Said, mark
from aiguide.core.checklist import Checklist, Question
from aiguide.core.errors import AiguideError
from aiguide.core.project import Answer, Evidence, Status
from aiguide.core.words import Words
from aiguide.usecases import guidelines, project_evidence, projects, results
from aiguide.web.api.operations import Call, NotThere, at_path, reply, tags
from aiguide.web.opening import Case, known_phase

_TEXTS = ("note", "reason", "approver", "until", "assignee", "due")


def checklist(call: Call) -> Response:
    """Give the items that apply, of all phases or of one."""
    case, phase = call.case(), call.asked["phase"]
    all = case.checklist.questions
    listed = case.checklist.of_phase(known_phase(case, phase)) if phase else all
    return reply(results.checklist(case.words, case.checklist, listed))


def answer(call: Call) -> Response:
    """Give an item with the answer that stands, and its mark."""
    case = call.case()
    return _marked(case.words, case.checklist, _question(case, call.part("item")))


def put(call: Call) -> Response:
    """Record an answer in place of the one that was seen."""
    case = call.case()
    question = _question(case, call.part("item"))
    seen = _seen(question, call.request.headers.get("if-match", ""))
    said = _said(case, question.answer, call.data)
    recorded = projects.record_answer(case.opened, question.item, said, call.site.stamp(), seen)
    now = recorded.checklist(call.site.today())
    return _marked(case.words, now, now.question(question.item.id) or question)


def _question(case: Case, given: str) -> Question:
    """Find the item of a path. Raises: NotThere."""
    found = at_path(guidelines.find_item, case.guideline, given)
    question = case.checklist.question(found.id)
    if question is None:
        raise NotThere("not-asked", item=found.title)
    return question


def _seen(question: Question, named: str) -> str:
    """Give the mark of the answer that a caller has seen.

    Raises: AiguideError `if-match-needed` where one stands and none is named, `answer-overtaken`.
    """
    stands, seen = mark(question.answer), tags(named)
    if not seen and (question.answer or named):
        raise AiguideError("if-match-needed", item=question.item.title)
    if seen and stands not in seen:
        raise AiguideError("answer-overtaken", item=question.item.title)
    return stands


def _said(case: Case, stands: Answer | None, data: dict[str, Any]) -> Said:
    """Read an answer; what it does not say is empty. Raises: as `project_evidence.meant`."""
    return Said(
        status=Status(data["status"]),
        evidence=tuple(_evidence(case, stands, one) for one in data.get("evidence", ())),
        only_evidence=True,
        removed=(),
        **{name: data.get(name) or "" for name in _TEXTS},
    )


def _evidence(case: Case, stands: Answer | None, target: str) -> Evidence:
    """Give a piece of evidence: as it was recorded, or anew."""
    known = {one.target: one for one in stands.evidence} if stands else {}
    return known.get(target) or project_evidence.meant(case.opened.path, target)


def _marked(words: Words, listed: Checklist, question: Question) -> Response:
    return reply(results.asked(words, listed, question), etag=f'"{mark(question.answer)}"')
