"""The course of a walk through questions: where to begin, what comes next, when it is over."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from aiguide.core.checklist import Question
from aiguide.core.guideline import Level
from aiguide.core.project import Status


@dataclass(slots=True)
class Course:
    """Where a walk is: from its beginning to the last question, then to what was left behind.

    `at` is the index of the question at hand, `seen` are the items that were shown. `turned` once
    the end was reached and the walk went back.
    """

    at: int = 0
    seen: set[str] = field(default_factory=set)
    turned: bool = False

    def begin(self, questions: Sequence[Question]) -> None:
        """Go to what needs somebody first.

        That is what is required, and what claims more than its evidence shows. Of those, what was
        settled and is no more comes first, for nobody would look there; then what nobody has
        answered, for what is in progress waits for something else. The rest in the same order.
        """
        unsettled = [at for at, one in enumerate(questions) if not one.settled]
        self.at = min(unsettled, key=lambda at: _urgency(questions[at]), default=0)

    def forward(self, questions: Sequence[Question]) -> bool:
        """Go to the next question; from the end back to what is not settled and was not shown yet.

        Tells whether it is now that the walk goes back. Past all of them `at` is their number.
        """
        self.at += 1
        if not self.turned and self.at < len(questions):
            return False
        missed = (
            at
            for at, one in enumerate(questions)
            if not one.settled and one.item.id not in self.seen
        )
        self.at = next(missed, len(questions))
        turns = not self.turned and self.at < len(questions)
        self.turned = True
        return turns


def _urgency(question: Question) -> tuple[bool, int]:
    first = question.item.level is Level.REQUIRED or bool(question.bad_evidence)
    if question.broken:
        return not first, 0
    return not first, 1 if question.status is Status.OPEN else 2
