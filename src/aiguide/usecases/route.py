"""The route of a walk through a phase: the questions that it leads past, and the one at hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from aiguide.core.checklist import Asked, Checklist, Question, Tally
from aiguide.core.course import COME_UNDONE, Course, Start
from aiguide.core.guideline import Level
from aiguide.usecases.projects import Opened


@dataclass(slots=True)
class Route:
    """Leads past the questions of one phase that are `wanted`, in a project that others change.

    `inspected` is the checklist of `opened` on the day `today` (`YYYY-MM-DD`), its evidence looked
    at. `ids` are the items that have been asked for, `course` is where among them the walk is, and
    `shown` is the item that was shown last, if one was.
    """

    opened: Opened
    phase: str
    wanted: Asked
    today: str
    course: Course = field(default_factory=Course)
    ids: frozenset[str] = frozenset()
    shown: str = ""
    inspected: Checklist = field(init=False)

    def __post_init__(self) -> None:
        """Look at the project as it is."""
        self.inspected = self.opened.inspected(self.today)

    def see(self, opened: Opened) -> None:
        """Take in the project as it is by now, with what is asked for, and stay at the item."""
        before = self._ids()
        self.opened, self.inspected = opened, opened.inspected(self.today)
        self.widen()
        self.course.stay(before, self._ids())

    def widen(self) -> None:
        """Take in what is asked for by now; an answer takes no question out of its walk."""
        self.ids |= {one.item.id for one in self.inspected.of_phase(self.phase, self.wanted)}

    def of_phase(self) -> tuple[Question, ...]:
        """Give all questions of the phase, whatever was asked for."""
        return self.inspected.of_phase(self.phase)

    @property
    def required(self) -> Tally:
        """Give how many required items the phase has, whatever was asked for, and are clear."""
        return self.inspected.tally([self.phase], Level.REQUIRED)

    def questions(self) -> tuple[Question, ...]:
        """Give the questions on the route, in the order of the guideline."""
        return tuple(one for one in self.of_phase() if one.item.id in self.ids)

    def at_hand(self) -> str:
        """Give the item that the person is at: none before one was shown, and past the last."""
        question = self.question()
        return question.item.id if self.shown and question else ""

    def question(self) -> Question | None:
        """Give the question at hand; None past the last one."""
        questions = self.questions()
        return questions[self.course.at] if self.course.at < len(questions) else None

    def place(self, question: Question) -> str:
        """Say which of all questions of the phase a question is, as `3/12`."""
        ids = [one.item.id for one in self.of_phase()]
        return f"{ids.index(question.item.id) + 1}/{len(ids)}"

    def begin(self, resumed: Sequence[str]) -> tuple[Start | None, int]:
        """Go to where somebody is needed first, as `Course.begin` does.

        A list of what is left is begun at its first item, unless something has come undone: how far
        a person came shows in the list. Gives why it begins there, None where nobody has to be
        told, and how many questions that are not settled are before it.
        """
        questions = self.questions()
        start = self.course.begin(questions, resumed)
        if self.wanted.is_what_is_left and start not in COME_UNDONE:
            self.course.at = 0
        return start if self.course.at else None, self.course.before(questions)

    def go_to(self, id: str) -> bool:
        """Go to an item of the phase, whatever was asked for; False where it is not asked here."""
        if id not in (one.item.id for one in self.of_phase()):
            return False
        self.ids |= {id}
        self.course.at, self.course.came_from = self._ids().index(id), ""
        return True

    def forward(self) -> bool:
        """Go to the next question; tells whether that is from the last one to what was left."""
        return self.course.forward(self.questions())

    def back(self) -> bool:
        """Go back to the question from which the walk came, or before it; False at the first."""
        return self.course.back(self._ids())

    def _ids(self) -> list[str]:
        return [one.item.id for one in self.questions()]
