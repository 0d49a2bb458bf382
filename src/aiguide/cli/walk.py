"""The walk through a checklist at a terminal: each answer is saved as it is given."""

import shlex
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiguide.cli import console, layout
from aiguide.cli.complaints import show_error
from aiguide.cli.conditions import ask_condition
from aiguide.cli.editor import edited
from aiguide.cli.options import command
from aiguide.cli.prompts import agreed, ask, ask_until_right
from aiguide.cli.question import progress_lines, question_lines
from aiguide.cli.session import stamp
from aiguide.core import trail
from aiguide.core.answers import Said
from aiguide.core.applicability import Truth, hanging_on, released_by
from aiguide.core.checklist import Asked, Checklist, Question
from aiguide.core.dates import checked_date
from aiguide.core.errors import AiguideError
from aiguide.core.history import last_step
from aiguide.core.project import Answer, Entry, Evidence, Status
from aiguide.core.suggest import near
from aiguide.core.words import Worded, Words
from aiguide.usecases import projects
from aiguide.usecases.projects import Opened

EDITOR_KEY = "@"


@dataclass(slots=True)
class Walk:
    """A walk through one phase.

    `at` is the index of the question at hand, `ids` are the items of the walk, `left_open` the
    conditions that the person passed over. `began` is how long the history was at the beginning;
    `typed` is what was typed at a pause, and is the next key.
    """

    words: Words
    opened: Opened
    phase: str
    wanted: Asked
    today: str
    by: str
    at: int = 0
    ids: frozenset[str] = frozenset()
    left_open: frozenset[str] = frozenset()
    began: int = 0
    typed: str = ""

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
        self.at = next((i for i, one in enumerate(questions) if not one.clear), 0)
        while self.at < len(questions):
            question = questions[self.at]
            self._show(question)
            if not self._step(question):
                break
            questions = self._questions()

    def _widen(self) -> None:
        """Take in what is asked for by now; an answer takes no question out of its walk."""
        self.ids |= {one.item.id for one in self._of_phase(self.wanted)}

    def checklist(self) -> Checklist:
        """Give the checklist as it now stands."""
        return self.opened.checklist(self.today)

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
        while left := [id for id in self._open_conditions() if id not in self.left_open]:
            id = left[0]
            count = len(released_by(self.opened.guideline, self.checklist().situation, id))
            condition = self.opened.guideline.condition(id)
            said = ask_condition(self.words, condition, len(left), "uq", count)
            if said == "q" or (said == "u" and not self._undo()):
                return False
            if said is None:
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
        console.say()
        for line in progress_lines(self.words, self.checklist(), self.phase):
            console.say(line)
        for line in question_lines(self.words, self.checklist(), question, brief=True):
            console.say(line)
        console.say()

    def _explain(self, question: Question) -> None:
        """Show the question with every source and all of the earlier answer."""
        console.say()
        for line in question_lines(self.words, self.checklist(), question):
            console.say(line)
        console.say()
        self.typed = ask(self.words.say("prompt.enter"))

    def _step(self, question: Question) -> bool:
        """Do what one key asks for; False leaves the walk."""
        count = f"{self.at + 1}/{len(self._questions())}"
        console.say(layout.indented(self.words.say("check.keys"), 2, layout.columns()))
        typed, self.typed = self.typed, ""
        key = unicodedata.normalize("NFKC", typed or ask(count)).lower()
        if key == "q":
            return False
        if key in ("", "s"):
            self.at += 1
        elif key == "b":
            self.at = max(0, self.at - 1)
        elif key in _ANSWERS:
            self._answer(question, _ANSWERS[key])
        elif key == "u":
            return self._undo()
        elif key == "i":
            self._explain(question)
        elif key == "?":
            self._pause(self.words.say("check.help"))
        else:
            self._jump(key)
        return True

    def _jump(self, key: str) -> None:
        """Go to the question whose id, or whose number, was typed."""
        ids = [question.item.id for question in self._questions()]
        if key in ids:
            self.at = ids.index(key)
        elif key.isdecimal() and 1 <= int(key) <= len(ids):
            self.at = int(key) - 1
        elif any(item.id == key for item in self.opened.guideline.items):
            self._pause(self.words.say("check.out-of-reach", key=key))
        else:
            close = near(key, ids) if len(key) > 1 else None
            hint = self.words.say("near", near=close) if close else ""
            self._pause(f"{self.words.say('check.unknown-key', key=key)} {hint}")

    def _pause(self, said: str) -> None:
        """Say something and wait: the question shown again would push it off the screen."""
        console.say(layout.indented(said, 2, layout.columns()))
        self.typed = ask(self.words.say("prompt.enter"))

    def _answer(self, question: Question, make: "Maker") -> None:
        """Make an answer and save it at once; nothing said changes nothing."""
        earlier = question.answer or Answer(Status.OPEN)
        said = make(self, earlier)
        if said is None:
            self._pause(self.words.say("check.needs-proof" if make is _done else "check.cancelled"))
            return
        try:
            self.opened = projects.record_answer(self.opened, question.item, said, stamp(self.by))
        except AiguideError as error:
            show_error(self.words, error)
            self._pause("")
            return
        standing = self.opened.project.answers[question.item.id].status
        label = self.words.say(f"status.{standing.value}")
        console.say("  " + self.words.say("check.saved", status=label))
        if self.opened.overtaken:
            self._tell_overtaken(self.opened.overtaken)
        if self.checklist().is_expired(question.item.id):
            self._pause(self.words.say("answer.expired"))
        self.at += said.status is not None

    def _tell_overtaken(self, other: Answer) -> None:
        """Say what somebody else had answered since the question was shown."""
        status = self.words.say(f"status.{other.status.value}")
        said = self.words.say("check.overtaken", name=other.by, status=status)
        self._pause(said)

    def _undo(self) -> bool:
        """Take back the last step and ask again; False leaves the walk.

        A step from before this walk, which its person may not have in mind, is shown first.
        """
        if not self._sure_to_undo():
            return True
        try:
            self.opened, step = projects.undo(self.opened.path, stamp(self.by))
        except AiguideError as error:
            show_error(self.words, error)
            self._pause("")
            return True
        self._say_undone(step)
        if step.subject == "project" and not self._ask_conditions():
            return False
        self._widen()
        ids = [question.item.id for question in self._questions()]
        self.at = ids.index(step.subject) if step.subject in ids else self.at
        return True

    def _sure_to_undo(self) -> bool:
        last = last_step(self.opened.project.history)
        if last is None or last not in self.opened.project.history[: self.began]:
            return True
        told = trail.step(self.words, self.opened.guideline, 0, last)
        what = Worded(f"{told.at} {last.by} {told.kind} {told.subject} {told.change}")
        console.say(
            layout.indented(self.words.say("check.undo-older", what=what), 2, layout.columns())
        )
        return agreed(self.words, self.words.say("prompt.sure"))

    def _say_undone(self, step: Entry) -> None:
        history = self.opened.project.history
        taken = trail.step(self.words, self.opened.guideline, 0, history[-1])
        kind = self.words.say(f"entry.{step.kind.value}")
        said = f"{self.words.say('undo.done', kind=kind)} {taken.subject}  {taken.change}"
        self._pause(said)

    def ask(self, key: str, earlier: str = "") -> str:
        """Ask for one field of an answer."""
        return ask(self.words.say(f"answer.{key}"), earlier)

    def ask_again(self, key: str, earlier: Answer, status: Status) -> str:
        """Ask for a field that `status` needs; only an answer of that status is kept by Enter."""
        if earlier.status is not status:
            return self.ask(f"{key}-asked")
        return self.ask(f"{key}-kept", getattr(earlier, key))

    def ask_note(self, earlier: str) -> str:
        """Ask for a note on one line, or in an editor."""

        def asked() -> str:
            given = ask(self.words.say("answer.note-asked"), earlier)
            return edited(earlier) if given == EDITOR_KEY else given

        return ask_until_right(self.words, asked)

    def ask_date(self, key: str, earlier: str | None) -> str | None:
        """Ask for a date until it is one, or none."""

        def asked() -> str | None:
            given = self.ask(f"{key}-asked", earlier or "")
            return checked_date(given) if given else None

        return ask_until_right(self.words, asked)

    def ask_evidence(self) -> tuple[Evidence, ...]:
        """Ask for one piece of evidence: a file in the project's folder, a web address, or none."""

        def asked() -> tuple[Evidence, ...]:
            target = self.ask("evidence-asked")
            return (projects.evidence_of(self.opened.path, target),) if target else ()

        return ask_until_right(self.words, asked)

    def _farewell(self) -> None:
        for line in progress_lines(self.words, self.checklist(), self.phase):
            console.say(line)
        console.say(layout.indented(self.words.say("check.end"), 2, layout.columns()))
        path = self.opened.path
        report = f"aiguide report {shlex.quote(str(path))} -o report.pdf"
        rows = [
            (command("check", path, f"--phase {self.phase}"), self.words.say("check.end.again")),
            (command("status", path), self.words.say("check.end.status")),
            (report, self.words.say("check.end.report")),
        ]
        console.say("\n".join(layout.table(rows, indent=4)))


# What a key makes of the earlier answer: what the person says, or None where it was nothing.
Maker = Callable[[Walk, Answer], Said | None]


def _done(walk: Walk, earlier: Answer) -> Said | None:
    note = walk.ask_note(earlier.note)
    evidence = walk.ask_evidence()
    if not (note or evidence or earlier.evidence):
        return None
    return Said(Status.DONE, note=note, evidence=evidence)


def _in_progress(walk: Walk, earlier: Answer) -> Said | None:
    note = walk.ask_note(earlier.note)
    assignee = walk.ask("assignee-asked", earlier.assignee)
    return Said(
        Status.IN_PROGRESS, note=note, assignee=assignee, due=walk.ask_date("due", earlier.due)
    )


def _not_applicable(walk: Walk, earlier: Answer) -> Said | None:
    reason = walk.ask_again("reason", earlier, Status.NOT_APPLICABLE)
    return Said(Status.NOT_APPLICABLE, reason=reason) if reason else None


def _exception(walk: Walk, earlier: Answer) -> Said | None:
    reason = walk.ask_again("reason", earlier, Status.EXCEPTION)
    approver = walk.ask_again("approver", earlier, Status.EXCEPTION) if reason else ""
    until = walk.ask_date("until", earlier.until) if approver else None
    if not until:
        return None
    return Said(Status.EXCEPTION, reason=reason, approver=approver, until=until)


def _add_evidence(walk: Walk, earlier: Answer) -> Said | None:
    evidence = walk.ask_evidence()
    return Said(evidence=evidence) if evidence else None


def _write_note(walk: Walk, earlier: Answer) -> Said | None:
    note = walk.ask_note(earlier.note)
    return Said(note=note) if note != earlier.note else None


_ANSWERS: dict[str, Maker] = {
    "d": _done,
    "p": _in_progress,
    "n": _not_applicable,
    "x": _exception,
    "e": _add_evidence,
    "m": _write_note,
}
