"""Giving one item its answer during a walk: asked field by field, and saved at once."""

import shlex
from collections.abc import Callable
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
from aiguide.core.evidence import State
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
    item: str = ""
    made: list[Entry] = field(default_factory=list)
    unsaved: dict[str, Form] = field(default_factory=dict)

    def answer(self, opened: Opened, question: Question, key: str) -> tuple[Opened, bool]:
        """Make the answer that a key leads to; nothing said changes nothing.

        Gives the project as it is then, and whether the question was given a status.
        """
        status, names = KEYS[key]
        if not self._sure_to_replace(question.answer, status):
            return opened, False
        self._tell_signature(question.answer, status)
        earlier = question.answer or Answer(Status.OPEN)
        attach = partial(projects.evidence_typed, opened.path)
        self.item = question.item.id
        kept = self.unsaved.get(self.item)
        typed = dict(kept.typed) if kept else {}
        self.form = Form(self.words, earlier, attach, self.today, status, typed)
        self.form.offered = "" if status else _to_attach_again(question)
        self.form.folder = opened.path.parent
        said = self._filled(self.form, names)
        done = (opened, False) if said is None else self._save(opened, question, said)
        self.form = None
        return done

    def half_given(self, opened: Opened) -> str:
        """Write the command that records what was typed so far of the answer at hand, if any."""
        if self.form is None or not self.form.options():
            return ""
        return _command(opened, self.item, self.form)

    def not_saved(self, opened: Opened) -> list[str]:
        """Write the commands that record the answers that could not be saved.

        The answer at hand is none of them yet.
        """
        lost = {**self.unsaved}
        if self.form:
            lost.pop(self.item, None)
        return [_command(opened, item, form) for item, form in lost.items()]

    def _filled(self, form: Form, names: tuple[str, ...]) -> Said | None:
        """Ask for the fields; None where nothing was said, or too little."""
        if names:
            self._tell(self.words.say("answer.how"))
        try:
            said = form.filled(names)
        except Cancelled:
            said = None
        else:
            if said is None and form.status is Status.DONE:
                self.pause(self.words.say("check.needs-proof"))
                return None
        if said is None:
            self.pause(self.words.say("check.cancelled"))
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
        standing = saved.project.answers[question.item.id].status
        label = self.words.say(f"status.{standing.value}")
        key = "check.saved" if said.status else "check.saved-in"
        title = layout.fit(self.words.pick(question.item.title), layout.columns() - AROUND_TITLE)
        self._tell(self.words.say(key, item=title, status=label))
        if other := saved.overtaken:
            what = told_in_brief(self.words, other)
            self.pause(self.words.say("check.overtaken", name=other.by, what=what, status=label))

    def _tell(self, said: str) -> None:
        console.say(layout.indented(said, 2, layout.columns()))


def _command(opened: Opened, item: str, form: Form) -> str:
    """Write the command that records an answer; what is lacking is a blank to be filled in."""
    answer, file = form.would_be(), shlex.quote(str(opened.path))
    blanks = [f"--{name} ..." for name in missing_fields(answer)]
    return " ".join(["aiguide answer", file, item, answer.status, *form.options(), *blanks])


def _to_attach_again(question: Question) -> str:
    """Give the file that is evidence but not as it was recorded: where it is, if it is anywhere."""
    for one in question.bad_evidence:
        if one.found or one.state is State.CHANGED:
            return one.found or one.evidence.target
    return ""
