"""What a person says of one check item at a terminal: the fields that its status asks for."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from aiguide.cli import console, layout
from aiguide.cli.editor import edited
from aiguide.cli.prompts import Cancelled, agreed, ask, ask_until_right, is_key
from aiguide.core.answers import Said, answered
from aiguide.core.dates import checked_date
from aiguide.core.project import Answer, Evidence, Status
from aiguide.core.words import Words

BACK, CLEAR, EDITOR = "b", "-", "@"


@dataclass(slots=True)
class Form:
    """An answer that is being given over an `earlier` one.

    `attach` makes evidence of what was typed, `today` is `YYYY-MM-DD`. `typed` maps what was said
    so far to its text, for a person who leaves half-way; `cleared`: the last field was emptied.
    """

    words: Words
    earlier: Answer
    attach: Callable[[str], Evidence]
    today: str
    status: Status | None = None
    typed: dict[str, str] = field(default_factory=dict)
    cleared: bool = False

    def options(self) -> list[str]:
        """Write what was typed so far as options of `aiguide answer`."""
        return [f"--{name} {shlex.quote(text)}" for name, text in self.typed.items() if text]

    def would_be(self) -> Answer:
        """Give the answer that what was typed so far would make."""
        given: dict[str, Any] = dict(self.typed)
        given.pop("evidence", None)
        return replace(answered(self.earlier, Said(self.status), ""), **given)

    def text(self, name: str, *, needed: bool = False) -> str:
        """Ask for a text; Enter keeps the earlier one, - empties it. Raises: Cancelled."""
        default = self._earlier(name)
        while True:
            given = self._asked(name, default)
            if given or not needed:
                self.typed[name] = given
                return given
            console.say("  " + self.words.say("prompt.needed-or-b"))

    def note(self) -> str:
        """Ask for a note, on one line or in an editor."""

        def asked() -> str:
            given = self.text("note")
            if given != EDITOR:
                return given
            del self.typed["note"]  # it was no note
            return edited(self.earlier.note)

        self.typed["note"] = ask_until_right(self.words, asked)
        return self.typed["note"]

    def date(self, name: str, *, needed: bool = False) -> str | None:
        """Ask for a date until it is one, or none; one that is past only if that is meant."""

        def asked() -> str | None:
            given = self.text(name, needed=needed)
            return checked_date(given) if given else None

        while True:
            date = ask_until_right(self.words, asked)
            if date is None or date >= self.today or self._means_past(date):
                return date

    def evidence(self) -> tuple[Evidence, ...]:
        """Ask for one piece of evidence: a file in the project's folder, a web address, or none."""

        def asked() -> tuple[Evidence, ...]:
            target = self.text("evidence")
            return (self.attach(target),) if target else ()

        return ask_until_right(self.words, asked)

    def _asked(self, name: str, default: str) -> str:
        given = ask(self.words.say(f"answer.{name}-asked"), default, lines=name == "note")
        if is_key(given, BACK) and given != default:
            raise Cancelled
        self.cleared = is_key(given, CLEAR)
        return "" if self.cleared else given

    def _earlier(self, name: str) -> str:
        """Give what is kept by Enter: what only some statuses carry stays with them."""
        if name == "evidence" or (name in _OF_ONE_STATUS and self.earlier.status != self.status):
            return ""
        return getattr(self.earlier, name) or ""

    def _means_past(self, date: str) -> bool:
        said = self.words.say("answer.is-past", date=date)
        console.say(layout.indented(said, 2, layout.columns()))
        return agreed(self.words, self.words.say("prompt.sure"))


_OF_ONE_STATUS = ("reason", "approver", "until")


def _done(form: Form) -> Said | None:
    note, evidence = form.note(), form.evidence()
    if not (note or evidence or form.earlier.evidence):
        return None
    return Said(Status.DONE, note=note, evidence=evidence)


def _in_progress(form: Form) -> Said | None:
    note, assignee = form.note(), form.text("assignee")
    return Said(Status.IN_PROGRESS, note=note, assignee=assignee, due=form.date("due"))


def _not_applicable(form: Form) -> Said | None:
    return Said(Status.NOT_APPLICABLE, reason=form.text("reason", needed=True))


def _exception(form: Form) -> Said | None:
    reason, approver = form.text("reason", needed=True), form.text("approver", needed=True)
    until = form.date("until", needed=True)
    return Said(Status.EXCEPTION, reason=reason, approver=approver, until=until)


def _add_evidence(form: Form) -> Said | None:
    evidence = form.evidence()
    if not evidence and not (form.cleared and form.earlier.evidence):
        return None
    return Said(evidence=evidence, only_evidence=not evidence)


def _write_note(form: Form) -> Said | None:
    note = form.note()
    return Said(note=note) if note != form.earlier.note else None


# The key, the status that it leads to, and what it asks; None where nothing was said.
KEYS: dict[str, tuple[Status | None, Callable[[Form], Said | None]]] = {
    "d": (Status.DONE, _done),
    "p": (Status.IN_PROGRESS, _in_progress),
    "n": (Status.NOT_APPLICABLE, _not_applicable),
    "x": (Status.EXCEPTION, _exception),
    "e": (None, _add_evidence),
    "m": (None, _write_note),
}
