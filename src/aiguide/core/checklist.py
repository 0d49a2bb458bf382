"""A project's checklist: what is asked, what stands answered, what is clear, what is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from aiguide.core.answers import is_stale, lacking
from aiguide.core.applicability import Situation, Why, situation_of, why
from aiguide.core.attestation import Compared, compared
from aiguide.core.evidence import EvidenceState
from aiguide.core.guideline import Basis, Guideline, Item, Level, Phase, PhaseKind, StancePolicy
from aiguide.core.names import name_key
from aiguide.core.project import Answer, Project, Status
from aiguide.core.text import Text

_LONGEST_NUMBER = 9  # digits; more are no number of an item


@dataclass(frozen=True, slots=True)
class Question:
    """One item that applies, with the answer that stands.

    `stale`: the item's wording has changed since. `attested`: the history records the answer.
    `expired`: an exception past its date. `overdue`: not clear, and past its due date.
    `bad_evidence`: its evidence that no longer shows what was recorded; `former`: the items that
    it answered, where they were worded otherwise. Both are empty also where nobody has looked.
    """

    item: Item
    why: Why
    answer: Answer | None
    stale: bool
    attested: bool
    expired: bool
    clear: bool
    bad_evidence: tuple[EvidenceState, ...] = ()
    former: tuple[Item, ...] = ()
    overdue: bool = False

    @property
    def status(self) -> Status:
        """Give the status that counts: no answer and an expired exception are open."""
        if self.answer is None or self.expired:
            return Status.OPEN
        return self.answer.status

    @property
    def settled(self) -> bool:
        """Tell whether nothing is to be done about it: it is clear, and its evidence holds."""
        return self.clear and not self.bad_evidence

    @property
    def broken(self) -> bool:
        """Tell whether it was settled once and is no more, without anybody having said so."""
        return self.stale or self.expired or bool(self.bad_evidence)

    @property
    def in_force(self) -> bool:
        """Tell whether an approved exception clears it."""
        return self.clear and self.status is Status.EXCEPTION


@dataclass(frozen=True, slots=True)
class Asked:
    """Which questions are asked for; all that is set holds together.

    `open`: not clear yet, or with evidence that no longer shows what was recorded.
    `stale`: answered to a wording that has changed since.
    `assignee`: part of a name is enough, however wide or spaced it is written.
    """

    required: bool = False
    open: bool = False
    stale: bool = False
    assignee: str = ""

    @property
    def is_what_is_left(self) -> bool:
        """Tell whether only what is left to do is asked for: what is answered goes off the list."""
        return self.open or self.stale

    def takes(self, question: Question) -> bool:
        """Tell whether a question is asked for."""
        assignee = question.answer.assignee if question.answer else ""
        return (
            (not self.required or question.item.level is Level.REQUIRED)
            and (not self.open or not question.settled)
            and (not self.stale or question.stale)
            and name_key(self.assignee) in name_key(assignee)
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some items there are, and how many are clear."""

    total: int
    clear: int

    @property
    def left(self) -> int:
        """Give how many are not."""
        return self.total - self.clear


@dataclass(frozen=True, slots=True)
class Checklist:
    """All that applies to one project on one day.

    `standing` is the project beside its history. `earlier`: the titles of items of earlier
    versions, by id, whose answers are kept as retired.
    """

    guideline: Guideline
    project: Project
    situation: Situation
    questions: tuple[Question, ...]
    standing: Compared
    earlier: Mapping[str, Text] = field(default_factory=dict)

    def of_phase(self, phase: str, asked: Asked | None = None) -> tuple[Question, ...]:
        """Give the questions of one phase, in the guideline's order; those asked for, if said."""
        return tuple(
            question
            for question in self.questions
            if question.item.phase == phase and (asked is None or asked.takes(question))
        )

    def question(self, item_id: str) -> Question | None:
        """Find the question of one item, or None where the item does not apply."""
        return next((one for one in self.questions if one.item.id == item_id), None)

    def not_asked(self) -> dict[str, Answer]:
        """Give the answers, by item, to what does not apply now; an open one answers nothing."""
        asked = {question.item.id for question in self.questions}
        answers = self.project.answers.items()
        return {id: one for id, one in answers if id not in asked and one.status is not Status.OPEN}

    def assignees(self) -> list[str]:
        """Name who is to see to some item, each once."""
        named = (one.answer.assignee for one in self.questions if one.answer)
        return list(dict.fromkeys(filter(None, named)))

    def is_expired(self, item_id: str) -> bool:
        """Tell whether an item's exception is past its date."""
        question = self.question(item_id)
        return question is not None and question.expired

    def bad_evidence(self, phase: str = "") -> int:
        """Count the pieces of evidence, of one phase or of all, that are known to be bad."""
        asked = self.of_phase(phase) if phase else self.questions
        return sum(len(question.bad_evidence) for question in asked)

    def tally(self, phases: Iterable[str], level: Level) -> Tally:
        """Count the items of one level in some phases."""
        wanted = set(phases)
        clear = [
            question.clear
            for question in self.questions
            if question.item.phase in wanted and question.item.level is level
        ]
        return Tally(len(clear), sum(clear))

    def blocking(self, phases: Iterable[str]) -> tuple[Question, ...]:
        """Give the required questions of some phases that are not clear."""
        wanted = set(phases)
        return tuple(
            question
            for question in self.questions
            if question.item.phase in wanted
            and question.item.level is Level.REQUIRED
            and not question.clear
        )

    def level_basis(self, item: Item) -> Basis:
        """Say on what basis an item has its level, for this project's cells."""
        return item.level_basis.basis_for(self.project.cells)


def build(guideline: Guideline, project: Project, today: str) -> Checklist:
    """Build the checklist of a project as of `today` (`YYYY-MM-DD`, Asia/Tokyo)."""
    conditions = tuple(project.conditions.items())
    now, unanswered, places = _unanswered(guideline, project.cells, conditions)
    standing = compared(project)
    unattested = standing.unattested
    questions = list(unanswered)
    for id, answer in project.answers.items():
        place = places.get(id)
        if place is not None:
            questions[place] = _answered(questions[place], answer, id not in unattested, today)
    return Checklist(guideline, project, now, tuple(questions), standing)


# Many projects of one organization are in the same situation.
@lru_cache(maxsize=64)
def _unanswered(
    guideline: Guideline, cells: tuple[str, ...], conditions: tuple[tuple[str, bool], ...]
) -> tuple[Situation, tuple[Question, ...], dict[str, int]]:
    """Give a situation, what is asked in it before anybody answered, and where each item is."""
    now = situation_of(guideline, cells, dict(conditions))
    reasons = ((item, why(item, now)) for item in guideline.items)
    asked = tuple(
        Question(item, reason, None, stale=False, attested=False, expired=False, clear=False)
        for item, reason in reasons
        if reason
    )
    return now, asked, {one.item.id: place for place, one in enumerate(asked)}


def beyond(some: Checklist, other: Checklist) -> tuple[Question, ...]:
    """Give what `some` asks for and the `other` does not."""
    asked = {one.item.id for one in other.questions}
    return tuple(one for one in some.questions if one.item.id not in asked)


def inspected(checklist: Checklist, states: Iterable[EvidenceState]) -> Checklist:
    """Give a checklist whose questions know which of their evidence is bad."""
    bad = [one for one in states if one.is_bad]
    questions = tuple(
        replace(question, bad_evidence=tuple(one for one in bad if one.item == question.item.id))
        for question in checklist.questions
    )
    return replace(checklist, questions=questions)


def phases_up_to(guideline: Guideline, now: Situation, phase: str) -> tuple[Phase, ...]:
    """Give the phases that count at `phase`: up to it, and crossing ones whose need stands.

    A crossing phase counts by itself. Raises: KeyError for a phase that the guideline has not.
    """
    asked = guideline.phase(phase)
    if asked.kind is PhaseKind.CROSSING:
        return (asked,)
    reached = guideline.stages[: guideline.stages.index(phase) + 1]
    return tuple(one for one in guideline.phases if one.id in reached or _crosses(one, now))


def phases_before_closing(guideline: Guideline, now: Situation) -> tuple[Phase, ...]:
    """Give the phases that the gate `all` looks at: every one but the end of life."""
    return tuple(
        one for one in guideline.phases if one.kind is PhaseKind.SEQUENTIAL or _crosses(one, now)
    )


def current_phase(guideline: Guideline, project: Project) -> str:
    """Give the phase that a project says it is in, or the first."""
    return project.phase or guideline.phases[0].id


def stance_policy(guideline: Guideline, project: Project) -> StancePolicy | None:
    """Give what the highest stance of a project's cells asks for, or None without a cell."""
    stance = guideline.highest_stance(project.cells)
    return stance.policy if stance else None


def _crosses(phase: Phase, now: Situation) -> bool:
    if phase.kind is not PhaseKind.CROSSING:
        return False
    return not phase.needs or any(now.holds(condition) for condition in phase.needs)


def _answered(blank: Question, answer: Answer, recorded: bool, today: str) -> Question:
    item = blank.item
    stale = is_stale(answer, item)
    expired = answer.status is Status.EXCEPTION and (not answer.until or answer.until < today)
    clear = not stale and not expired and _clears(item, answer)
    overdue = not clear and bool(answer.due and answer.due < today)
    return Question(item, blank.why, answer, stale, recorded, expired, clear, overdue=overdue)


def _clears(item: Item, answer: Answer) -> bool:
    """Tell whether an answer with what it must carry settles an item."""
    if answer.status in (Status.OPEN, Status.IN_PROGRESS) or lacking(answer):
        return False
    return answer.status is Status.EXCEPTION or not item.exception_only


def numbered(questions: Sequence[Question], given: str) -> Question | None:
    """Give the question whose number, from 1 on, was typed; None where it is none's."""
    if not given.isdecimal() or len(given) > _LONGEST_NUMBER:
        return None
    return next((one for at, one in enumerate(questions, 1) if at == int(given)), None)
