"""What `evaluate` counts, on results that are made up."""

from collections.abc import Mapping

import pytest

from aiguide.core.classify import Candidate, Doubt, Result
from aiguide.core.evaluation import Case, Rate, evaluate
from aiguide.core.guideline import Guideline
from aiguide.core.policy import ClassificationPolicy
from aiguide.usecases import guidelines

INFORMATION, ACTION = "citizen.information", "citizen.action"
AUTONOMOUS, ROUTINE = "citizen.autonomous", "related.routine"


@pytest.fixture(scope="module")
def pack() -> tuple[Guideline, ClassificationPolicy]:
    return guidelines.load_classifying("tokyo-ai@1")


def result(
    *ranked: str, sure: float = 0.9, doubt: Doubt | None = None, asks: tuple[str, ...] = ()
) -> Result:
    guideline, policy = guidelines.load_classifying("tokyo-ai@1")
    cells = [*ranked, *(cell.id for cell in guideline.cells if cell.id not in ranked)]
    shares = [sure, *[(1 - sure) / 14] * 14]
    return Result(
        cell=None if doubt else cells[0],
        doubt=doubt,
        candidates=tuple(map(Candidate, cells, shares)),
        clues=(),
        questions=tuple(policy.question(id) for id in asks),
        answers={},
        several=doubt is Doubt.MULTIPLE,
    )


def case(id: str, label: str, *others: str, odd: bool = False) -> Case:
    return Case(id, id, label, frozenset({label, *others}), odd)


def test_what_counts_for_each_rate(pack: tuple[Guideline, ClassificationPolicy]) -> None:
    results = {
        "right": result(INFORMATION),
        "acceptable": result(ACTION),
        "third": result(ROUTINE, ACTION, INFORMATION),
        "red as blue": result(INFORMATION),
        "red, abstained": result(INFORMATION, sure=0.4, doubt=Doubt.CLOSE),
    }
    cases = [
        case("right", INFORMATION),
        case("acceptable", INFORMATION, ACTION),
        case("third", INFORMATION),
        case("red as blue", AUTONOMOUS),
        case("red, abstained", AUTONOMOUS),
    ]
    found = evaluate(*pack, cases, lambda text, answers: results[text])
    assert found.rates["top-1"] == Rate(2, 5)
    assert found.rates["top-3"] == Rate(3, 5)
    assert found.rates["domain"] == Rate(4, 5)
    assert found.rates["stance"] == Rate(3, 5)
    assert found.rates["under-classified"] == Rate(1, 2)
    assert found.rates["answered"] == Rate(4, 5)
    assert found.rates["right-when-answering"] == Rate(2, 4)
    assert "as-expected" not in found.rates
    assert found.confusion == {(AUTONOMOUS, INFORMATION): 2, (INFORMATION, ROUTINE): 1}


def test_its_questions_are_answered_as_the_label_says(
    pack: tuple[Guideline, ClassificationPolicy],
) -> None:
    asked: list[dict[str, str]] = []

    def judge(text: str, answers: Mapping[str, str]) -> Result:
        asked.append(dict(answers))
        if "purpose" in answers:
            return result(ROUTINE)
        asks = ("purpose",) if answers else ("user",)
        return result(INFORMATION, sure=0.4, doubt=Doubt.CLOSE, asks=asks)

    found = evaluate(*pack, [case("x", ROUTINE)], judge)
    assert asked == [{}, {"user": "staff"}, {"user": "staff", "purpose": "service"}]
    assert found.rates["top-1"] == Rate(0, 1)
    assert found.rates["right-after-questions"] == Rate(1, 1)


def test_a_question_without_the_true_answer_ends_the_asking(
    pack: tuple[Guideline, ClassificationPolicy],
) -> None:
    stuck = result(INFORMATION, sure=0.4, doubt=Doubt.CLOSE, asks=("reach",))
    found = evaluate(*pack, [case("x", ROUTINE)], lambda text, answers: stuck)
    assert found.rates["right-after-questions"] == Rate(0, 1)


def test_odd_texts_count_only_in_how_they_end(
    pack: tuple[Guideline, ClassificationPolicy],
) -> None:
    results = {
        "vague": result(ACTION, doubt=Doubt.VAGUE),
        "two": result(ACTION, doubt=Doubt.MULTIPLE),
        "missed": result(ACTION, doubt=Doubt.CLOSE),
        "placed": result(ACTION),
    }
    cases = [
        case("vague", "abstain", odd=True),
        case("two", "multiple", odd=True),
        case("missed", "multiple", odd=True),
        case("placed", ACTION, odd=True),
    ]
    found = evaluate(*pack, cases, lambda text, answers: results[text])
    assert found.rates == {"as-expected": Rate(3, 4)}
    assert (found.calibration, found.confusion) == ((), {})


def test_calibration_sets_confidence_beside_the_share_right(
    pack: tuple[Guideline, ClassificationPolicy],
) -> None:
    cases = [case("a", ACTION), case("b", INFORMATION), case("c", ACTION)]
    sure = {"a": 0.75, "b": 0.79, "c": 1.0}
    found = evaluate(*pack, cases, lambda text, answers: result(ACTION, sure=sure[text]))
    first, last = found.calibration
    assert (first.low, first.high, first.right) == (0.7, 0.8, Rate(1, 2))
    assert first.confidence == pytest.approx(0.77)
    assert (last.high, last.right) == (1.0, Rate(1, 1))
    assert found.calibration_error == pytest.approx(0.27 * 2 / 3)
