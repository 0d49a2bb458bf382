"""The course of a walk through questions: where to begin, what comes next, when it is over."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from aiguide.core.checklist import Question
from aiguide.core.guideline import Level
from aiguide.core.history import made_at_once
from aiguide.core.project import Entry, EntryKind, Status

FIRST_OF_ALL = (False, 0)


class Start(StrEnum):
    """Why a walk begins where it does.

    At what was settled and is no more, or whose evidence alone is not as it was; at the item that a
    person answered last, or after it; or at what is open, required or not.
    """

    BROKEN = "broken"
    EVIDENCE = "evidence"
    LAST = "last"
    AFTER = "after"
    REQUIRED = "required"
    RECOMMENDED = "recommended"


COME_UNDONE = (Start.BROKEN, Start.EVIDENCE)  # what nobody would look for, on whichever list


@dataclass(slots=True)
class Course:
    """Where a walk is: from its beginning to the last question, then to what was left behind.

    `at` is the index of the question at hand, `passed` are the items from which it went forward: to
    jump leaves an item behind. `turned` once the end was reached and the walk went back.
    `came_from` is the item from which it went forward to the one at hand.
    """

    at: int = 0
    came_from: str = ""
    passed: set[str] = field(default_factory=set)
    turned: bool = False

    def begin(self, questions: Sequence[Question], resumed: Sequence[str] = ()) -> Start | None:
        """Go to where somebody is needed first; tells why there, None where nothing is open.

        First comes what was settled and is no more, if it is required or claims more than its
        evidence shows: nobody would look there. Else who comes back goes on with the first of the
        items `resumed` that is not settled. Else what is required comes before the rest, and what
        nobody has answered before what is in progress, which waits for something else.
        """
        unsettled = {one.item.id: at for at, one in enumerate(questions) if not one.settled}
        if not unsettled:
            self.at = 0
            return None
        self.at = min(unsettled.values(), key=lambda at: _urgency(questions[at]))
        first = questions[self.at]
        if _urgency(first) == FIRST_OF_ALL:
            return Start.BROKEN if first.stale or first.expired else Start.EVIDENCE
        again = next((id for id in resumed if id in unsettled), None)
        if again is None:
            required = first.item.level is Level.REQUIRED
            return Start.REQUIRED if required else Start.RECOMMENDED
        self.at = unsettled[again]
        return Start.LAST if again == resumed[0] else Start.AFTER

    def before(self, questions: Sequence[Question]) -> int:
        """Count what is not settled before the question at hand."""
        return sum(not one.settled for one in questions[: self.at])

    def stay(self, before: Sequence[str], now: Sequence[str]) -> None:
        """Stay at the item at hand where others come and go, or go to the next that is still there.

        `before` and `now` are the items of the walk, in its order.
        """
        ahead = before[self.at :]
        self.at = next((at for at, id in enumerate(now) if id in ahead), len(now))

    def forward(self, questions: Sequence[Question]) -> bool:
        """Go to the next question; from the end on to what is not settled and was not passed.

        Of that what is ahead comes first. Tells whether it is now that the walk goes back. Past all
        of them `at` is their number.
        """
        self.came_from = next((one.item.id for one in questions[self.at : self.at + 1]), "")
        self.passed |= {self.came_from}
        self.at += 1
        if not self.turned and self.at < len(questions):
            return False
        missed = [
            at
            for at, one in enumerate(questions)
            if not one.settled and one.item.id not in self.passed
        ]
        ahead = (at for at in missed if at >= self.at)
        self.at = next(ahead, missed[0] if missed else len(questions))
        turns = not self.turned and self.at < len(questions)
        self.turned = True
        return turns

    def take_up(self, id: str) -> None:
        """Take an item as not passed: what was said of it was taken back."""
        self.passed.discard(id)

    def back(self, ids: Sequence[str]) -> bool:
        """Go back to where the walk came from, which need not be the question before.

        `ids` are the items of the walk, in its order. False at the first one.
        """
        came_from, self.came_from = self.came_from, ""
        if came_from in ids:
            self.at = ids.index(came_from)
        elif self.at:
            self.at -= 1
        else:
            return False
        return True


def _urgency(question: Question) -> tuple[bool, int]:
    first = question.item.level is Level.REQUIRED or bool(question.bad_evidence)
    if question.broken:
        return not first, 0
    return not first, 1 if question.status is Status.OPEN else 2


def left_off(history: Sequence[Entry], by: str, ids: list[str]) -> list[str]:
    """Give some items, in their order, from the one that a person answered last; none if none is.

    What came from a file of answers is no place where anybody was.
    """
    kinds = (EntryKind.ANSWERED, EntryKind.UNDONE)
    own = (one for one in reversed(history) if one.by == by and one.kind in kinds)
    last = (one.subject for one in own if one.subject in ids and not made_at_once(one))
    id = next(last, None)
    return [] if id is None else ids[ids.index(id) :]
