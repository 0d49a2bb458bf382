"""The walk through a checklist at a terminal: shows items, and follows the keys typed there."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from aiguide.cli import console, layout
from aiguide.cli.answering import Answering
from aiguide.cli.catching_up import CatchingUp
from aiguide.cli.complaints import show_at_prompt
from aiguide.cli.ending import Ending, show_reading
from aiguide.cli.form import KEYS
from aiguide.cli.giving_back import GivingBack
from aiguide.cli.item_meant import NO_ITEM
from aiguide.cli.last_time import tell_untold
from aiguide.cli.meanwhile import Meanwhile
from aiguide.cli.pausing import Pausing
from aiguide.cli.prompts import (
    BACK,
    EXPLAIN,
    GIVE_BACK,
    LEAVE,
    SKIP,
    UNDO,
    Cancelled,
    ask,
    keyed,
)
from aiguide.cli.question import question_lines, screen
from aiguide.cli.session import settings_folder, stamp
from aiguide.cli.settling import Settling, Undone
from aiguide.cli.taking_back import take_back
from aiguide.cli.texts_at_keys import TextsAtKeys
from aiguide.cli.typed_line import cut_off
from aiguide.cli.unsaved import Unsaved
from aiguide.cli.vanished import Vanished
from aiguide.core import wording
from aiguide.core.attestation import FACTS
from aiguide.core.checklist import Question
from aiguide.core.course import left_off
from aiguide.core.errors import AiguideError
from aiguide.core.lost import in_order
from aiguide.core.project import Entry
from aiguide.core.words import Words
from aiguide.usecases import projects
from aiguide.usecases.projects import Opened
from aiguide.usecases.remembered import Remembered
from aiguide.usecases.route import Route
from aiguide.usecases.untold import Untold


@dataclass(slots=True)
class Walk:
    """A walk through one phase, beginning at the item `first` if one is named.

    `warned`: something was said before it, that is to be read first.

    `route` is where the walk is, `by` who answers, where that was given by an option; `before` are
    the steps from before the walk. `pausing` knows what was typed at a pause, `texts` what to do
    with what is no key, `meanwhile` what others do, `catching_up` how to take in what has become of
    the file, `untold` what the person could not be told at the end of the last walk, `unsaved` what
    is not in the file, `ending` how to tell the end. `ended` is what `run` gives, once the end was
    told and nothing was done after it. `above` is said above the next question. `kept_at` is the
    last step when it was kept what stands.
    """

    words: Words
    route: Route
    by: str
    first: str = ""
    warned: bool = False
    before: Sequence[Entry] = field(init=False)
    pausing: Pausing = field(init=False)
    answering: Answering = field(init=False)
    texts: TextsAtKeys = field(init=False)
    meanwhile: Meanwhile = field(init=False)
    settling: Settling = field(init=False)
    vanished: Vanished = field(init=False)
    untold: Untold = field(init=False)
    catching_up: CatchingUp = field(init=False)
    unsaved: Unsaved = field(init=False)
    ending: Ending = field(init=False)
    ended: bool | None = None
    above: str = ""
    kept_at: str = ""

    def __post_init__(self) -> None:
        """Let items and conditions be answered by whoever walks."""
        self.before = self.opened.project.history
        self.pausing = Pausing(
            self.words,
            lambda text: self.texts.keep_cut_off(text),
            lambda: self.catching_up.can_give_back(),
        )
        self.answering = Answering(
            self.words,
            self.by,
            self.route.today,
            self._pause,
            lambda text: self.texts.keep_cut_off(text),
        )
        self.texts = TextsAtKeys(
            self.words,
            self.route,
            self.by,
            self.pausing,
            self.answering.leftover,
            answer=self._answer,
            pause=self._pause,
            complain=self._complain,
        )
        made = self.answering.made
        name, own = stamp(self.by).by, settings_folder()
        remembered = Remembered(own, self.opened.path, name)
        seen = (one.hash for one in self.before)
        order = in_order(remembered.order(self.opened.project), seen)
        self.vanished = Vanished(self.words, made, self.before, self.by, order)
        self.meanwhile = Meanwhile(
            self.words,
            self.vanished.order,
            made,
            name,
            lambda: [word.step for word in self.vanished.lost.words],
        )
        self.catching_up = CatchingUp(
            self.route,
            self.pausing,
            self.answering,
            self.meanwhile,
            GivingBack(self.words, self.by, self.vanished),
            pause=self._pause,
            complain=self._complain,
            go_on=self._go_on,
        )
        self.untold = Untold(own, self.opened.path, name)
        self.settling = Settling(
            words=self.words,
            by=self.by,
            today=self.route.today,
            phase=self.route.phase,
            pausing=self.pausing,
            meanwhile=self.meanwhile,
            undo=self._taken_back,
            made=self.answering.made,
            opened=self.opened,
        )
        self.unsaved = Unsaved(
            self.words,
            self.answering,
            self.settling,
            self.vanished,
            self.untold,
            remembered,
        )
        self.ending = Ending(
            self.words, self.route, self.by, self.unsaved, self.vanished, self.meanwhile
        )

    @property
    def opened(self) -> Opened:
        """Give the project as it was read last."""
        return self.route.opened

    def run(self) -> bool:
        """Walk until the person leaves or the last question is passed.

        Tells whether all that was said is saved, and the file can still be read.
        """
        signed = self.words.say("check.signed", name=stamp(self.by).by)
        console.say("\n" + layout.indented(signed, 2, layout.columns()))
        if self.warned:
            self.pausing.wait_before_next()
        self.untold.forget_recorded(self.opened.project)
        if self.pausing.taken() == LEAVE:
            return True
        self.catching_up.tell_gone(self.unsaved.noticed_first(self.opened))
        leaves = self.pausing.typed == LEAVE
        if not leaves and not tell_untold(self.words, self.opened, self.untold, self.pausing):
            return self.ending.tell_lost()
        self.unsaved.take_up(self.opened)
        with suppress(Cancelled):  # nothing else is to be done for who leaves
            if self._settle_first():
                self._ask_items()
        return self.ending.tell() if self.ended is None else self.ended

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
        self.route.see(opened)
        return stays

    def _wants_some_alone(self) -> bool:
        """Tell whether stale items or somebody's own were asked for, and nothing else."""
        return self.route.wanted.stale or bool(self.route.wanted.assignee)

    def _left_off(self) -> list[str]:
        ids = [one.item.id for one in self.route.of_phase()]
        return left_off(self.opened.project.history, stamp(self.by).by, ids)

    def _ask_items(self) -> None:
        self.route.widen()
        if not self.route.questions() and self.route.of_phase():
            said = wording.none_asked(
                self.words, self.route.inspected, self.route.phase, self.route.wanted
            )
            console.say(layout.indented(said, 2, layout.columns()))
        self._begin()
        while self._goes_on():
            self.catching_up.catch_up()
            self._remember()

    def _remember(self) -> None:
        """Keep what was recorded for the next walk, should this one end without a word."""
        if self.opened.project.head != self.kept_at:
            self.kept_at = self.opened.project.head
            self.unsaved.remember(self.opened)

    def _goes_on(self) -> bool:
        """Do one step at the question at hand, or past the last one; False leaves the walk."""
        if question := self.route.question():
            self._show(question)
            return self._step(question)
        return bool(self.route.shown and self.route.questions()) and self._step_past_last()

    def _begin(self) -> None:
        """Go to where the walk begins, and say why there, where it is not at the first question.

        Nobody has to be told why it is the item that they named.
        """
        if self.route.go_to(self.first):
            return
        if any(map(self.route.go_to, self.unsaved.resumed)):
            said = self.words.say("check.begins.all", why=self.words.say("check.begins.half"))
            console.say(layout.indented(said, 2, layout.columns()))
            return
        start, left = self.route.begin(self._left_off())
        if start:
            why = self.words.say(f"check.begins.{start.value}")
            key = "check.begins.left" if left else "check.begins.all"
            said = self.words.say(key, why=why, count=left)
            console.say(layout.indented(said, 2, layout.columns()))

    def _show(self, question: Question) -> None:
        """Show the question at hand; what was said just before it stays on the screen."""
        self.route.shown = question.item.id
        if self.above:
            console.say()
            self.answering.tell(self.above)
            self.answering.lines += 1  # the blank one
            self.above = ""
        if gone := self.vanished.gone(self.opened).at_item(question.item.id):
            self.answering.tell(gone)
        console.say(screen(self.words, self.route.inspected, question, self.answering.lines))
        self.answering.lines = 0

    def _explain(self, question: Question) -> None:
        """Show the question with every source and all of the earlier answer."""
        console.say()
        for line in question_lines(self.words, self.route.inspected, question):
            console.say(line)
        self._pause("")

    def _step(self, question: Question) -> bool:
        """Do what one key asks for; False leaves the walk, as Cancelled does."""
        given = self.pausing.taken() or self._asked(self.route.place(question))
        key = keyed(self.words, given)
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
        elif key == GIVE_BACK and self.catching_up.can_give_back():
            self.catching_up.give_back()
        else:
            self.texts.follow(question, given)
        return True

    def _asked(self, label: str) -> str:
        """Ask for a key; what is cut off and is none is kept as a note, begun at another prompt."""
        try:
            return ask(self.words, label)
        except (KeyboardInterrupt, EOFError):
            self.texts.keep_cut_off((cut_off() or "").strip())
            raise

    def _step_past_last(self) -> bool:
        """Tell the end, and follow a key that leads back from it; False leaves the walk."""
        self.ended = self.ending.tell()
        while True:
            console.say()
            prompt = "prompt.at-end.gone" if self.catching_up.can_give_back() else "prompt.at-end"
            key = keyed(self.words, given := self._asked(self.words.say(prompt)))
            if key in ("", SKIP, LEAVE):
                if self.ended is None or not self._stands_as_told():
                    self.ended = self.ending.tell()
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
        if error.code == "unknown-key" and len(given) > 1:
            return AiguideError("no-title-here", value=given)
        if error.code != "text-as-key":
            return AiguideError("no-item-here")
        self.answering.leftover.keep_note(self.route.shown, given)
        self.ended = None  # it is to be told
        return AiguideError("note-past-last")

    def _stands_as_told(self) -> bool:
        try:
            return projects.open_again(self.opened).project == self.opened.project
        except AiguideError:
            return False

    def _lead_back(self, key: str, given: str) -> bool:
        """Follow a key past the last question; False leaves the walk.

        Raises: AiguideError that says what to type.
        """
        if key == UNDO:
            return self._undo()
        if key == GIVE_BACK and self.catching_up.can_give_back():
            self.catching_up.give_back()
            return True
        if key in (*KEYS, "i", EXPLAIN):
            raise AiguideError("no-item-here")
        if key != BACK:
            self.texts.jump(given)
        elif not self.route.go_to(self.route.shown):
            self.route.back()
        return True

    def _answer(self, question: Question, key: str) -> None:
        """Let the question be answered, unless another answer stands by now. Raises: Cancelled."""
        if self._has_changed(question):  # it is taken in, told and shown as after any key
            console.say("\n" + console.laid_out(self.words.say("check.not-taken", key=key), 2))
            return
        made, left = len(self.answering.made), self.route.required.left
        was_offered = self.answering.leftover.offers(question.item.id, key)
        opened, goes_on = self.answering.answer(self.opened, question, key)
        is_let_go = was_offered and not self.answering.leftover.offers(question.item.id, key)
        if is_let_go or len(self.answering.made) > made:
            self.unsaved.settle(opened, question.item.id, key)
        self.route.see(opened)
        if left and not self.route.required.left:
            self._tell_required_clear()
        self.meanwhile.knows(opened, question.item.id)
        if self.route.inspected.question(question.item.id) is None:
            self.texts.say_where(question.item)
        if goes_on and self.route.at_hand() == question.item.id:
            self._go_on()

    def _tell_required_clear(self) -> None:
        """Say that no required item of the phase is left: a good place to stop."""
        phase = self.opened.guideline.phase(self.route.phase).title
        count = self.route.required.total
        self.answering.tell(self.words.say("check.required-clear", phase=phase, count=count))

    def _has_changed(self, question: Question) -> bool:
        """Tell whether others have saved another answer than the one on the screen."""
        try:
            now = projects.open_again(self.opened).project
        except AiguideError:  # it is said where the answer is to be saved
            return False
        return now.answers.get(question.item.id) != question.answer

    def _go_on(self) -> None:
        """Go to the next question, or from the last one back to what was left behind."""
        if self.route.forward():
            self.above = self.words.say("check.turned")

    def _go_back(self) -> None:
        if not self.route.back():
            console.say("\n  " + self.words.say("check.first"))

    def _complain(self, error: AiguideError) -> None:
        """Say what was wrong, and wait."""
        show_reading(self.words, error, self.opened.path)
        if error.code == "several-titles":
            self.pausing.wait_choice()
            self.answering.lines = 0  # they have been read
        else:
            self._pause("")

    def _pause(self, said: str) -> None:
        """Say something and wait, at the item that was shown or before what is shown next."""
        if self.pausing.typed or self.route.at_hand() != self.route.shown:
            self.pausing.wait_before_next(said)
        else:
            self.pausing.wait(said)
        self.answering.lines = 0  # they have been read

    def _pause_undone(self, prompt: str = "prompt.undone") -> None:
        """Wait where a step was taken back, as `_pause` does."""
        if self.route.at_hand() != self.route.shown:
            self.pausing.wait_undone("", prompt)
        else:
            self.pausing.wait()

    def _taken_back(self, opened: Opened) -> Undone:
        """Take back the last step of the project as it is by now, if the person means it."""
        try:
            opened = projects.open_again(opened)
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
        self.route.see(opened)
        if step is None:
            return True
        if step.subject == FACTS:
            self.pausing.wait_undone(told)
            return self._settle()
        item = next((one for one in opened.guideline.items if one.id == step.subject), None)
        self.route.course.take_up(step.subject)
        is_own = step.by == stamp(self.by).by
        if item and is_own and self.answering.leftover.take_back(opened.project, step):
            told += "\n" + self.words.say("check.undone.offered")
        console.say(console.laid_out(told, 2))
        if item and self.route.go_to(item.id):
            self._pause_undone("prompt.undone-to")
            return True
        if item:
            self.texts.say_where(item)
        self._pause_undone()
        return True
