"""What clears an item, which phases count, and which verdict comes first."""

import pytest

from aiguide.core import checklist as checklists
from aiguide.core.guideline import Clause, Level
from aiguide.core.project import Answer, Project, Status
from aiguide.core.verdict import GATE_ALL, Judgement, Verdict, judge
from tests import make

THRESHOLD = 0.5
PURPOSE = make.item("planning.purpose")
ADVICE = make.item("planning.advice", level=Level.RECOMMENDED)
BUILD = make.item("design.build", phase="design")
BUY = make.item("buying.terms", phase="buying")
CLOSE = make.item("end.close", phase="end")
HOLD = make.item("planning.hold", applies_to=[Clause(cells=("citizen.act",))], exception_only=True)
GUIDELINE = make.guideline(PURPOSE, ADVICE, HOLD, BUILD, CLOSE, BUY)
DONE = make.answer(Status.DONE)


def judged(project: Project, gate: str | None = None) -> Judgement:
    return judge(checklists.build(GUIDELINE, project, make.TODAY), THRESHOLD, gate)


def purpose(answer: Answer) -> Judgement:
    return judged(make.project(conditions={"vendor": False}, answers={PURPOSE.id: answer}))


@pytest.mark.parametrize(
    "answer",
    [
        make.answer(Status.DONE),
        make.answer(Status.NOT_APPLICABLE),
        make.answer(Status.DONE, item_digest=PURPOSE.digest),
    ],
)
def test_done_and_not_applicable_clear_an_item(answer: Answer) -> None:
    assert purpose(answer).verdict is Verdict.PROCEED


@pytest.mark.parametrize(
    "answer",
    [
        make.answer(Status.OPEN),
        make.answer(Status.IN_PROGRESS, note="begun"),
        make.answer(Status.DONE, note=""),
        make.answer(Status.NOT_APPLICABLE, reason=""),
        make.answer(Status.EXCEPTION, until="2026-11-23"),
        make.answer(Status.EXCEPTION, until=None),
        make.answer(Status.EXCEPTION, approver=""),
        make.answer(Status.DONE, item_digest="00000000"),
    ],
)
def test_these_answers_do_not_clear_an_item(answer: Answer) -> None:
    judgement = purpose(answer)
    assert judgement.verdict is Verdict.NOT_READY
    assert [question.item.id for question in judgement.blocking] == [PURPOSE.id]


def test_nothing_is_clear_because_nobody_answered() -> None:
    assert judged(make.project(conditions={"vendor": False})).verdict is Verdict.NOT_READY


def test_an_exception_holds_through_its_last_day_and_asks_for_care() -> None:
    assert purpose(make.answer(Status.EXCEPTION, until=make.TODAY)).verdict is (
        Verdict.PROCEED_WITH_CARE
    )


def test_a_yellow_cell_asks_for_care() -> None:
    project = make.project(
        cells=["staff.look"], conditions={"vendor": False}, answers={PURPOSE.id: DONE}
    )
    assert judged(project).verdict is Verdict.PROCEED_WITH_CARE


def test_the_highest_stance_of_several_cells_decides() -> None:
    project = make.project(cells=["citizen.ask", "citizen.act"], answers={PURPOSE.id: DONE})
    assert judged(project).verdict is Verdict.DO_NOT_DEPLOY


def test_red_is_held_whatever_else_is_done() -> None:
    answers = {PURPOSE.id: DONE, HOLD.id: make.answer(Status.DONE)}
    project = make.project(cells=["citizen.act"], conditions={"vendor": False}, answers=answers)
    assert judged(project).verdict is Verdict.DO_NOT_DEPLOY


def test_red_goes_on_with_care_under_an_exception_in_force() -> None:
    answers = {PURPOSE.id: DONE, HOLD.id: make.answer(Status.EXCEPTION)}
    project = make.project(cells=["citizen.act"], conditions={"vendor": False}, answers=answers)
    assert judged(project).verdict is Verdict.PROCEED_WITH_CARE


def test_an_expired_exception_holds_red_again() -> None:
    answers = {PURPOSE.id: DONE, HOLD.id: make.answer(Status.EXCEPTION, until="2026-01-01")}
    project = make.project(cells=["citizen.act"], conditions={"vendor": False}, answers=answers)
    assert judged(project).verdict is Verdict.DO_NOT_DEPLOY


def test_no_cell_needs_a_person() -> None:
    assert judged(make.project(cells=[])).verdict is Verdict.NEEDS_HUMAN_REVIEW


@pytest.mark.parametrize(
    ("confidence", "confirmed_by", "unsure"),
    [(0.4, "", True), (0.4, "somebody", False), (0.5, "", False), (None, "", False)],
)
def test_a_tool_below_its_threshold_needs_a_person(
    confidence: float | None, confirmed_by: str, unsure: bool
) -> None:
    project = make.project(
        conditions={"vendor": False},
        answers={PURPOSE.id: DONE},
        confidence=confidence,
        confirmed_by=confirmed_by,
    )
    expected = Verdict.NEEDS_HUMAN_REVIEW if unsure else Verdict.PROCEED
    assert judged(project).verdict is expected


def test_a_tool_that_says_no_confidence_is_not_trusted_either() -> None:
    project = make.project(conditions={"vendor": False}, answers={PURPOSE.id: DONE}, engine="local")
    assert judged(project).verdict is Verdict.NEEDS_HUMAN_REVIEW


def test_a_recommended_item_left_open_blocks_nothing() -> None:
    assert ADVICE.level is Level.RECOMMENDED
    judgement = purpose(DONE)
    assert judgement.verdict is Verdict.PROCEED
    assert judgement.phases[0].recommended.clear == 0


def test_every_item_that_holds_red_must_be_excepted() -> None:
    second = make.item("planning.hold-too", exception_only=True)
    guideline = make.guideline(PURPOSE, HOLD, second)
    answers = {PURPOSE.id: DONE, HOLD.id: make.answer(Status.EXCEPTION)}
    project = make.project(cells=["citizen.act"], conditions={"vendor": False}, answers=answers)
    checklist = checklists.build(guideline, project, make.TODAY)
    assert judge(checklist, THRESHOLD).verdict is Verdict.DO_NOT_DEPLOY


def test_a_crossing_phase_counts_by_itself_at_its_own_gate() -> None:
    assert counted(judged(make.project(), "buying")) == ["buying"]


def counted(judgement: Judgement) -> list[str]:
    return [state.phase.id for state in judgement.phases if state.counts]


def test_the_phases_up_to_the_projects_own_count_and_procurement_with_a_vendor() -> None:
    vendor = {"vendor": True}
    assert counted(judged(make.project(conditions=vendor))) == ["planning", "buying"]
    assert counted(judged(make.project(phase="design", conditions=vendor))) == [
        "planning",
        "design",
        "buying",
    ]


def test_procurement_counts_while_the_vendor_is_not_yet_answered() -> None:
    assert "buying" in counted(judged(make.project()))
    assert "buying" not in counted(judged(make.project(conditions={"vendor": False})))


def test_the_gate_all_looks_at_every_phase_but_the_end() -> None:
    assert counted(judged(make.project(), GATE_ALL)) == ["planning", "design", "buying"]


def test_a_gate_looks_at_the_phases_up_to_it() -> None:
    judgement = judged(make.project(conditions={"vendor": False}), "design")
    assert [question.item.id for question in judgement.blocking] == [PURPOSE.id, BUILD.id]
