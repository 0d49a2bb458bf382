"""Giving one item its answer during a walk: asked field by field, and saved at once."""

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from aiguide.cli import console, layout
from aiguide.cli.complaints import show_at_prompt
from aiguide.cli.form import KEYS, Form
from aiguide.cli.prompts import Cancelled
from aiguide.cli.replacing import sure_to_replace, told_in_brief
from aiguide.cli.session import stamp
from aiguide.core.answers import Said, mark, missing_fields
from aiguide.core.checklist import Question
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Item
from aiguide.core.project import Answer, Entry, Status
from aiguide.core.words import Words
from aiguide.usecases import projects
from aiguide.usecases.projects import Opened

AROUND_TITLE = 40  # columns of the line that says what was saved
REFUSED = ("answer-lacks", "exception-only")  # how the errors begin that say no to an answer


@dataclass(slots=True)
class Answering:
    """Who answers (`by`), and on what day (`YYYY-MM-DD`); `pause` says something and waits.

    `form` is the answer being given, if one is, to the item `item`. `made` are the steps that were
    recorded, `unsaved` maps items to the answers that could not be.
    """

    words: Words
    by: str
    today: str
    pause: Callable[[str], None]
    form: Form | None = None
    item: Item | None = None
    made: list[Entry] = field(default_factory=list)
    unsaved: dict[str, Form] = field(default_factory=dict)

    def answer(self, opened: Opened, question: Question, key: str) -> tuple[Opened, bool]:
        """Make the answer that a key leads to; nothing said changes nothing.

        Gives the project as it is then, and whether the question was given a status.
        Raises: Cancelled where the person leaves the walk.
        """
        status, names = KEYS[key]
        if not self._sure_to_replace(question.answer, status):
            return opened, False
        self._tell_signature(question.answer, status)
        earlier = question.answer or Answer(Status.OPEN)
        attach = partial(projects.evidence_typed, opened.path)
        folder, bad = opened.path.parent, question.bad_evidence
        kept = self.unsaved.get(question.item.id)
        typed = dict(kept.typed) if kept else {}
        self.form = Form(self.words, earlier, attach, self.today, status, folder, bad, typed)
        self.item = question.item
        said = self._said(self.form, names)
        done = (opened, False) if said is None else self._save(opened, question, said)
        self.form = None
        return done

    def unsaved_lines(self, opened: Opened) -> Iterator[str]:
        """Say of the answer that was being given, if one was, that it is not saved.

        What was typed of it so far is given as a command, what it still lacks as a blank there.
        """
        if self.form is None or self.item is None:
            return
        yield self._indented(self.words.say("check.half-typed", item=self.item.title))
        if self.form.options():
            yield self._indented(self.words.say("check.half-given"))
            yield "    " + _command(opened, self.item.id, self.form)

    def not_saved(self, opened: Opened) -> list[str]:
        """Write the commands that record the answers that could not be saved.

        The answer at hand is none of them yet.
        """
        lost = {**self.unsaved}
        if self.form and self.item:
            lost.pop(self.item.id, None)
        return [_command(opened, item, form) for item, form in lost.items()]

    def _said(self, form: Form, names: tuple[str, ...]) -> Said | None:
        """Ask for the fields; None where nothing was said, or too little."""
        if names:
            self._tell(self.words.say("answer.how"))
        try:
            filled = form.filled(names)
        except Cancelled:
            if not form.options():
                self.form = None
            raise
        said = form.said() if filled else None
        if said is None:
            lacks_proof = filled and form.status is Status.DONE
            key = "check.needs-proof" if lacks_proof else "check.cancelled"
            self.pause(self.words.say(key))
        return said

    def _save(self, opened: Opened, question: Question, said: Said) -> tuple[Opened, bool]:
        try:
            fresh = projects.open_project(opened.path)
            stands = fresh.project.answers.get(question.item.id)
            if stands != question.answer and not self._sure_to_replace(stands, said.status):
                return fresh, False
            who, seen = stamp(self.by), mark(stands)
            saved = projects.record_answer(opened, question.item, said, who, seen)
        except AiguideError as error:
            if self.form and not error.code.startswith(REFUSED):
                self.unsaved[question.item.id] = self.form
            show_at_prompt(self.words, error)
            self.pause("")
            return opened, False
        self.unsaved.pop(question.item.id, None)
        if saved.project.answers[question.item.id] != stands:
            self.made.append(saved.project.history[-1])
        self._tell_saved(saved, question, said)
        # where somebody else's answer was replaced, the question stays: the next key is for it
        return saved, said.status is not None and saved.overtaken is None

    def _sure_to_replace(self, standing: Answer | None, status: Status | None) -> bool:
        by = stamp(self.by).by
        return sure_to_replace(self.words, standing, status, by, self.today)

    def _tell_signature(self, standing: Answer | None, status: Status | None) -> None:
        """Say before somebody adds to another person's answer that it will carry their name."""
        by = stamp(self.by).by
        if status is None and standing is not None and standing.by not in ("", by):
            self._tell(self.words.say("check.signature", earlier=standing.by, name=by))

    def _tell_saved(self, saved: Opened, question: Question, said: Said) -> None:
        """Say what was saved of which item, and what somebody else had answered meanwhile."""
        standing = saved.project.answers[question.item.id]
        label = self.words.say(f"status.{standing.status.value}")
        if standing == question.answer:
            self._tell(self.words.say("check.unchanged", status=label))
            return
        key = "check.saved" if said.status else "check.saved-in"
        title = layout.fit(self.words.pick(question.item.title), layout.columns() - AROUND_TITLE)
        self._tell(self.words.say(key, item=title, status=label))
        self._tell_taken_off(question.answer, standing)
        if other := saved.overtaken:
            what = told_in_brief(self.words, other)
            self.pause(self.words.say("check.overtaken", name=other.by, what=what, status=label))

    def _tell_taken_off(self, before: Answer | None, after: Answer) -> None:
        """Name the evidence that stands on the record no more."""
        left = {one.target for one in after.evidence}
        for one in before.evidence if before else ():
            if one.target not in left:
                self._tell(self.words.say("check.taken-off", target=one.target))

    def _tell(self, said: str) -> None:
        console.say(self._indented(said))

    def _indented(self, said: str) -> str:
        return layout.indented(said, 2, layout.columns())


def _command(opened: Opened, item: str, form: Form) -> str:
    """Write the command that records an answer; what is lacking is a blank to be filled in."""
    answer, file = form.would_be(), shlex.quote(str(opened.path))
    blanks = [f"--{name} ..." for name in missing_fields(answer)]
    return " ".join(["aiguide answer", file, item, answer.status, *form.options(), *blanks])
