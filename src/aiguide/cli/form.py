"""What a person says of one check item at a terminal: the fields that its status asks for."""

import shlex
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aiguide.cli import console, layout
from aiguide.cli.editor import edited, editor
from aiguide.cli.file_names import can_complete, completed_below
from aiguide.cli.prompts import CLEAR, EDITOR, ask_until_read, folded, yes_or_no
from aiguide.cli.taking_off import taken_off
from aiguide.core.answers import Said, answered
from aiguide.core.dates import checked_date, is_plain_date
from aiguide.core.errors import AiguideError
from aiguide.core.evidence import EvidenceState, State
from aiguide.core.project import Answer, Evidence, Status
from aiguide.core.words import Words


@dataclass(slots=True)
class Form:
    """An answer that is being given over an `earlier` one.

    `attach` makes evidence of what was typed, which is a file in `folder` or a web address;
    `today` is `YYYY-MM-DD`. `bad` is the earlier evidence that no longer shows what was recorded.
    `typed` maps what was said so far to its text, `values` to what it stands for; `removed` are
    the targets of evidence that is to go.
    """

    words: Words
    earlier: Answer
    attach: Callable[[str], Evidence]
    today: str
    status: Status | None
    folder: Path
    bad: Sequence[EvidenceState] = ()
    typed: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    removed: tuple[str, ...] = ()

    def options(self) -> list[str]:
        """Write what was typed so far as options of `aiguide answer`."""
        return [f"--{name} {shlex.quote(text)}" for name, text in self.typed.items() if text]

    def would_be(self) -> Answer:
        """Give the answer that what was typed so far would make."""
        given: dict[str, Any] = dict(self.typed)
        given.pop(EVIDENCE, None)
        return replace(answered(self.earlier, Said(self.status), ""), **given)

    def filled(self, names: Sequence[str]) -> bool:
        """Ask for some fields, one after the other; False goes back from the first.

        Raises: Cancelled where the person leaves.
        """
        at = 0
        while at < len(names):
            if self._is_given(names[at]):
                at += 1
            elif at:
                at -= 1
            else:
                return False
        return True

    def said(self) -> Said | None:
        """Give what was said; None where that is nothing, or no proof of what is done."""
        note, evidence, earlier = self.values.get("note"), self.values.get(EVIDENCE), self.earlier
        proof = note or evidence or len(self.removed) < len(earlier.evidence)
        if self.status is Status.DONE and not proof:
            return None
        if self.status is earlier.status is Status.OPEN:
            return None
        if self.status is None and note in (None, earlier.note) and not (evidence or self.removed):
            return None
        return Said(self.status, **self.values, removed=self.removed)

    def _is_given(self, name: str) -> bool:
        """Ask for one field; Enter keeps what is there. False goes back. Raises: Cancelled."""

        def take(given: str) -> bool:
            self.values[name] = self._read(name, given)
            self.typed[name] = self.values[name] if name in _DATES else given
            return True

        def clear() -> bool:
            self.removed = self._taken_off() if name == EVIDENCE else ()
            return take("")

        def edit() -> bool:
            if name != NOTE:
                raise AiguideError("no-editor-here")
            return take(edited(default))

        keys = {CLEAR: clear, EDITOR: edit}
        label, default = self._label(name), self._offered(name)
        with completed_below(self.folder) if name == EVIDENCE else nullcontext():
            done = ask_until_read(
                self.words,
                lambda: label,
                lambda: self._explain(name),
                take,
                default,
                keys=keys,
                lines=name == NOTE,
            )
        return done is not None

    def _read(self, name: str, given: str) -> Any:
        """Give what was typed as the field takes it.

        Raises: AiguideError `needed-or-b`, `bad-date` and the like, `other-date`, `evidence-...`.
        """
        if not given and name in _NEEDED:
            raise AiguideError("needed-or-b")
        if name in _DATES:
            return self._date(name, given)
        if name == EVIDENCE:
            return (self.attach(given),) if given else ()
        return given

    def _date(self, name: str, given: str) -> str:
        """Read a date, or none; one that is past only if that is meant. Raises: Cancelled."""
        date = self._understood(given) if given else ""
        while date and date < self.today and (meant := self._meant(name, date)) != date:
            date = meant
        return date

    def _understood(self, given: str) -> str:
        """Read a date, and say how it was read where it does not name its day in full."""
        date = checked_date(given, self.today)
        if not is_plain_date(given):
            console.say("  " + self.words.say("answer.understood", date=date))
        return date

    def _meant(self, name: str, past: str) -> str:
        """Give the date that is meant in place of a past one, or that one, or none.

        Raises: AiguideError `other-date` for going back to the field, Cancelled.
        """
        said = self.words.say("answer.is-past", date=past)
        console.say(layout.indented(said, 2, layout.columns()))

        def read(given: str) -> str | None:
            sure = yes_or_no(self.words, folded(given)) if given else False
            if sure is None:
                return self._understood(given)
            return past if sure else None

        label, keys = self.words.say("prompt.sure-of-date"), {CLEAR: lambda: self._read(name, "")}
        meant: str | None = ask_until_read(
            self.words, lambda: label, lambda: self._explain(name), read, keys=keys
        )
        if meant is None:
            raise AiguideError("other-date")
        return meant

    def _taken_off(self) -> tuple[str, ...]:
        """Give the evidence to take off: what is offered, if anything. Raises: as `taken_off`."""
        again = self._again()
        if again:
            return (again.evidence.target,)
        return taken_off(self.words, self.earlier.evidence, self.bad)

    def _label(self, name: str) -> str:
        if name == NOTE and editor():
            return self.words.say("answer.note-asked.editor")
        if name == EVIDENCE and can_complete():
            return self.words.say("answer.evidence-asked.tab")
        return self.words.say(f"answer.{name}-asked")

    def _explain(self, name: str) -> None:
        key = f"answer.explain.{name}"
        if name == "reason" and self.status:
            key = f"answer.explain.reason.{self.status.value}"
        console.say(layout.indented(self.words.say(key), 2, layout.columns()))
        if name in _TEXTS:
            console.say(layout.indented(self.words.say("prompt.as-text"), 2, layout.columns()))

    def _offered(self, name: str) -> str:
        """Give what is kept by Enter: what only some statuses carry stays with them."""
        if name in self.typed:
            return self.typed[name]
        if name == EVIDENCE:
            again = self._again()
            return again.found or again.evidence.target if again else ""
        if name in _OF_ONE_STATUS and self.earlier.status != self.status:
            return ""
        return getattr(self.earlier, name) or ""

    def _again(self) -> EvidenceState | None:
        """Give the evidence that Enter attaches again where only evidence is asked for."""
        there = (one for one in self.bad if one.found or one.state is State.CHANGED)
        return None if self.status else next(there, None)


NOTE, EVIDENCE = "note", "evidence"
_OF_ONE_STATUS = ("reason", "approver", "until")
_NEEDED = _OF_ONE_STATUS
_DATES = ("due", "until")
_TEXTS = (NOTE, "reason", "approver", "assignee")

# The key, the status that it leads to, and the fields that it asks for.
KEYS: dict[str, tuple[Status | None, tuple[str, ...]]] = {
    "d": (Status.DONE, (NOTE, EVIDENCE)),
    "p": (Status.IN_PROGRESS, (NOTE, "assignee", "due")),
    "n": (Status.NOT_APPLICABLE, ("reason",)),
    "x": (Status.EXCEPTION, ("reason", "approver", "until")),
    "o": (Status.OPEN, ()),
    "e": (None, (EVIDENCE,)),
    "m": (None, (NOTE,)),
}
