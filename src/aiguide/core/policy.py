"""What classification asks, and from when it decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiguide.core.text import Text

USER, PURPOSE, REACH = "user", "purpose", "reach"


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One answer that a question can have: `short` names it, `label` explains it.

    `more` says when to choose it, where the pack does.
    """

    id: str
    short: Text
    label: Text
    more: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ClosedQuestion:
    """A question that decides; the options of `reach` are the classes of the settled domain."""

    id: str
    text: Text
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Override:
    """Words that must not be outvoted: any of `where` without any of `unless` lowers some classes.

    `by` is in logits, so that 16 makes a class some twenty thousand times less likely.
    """

    lowers: tuple[str, ...]
    by: float
    where: tuple[str, ...]
    unless: tuple[str, ...]

    def holds(self, plain: str) -> bool:
        """Tell whether a normalized text says it."""
        said = any(phrase in plain for phrase in self.where)
        return said and not any(phrase in plain for phrase in self.unless)


@dataclass(frozen=True, slots=True, eq=False)
class ClassificationPolicy:
    """The questions, and the policy of deciding.

    `domains` maps domain id to the answers that settle it (question id to option id).
    `decide`: confidence from which the engine decides. `caution`: how many times less sure to be
    than the model is on hands like those of its corpus. `settle`: share from which a domain counts
    as settled by the text. `unplaced`: share from which a text counts as one that cannot be placed,
    and `hinted` where the engine would not decide anyway. `familiar`: share of known features from
    which a text in Latin letters counts as English; `familiar_kanji`: the same for kanji alone to
    count as Japanese. `several`: share from which a text may be one of several uses; parts of
    it, between `joints` or marks, must then lean to different cells, each with confidence `apart`.
    """

    questions: tuple[ClosedQuestion, ...]
    domains: Mapping[str, Mapping[str, str]]
    decide: float
    caution: float
    settle: float
    unplaced: float
    hinted: float
    several: float
    familiar: float
    familiar_kanji: float
    apart: float
    joints: tuple[str, ...]
    overrides: tuple[Override, ...]

    def question(self, id: str) -> ClosedQuestion:
        """Find a question. Raises: KeyError."""
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)
