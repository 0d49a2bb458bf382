"""The sentence behind a verdict names its real causes, and no others."""

import pytest

from aiguide.core import checklist as checklists
from aiguide.core.guideline import Clause
from aiguide.core.project import Answer, Status
from aiguide.core.report import verdict_reason
from aiguide.core.verdict import judge
from aiguide.store import words
from tests import make

PURPOSE = make.item("planning.purpose")
GUIDELINE = make.guideline(
    PURPOSE,
    make.item("planning.hold", applies_to=[Clause(cells=("citizen.act",))], exception_only=True),
)
DONE, EXCEPTED = make.answer(Status.DONE), make.answer(Status.EXCEPTION)


def reason(cell: str, answers: dict[str, Answer]) -> str:
    given = {f"planning.{name}": answer for name, answer in answers.items()}
    project = make.project(cells=[cell], conditions={"vendor": False}, answers=given)
    checklist = checklists.build(GUIDELINE, project, make.TODAY)
    return verdict_reason(checklist, judge(checklist, 0.5), words.load("en"))


@pytest.mark.parametrize(
    ("cell", "answers", "causes"),
    [
        ("staff.look", {"purpose": DONE}, "yellow stance"),
        ("citizen.ask", {"purpose": EXCEPTED}, "1 exception in force (planning 1)"),
        ("staff.look", {"purpose": EXCEPTED}, "yellow stance, 1 exception in force (planning 1)"),
        (
            "citizen.act",
            {"purpose": DONE, "hold": EXCEPTED},
            "red stance, 1 exception in force (planning 1)",
        ),
    ],
)
def test_care_is_asked_for_what_asks_for_it(
    cell: str, answers: dict[str, Answer], causes: str
) -> None:
    assert reason(cell, answers).endswith(f"to watch: {causes}.")


def test_without_a_cause_nothing_is_to_be_watched() -> None:
    assert "watch" not in reason("citizen.ask", {"purpose": DONE})
