"""What a person says of one check item at a terminal: the fields that its status asks for."""

import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiguide.cli import console, layout
from aiguide.cli.complaints import show_at_prompt
from aiguide.cli.draft import BESIDE, EVIDENCE, Draft
from aiguide.cli.editor import Sheet, editor
from aiguide.cli.file_names import completed_below
from aiguide.cli.prompts import (
    CLEAR,
    DEFAULT_SHOWN,
    EDITOR,
    Cancelled,
    ask_until_read,
    folded,
    is_slip,
    make_sure,
    yes_or_no,
)
from aiguide.cli.replacing import TEXT_SHOWN
from aiguide.cli.taking_off import taken_off
from aiguide.cli.typed_line import is_edited, is_recalled
from aiguide.core.answers import OF_ONE_STATUS, Said
from aiguide.core.dates import checked_date, is_plain_date
from aiguide.core.errors import AiguideError
from aiguide.core.evidence import EvidenceState, State
from aiguide.core.project import Evidence, EvidenceKind, Status
from aiguide.core.words import Worded, Words, shortened

# What ends as a file's name does, one word that begins or is written as a path or an address is,
# or hardly anything.
_NO_SENTENCE = re.compile(
    r"\.[0-9A-Za-z]{1,5}$|^(?=\S*$)(?:[A-Za-z]+:|[.~/\\]|(?=[!-~]*$).*[./\\:])|^\S{0,5}$"
)
WHOLE_LINES = 8  # of a text that is offered again: who takes it is to have read it
LONGEST_PATH = 250  # characters that a text may have to be taken for a path


@dataclass(slots=True)
class Form:
    """An answer that is being given: `draft` is what was typed of it so far.

    `attach` makes evidence of what was typed, which is a file in `folder` or a web address;
    `today` is `YYYY-MM-DD`. `values` maps what was said so far to what it stands for. `cut`: an
    interrupt has cut off what was being typed, and the draft may lack it; `half` are the field and
    the text, where that is no text of its own. `sheet` is what the editor is opened with, `again`
    are the fields in which is offered what was typed before. `refused` maps fields to what was
    typed there last and could not be read.
    """

    words: Words
    draft: Draft
    attach: Callable[[str], Evidence]
    today: str
    folder: Path
    values: dict[str, Any] = field(default_factory=dict)
    cut: bool = False
    half: tuple[str, str] | None = None
    sheet: Sheet = field(default_factory=Sheet)
    refused: dict[str, str] = field(default_factory=dict)
    again: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Know what is offered again."""
        self.again = frozenset(self.draft.typed)

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

    def how(self, names: Sequence[str]) -> str:
        """Say what the keys do in some fields, and what they do with evidence that is amiss."""
        bad = self._bad() if EVIDENCE in names and EVIDENCE not in self.draft.typed else None
        if bad is None:
            return self.words.say("answer.how")
        args = {"target": bad.evidence.target, "found": bad.found}
        return self.words.say(f"answer.how.{bad.state.value}", **args)

    @property
    def lacks_proof(self) -> bool:
        """Tell whether nothing shows what is said to be done."""
        note = self.values.get(NOTE, self.draft.earlier.note)
        return self.draft.status is Status.DONE and not (
            note or self.values.get(EVIDENCE) or self.draft.staying()
        )

    def said(self) -> Said | None:
        """Give what was said; None where that is nothing, or no proof of what is done."""
        if self.lacks_proof or self.draft.status is self.draft.earlier.status is Status.OPEN:
            return None
        if self.draft.status is None and not self._says_more():
            return None
        return Said(self.draft.status, **self.values, removed=self.draft.removed)

    def _says_more(self) -> bool:
        """Tell whether a field says something else than the answer before."""
        texts = {name: text for name, text in self.values.items() if name != EVIDENCE}
        if any(text != (getattr(self.draft.earlier, name) or "") for name, text in texts.items()):
            return True
        return bool(self.values.get(EVIDENCE) or self.draft.removed)

    def _is_given(self, name: str) -> bool:
        """Ask for one field; Enter keeps what is there. False goes back. Raises: Cancelled.

        A text that is offered and is not saved yet is told beside what stands, which `-` brings
        back.
        """
        label, default, typed = self._label(name), self._offered(name), name in self.draft.typed
        stands = self._stands(name)
        is_unsaved = default not in ("", stands) and (bool(stands) or name in self.again)

        def take(given: str) -> bool:
            self.values[name] = self._read(name, given)
            if name == EVIDENCE and given and (bad := self._bad()) and bad.state is State.MISSING:
                self.draft.removed = (bad.evidence.target,)
            self.draft.typed[name] = self.values[name] if name in _DATES else given
            self.draft.half -= {name}
            return True

        def keep() -> bool:
            """Take what is offered; what stands is left to whoever changes it meanwhile."""
            with self._told_to_drop(name):
                take(default)
            if not typed and self.values[name] in (default, ()):
                del self.values[name], self.draft.typed[name]
                self.draft.accepted |= {name: default} if default else {}
            return True

        def clear() -> bool:
            self.refused.pop(name, None)
            if is_unsaved and stands:
                del self.draft.typed[name]
                self.draft.half -= {name}
                return False
            self.draft.removed = self._taken_off() if name == EVIDENCE else ()
            return take("")

        def edit() -> bool:
            if name != NOTE:
                raise AiguideError("no-editor-here")
            return take(self._written(default))

        if is_unsaved:
            self._tell_unsaved(name, default)
        elif name == EVIDENCE and not default:
            self._tell_evidence()
        with completed_below(self.folder) if name == EVIDENCE else nullcontext():
            done = ask_until_read(
                self.words,
                lambda: label,
                lambda: self._explain(name),
                lambda given: take(self._meant_as_text(name, given)),
                default,
                keys={"": keep, CLEAR: clear, EDITOR: edit},
                lines=name == NOTE,
                spoken=name not in _TEXTS,
                cut=lambda half: self._keep(name, half),
            )
        return self._is_given(name) if done is False else done is not None

    def _keep(self, name: str, half: str | None) -> None:
        """Keep what an interrupt has cut off: a text is one, of a date or a file nobody knows."""
        if half and half == self._stands(name):
            return  # brought up by the arrow, and left as it was
        self.cut = half != ""
        if not half or self._is_key(half):
            return
        if name in _TEXTS:
            self.draft.typed[name] = self._beside_offered(name, half)
        else:
            self.half = name, half

    def _beside_offered(self, name: str, half: str) -> str:
        """Give half of a text with what was offered there, which nobody has let go yet."""
        is_text = name in self.again and name not in _PERSONS
        offered = self.draft.typed.get(name, "") if is_text else ""
        return half if offered in half else f"{offered}{BESIDE}{half}"

    def _written(self, text: str) -> str:
        """Let the person edit a text, and show what has arrived of it."""
        try:
            given = self.sheet.edited(text)
        except KeyboardInterrupt:
            self._keep_left()
            raise
        if given.is_cp932:
            self._tell("check.from.cp932")
        if not given.text:
            if not text:
                raise AiguideError("nothing-written")
            self._tell("answer.from-editor.blank")
            return ""
        first, *more = given.text.splitlines()
        shown = layout.fit(first, layout.columns() // 2)
        self._tell("answer.from-editor", count=len(more) + 1, text=shown)
        return given.text

    def _keep_left(self) -> None:
        """Keep what was saved in an editor that was cut off."""
        with suppress(AiguideError):
            if left := self.sheet.left():
                self.draft.typed[NOTE] = left.text

    def _meant_as_text(self, name: str, given: str) -> str:
        """Give a text, or another one typed where it is asked whether that is for another prompt.

        Raises: as `make_sure`.
        """
        while seems := self._seems(name, given):
            with self._kept(name, given):
                other = make_sure(self.words, seems, given, f"answer.{name}")
            if not other:
                break
            given = other
        return given

    @contextmanager
    def _kept(self, name: str, text: str) -> Iterator[None]:
        """Keep a text that is asked about where somebody leaves or interrupts; a no drops it."""
        try:
            yield
        except (Cancelled, KeyboardInterrupt, EOFError, OSError):
            if not (self.half and self.half[0] == name):  # another one was begun in its place
                self.draft.typed[name] = text
            raise

    def _seems(self, name: str, given: str) -> str:
        """Give what says for which prompt a text seems to be, if for another one."""
        if name in _TEXTS and self._is_key(given):
            return "answer.is-key"
        if name == NOTE and self._attached(given) is EvidenceKind.FILE:
            return "answer.is-file"
        return "answer.is-evidence" if name in _PERSONS and self._attached(given) else ""

    def _is_key(self, given: str) -> bool:
        """Tell whether a text is no more than a key of the walk, its number, a yes or a no."""
        return folded(given) in _SLIPS or is_slip(self.words, given)

    def _attached(self, given: str) -> EvidenceKind | None:
        """Tell as what a text could be attached as evidence, if it could."""
        if len(given) > LONGEST_PATH or "\n" in given:
            return None
        try:
            return self.attach(given).kind
        except AiguideError:
            return None

    def _read(self, name: str, given: str) -> Any:
        """Give what was typed as the field takes it.

        Raises: AiguideError `needed-or-b`, `bad-date` and the like, `other-date`, `evidence-...`.
        """
        if not given and name in _NEEDED:
            raise AiguideError("needed-or-b")
        if name in _DATES:
            return self._date(name, given)
        if name == EVIDENCE:
            return self._proof(given) if given else ()
        return given

    def _proof(self, given: str) -> tuple[Evidence]:
        """Make evidence of what was typed. Raises: AiguideError."""
        with self._noticed(EVIDENCE, given):
            return (self.attach(given),)

    @contextmanager
    def _noticed(self, name: str, given: str) -> Iterator[None]:
        """Keep what a field refuses, but for a slip at a key."""
        try:
            yield
        except AiguideError:
            if not self._is_key(given):
                self.refused[name] = given
            raise

    @contextmanager
    def _told_to_drop(self, name: str) -> Iterator[None]:
        """Say how to be rid of what is offered again and is refused: Enter would bring it back."""
        try:
            yield
        except AiguideError as error:
            if name in self.again and error.code != "other-date":
                self._tell("answer.unsaved.refused")
            raise

    @property
    def sentence(self) -> str:
        """Give what was refused as evidence, if that is a sentence and no name, date or slip."""
        text = self.refused.get(EVIDENCE, "")
        return "" if _NO_SENTENCE.search(text) or self._is_date(text) else text

    def _is_date(self, given: str) -> bool:
        """Tell whether a text is a date, which is no sentence."""
        try:
            checked_date(given, self.today)
        except AiguideError:
            return False
        return True

    def _date(self, name: str, given: str) -> str:
        """Read a date, or none; one that is past only if that is meant. Raises: Cancelled."""
        with self._noticed(name, given):
            date = self._understood(given) if given else ""
        while date and date < self.today:
            with self._kept(name, date):
                meant = self._meant(name, date)
            if meant == date:
                break
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
        self._tell("answer.is-past", date=past)

        def read(given: str) -> str | None:
            sure = yes_or_no(self.words, folded(given)) if given else False
            if sure is None:
                return self._tried(given)
            return past if sure else None

        label, keys = self.words.say("prompt.sure-of-date"), {CLEAR: lambda: self._read(name, "")}
        meant: str | None = ask_until_read(
            self.words,
            lambda: label,
            lambda: self._explain(name),
            read,
            keys=keys,
            cut=lambda half: self._keep(name, half),
        )
        if meant is None:
            raise AiguideError("other-date")
        return meant

    def _tried(self, given: str) -> str | None:
        """Read another date; none goes back to the field, where a yes is no answer to it."""
        try:
            return self._understood(given)
        except AiguideError as error:
            show_at_prompt(self.words, error)
            return None

    def _taken_off(self) -> tuple[str, ...]:
        """Give the evidence to take off: what is offered, if anything. Raises: as `taken_off`."""
        bad = self._bad()
        if bad and bad.state is not State.MISSING:
            return (bad.evidence.target,)
        return taken_off(self.words, self.draft.earlier.evidence, self.draft.bad)

    def _label(self, name: str) -> str:
        if name == NOTE and editor():
            return self.words.say("answer.note-asked.editor")
        if name == EVIDENCE and is_edited():
            return self.words.say("answer.evidence-asked.tab")
        return self.words.say(f"answer.{name}-asked")

    def _explain(self, name: str) -> None:
        key = f"answer.explain.{name}"
        if name == "reason" and self.draft.status:
            key = f"answer.explain.reason.{self.draft.status.value}"
        self._tell(key)
        if name == NOTE:
            used = shlex.join(editor())
            self._tell("answer.explain.editor" if used else "answer.explain.no-editor", editor=used)
        if name in _TEXTS:
            self._tell("prompt.as-text")
        if name == EVIDENCE and self._bad():
            console.say(layout.indented(self.how((name,)), 2, layout.columns()))

    def _tell(self, key: str, **args: Any) -> None:
        console.say(layout.indented(self.words.say(key, **args), 2, layout.columns()))

    def _offered(self, name: str) -> str:
        """Give what is kept by Enter: what only some statuses carry stays with them."""
        if name in self.draft.typed:
            return self.draft.typed[name]
        if name == EVIDENCE:
            bad = self._bad()
            there = bad if bad and bad.state is not State.MISSING else None
            return there.found or there.evidence.target if there else ""
        return self._stands(name)

    def _stands(self, name: str) -> str:
        """Give the text of a field that stands and stays; nothing for evidence, which is added."""
        left = name in OF_ONE_STATUS and self.draft.earlier.status != self.draft.status
        return "" if left or name == EVIDENCE else getattr(self.draft.earlier, name) or ""

    def _tell_evidence(self) -> None:
        """Say which evidence there is, unless some of it is amiss: that is said by `how`."""
        if self._bad() is None and (there := self.draft.staying()):
            named = [Worded(shortened(one.target, TEXT_SHOWN)) for one in there]
            self._tell("answer.evidence-there", count=len(there), evidence=named)

    def _tell_unsaved(self, name: str, offered: str) -> None:
        """Say how what is offered for a field differs from what stands there, and all of it."""
        self._tell_difference(name, offered)
        if layout.width(offered) > DEFAULT_SHOWN or "\n" in offered:
            whole = layout.clipped(offered, WHOLE_LINES, layout.columns())
            self._tell("answer.unsaved.whole", text=Worded(whole))

    def _tell_difference(self, name: str, offered: str) -> None:
        stands, label = self._stands(name), self.words.say(f"answer.{name}")
        if name == EVIDENCE:
            self._tell("answer.unsaved.evidence")
            return
        if not stands:
            self._tell("answer.unsaved.recalled" if is_recalled(offered) else "answer.unsaved")
            return
        added = offered.removeprefix(f"{stands}{BESIDE}")
        key, text = ("beside", stands) if added == offered else ("added", added)
        self._tell(f"answer.unsaved.{key}", field=label, text=shortened(text, TEXT_SHOWN))

    def _bad(self) -> EvidenceState | None:
        """Give the evidence that is not as it was, where only evidence is asked for.

        Enter attaches it again where it still is; a missing one goes for what is typed instead.
        """
        if self.draft.status:
            return None
        known = [one for one in self.draft.bad if one.state in _MENDED]
        return min(known, key=lambda one: one.state is State.MISSING, default=None)


NOTE = "note"
_NEEDED = OF_ONE_STATUS
_DATES = ("due", "until")
_MENDED = (State.CHANGED, State.MOVED, State.MISSING)
_PERSONS = ("approver", "assignee")
_TEXTS = (NOTE, "reason", *_PERSONS)

# The key, the status that it leads to, and the fields that it asks for.
KEYS: dict[str, tuple[Status | None, tuple[str, ...]]] = {
    "d": (Status.DONE, (NOTE, EVIDENCE)),
    "p": (Status.IN_PROGRESS, (NOTE, "assignee", "due")),
    "n": (Status.NOT_APPLICABLE, ("reason",)),
    "x": (Status.EXCEPTION, ("reason", "approver", "until")),
    "o": (Status.OPEN, ()),
    "e": (None, (EVIDENCE,)),
    "m": (None, (NOTE,)),
    "a": (None, ("assignee", "due")),
}
KEY_OF = {status: key for key, (status, _) in KEYS.items() if status}
# What somebody types who takes a field for the walk's own prompt; b and q are keys in a field too.
_SLIPS = (*KEYS, "s", "i", "u")
