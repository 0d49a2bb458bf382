"""What a project's checklist amounts to: the verdict, and each phase's gate."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from aiguide.core.checklist import (
    Checklist,
    Question,
    Tally,
    current_phase,
    phases_before_closing,
    phases_up_to,
    stance_policy,
)
from aiguide.core.guideline import Level, Phase, StancePolicy
from aiguide.core.project import BY_UPGRADE, Project

GATE_ALL = "all"
TOOLS = ("local", "llm", BY_UPGRADE)


class Verdict(StrEnum):
    """What the checklist amounts to: the first that fits, in this order."""

    DO_NOT_DEPLOY = "do-not-deploy"
    NEEDS_HUMAN_REVIEW = "needs-human-review"
    NOT_READY = "not-ready"
    PROCEED_WITH_CARE = "proceed-with-care"
    PROCEED = "proceed"


GOING_ON = (Verdict.PROCEED, Verdict.PROCEED_WITH_CARE)


@dataclass(frozen=True, slots=True)
class PhaseState:
    """How one phase stands; its gate is clear when every required item is."""

    phase: Phase
    required: Tally
    recommended: Tally
    counts: bool

    @property
    def gate_clear(self) -> bool:
        """Tell whether the phase's own required items are all clear."""
        return self.required.clear == self.required.total


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict over the phases that count, with what it rests on."""

    verdict: Verdict
    phases: tuple[PhaseState, ...]
    blocking: tuple[Question, ...]
    exceptions: tuple[Question, ...]
    unsure: bool

    def left_by_phase(self) -> dict[str, int]:
        """Count the required questions that block, by phase, in the guideline's order."""
        return dict(Counter(question.item.phase for question in self.blocking))


def judge(checklist: Checklist, threshold: float, gate: str | None = None) -> Judgement:
    """Judge a checklist at the project's phase, or at `gate` (a phase id or `all`).

    `threshold`: below this confidence a tool's classification needs a person's confirmation.
    """
    guideline, now = checklist.guideline, checklist.situation
    if gate == GATE_ALL:
        phases = phases_before_closing(guideline, now)
    else:
        phases = phases_up_to(guideline, now, gate or current_phase(guideline, checklist.project))
    counted = [phase.id for phase in phases]
    blocking = checklist.blocking(counted)
    exceptions = tuple(
        question
        for question in checklist.questions
        if question.item.phase in counted and question.in_force
    )
    unsure = is_unsure(checklist.project, threshold)
    verdict = _verdict(checklist, blocking, exceptions, unsure)
    return Judgement(verdict, _states(checklist, counted), blocking, exceptions, unsure)


def _verdict(
    checklist: Checklist,
    blocking: tuple[Question, ...],
    exceptions: tuple[Question, ...],
    unsure: bool,
) -> Verdict:
    policy = stance_policy(checklist.guideline, checklist.project)
    if policy is StancePolicy.HOLD and not _hold_lifted(checklist):
        return Verdict.DO_NOT_DEPLOY
    if unsure:
        return Verdict.NEEDS_HUMAN_REVIEW
    if blocking:
        return Verdict.NOT_READY
    if exceptions or policy in (StancePolicy.CARE, StancePolicy.HOLD):
        return Verdict.PROCEED_WITH_CARE
    return Verdict.PROCEED


def _hold_lifted(checklist: Checklist) -> bool:
    """Tell whether the items that only an exception clears all are clear, and there is one."""
    holds = [question for question in checklist.questions if question.item.exception_only]
    return bool(holds) and all(question.clear for question in holds)


def is_unsure(project: Project, threshold: float) -> bool:
    """Tell whether a project has no cell, or one that no person saw.

    A tool chose it in doubt, or an upgrade left others out.
    """
    classification = project.classification
    if not classification.cells:
        return True
    by_tool = classification.confidence is not None or classification.engine in TOOLS
    confirmed = bool(classification.confirmed_by)
    return by_tool and not confirmed and (classification.confidence or 0.0) < threshold


def _states(checklist: Checklist, counted: list[str]) -> tuple[PhaseState, ...]:
    return tuple(
        PhaseState(
            phase,
            checklist.tally([phase.id], Level.REQUIRED),
            checklist.tally([phase.id], Level.RECOMMENDED),
            phase.id in counted,
        )
        for phase in checklist.guideline.phases
    )
