"""How well classification does on labelled cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from aiguide.core.classify import Result
from aiguide.core.guideline import Guideline


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled description; `acceptable` are all cells that count as right, the label too."""

    id: str
    text: str
    label: str
    acceptable: frozenset[str]


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


# In the order in which they are shown.
RATES = (
    "top-1",
    "top-3",
    "domain",
    "stance",
    "under-classified",
    "answered",
    "right-when-answering",
)


def evaluate(guideline: Guideline, judged: Iterable[tuple[Case, Result]]) -> Mapping[str, Rate]:
    """Count how results fit their cases; gives each of `RATES` by name.

    Top-1 is the first candidate even where the engine abstains; an abstention is never
    under-classified.
    """
    counts = {name: [0, 0] for name in RATES}
    for case, result in judged:
        for name, hit in _marks(guideline, case, result).items():
            counts[name][0] += hit
            counts[name][1] += 1
    return {name: Rate(*counts[name]) for name in RATES}


def _marks(guideline: Guideline, case: Case, result: Result) -> dict[str, bool]:
    """Say of one case which rates count it, and whether it is a hit."""
    ranks = {stance.id: rank for rank, stance in enumerate(guideline.stances)}
    rank = {cell.id: ranks[cell.stance.id] for cell in guideline.cells}
    first = result.candidates[0].cell
    domains = {guideline.cell(id).domain for id in case.acceptable}
    marks = {
        "top-1": first in case.acceptable,
        "top-3": any(one.cell in case.acceptable for one in result.candidates[:3]),
        "domain": guideline.cell(first).domain in domains,
        "stance": rank[first] in {rank[id] for id in case.acceptable},
        "answered": result.cell is not None,
    }
    if min(rank[id] for id in case.acceptable) > 0:
        marks["under-classified"] = result.cell is not None and rank[result.cell] == 0
    if result.cell is not None:
        marks["right-when-answering"] = result.cell in case.acceptable
    return marks
