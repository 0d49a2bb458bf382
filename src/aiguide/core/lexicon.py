"""What the first classification engine knows: questions, phrases, thresholds."""

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
class Phrases:
    """Literal phrases (normalized, lower case) that speak for options of one question."""

    question: str
    options: tuple[str, ...]
    weight: float
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The knowledge of the first engine.

    `domains` maps domain id to the answers that settle it (question id to option id).
    `decide`: confidence from which the engine decides. `settle`: probability from which a
    question counts as answered by the text.
    """

    questions: tuple[ClosedQuestion, ...]
    domains: Mapping[str, Mapping[str, str]]
    decide: float
    settle: float
    phrases: tuple[Phrases, ...]

    def question(self, id: str) -> ClosedQuestion:
        """Find a question. Raises: KeyError."""
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)
