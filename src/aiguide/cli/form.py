"""What a person says of one check item at a terminal: the fields that its status asks for."""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from aiguide.cli import console, layout
from aiguide.cli.editor import edited, editor
from aiguide.cli.file_names import can_complete, completed_below
from aiguide.cli.prompts import Cancelled, agreed, ask, ask_until_right, is_key
from aiguide.core.answers import Said, answered
from aiguide.core.dates import checked_date, is_plain_date
from aiguide.core.errors import AiguideError
from aiguide.core.project import Answer, Evidence, Status
from aiguide.core.words import Words

T = TypeVar("T")
BACK, CLEAR, EDITOR = "b", "-", "@"


@dataclass(slots=True)
class Form:
    """An answer that is being given over an `earlier` one.

    `attach` makes evidence of what was typed, `today` is `YYYY-MM-DD`. `typed` maps what was said
    so far to its text, for a person who leaves half-way; `cleared`: the last field was emptied.
    `offered` is the evidence that Enter gives where only evidence is asked for; files of it are
    in `folder`.
    """

    words: Words
    earlier: Answer
    attach: Callable[[str], Evidence]
    today: str
    status: Status | None = None
    typed: dict[str, str] = field(default_factory=dict)
    cleared: bool = False
    offered: str = ""
    folder: Path = Path()

    def options(self) -> list[str]:
        """Write what was typed so far as options of `aiguide answer`."""
        return [f"--{name} {shlex.quote(text)}" for name, text in self.typed.items() if text]

    def would_be(self) -> Answer:
        """Give the answer that what was typed so far would make."""
        given: dict[str, Any] = dict(self.typed)
        given.pop("evidence", None)
        return replace(answered(self.earlier, Said(self.status), ""), **given)

    def filled(self, names: Sequence[str]) -> Said | None:
        """Ask for some fields, one after the other; None where nothing was said.

        Leaving a field goes back to the one before it. Raises: Cancelled at the first.
        """
        values: dict[str, Any] = {}
        at = 0
        while at < len(names):
            try:
                values[names[at]] = self._field(names[at])
            except Cancelled:
                if not at:
                    raise
                at -= 1
            else:
                at += 1
        return self._said(values)

    def _field(self, name: str) -> Any:
        if name == "note":
            return self.note()
        if name == "evidence":
            return self.evidence()
        ask_for = self.date if name in _DATES else self.text
        return ask_for(name, needed=name in _NEEDED)

    def _said(self, values: dict[str, Any]) -> Said | None:
        """Give what was said; None where that is nothing, or no proof of what is done."""
        note, evidence, earlier = values.get("note"), values.get("evidence"), self.earlier
        if self.status is Status.DONE and not (note or evidence or earlier.evidence):
            return None
        if self.status is earlier.status is Status.OPEN:
            return None
        if self.status is None and note == earlier.note:
            return None
        only = self.status is None and note is None and not evidence
        if only and not (self.cleared and earlier.evidence):
            return None
        return Said(self.status, **values, only_evidence=only)

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

        def read(given: str) -> str:
            if given != EDITOR:
                return given
            del self.typed["note"]  # it was no note
            return edited(self.earlier.note)

        self.typed["note"] = self._read("note", read)
        return self.typed["note"]

    def date(self, name: str, *, needed: bool = False) -> str | None:
        """Ask for a date until it is one, or none; one that is past only if that is meant."""

        def read(given: str) -> str | None:
            return checked_date(given, self.today) if given else None

        while True:
            date = self._read(name, read, needed=needed)
            if date and not is_plain_date(self.typed[name]):
                self.typed[name] = date
                console.say("  " + self.words.say("answer.understood", date=date))
            if date is None or date >= self.today or self._means_past(date):
                return date
            del self.typed[name]

    def evidence(self) -> tuple[Evidence, ...]:
        """Ask for one piece of evidence: a file in the project's folder, a web address, or none."""

        def read(target: str) -> tuple[Evidence, ...]:
            return (self.attach(target),) if target else ()

        with completed_below(self.folder):
            return self._read("evidence", read)

    def _read(self, name: str, read: Callable[[str], T], *, needed: bool = False) -> T:
        """Ask for a text until it can be read; one that cannot is not offered again."""

        def asked() -> T:
            given = self.text(name, needed=needed)
            try:
                return read(given)
            except AiguideError:
                self.typed.pop(name, None)
                raise

        return ask_until_right(self.words, asked)

    def _asked(self, name: str, default: str) -> str:
        label = self.words.say(f"answer.{name}-asked")
        if name == "note" and editor():
            label = self.words.say("answer.note-asked.editor")
        if name == "evidence" and can_complete():
            label = self.words.say("answer.evidence-asked.tab")
        given = ask(label, default, lines=name == "note")
        if is_key(given, BACK) and given != default:
            raise Cancelled
        self.cleared = is_key(given, CLEAR)
        return "" if self.cleared else given

    def _earlier(self, name: str) -> str:
        """Give what is kept by Enter: what only some statuses carry stays with them."""
        if name in self.typed:
            return self.typed[name]
        if name == "evidence":
            return self.offered
        if name in _OF_ONE_STATUS and self.earlier.status != self.status:
            return ""
        return getattr(self.earlier, name) or ""

    def _means_past(self, date: str) -> bool:
        said = self.words.say("answer.is-past", date=date)
        console.say(layout.indented(said, 2, layout.columns()))
        return agreed(self.words, self.words.say("prompt.sure"))


_OF_ONE_STATUS = ("reason", "approver", "until")
_NEEDED = _OF_ONE_STATUS
_DATES = ("due", "until")

# The key, the status that it leads to, and the fields that it asks for.
KEYS: dict[str, tuple[Status | None, tuple[str, ...]]] = {
    "d": (Status.DONE, ("note", "evidence")),
    "p": (Status.IN_PROGRESS, ("note", "assignee", "due")),
    "n": (Status.NOT_APPLICABLE, ("reason",)),
    "x": (Status.EXCEPTION, ("reason", "approver", "until")),
    "o": (Status.OPEN, ()),
    "e": (None, ("evidence",)),
    "m": (None, ("note",)),
}
