"""The walk through a checklist at a terminal: each answer is saved as it is given."""

import shlex
import unicodedata
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiguide.cli import console, layout
from aiguide.cli.complaints import show_error
from aiguide.cli.conditions import CLEAR, ask_condition
from aiguide.cli.farewell import farewell_lines
from aiguide.cli.form import KEYS, Form
from aiguide.cli.prompts import BACK, Cancelled, agreed, ask, is_key
from aiguide.cli.question import brief_lines, progress_lines, question_lines
from aiguide.cli.replacing import sure_to_replace, told_in_brief
from aiguide.cli.session import stamp
from aiguide.cli.undone import steps_in_brief, undone_lines
from aiguide.core.answers import Said, mark, missing_fields
from aiguide.core.applicability import Truth, hanging_on, released_by
from aiguide.core.checklist import Asked, Checklist, Question
from aiguide.core.course import Course
from aiguide.core.errors import AiguideError
from aiguide.core.history import last_steps
from aiguide.core.project import Answer, Entry, Status
from aiguide.core.words import Words
from aiguide.usecases import guidelines, projects
from aiguide.usecases.projects import Opened

BESIDE_CARD = 4  # lines of a screen: what was said before, two blank ones, the prompt


@dataclass(slots=True)
class Walk:
    """A walk through one phase.

    `course` is where it is, `ids` are the items of the walk, `left_open` the conditions that the
    person passed over. `began` is how long the history was at the beginning;
    `typed` is what was typed at a pause, and is the next key. `form` is the answer being given, if
    one is, to the item `item`.
    """

    words: Words
    opened: Opened
    phase: str
    wanted: Asked
    today: str
    by: str
    course: Course = field(default_factory=Course)
    ids: frozenset[str] = frozenset()
    left_open: frozenset[str] = frozenset()
    began: int = 0
    typed: str = ""
    form: Form | None = None
    item: str = ""

    def run(self) -> None:
        """Walk until the person leaves or the last question is passed."""
        self.began = len(self.opened.project.history)
        signed = self.words.say("check.signed", name=stamp(self.by).by)
        console.say("\n" + layout.indented(signed, 2, layout.columns()))
        if self._ask_conditions():
            self._widen()
            self._ask_items()
        self._farewell()

    def _ask_items(self) -> None:
        questions = self._questions()
        if not questions:
            key = "check.none-asked" if self._of_phase() else "check.nothing"
            console.say(layout.indented(self.words.say(key), 2, layout.columns()))
        self.course.begin(questions)
        while self.course.at < len(questions):
            question = questions[self.course.at]
            self._show(question)
            if not self._step(question):
                break
            questions = self._questions()

    def _widen(self) -> None:
        """Take in what is asked for by now; an answer takes no question out of its walk."""
        self.ids |= {one.item.id for one in self._of_phase(self.wanted)}

    def checklist(self) -> Checklist:
        """Give the checklist as it now stands, its evidence looked at."""
        return self.opened.inspected(self.today)

    def _questions(self) -> tuple[Question, ...]:
        return tuple(one for one in self._of_phase() if one.item.id in self.ids)

    def _of_phase(self, wanted: Asked | None = None) -> tuple[Question, ...]:
        return self.checklist().of_phase(self.phase, wanted)

    def _ask_conditions(self) -> bool:
        """Ask for the open conditions on which items of the phase hang; False leaves the walk.

        Who asked for stale items or for somebody's own wants those alone.
        """
        if self.wanted.stale or self.wanted.assignee:
            return True
        self.typed = ""  # it was meant for an item
        while left := [id for id in self._open_conditions() if id not in self.left_open]:
            id = left[0]
            count = len(released_by(self.opened.guideline, self.checklist().situation, id))
            condition = self.opened.guideline.condition(id)
            said = ask_condition(self.words, condition, len(left), "uq", count)
            if said == "q" or (said == "u" and not self._undo()):
                return False
            if said in (None, CLEAR):
                self.left_open |= {id}
            elif isinstance(said, bool):
                self._change({"conditions": {id: said}})
        return True

    def _change(self, facts: dict[str, Any]) -> None:
        projects.change_project(self.opened, facts, stamp(self.by))
        self.opened = projects.open_project(self.opened.path)

    def _open_conditions(self) -> tuple[str, ...]:
        situation = self.checklist().situation
        return tuple(
            id
            for id, truth in situation.conditions.items()
            if truth is Truth.UNANSWERED
            and any(
                item.phase == self.phase
                for item in hanging_on(self.opened.guideline, situation, id)
            )
        )

    def _show(self, question: Question) -> None:
        """Show the question at hand on one screen, with how far the phase is and the keys."""
        self.course.seen.add(question.item.id)
        head = tuple(progress_lines(self.words, self.checklist(), self.phase))
        keys = layout.indented(self.words.say("check.keys"), 2, layout.columns())
        room = layout.rows() - len(head) - len(keys.splitlines()) - BESIDE_CARD
        card = brief_lines(self.words, self.checklist(), question, room)
        console.say("\n" + "\n".join((*head, *card)) + f"\n\n{keys}")

    def _explain(self, question: Question) -> None:
        """Show the question with every source and all of the earlier answer."""
        console.say()
        for line in question_lines(self.words, self.checklist(), question):
            console.say(line)
        self._pause("")

    def _step(self, question: Question) -> bool:
        """Do what one key asks for; False leaves the walk."""
        count = f"{self.course.at + 1}/{len(self._questions())}"
        typed, self.typed = self.typed, ""
        key = unicodedata.normalize("NFKC", typed or ask(count)).lower()
        if key == "q":
            return False
        if key in ("", "s"):
            self._go_on()
        elif key == "b":
            self.course.at = max(0, self.course.at - 1)
        elif key in KEYS:
            self._answer(question, key)
        elif key == "u":
            return self._undo()
        elif key == "i":
            self._explain(question)
        elif key == "?":
            self._pause(self.words.say("check.help"))
        else:
            self._jump(key)
        return True

    def _go_on(self) -> None:
        """Go to the next question, or from the last one back to what was left behind."""
        if self.course.forward(self._questions()):
            console.say("\n" + layout.indented(self.words.say("check.turned"), 2, layout.columns()))

    def _jump(self, key: str) -> None:
        """Go to the question whose number, id or title was typed."""
        ids = [question.item.id for question in self._questions()]
        if key.isdecimal() and 1 <= int(key) <= len(ids):
            self.course.at = int(key) - 1
            return
        try:
            meant = guidelines.find_item(self.opened.guideline, key).id
        except AiguideError as error:
            close = error.args_said.get("near") if len(key) > 1 else None
            hint = self.words.say("near", near=close) if close else ""
            self._pause(f"{self.words.say('check.unknown-key', key=key)} {hint}")
            return
        if meant in ids:
            self.course.at = ids.index(meant)
        else:
            self._pause(self.words.say("check.out-of-reach", key=key))

    def _pause(self, said: str) -> None:
        """Say something and wait: the question shown again would push it off the screen."""
        console.say(layout.indented(said, 2, layout.columns()))
        key = ask(self.words.say("prompt.enter"))
        self.typed = "" if is_key(key, BACK) else key  # back to the question that was left

    def _answer(self, question: Question, key: str) -> None:
        """Make an answer and save it at once; nothing said changes nothing."""
        status, names = KEYS[key]
        if not self._sure_to_replace(question.answer, status):
            return
        self._tell_signature(question.answer, status)
        earlier = question.answer or Answer(Status.OPEN)
        attach = partial(projects.evidence_typed, self.opened.path)
        self.form = Form(self.words, earlier, attach, self.today, status)
        self.item = question.item.id
        if names:
            console.say(layout.indented(self.words.say("answer.how"), 2, layout.columns()))
        try:
            said = self.form.filled(names)
        except Cancelled:
            self._pause(self.words.say("check.cancelled"))
        else:
            self._save(question, key, said)
        self.form = None

    def _save(self, question: Question, key: str, said: Said | None) -> None:
        if said is None:
            self._pause(self.words.say("check.needs-proof" if key == "d" else "check.cancelled"))
            return
        try:
            fresh = projects.open_project(self.opened.path)
            stands = fresh.project.answers.get(question.item.id)
            if stands != question.answer and not self._sure_to_replace(stands, said.status):
                self.opened = fresh
                return
            who, seen = stamp(self.by), mark(stands)
            self.opened = projects.record_answer(self.opened, question.item, said, who, seen)
        except AiguideError as error:
            show_error(self.words, error)
            self._pause("")
            return
        standing = self.opened.project.answers[question.item.id].status
        label = self.words.say(f"status.{standing.value}")
        saved = "check.saved" if said.status else "check.saved-in"
        console.say("  " + self.words.say(saved, status=label))
        if self.opened.overtaken:
            self._tell_overtaken(self.opened.overtaken, label)
        if said.status is not None:
            self._go_on()

    def _sure_to_replace(self, standing: Answer | None, status: Status | None) -> bool:
        by = stamp(self.by).by
        return sure_to_replace(self.words, standing, status, by, self.today)

    def _tell_signature(self, standing: Answer | None, status: Status | None) -> None:
        """Say before somebody adds to another person's answer that it will carry their name."""
        by = stamp(self.by).by
        if status is None and standing is not None and standing.by not in ("", by):
            said = self.words.say("check.signature", earlier=standing.by, name=by)
            console.say(layout.indented(said, 2, layout.columns()))

    def half_given(self) -> str:
        """Write the command that records what was typed so far of the answer at hand, if any.

        What is still lacking stands in it as a blank to be filled in.
        """
        if self.form is None or not self.form.options():
            return ""
        answer, file = self.form.would_be(), shlex.quote(str(self.opened.path))
        blanks = [f"--{name} ..." for name in missing_fields(answer)]
        words = ["aiguide answer", file, self.item, answer.status, *self.form.options(), *blanks]
        return " ".join(words)

    def _tell_overtaken(self, other: Answer, ours: str) -> None:
        """Say what somebody else had answered since the question was shown."""
        what = told_in_brief(self.words, other)
        self._pause(self.words.say("check.overtaken", name=other.by, what=what, status=ours))

    def _undo(self) -> bool:
        """Take back the last step and ask again; False leaves the walk.

        A step that its person may not have in mind is shown first: somebody else's, one from
        before this walk, or all of an import.
        """
        self.opened = projects.open_project(self.opened.path)
        meant = last_steps(self.opened.project.history)
        if not self._sure_to_undo(meant):
            return True
        try:
            self.opened, steps = projects.undo(self.opened.path, stamp(self.by), meant)
        except AiguideError as error:
            show_error(self.words, error)
            self._pause("")
            return True
        told = undone_lines(self.words, self.opened.guideline, self.opened.project.history, steps)
        self._pause("\n".join(told))
        step = steps[-1]
        if step.subject == "project" and not self._ask_conditions():
            return False
        self._widen()
        ids = [question.item.id for question in self._questions()]
        if step.subject in ids:
            self.course.at = ids.index(step.subject)
        return True

    def _sure_to_undo(self, meant: tuple[Entry, ...]) -> bool:
        before = self.opened.project.history[: self.began]
        if not meant or (
            len(meant) == 1 and meant[0] not in before and meant[0].by == stamp(self.by).by
        ):
            return True
        kind = "earlier" if meant[0].by == stamp(self.by).by else "others"
        kind = "import" if len(meant) > 1 else kind
        what = steps_in_brief(self.words, self.opened.guideline, meant)
        said = self.words.say(f"undo.ask-{kind}", what=what)
        console.say(layout.indented(said, 2, layout.columns()))
        return agreed(self.words, self.words.say("prompt.sure"))

    def _farewell(self) -> None:
        checklist = self.checklist()
        judgement = self.opened.judge(checklist)
        path = self.opened.path
        for line in farewell_lines(self.words, checklist, judgement, self.phase, path):
            console.say(line)
