"""How well classification does on labelled cases."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from aiguide.core.classify import Doubt, Result
from aiguide.core.guideline import Guideline
from aiguide.core.policy import REACH, ClassificationPolicy

# How a text ought to end that no cell is right for.
ABSTAIN, MULTIPLE = "abstain", "multiple"
ENDINGS = (ABSTAIN, MULTIPLE)

# In the order in which they are shown. `as-expected` counts the cases of a set of odd texts.
RATES = (
    "top-1",
    "top-3",
    "domain",
    "stance",
    "under-classified",
    "answered",
    "right-when-answering",
    "right-after-questions",
    "as-expected",
)
# Confidence of the first candidate, from and below; the last takes 1 too.
STEPS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.97, 1.0)

Judge = Callable[[str, Mapping[str, str]], Result]


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled description; `acceptable` are all labels that count as right, the label too.

    A case of a set of odd texts is `odd`: its labels may be `ENDINGS` as well as cells.
    """

    id: str
    text: str
    label: str
    acceptable: frozenset[str]
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of cases with its 95 % interval (Wilson)."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """Give the share, 0 where there are no cases."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Give the 95 % interval of the share."""
        if not self.total:
            return 0.0, 1.0
        z, n, p = 1.96, self.total, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True, slots=True)
class Step:
    """The cases whose first candidate's confidence lay in a range: how sure, how often right."""

    low: float
    high: float
    confidence: float
    right: Rate


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How classification did: rates by name, calibration, and what was taken for what.

    `calibration` has the steps that hold cases, `confusion` maps (label, first candidate) to a
    count where the candidate is not acceptable. Odd texts count in `as-expected` only.
    """

    cases: int
    rates: Mapping[str, Rate]
    calibration: tuple[Step, ...]
    confusion: Mapping[tuple[str, str], int]

    @property
    def calibration_error(self) -> float:
        """Give the mean distance between confidence and share right, weighed by cases."""
        total = sum(step.right.total for step in self.calibration)
        apart = sum(
            abs(step.confidence - step.right.value) * step.right.total for step in self.calibration
        )
        return apart / total if total else 0.0


@dataclass(frozen=True, slots=True)
class _Judged:
    """A case, what the engine made of it, and what after its questions were answered."""

    case: Case
    first: Result
    after: Result

    @property
    def candidate(self) -> str:
        """Give the first candidate, which counts even where the engine abstains."""
        return self.first.candidates[0].cell

    @property
    def sure(self) -> float:
        """Give the confidence of the first candidate."""
        return self.first.candidates[0].confidence

    @property
    def right(self) -> bool:
        """Tell whether the first candidate is acceptable."""
        return self.candidate in self.case.acceptable


def evaluate(
    guideline: Guideline, policy: ClassificationPolicy, cases: Iterable[Case], judge: Judge
) -> Evaluation:
    """Classify cases by `judge` (description, answers) and count how the results fit.

    Top-1 is the first candidate even where the engine abstains; an abstention is never
    under-classified.
    """
    judged = [_judged(guideline, policy, case, judge) for case in cases]
    counts = {name: [0, 0] for name in RATES}
    for one in judged:
        for name, hit in _marks(guideline, one).items():
            counts[name][0] += hit
            counts[name][1] += 1
    placed = [one for one in judged if not one.case.odd]
    return Evaluation(
        cases=len(judged),
        rates={name: Rate(*count) for name, count in counts.items() if count[1]},
        calibration=tuple(_calibration(placed)),
        confusion=_confusion(placed),
    )


def truth(guideline: Guideline, policy: ClassificationPolicy, label: str) -> dict[str, str]:
    """Give the answers of somebody who knows that a use belongs to the cell `label`."""
    cell = guideline.cell(label)
    return {**policy.domains[cell.domain], REACH: cell.reach}


def _judged(
    guideline: Guideline, policy: ClassificationPolicy, case: Case, judge: Judge
) -> _Judged:
    first = after = judge(case.text, {})
    if not case.odd:
        known = truth(guideline, policy, case.label)
        answers: dict[str, str] = {}
        while new := _answered(after, known, answers):
            answers |= new
            after = judge(case.text, answers)
    return _Judged(case, first, after)


def _answered(
    result: Result, known: Mapping[str, str], earlier: Mapping[str, str]
) -> dict[str, str]:
    """Answer what is asked; nothing where the true answer is not among the options."""
    offered = {one.id: {option.id for option in one.options} for one in result.questions}
    return {
        id: known[id]
        for id, options in offered.items()
        if id not in earlier and known.get(id) in options
    }


def _marks(guideline: Guideline, one: _Judged) -> dict[str, bool]:
    """Say of one case which rates count it, and whether it is a hit."""
    case, result, first = one.case, one.first, one.candidate
    if case.odd:
        return {"as-expected": _ending(result) in case.acceptable}
    ranks = {stance.id: rank for rank, stance in enumerate(guideline.stances)}
    rank = {cell.id: ranks.get(cell.stance_id or "", 0) for cell in guideline.cells}
    domains = {guideline.cell(id).domain for id in case.acceptable}
    marks = {
        "top-1": one.right,
        "top-3": any(one.cell in case.acceptable for one in result.candidates[:3]),
        "domain": guideline.cell(first).domain in domains,
        "stance": rank[first] in {rank[id] for id in case.acceptable},
        "answered": result.cell is not None,
        "right-after-questions": one.after.cell in case.acceptable,
    }
    if min(rank[id] for id in case.acceptable) > 0:
        marks["under-classified"] = result.cell is not None and rank[result.cell] == 0
    if result.cell is not None:
        marks["right-when-answering"] = result.cell in case.acceptable
    return marks


def _ending(result: Result) -> str:
    """Say how a classification ended: in a cell, or in one of `ENDINGS`."""
    return result.cell or (MULTIPLE if result.doubt is Doubt.MULTIPLE else ABSTAIN)


def _calibration(judged: Sequence[_Judged]) -> Iterable[Step]:
    for low, high in pairwise(STEPS):
        inside = [one for one in judged if low <= one.sure < high or one.sure == high == 1]
        if inside:
            mean = sum(one.sure for one in inside) / len(inside)
            yield Step(low, high, mean, Rate(sum(one.right for one in inside), len(inside)))


def _confusion(judged: Iterable[_Judged]) -> dict[tuple[str, str], int]:
    """Count what was taken for what, the most frequent first."""
    counts: dict[tuple[str, str], int] = {}
    for one in judged:
        if not one.right:
            pair = one.case.label, one.candidate
            counts[pair] = counts.get(pair, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
