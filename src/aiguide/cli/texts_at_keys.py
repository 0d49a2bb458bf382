"""Texts typed where keys are: the way to another item, evidence, or the beginning of a note."""

from collections.abc import Callable
from dataclasses import dataclass

from aiguide.cli import console, layout
from aiguide.cli.draft import EVIDENCE
from aiguide.cli.item_meant import is_no_key, is_part, item_meant, place_of
from aiguide.cli.leftover import KEY_FOR, Leftover
from aiguide.cli.pausing import Pausing
from aiguide.core.checklist import Question
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Item
from aiguide.core.words import Words
from aiguide.usecases import project_evidence
from aiguide.usecases.route import Route

# Errors of what is no item, also where it is written as an id is: it may be evidence.
_NO_NAME = ("text-as-key", "unknown-key", "unknown-item")


@dataclass(frozen=True, slots=True)
class TextsAtKeys:
    """Follows what is typed along the `route` of a walk that `by` goes.

    `leftover` keeps what is to be offered by a key. `answer` lets a question be answered as a key
    asks for it, `pause` says something and waits, `complain` says what was wrong and waits.
    """

    words: Words
    route: Route
    by: str
    pausing: Pausing
    leftover: Leftover
    answer: Callable[[Question, str], None]
    pause: Callable[[str], None]
    complain: Callable[[AiguideError], None]

    def follow(self, question: Question, given: str) -> None:
        """Go to the item that was typed; what names none is evidence, or is kept as a note."""
        try:
            self.jump(given)
        except AiguideError as error:
            if error.code in _NO_NAME and (target := self._evidence(given)):
                self._attach(question, given, target)
                return
            if error.code == "text-as-key":
                self.leftover.keep_note(question.item.id, given)
            self.complain(error)

    def jump(self, given: str) -> None:
        """Go to the question that was typed. Raises: AiguideError as `item_meant` does."""
        guideline = self.route.opened.guideline
        meant = item_meant(self.words, guideline, self.route.of_phase(), given)
        if not self.route.go_to(meant.id):
            self.say_where(meant)
            self.pausing.wait_before_next()  # a key would be meant for that item, and not this one
        elif is_part(given, meant):
            self._say(self.words.say("check.by-part", part=given))

    def say_where(self, item: Item) -> None:
        """Say where an item is that is not on the route."""
        path = self.route.opened.path
        console.say(place_of(self.words, self.route.inspected, item, path, self.by))

    def keep_cut_off(self, text: str) -> bool:
        """Keep what was cut off and is no key as a note to the item at hand; tells whether it is.

        Past the last item that is the one that was shown.
        """
        id, phase = self.route.at_hand() or self.route.shown, self.route.of_phase()
        if not (id and is_no_key(self.words, self.route.opened.guideline, phase, text)):
            return False
        self.leftover.keep_note(id, text)
        return True

    def _evidence(self, text: str) -> str:
        """Give the web address or file that a text is; none for a letter, a slip at a key."""
        if len(text) < len("a.b"):
            return ""
        try:
            return project_evidence.typed(self.route.opened.path, text).target
        except AiguideError:
            return ""

    def _attach(self, question: Question, given: str, target: str) -> None:
        """Ask for evidence with what was typed offered, unless that is attached as it is."""
        bad = [one.evidence.target for one in question.bad_evidence]
        there = [one.target for one in (question.answer.evidence if question.answer else ())]
        if target in there and target not in bad:
            self.pause(self.words.say("check.evidence-already", value=given))
            return
        self.leftover.named[question.item.id] = given
        self._say(self.words.say("check.evidence-typed", value=given))
        self.answer(question, KEY_FOR[EVIDENCE])

    def _say(self, said: str) -> None:
        console.say("\n" + layout.indented(said, 2, layout.columns()))
