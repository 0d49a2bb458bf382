"""The walk through a checklist at a terminal: each answer is saved as it is given."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from aiguide.cli import console, layout
from aiguide.cli.answering import Answering
from aiguide.cli.as_commands import fact_options, set_command
from aiguide.cli.complaints import show_at_prompt
from aiguide.cli.conditions import ask_condition, tell_set_aside
from aiguide.cli.farewell import farewell_lines, unsaved_lines
from aiguide.cli.form import KEYS
from aiguide.cli.meanwhile import Meanwhile
from aiguide.cli.prompts import BACK, CLEAR, Cancelled, ask, folded, is_key
from aiguide.cli.question import brief_lines, progress_lines, question_lines
from aiguide.cli.session import stamp
from aiguide.cli.taking_back import take_back
from aiguide.core.applicability import Truth, hanging_on, released_by
from aiguide.core.checklist import Asked, Checklist, Question
from aiguide.core.course import Course, left_off
from aiguide.core.errors import AiguideError
from aiguide.core.words import Words
from aiguide.usecases import guidelines, projects
from aiguide.usecases.projects import Opened

BESIDE_CARD = 4  # lines of a screen: what was said before, two blank ones, the prompt


@dataclass(slots=True)
class Walk:
    """A walk through one phase, beginning at the item `first` if one is named.

    `course` is where it is, `ids` are the items of the walk, `left_open` the conditions that the
    person passed over. `began` is how long the history was at the beginning; `typed` is what was
    typed at a pause, and is the next key. `meanwhile` knows what others do.
    """

    words: Words
    opened: Opened
    phase: str
    wanted: Asked
    today: str
    by: str
    first: str = ""
    course: Course = field(default_factory=Course)
    ids: frozenset[str] = frozenset()
    left_open: frozenset[str] = frozenset()
    began: int = 0
    typed: str = ""
    answering: Answering = field(init=False)
    meanwhile: Meanwhile = field(init=False)
    unsaved: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let answers be given by whoever walks."""
        self.answering = Answering(self.words, self.by, self.today, self._pause)
        self.meanwhile = Meanwhile(self.words, self.opened.project.history, self.answering.made)

    def run(self) -> bool:
        """Walk until the person leaves or the last question is passed.

        Tells whether all that was said is saved, and the file can still be read.
        """
        self.began = len(self.opened.project.history)
        signed = self.words.say("check.signed", name=stamp(self.by).by)
        console.say("\n" + layout.indented(signed, 2, layout.columns()))
        if self._ask_conditions():
            self._widen()
            self._ask_items()
        self.tell_half_typed()
        return self._farewell(self.at_hand())

    def _ask_items(self) -> None:
        questions = self._questions()
        if not questions:
            key = "check.none-asked" if self._of_phase() else "check.nothing"
            console.say(layout.indented(self.words.say(key), 2, layout.columns()))
        self._begin(questions)
        while self.course.at < len(questions):
            question = questions[self.course.at]
            self._show(question)
            if not self._step(question):
                break
            self._catch_up()
            questions = self._questions()

    def _begin(self, questions: Sequence[Question]) -> None:
        """Go to where the walk begins, and say why there, where it is not at the first question.

        Nobody has to be told why it is the item that they named.
        """
        asked = [one.item.id for one in questions]
        if self.first in asked:
            self.course.at = asked.index(self.first)
            return
        ids = [one.item.id for one in self._of_phase()]
        resumed = left_off(self.opened.project.history, stamp(self.by).by, ids)
        start = self.course.begin(questions, resumed)
        if start and self.course.at:
            left = self.course.before(questions)
            why = self.words.say(f"check.begins.{start.value}")
            key = "check.begins.left" if left else "check.begins.all"
            said = self.words.say(key, why=why, count=left)
            console.say(layout.indented(said, 2, layout.columns()))

    def _catch_up(self) -> None:
        """Take in what others have saved, and stay at the item at hand; say what concerns us."""
        ahead, history = self._ids()[self.course.at :], self.opened.project.history
        try:
            self.opened = projects.open_project(self.opened.path)
        except AiguideError as error:
            self._complain(error)
            return
        if self.opened.project.history != history:
            self._widen()
        now = self._ids()
        here = next((id for id in ahead if id in now), None)
        self.course.at = len(now) if here is None else now.index(here)
        if told := self.meanwhile.told(self.opened):
            self._pause(told)

    def _ids(self) -> list[str]:
        """Give the items of the walk, in its order."""
        asked = self.opened.checklist(self.today).of_phase(self.phase)
        return [one.item.id for one in asked if one.item.id in self.ids]

    def at_hand(self) -> str:
        """Give the item that the person is at: none before one was shown, and past the last."""
        ids = self._ids()
        return ids[self.course.at] if self.course.seen and self.course.at < len(ids) else ""

    def _widen(self) -> None:
        """Take in what is asked for by now; an answer takes no question out of its walk."""
        self.ids |= {one.item.id for one in self._of_phase(self.wanted)} | {self.first}

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
        behind: list[str] = []
        again: list[str] = []  # gone back to
        while left := again + [id for id in self._open_conditions() if self._is_ahead(id, again)]:
            id, earlier = left[0], self.opened.project.conditions.get(left[0])
            count = len(released_by(self.opened.guideline, self.checklist().situation, id))
            condition = self.opened.guideline.condition(id)
            said = ask_condition(self.words, condition, len(left), "buq", count, earlier)
            if said == "q" or (said == "u" and not self._undo()):
                return False
            if said == BACK and behind:
                again.insert(0, behind.pop())
            elif said == BACK:
                console.say("  " + self.words.say("prompt.first"))
            elif said == CLEAR and earlier is not None:
                console.say("  " + self.words.say("prompt.yes-no.again"))
            elif said != "u":
                self._take_condition(id, said)
                behind.append(id)
                again = again[1:]
            self._catch_up()
        self.typed = ""  # at a pause, too
        return True

    def _is_ahead(self, id: str, again: list[str]) -> bool:
        return id not in self.left_open and id not in again

    def _take_condition(self, id: str, said: bool | str | None) -> None:
        if isinstance(said, bool):
            self._answer_condition(id, said)
        else:
            self.left_open |= {id}

    def _answer_condition(self, id: str, holds: bool) -> None:
        """Record an answer to a condition, unless somebody else's stands by now and may stay."""
        try:
            while not self._recorded(id, holds):
                self.opened = projects.open_project(self.opened.path)
                if not self.meanwhile.sure_to_replace(self.opened, id, holds):
                    return
        except AiguideError as error:
            self.left_open, self.unsaved[id] = self.left_open | {id}, holds
            self._complain(error)

    def _recorded(self, id: str, holds: bool) -> bool:
        """Record an answer to a condition; False where somebody else has answered it meanwhile."""
        facts, who, before = {"conditions": {id: holds}}, stamp(self.by), self.checklist()
        try:
            self.answering.made += projects.change_project(self.opened, facts, who, as_seen=True)
        except AiguideError as error:
            if error.code != "facts-overtaken":
                raise
            return False
        self.unsaved.pop(id, None)
        fresh = projects.open_project(self.opened.path)
        tell_set_aside(self.words, before, fresh.checklist(self.today))
        return True

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
        keys = layout.indented(self._keys(question), 2, layout.columns())
        room = layout.rows() - len(head) - len(keys.splitlines()) - BESIDE_CARD
        card = brief_lines(self.words, self.checklist(), question, room)
        console.say("\n" + "\n".join((*head, *card)) + f"\n\n{keys}")

    def _keys(self, question: Question) -> str:
        """Name the keys, and before them the one that mends what is wrong with the answer."""
        keys = self.words.say("check.keys")
        if not question.bad_evidence:
            return keys
        return f"{self.words.say('check.bad-evidence.key')}\n{keys}"

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
        key = folded(typed or ask(count))
        if key == "q":
            return False
        if key in ("", "s"):
            self._go_on()
        elif key == "b":
            self._go_back()
        elif key in KEYS:
            return self._answer(question, key)
        elif key == "u":
            return self._undo()
        elif key == "i":
            self._explain(question)
        elif key == "?":
            self._pause(self.words.say("check.help"))
        else:
            self._jump(key)
        return True

    def _answer(self, question: Question, key: str) -> bool:
        """Let the question be answered; False leaves the walk."""
        try:
            self.opened, goes_on = self.answering.answer(self.opened, question, key)
        except Cancelled:
            return False
        if goes_on:
            self._go_on()
        return True

    def _go_on(self) -> None:
        """Go to the next question, or from the last one back to what was left behind."""
        if self.course.forward(self._questions()):
            console.say("\n" + layout.indented(self.words.say("check.turned"), 2, layout.columns()))

    def _go_back(self) -> None:
        if self.course.at:
            self.course.at -= 1
        else:
            console.say("\n  " + self.words.say("check.first"))

    def _jump(self, key: str) -> None:
        """Go to the question whose number, id or title was typed."""
        ids = [question.item.id for question in self._questions()]
        if key.isdecimal() and 1 <= int(key) <= len(ids):
            self.course.at = int(key) - 1
            return
        try:
            meant = guidelines.find_item(self.opened.guideline, key).id
        except AiguideError as error:
            if error.code == "unknown-item":
                error = AiguideError("unknown-key", key=key, near=_close(key, error))
            self._complain(error)
            return
        if meant in ids:
            self.course.at = ids.index(meant)
        else:
            self._pause(self.words.say("check.out-of-reach", key=key))

    def _complain(self, error: AiguideError) -> None:
        """Say what was wrong, and wait."""
        show_at_prompt(self.words, error)
        self._pause("")

    def _pause(self, said: str) -> None:
        """Say something and wait: the question shown again would push it off the screen."""
        if said:
            console.say(layout.indented(said, 2, layout.columns()))
        key = ask(self.words.say("prompt.enter"))
        self.typed = "" if is_key(key, BACK) else key  # back to the question that was left

    def _undo(self) -> bool:
        """Take back the last step and ask again; False leaves the walk."""
        self.opened = projects.open_project(self.opened.path)
        before = self.opened.project.history[: self.began]
        try:
            done = take_back(self.words, self.opened, before, self.by)
        except AiguideError as error:
            self._complain(error)
            return True
        if done is None:
            return True
        known = len(self.opened.project.history)
        self.opened, step, told = done
        self.answering.made += self.opened.project.history[known:]
        self._pause(told)
        if step.subject == "project" and not self._ask_conditions():
            return False
        self._widen()
        ids = [question.item.id for question in self._questions()]
        if step.subject in ids:
            self.course.at = ids.index(step.subject)
        return True

    def tell_half_typed(self) -> None:
        """Say what of the answer that was being given is not saved, if one was."""
        for line in self.answering.half_typed_lines(self.opened):
            console.say(line)

    def not_saved(self) -> list[str]:
        """Write the commands that record what was said and could not be saved."""
        path, held = self.opened.path, self.unsaved.items()
        said = [fact_options({"conditions": {id: holds}}) for id, holds in held]
        conditions = [set_command(path, options, self.by) for options in said]
        return conditions + self.answering.not_saved(self.opened)

    def _farewell(self, at: str) -> bool:
        """Say how the phase stands on disk by now, and what of it is not there.

        `at` is the item that was left, if one was.
        """
        lost = self.not_saved()
        try:
            self.opened = projects.open_project(self.opened.path)
        except AiguideError as error:
            show_at_prompt(self.words, error)
            readable = False
        else:
            readable = True
            if told := self.meanwhile.told(self.opened):
                console.say("\n" + layout.indented(told, 2, layout.columns()))
            self._show_end(at, saved=not lost)
        for line in unsaved_lines(self.words, lost):
            console.say(line)
        return readable and not lost

    def _show_end(self, at: str, *, saved: bool) -> None:
        checklist, path = self.checklist(), self.opened.path
        judgement = self.opened.judge(checklist)
        for line in farewell_lines(
            self.words, checklist, judgement, self.phase, path, at=at, saved=saved, by=self.by
        ):
            console.say(line)


def _close(key: str, error: AiguideError) -> str | None:
    """Give the item that was probably meant; a single letter was meant for a key."""
    near: str | None = error.args_said.get("near") if len(key) > 1 else None
    return near
