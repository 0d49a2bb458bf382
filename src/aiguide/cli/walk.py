"""The walk through a checklist at a terminal: each answer is saved as it is given."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from aiguide.cli import console, layout
from aiguide.cli.complaints import show_error
from aiguide.cli.prompts import ask, ask_until_right
from aiguide.cli.question import progress_lines, question_lines
from aiguide.cli.session import checked_date, stamp
from aiguide.core.answers import is_web_address
from aiguide.core.checklist import Checklist, Question
from aiguide.core.errors import AiguideError
from aiguide.core.project import Answer, Evidence, EvidenceKind, Status
from aiguide.core.words import Words
from aiguide.usecases import projects
from aiguide.usecases.projects import Opened


@dataclass(slots=True)
class Walk:
    """A walk through one phase; `at` is the index of the question at hand."""

    words: Words
    opened: Opened
    phase: str
    today: str
    by: str
    at: int = 0

    def run(self) -> None:
        """Walk until the person leaves or the last question is passed."""
        questions = self._questions()
        self.at = next((i for i, one in enumerate(questions) if not one.clear), 0)
        while self.at < len(questions):
            question = questions[self.at]
            self._show(question)
            if not self._step(question):
                break
            questions = self._questions()
        self._farewell()

    def checklist(self) -> Checklist:
        """Give the checklist as it now stands."""
        return self.opened.checklist(self.today)

    def _questions(self) -> tuple[Question, ...]:
        return self.checklist().of_phase(self.phase)

    def _show(self, question: Question) -> None:
        console.say()
        for line in progress_lines(self.words, self.checklist(), self.phase):
            console.say(line)
        for line in question_lines(self.words, self.checklist(), question):
            console.say(line)
        console.say()

    def _step(self, question: Question) -> bool:
        """Do what one key asks for; False leaves the walk."""
        count = f"{self.at + 1}/{len(self._questions())}"
        console.say(layout.indented(self.words.say("check.keys"), 2, layout.columns()))
        key = ask(count).lower()
        if key == "q":
            return False
        if key in ("", "s"):
            self.at += 1
        elif key == "b":
            self.at = max(0, self.at - 1)
        elif key in _ANSWERS:
            self._answer(question, _ANSWERS[key])
        elif key == "?":
            console.say(layout.indented(self.words.say("check.help"), 2, layout.columns()))
            ask(self.words.say("prompt.enter"))
        else:
            self._jump(key)
        return True

    def _jump(self, key: str) -> None:
        """Go to the question whose id was typed."""
        ids = [question.item.id for question in self._questions()]
        if key in ids:
            self.at = ids.index(key)
        else:
            console.say("  " + self.words.say("check.unknown-key", key=key))

    def _answer(self, question: Question, make: "Maker") -> None:
        """Make an answer and save it at once; what is lacking is said, and nothing changed."""
        earlier = question.answer or Answer(Status.OPEN)
        try:
            given, moves_on = make(self, earlier)
            self.opened = projects.record_answer(self.opened, question.item, given, stamp(self.by))
        except AiguideError as error:
            show_error(self.words, error)
            ask(self.words.say("prompt.enter"))
            return
        label = self.words.say(f"status.{given.status.value}")
        console.say("  " + self.words.say("check.saved", status=label))
        self.at += moves_on

    def ask(self, key: str, earlier: str = "") -> str:
        """Ask for one field of an answer."""
        return ask(self.words.say(f"answer.{key}"), earlier)

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
            if not target:
                return ()
            if is_web_address(target):
                return (Evidence(EvidenceKind.LINK, target),)
            return (projects.attach_file(self.opened.path, target),)

        return ask_until_right(self.words, asked)

    def _farewell(self) -> None:
        for line in progress_lines(self.words, self.checklist(), self.phase):
            console.say(line)
        console.say(layout.indented(self.words.say("check.end"), 2, layout.columns()))
        shown = f" {self.opened.path}" if self.opened.path != Path("project.json") else ""
        file = shown or " project.json"
        rows = [
            (f"aiguide check{shown} --phase {self.phase}", self.words.say("check.end.again")),
            (f"aiguide status{shown}", self.words.say("check.end.status")),
            (f"aiguide report{file} -o report.pdf", self.words.say("check.end.report")),
        ]
        console.say("\n".join(layout.table(rows, indent=4)))


# What a key makes of the earlier answer, and whether the walk moves on after it.
Maker = Callable[[Walk, Answer], tuple[Answer, bool]]


def _done(walk: Walk, earlier: Answer) -> tuple[Answer, bool]:
    note = walk.ask("note", earlier.note)
    evidence = (*earlier.evidence, *walk.ask_evidence())
    return replace(earlier, status=Status.DONE, note=note, evidence=evidence), True


def _in_progress(walk: Walk, earlier: Answer) -> tuple[Answer, bool]:
    note = walk.ask("note", earlier.note)
    assignee = walk.ask("assignee", earlier.assignee)
    due = walk.ask_date("due", earlier.due)
    given = replace(earlier, status=Status.IN_PROGRESS, note=note, assignee=assignee, due=due)
    return given, True


def _not_applicable(walk: Walk, earlier: Answer) -> tuple[Answer, bool]:
    return replace(
        earlier, status=Status.NOT_APPLICABLE, reason=walk.ask("reason", earlier.reason)
    ), True


def _exception(walk: Walk, earlier: Answer) -> tuple[Answer, bool]:
    reason = walk.ask("reason", earlier.reason)
    approver = walk.ask("approver", earlier.approver)
    until = walk.ask_date("until", earlier.until)
    given = replace(earlier, status=Status.EXCEPTION, reason=reason, approver=approver, until=until)
    return given, True


def _add_evidence(walk: Walk, earlier: Answer) -> tuple[Answer, bool]:
    evidence = (*earlier.evidence, *walk.ask_evidence())
    return replace(_begun(earlier), evidence=evidence), False


def _write_note(walk: Walk, earlier: Answer) -> tuple[Answer, bool]:
    return replace(_begun(earlier), note=walk.ask("note", earlier.note)), False


def _begun(answer: Answer) -> Answer:
    """Take an item with a note or evidence as no longer untouched."""
    return replace(answer, status=Status.IN_PROGRESS) if answer.status is Status.OPEN else answer


_ANSWERS: dict[str, Maker] = {
    "d": _done,
    "p": _in_progress,
    "n": _not_applicable,
    "x": _exception,
    "e": _add_evidence,
    "m": _write_note,
}
