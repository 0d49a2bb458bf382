"""What classification asks, and from when it decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiguide.core.text import Text

USER, PURPOSE, REACH = "user", "purpose", "reach"


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One answer that a question can have."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True, eq=False)
class ClosedQuestion:
    """A question that decides; the options of `reach` are the classes of the settled domain."""

    id: str
    text: Text
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The questions, and the policy of deciding.

    `domains` maps domain id to the answers that settle it (question id to option id).
    `decide`: confidence from which the engine decides. `caution`: how many times less sure to be
    than the model is on hands like those of its corpus. `settle`: share from which a domain counts
    as settled by the text. `unplaced`: share from which a text counts as one that cannot be placed.
    `familiar`: share of known n-grams from which a text without Japanese
    counts as English.
    """

    questions: tuple[ClosedQuestion, ...]
    domains: Mapping[str, Mapping[str, str]]
    decide: float
    caution: float
    settle: float
    unplaced: float
    familiar: float

    def question(self, id: str) -> ClosedQuestion:
        """Find a question. Raises: KeyError."""
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)
