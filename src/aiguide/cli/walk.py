"""The walk through a checklist at a terminal: shows items, and follows the keys typed there."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from aiguide.cli import console, layout
from aiguide.cli.answering import Answering
from aiguide.cli.complaints import show_at_prompt
from aiguide.cli.farewell import farewell_lines, unsaved_lines
from aiguide.cli.form import KEYS
from aiguide.cli.item_meant import NO_ITEM, is_no_key, is_part, item_meant, place_of
from aiguide.cli.last_time import tell_untold
from aiguide.cli.meanwhile import Meanwhile
from aiguide.cli.options import command
from aiguide.cli.pausing import Pausing
from aiguide.cli.prompts import BACK, EXPLAIN, LEAVE, SKIP, UNDO, Cancelled, ask, keyed
from aiguide.cli.question import question_lines, screen
from aiguide.cli.session import settings_folder, stamp
from aiguide.cli.settling import Settling, Undone
from aiguide.cli.taking_back import take_back
from aiguide.cli.typed_line import cut_off
from aiguide.cli.unsaved import Unsaved
from aiguide.cli.vanished import Vanished
from aiguide.core import wording
from aiguide.core.attestation import FACTS
from aiguide.core.checklist import Asked, Checklist, Question
from aiguide.core.course import COME_UNDONE, Course, left_off
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.guideline import Item
from aiguide.core.project import Entry
from aiguide.core.words import Words
from aiguide.usecases import projects
from aiguide.usecases.projects import Opened
from aiguide.usecases.untold import Untold


@dataclass(frozen=True, slots=True)
class Became:
    """What has become of the file meanwhile: what is to be told, or why it cannot be read."""

    told: Sequence[str] = ()
    error: AiguideError | None = None


@dataclass(slots=True)
class Walk:
    """A walk through one phase, beginning at the item `first` if one is named.

    `warned`: something was said before it, that is to be read first.

    `inspected` is the checklist of `opened`, its evidence looked at. `course` is where the walk is,
    `ids` are its items, `shown` is the one that was shown last; `before` are the steps from before
    it. `pausing` knows what was typed at a pause, `meanwhile` what others do, `untold` what the
    person could not be told at the end of the last walk, `unsaved` what is not in the file.
    `ended` is what `run` gives, once the end was told and nothing was done after it.
    """

    words: Words
    opened: Opened
    phase: str
    wanted: Asked
    today: str
    by: str
    first: str = ""
    warned: bool = False
    course: Course = field(default_factory=Course)
    ids: frozenset[str] = frozenset()
    shown: str = ""
    inspected: Checklist = field(init=False)
    before: Sequence[Entry] = field(init=False)
    pausing: Pausing = field(init=False)
    answering: Answering = field(init=False)
    meanwhile: Meanwhile = field(init=False)
    settling: Settling = field(init=False)
    vanished: Vanished = field(init=False)
    untold: Untold = field(init=False)
    unsaved: Unsaved = field(init=False)
    ended: bool | None = None

    def __post_init__(self) -> None:
        """Let items and conditions be answered by whoever walks."""
        self.inspected = self.opened.inspected(self.today)
        self.before = self.opened.project.history
        self.pausing = Pausing(self.words, self._cut_off)
        self.answering = Answering(self.words, self.by, self.today, self._pause)
        made = self.answering.made
        self.vanished = Vanished(self.words, made, self.before)
        name, gone = stamp(self.by).by, self.vanished.gone
        self.meanwhile = Meanwhile(self.words, self.before, made, name, gone)
        self.untold = Untold(settings_folder(), self.opened.path, stamp(self.by).by)
        self.settling = Settling(
            words=self.words,
            by=self.by,
            today=self.today,
            phase=self.phase,
            pausing=self.pausing,
            meanwhile=self.meanwhile,
            undo=self._taken_back,
            made=self.answering.made,
            opened=self.opened,
        )
        self.unsaved = Unsaved(
            self.words, self.answering, self.settling, self.vanished, self.untold
        )

    def run(self) -> bool:
        """Walk until the person leaves or the last question is passed.

        Tells whether all that was said is saved, and the file can still be read.
        """
        signed = self.words.say("check.signed", name=stamp(self.by).by)
        console.say("\n" + layout.indented(signed, 2, layout.columns()))
        if self.warned:
            self.pausing.wait_before_next()
        self.untold.forget_recorded(self.opened.project)
        if self.pausing.taken() == LEAVE or not tell_untold(self.words, self.untold, self.pausing):
            return True
        self.unsaved.take_up(self.opened)
        with suppress(Cancelled):  # nothing else is to be done for who leaves
            if self._settle_first():
                self._ask_items()
        return self._tell_end() if self.ended is None else self.ended

    def _tell_end(self) -> bool:
        """Say how the phase stands and what is not saved; gives what `run` does."""
        at = self.at_hand()
        became = self.look_again()
        self.keep_untold()
        half = self.tell_half_typed()
        self.tell_became(became)
        lost = self.not_saved()
        if not became.error:
            self._show_end(at, "onward" if lost else "onward.but" if half else "onward.saved")
        for line in unsaved_lines(self.words, lost):
            console.say(line)
        return not (became.error or lost)

    def _settle_first(self) -> bool:
        """Ask for the open conditions, but nobody who comes back; False leaves the walk.

        They have passed them over once, and the end of the walk says how to answer.
        """
        if not (self.first or self.unsaved.resumed or self._left_off()):
            return self._settle()
        self.settling.pass_over(self.opened)
        return True

    def _settle(self) -> bool:
        """Ask for the open conditions; False leaves the walk."""
        if self._wants_some_alone():
            return True
        opened, stays = self.settling.settle(self.opened)
        self._see(opened)
        return stays

    def _wants_some_alone(self) -> bool:
        """Tell whether stale items or somebody's own were asked for, and nothing else."""
        return self.wanted.stale or bool(self.wanted.assignee)

    def _left_off(self) -> list[str]:
        ids = [one.item.id for one in self._of_phase()]
        return left_off(self.opened.project.history, stamp(self.by).by, ids)

    def _ask_items(self) -> None:
        self._widen()
        if not self._questions() and self._of_phase():
            said = wording.none_asked(self.words, self.inspected, self.phase, self.wanted)
            console.say(layout.indented(said, 2, layout.columns()))
        self._begin()
        while self._goes_on():
            self._catch_up()

    def _goes_on(self) -> bool:
        """Do one step at the question at hand, or past the last one; False leaves the walk."""
        if self.course.at < len(questions := self._questions()):
            self._show(question := questions[self.course.at])
            return self._step(question)
        return bool(self.shown and questions) and self._step_past_last()

    def _begin(self) -> None:
        """Go to where the walk begins, and say why there, where it is not at the first question.

        Nobody has to be told why it is the item that they named. A list of what is left is begun at
        its first item, unless something has come undone: how far a person came shows in the list.
        """
        if self._go_to(self.first):
            return
        if any(map(self._go_to, self.unsaved.resumed)):
            said = self.words.say("check.begins.all", why=self.words.say("check.begins.half"))
            console.say(layout.indented(said, 2, layout.columns()))
            return
        questions = self._questions()
        start = self.course.begin(questions, self._left_off())
        if self.wanted.is_what_is_left and start not in COME_UNDONE:
            self.course.at = 0
        if start and self.course.at:
            left = self.course.before(questions)
            why = self.words.say(f"check.begins.{start.value}")
            key = "check.begins.left" if left else "check.begins.all"
            said = self.words.say(key, why=why, count=left)
            console.say(layout.indented(said, 2, layout.columns()))

    def _see(self, opened: Opened) -> None:
        """Take in the project as it is by now, with what is asked for, and stay at the item."""
        before = self._ids()
        self.opened, self.inspected = opened, opened.inspected(self.today)
        self._widen()
        self.course.stay(before, self._ids())

    def _catch_up(self) -> None:
        """Take in what others have saved, and say what concerns us; again after each pause."""
        while self._news():
            pass

    def _news(self) -> bool:
        """Take in the file as it is by now; tells whether anything was said, and waited for."""
        here = self.at_hand()
        try:
            self._see(projects.open_project(self.opened.path))
        except AiguideError as error:
            self._complain(error)
            return False
        if self.at_hand() != here and self.pausing.typed != LEAVE:
            self.pausing.typed = ""  # it was meant for an item that is gone
        if gone := self.vanished.noticed(self.opened):
            self.unsaved.offer_vanished(self.opened)
            self._pause(gone)
        if not self.at_hand():
            self._go_on()  # where all that was ahead is gone, something may be left behind
        if told := self.meanwhile.told(self.opened, self.shown):
            self._pause(told)
        return bool(gone or told)

    def at_hand(self) -> str:
        """Give the item that the person is at: none before one was shown, and past the last."""
        ids = self._ids()
        return ids[self.course.at] if self.shown and self.course.at < len(ids) else ""

    def _widen(self) -> None:
        """Take in what is asked for by now; an answer takes no question out of its walk."""
        self.ids |= {one.item.id for one in self._of_phase(self.wanted)}

    def _ids(self) -> list[str]:
        return [one.item.id for one in self._questions()]

    def _questions(self) -> tuple[Question, ...]:
        return tuple(one for one in self._of_phase() if one.item.id in self.ids)

    def _of_phase(self, wanted: Asked | None = None) -> tuple[Question, ...]:
        return self.inspected.of_phase(self.phase, wanted)

    def _show(self, question: Question) -> None:
        """Show the question at hand; what was said just before it stays on the screen."""
        self.shown = question.item.id
        console.say(screen(self.words, self.inspected, question, self.answering.lines))
        self.answering.lines = 0

    def _explain(self, question: Question) -> None:
        """Show the question with every source and all of the earlier answer."""
        console.say()
        for line in question_lines(self.words, self.inspected, question):
            console.say(line)
        self._pause("")

    def _step(self, question: Question) -> bool:
        """Do what one key asks for; False leaves the walk, as Cancelled does."""
        key = keyed(self.words, given := self.pausing.taken() or self._asked(self._place(question)))
        if key == LEAVE:
            return False
        if key in ("", SKIP):
            self._go_on()
        elif key == BACK:
            self._go_back()
        elif key in KEYS:
            self._answer(question, key)
        elif key == UNDO:
            return self._undo()
        elif key == "i":
            self._explain(question)
        elif key == EXPLAIN:
            self._pause(self.words.say("check.help"))
        else:
            try:
                self._jump(given)
            except AiguideError as error:
                if error.code == "text-as-key":
                    self.answering.keep_note(question.item.id, given)
                self._complain(error)
        return True

    def _place(self, question: Question) -> str:
        ids = [one.item.id for one in self._of_phase()]
        return f"{ids.index(question.item.id) + 1}/{len(ids)}"

    def _asked(self, label: str) -> str:
        """Ask for a key; what is cut off and is none is kept as a note, begun at another prompt."""
        try:
            return ask(self.words, label)
        except (KeyboardInterrupt, EOFError):
            self._cut_off((cut_off() or "").strip())
            raise

    def _cut_off(self, text: str) -> bool:
        """Keep what was cut off and is no key as a note to the item at hand; tells whether it is.

        Past the last item that is the one that was shown.
        """
        pack, phase, id = self.opened.guideline, self._of_phase(), self.at_hand() or self.shown
        if not (id and is_no_key(self.words, pack, phase, text)):
            return False
        self.answering.keep_note(id, text)
        return True

    def _step_past_last(self) -> bool:
        """Tell the end, and follow a key that leads back from it; False leaves the walk."""
        self.ended = self._tell_end()
        while True:
            console.say()
            key = keyed(self.words, given := self._asked(self.words.say("prompt.at-end")))
            if key in ("", SKIP, LEAVE):
                if self.ended is None or not self._stands_as_told():
                    self.ended = self._tell_end()
                return False
            try:
                stays = self._lead_back(key, given)
            except AiguideError as error:
                show_at_prompt(self.words, self._past_last(error, given))
            else:
                self.ended = None
                return stays

    def _past_last(self, error: AiguideError, given: str) -> AiguideError:
        """Say what to type past the last question, where no key is for an item; a note is kept."""
        if error.code not in NO_ITEM:
            return error
        if error.code != "text-as-key":
            return AiguideError("no-item-here")
        self.answering.keep_note(self.shown, given)
        self.ended = None  # it is to be told
        return AiguideError("note-past-last")

    def _stands_as_told(self) -> bool:
        try:
            return projects.open_project(self.opened.path).project == self.opened.project
        except AiguideError:
            return False

    def _lead_back(self, key: str, given: str) -> bool:
        """Follow a key past the last question; False leaves the walk.

        Raises: AiguideError that says what to type.
        """
        if key == UNDO:
            return self._undo()
        if key in (*KEYS, "i", EXPLAIN):
            raise AiguideError("no-item-here")
        if key != BACK:
            self._jump(given)
        elif not self._go_to(self.shown):
            self.course.at -= 1
        return True

    def _answer(self, question: Question, key: str) -> None:
        """Let the question be answered, unless another answer stands by now. Raises: Cancelled."""
        if self._has_changed(question):  # it is taken in, told and shown as after any key
            console.say("\n" + console.laid_out(self.words.say("check.not-taken", key=key), 2))
            return
        made = len(self.answering.made)
        opened, goes_on = self.answering.answer(self.opened, question, key)
        if len(self.answering.made) > made:
            self.unsaved.settle(question.item.id, key)
        self._see(opened)
        self.meanwhile.knows(opened, question.item.id)
        if self.inspected.question(question.item.id) is None:
            self._say_where(question.item)
        if goes_on and self.at_hand() == question.item.id:
            self._go_on()

    def _has_changed(self, question: Question) -> bool:
        """Tell whether others have saved another answer than the one on the screen."""
        try:
            now = projects.open_project(self.opened.path).project
        except AiguideError:  # it is said where the answer is to be saved
            return False
        return now.answers.get(question.item.id) != question.answer

    def _go_on(self) -> None:
        """Go to the next question, or from the last one back to what was left behind."""
        if self.course.forward(self._questions()):
            console.say("\n" + layout.indented(self.words.say("check.turned"), 2, layout.columns()))

    def _go_back(self) -> None:
        if self.course.at:
            self.course.at -= 1
        else:
            console.say("\n  " + self.words.say("check.first"))

    def _jump(self, given: str) -> None:
        """Go to the question that was typed. Raises: AiguideError as `item_meant` does."""
        meant = item_meant(self.words, self.opened.guideline, self._of_phase(), given)
        if not self._go_to(meant.id):
            self._say_where(meant)
            self.pausing.wait_before_next()  # a key would be meant for that item, and not this one
        elif is_part(given, meant):
            said = self.words.say("check.by-part", part=given)
            console.say("\n" + layout.indented(said, 2, layout.columns()))

    def _go_to(self, id: str) -> bool:
        """Go to an item of the phase, whatever was asked for; False where it is not asked here."""
        if id not in (one.item.id for one in self._of_phase()):
            return False
        self.ids |= {id}
        self.course.at = self._ids().index(id)
        return True

    def _say_where(self, item: Item) -> None:
        where = place_of(self.words, self.inspected, item, self.opened.path, self.by)
        console.say(where)

    def _complain(self, error: AiguideError) -> None:
        """Say what was wrong, and wait."""
        self._show_error(error)
        self._pause("")

    def _show_error(self, error: AiguideError) -> None:
        """Say what was wrong, and of a file that cannot be read what can help."""
        show_at_prompt(self.words, error)
        if isinstance(error, UnreadableError):
            console.say("  " + self.words.say("check.doctor"))
            console.say("    " + command("doctor", self.opened.path))

    def _pause(self, said: str) -> None:
        """Say something and wait, at the item that was shown or before what is shown next."""
        if self.pausing.typed or self.at_hand() != self.shown:
            self.pausing.wait_before_next(said)
        else:
            self.pausing.wait(said)
        self.answering.lines = 0  # they have been read

    def _pause_undone(self, prompt: str = "prompt.undone") -> None:
        """Wait where a step was taken back, as `_pause` does."""
        if self.at_hand() != self.shown:
            self.pausing.wait_undone("", prompt)
        else:
            self.pausing.wait()

    def _taken_back(self, opened: Opened) -> Undone:
        """Take back the last step of the project as it is by now, if the person means it."""
        try:
            opened = projects.open_project(opened.path)
        except AiguideError:  # it is read again after each key, and what is wrong is said then
            return opened, None, ""
        done = take_back(self.words, opened, self.before, self.by)
        if done is None:
            return opened, None, ""
        self.answering.made += done[0].project.history[len(opened.project.history) :]
        return done

    def _undo(self) -> bool:
        """Take back the last step and go to what it was about; False leaves the walk."""
        try:
            opened, step, told = self._taken_back(self.opened)
        except AiguideError as error:
            self._complain(error)
            return True
        self._see(opened)
        if step is None:
            return True
        if step.subject == FACTS:
            self.pausing.wait_undone(told)
            return self._settle()
        item = next((one for one in opened.guideline.items if one.id == step.subject), None)
        if item and self.answering.offer_again(opened, item, step):
            told += "\n" + self.words.say("check.undone.offered")
        console.say(console.laid_out(told, 2))
        if item and self._go_to(item.id):
            self._pause_undone("prompt.undone-to")
            return True
        if item:
            self._say_where(item)
        self._pause_undone()
        return True

    def tell_half_typed(self) -> bool:
        """Say what was typed and is not saved, nor to be; tells whether there was any."""
        lines = self.unsaved.half_typed_lines(self.opened)
        for line in lines:
            console.say(line)
        return bool(lines)

    def not_saved(self) -> list[str]:
        """Write the commands that record what was said and could not be saved."""
        return self.unsaved.commands(self.opened)

    def keep_untold(self) -> None:
        """Keep what is not saved to be told at the next walk."""
        self.unsaved.keep(self.opened)

    def look_again(self) -> Became:
        """Take in the file as it is by now; what is gone from it is not saved any more."""
        at = self.at_hand()
        try:
            self._see(projects.open_project(self.opened.path))
        except AiguideError as error:
            return Became(error=error)
        gone = self.vanished.noticed(self.opened, at_end=True)
        return Became((gone, self.meanwhile.told(self.opened, at)))

    def tell_became(self, became: Became) -> None:
        """Say what has become of the file."""
        if became.error:
            self._show_error(became.error)
        for told in filter(None, became.told):
            console.say("\n" + layout.indented(told, 2, layout.columns()))

    def _show_end(self, at: str, heading: str) -> None:
        checklist, path = self.inspected, self.opened.path
        judgement = self.opened.judge(checklist)
        for line in farewell_lines(
            self.words,
            checklist,
            judgement,
            self.phase,
            path,
            wanted=self.wanted,
            at=at,
            heading=heading,
            by=self.by,
        ):
            console.say(line)
