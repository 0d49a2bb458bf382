"""The projects of an organization: how each one stands, and what they come to together."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiguide.core.checklist import Checklist, Question, current_phase
from aiguide.core.dates import LAST_DAY, day_after
from aiguide.core.guideline import Cell, Domain, Guideline, Level, Phase, Stance
from aiguide.core.names import name_key
from aiguide.core.verdict import GOING_ON, Judgement, Verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """How one project stands, in ids and counts only: small, for there may be thousands.

    `required` and `clear` count the required items of the phases that the verdict looks at.
    `expiring` are exceptions in force that end soon, `expires` is the first day on which any ends.
    `began` is the hash of the first entry of its history, which copies of one project share.
    """

    file: str
    guideline: str
    id: str
    name: str
    bureau: str
    owner: str
    example: bool
    cells: tuple[str, ...]
    stance: str | None
    phase: str
    verdict: str
    required: int
    clear: int
    overdue: int
    expiring: int
    expires: str | None
    expired: int
    stale: int
    began: str

    @property
    def left(self) -> int:
        """Give how many required items are left."""
        return self.required - self.clear


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read: the first thing that is wrong with it, and how many are."""

    file: str
    line: int
    column: int
    code: str
    message: str
    fix: str
    findings: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which projects are asked for; one of each list that is not empty, and all that is set.

    `bureaus`: part of a name is enough.
    """

    bureaus: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    overdue: bool = False
    expiring: bool = False

    def takes(self, one: Standing) -> bool:
        """Tell whether a project is asked for."""
        named = name_key(one.bureau)
        return (
            (not self.bureaus or any(name_key(part) in named for part in self.bureaus))
            and (not self.cells or bool(set(self.cells) & set(one.cells)))
            and (not self.stances or one.stance in self.stances)
            and (not self.phases or one.phase in self.phases)
            and (not self.verdicts or one.verdict in self.verdicts)
            and (not self.overdue or one.overdue > 0)
            and (not self.expiring or one.expiring > 0)
        )


@dataclass(frozen=True, slots=True)
class Sums:
    """What some projects come to together; `going_on` may go on, with care or without."""

    projects: int
    examples: int
    going_on: int
    left: int
    overdue: int
    expiring: int
    expired: int
    stale: int


class Terms:
    """The ids of several guidelines and versions, in order; the first one given prevails.

    `packs` maps the name of each to itself, for what has the same id and is not the same.
    """

    def __init__(self, guidelines: Iterable[Guideline]) -> None:
        self.packs: dict[str, Guideline] = {}
        self.domains: dict[str, Domain] = {}
        self.cells: dict[str, Cell] = {}
        self.stances: dict[str, Stance] = {}
        self.phases: dict[str, Phase] = {}
        for guideline in guidelines:
            self.packs[guideline.name] = guideline
            for one in guideline.domains:
                self.domains.setdefault(one.id, one)
            for cell in guideline.cells:
                self.cells.setdefault(cell.id, cell)
            for stance in guideline.stances:
                self.stances.setdefault(stance.id, stance)
            for id in guideline.stages:
                self.phases.setdefault(id, guideline.phase(id))

    def know(self, wanted: Wanted) -> bool:
        """Tell whether all ids that are asked for are among these."""
        pairs = ((wanted.cells, self.cells), (wanted.stances, self.stances))
        named = all(id in known for ids, known in pairs for id in ids)
        return named and all(id in self.phases for id in wanted.phases)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The projects asked for, in order; `files` were looked at, `read` of them could be read.

    `within`: an exception that ends within so many days counts as about to expire; None where the
    guidelines that the projects follow say differently.
    """

    date: str
    within: int | None
    files: int
    read: int
    sort: str
    wanted: Wanted
    terms: Terms
    guideline: Guideline
    standings: tuple[Standing, ...]
    unreadable: tuple[Unreadable, ...]


def standing(
    checklist: Checklist, judgement: Judgement, file: str, today: str, within: int
) -> Standing:
    """Sum a project's checklist and judgement up, as of `today`."""
    project, guideline = checklist.project, checklist.guideline
    stance = guideline.highest_stance(project.cells)
    counted = [state.phase.id for state in judgement.phases if state.counts]
    required = checklist.tally(counted, Level.REQUIRED)
    ends = sorted(_end(one) for one in checklist.questions if one.in_force)
    return Standing(
        file=file,
        guideline=guideline.name,
        id=project.id,
        name=project.name,
        bureau=project.organization,
        owner=project.owner,
        example=project.example,
        cells=project.cells,
        stance=stance.id if stance else None,
        phase=current_phase(guideline, project),
        verdict=judgement.verdict.value,
        required=required.total,
        clear=required.clear,
        overdue=sum(one.overdue for one in checklist.questions),
        expiring=sum(end <= day_after(today, within) for end in ends),
        expires=ends[0] if ends else None,
        expired=sum(one.expired for one in checklist.questions),
        stale=sum(one.stale for one in checklist.questions),
        began=project.history[0].hash if project.history else "",
    )


def _end(question: Question) -> str:
    return (question.answer.until if question.answer else None) or LAST_DAY


def sums(standings: Iterable[Standing]) -> Sums:
    """Sum projects up."""
    taken = tuple(standings)
    return Sums(
        projects=len(taken),
        examples=sum(one.example for one in taken),
        going_on=sum(one.verdict in GOING_ON for one in taken),
        left=sum(one.left for one in taken),
        overdue=sum(one.overdue for one in taken),
        expiring=sum(one.expiring for one in taken),
        expired=sum(one.expired for one in taken),
        stale=sum(one.stale for one in taken),
    )


def by_bureau(standings: Iterable[Standing]) -> dict[str, Sums]:
    """Sum up by bureau, named as it is written most often; the one with most projects first."""
    groups: dict[str, list[Standing]] = {}
    for one in standings:
        groups.setdefault(name_key(one.bureau), []).append(one)
    order = sorted(groups, key=lambda key: (-len(groups[key]), key))
    return {_usual_name(groups[key]): sums(groups[key]) for key in order}


def _usual_name(group: list[Standing]) -> str:
    written = Counter(one.bureau for one in group)
    return min(written, key=lambda name: (-written[name], len(name), name))


def by_verdict(standings: Iterable[Standing]) -> dict[str, Sums]:
    """Sum up by verdict, the gravest first; every one is there."""
    return _by([one.value for one in Verdict], standings, lambda one: (one.verdict,))


def by_stance(portfolio: Portfolio) -> dict[str, Sums]:
    """Sum up by stance; projects without a cell have none."""
    ids = list(portfolio.terms.stances)
    return _by(ids, portfolio.standings, lambda one: (one.stance,))


def by_phase(portfolio: Portfolio) -> dict[str, Sums]:
    """Sum up by the phase that projects are in."""
    return _by(list(portfolio.terms.phases), portfolio.standings, lambda one: (one.phase,))


def by_cell(portfolio: Portfolio) -> dict[str, Sums]:
    """Sum up by cell; a project with several counts in each."""
    return _by(list(portfolio.terms.cells), portfolio.standings, lambda one: one.cells)


def _by(
    ids: list[str],
    standings: Iterable[Standing],
    of: Callable[[Standing], tuple[str | None, ...]],
) -> dict[str, Sums]:
    groups: dict[str | None, list[Standing]] = {}
    for one in standings:
        for id in of(one):
            groups.setdefault(id, []).append(one)
    return {id: sums(groups.get(id, ())) for id in ids}


def copies(standings: Iterable[Standing]) -> tuple[tuple[str, ...], ...]:
    """Give the files that hold one and the same project, and so count more than once."""
    groups: dict[str, list[str]] = {}
    for one in standings:
        if one.began:
            groups.setdefault(one.began, []).append(one.file)
    return tuple(tuple(sorted(files)) for files in groups.values() if len(files) > 1)


# What to sort by, each with the gravest or nearest first; ids stand in the order of the guideline.
SORTS: dict[str, Callable[[Standing, Terms], Any]] = {
    "verdict": lambda one, terms: (list(Verdict).index(Verdict(one.verdict)), -one.left),
    "bureau": lambda one, terms: (not one.bureau, name_key(one.bureau)),
    "name": lambda one, terms: one.name,
    "cell": lambda one, terms: (
        [list(terms.cells).index(id) for id in one.cells] or [len(terms.cells)]
    ),
    "stance": lambda one, terms: -list(terms.stances).index(one.stance) if one.stance else 1,
    "phase": lambda one, terms: list(terms.phases).index(one.phase),
    "left": lambda one, terms: -one.left,
    "overdue": lambda one, terms: -one.overdue,
    "expiring": lambda one, terms: one.expires or LAST_DAY + "~",
    "file": lambda one, terms: one.file,
}

# Those by which the greatest comes first.
FALLING = ("stance", "left", "overdue")


def in_order(standings: Iterable[Standing], sort: str, terms: Terms) -> tuple[Standing, ...]:
    """Sort projects by one of `SORTS`; those alike by bureau, name and file."""
    key = SORTS[sort]
    ordered = sorted(standings, key=lambda one: (name_key(one.bureau), one.name, one.file))
    return tuple(sorted(ordered, key=lambda one: key(one, terms)))
