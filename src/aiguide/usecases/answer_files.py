"""Recording a file of answers: all of them in one save, or none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from aiguide.core import spreadsheet, wording
from aiguide.core.answers import Said, displaces, loses, overrides, untaken
from aiguide.core.applicability import situation, why
from aiguide.core.attestation import Record
from aiguide.core.dates import is_plain_date, table_date
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Item
from aiguide.core.project import Answer, Evidence, EvidenceKind, Project, Status
from aiguide.core.stamp import Stamp
from aiguide.core.text import LANGS
from aiguide.core.words import Words
from aiguide.store import answer_files, projects
from aiguide.store.answer_files import Row, Rows
from aiguide.store.lines import folded
from aiguide.usecases import project_evidence
from aiguide.usecases.guidelines import find_item
from aiguide.usecases.projects import Opened, is_recorded, open_project, save_many, with_answer

T = TypeVar("T")

TOLD = ("note", "reason", "approver", "assignee")
DATES = ("until", "due")


@dataclass(frozen=True, slots=True, eq=False)
class Refused:
    """A row of a file that cannot be recorded, and all that is wrong with it."""

    row: Row
    errors: tuple[AiguideError, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Replaced:
    """An answer that should not go unseen, and what a row would put in its place."""

    row: Row
    item: Item
    stands: Answer
    given: Answer


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """What became of a file of answers: how many rows it has, how many say what stood already.

    `silent` are the rows beside these that name an item and say nothing of it. Nothing was `saved`
    where a row was refused, where nothing is new, or where something of what would be `replaced`
    was not agreed to. `displaced` asks nobody: what others had begun, and what says no more all
    that it said. `again` maps the items that are answered more than once, the last answer standing,
    to the lines; `past` are those whose exception has ended. `unasked` maps those that do not apply
    to why not, `read` what stands in the file for a day to the day that was understood.
    """

    rows: int
    silent: int
    unchanged: int
    refused: tuple[Refused, ...]
    replaced: tuple[Replaced, ...]
    displaced: tuple[Replaced, ...]
    again: Mapping[str, tuple[int, ...]]
    past: tuple[str, ...]
    unasked: Mapping[str, str]
    read: Mapping[str, str]
    saved: bool

    @property
    def awaits_consent(self) -> bool:
        """Tell whether nothing but a person's agreement is lacking."""
        return bool(self.replaced) and not self.refused and not self.saved


def read(stream: BinaryIO, file: Path, words: Words) -> Rows:
    """Read a file of answers. Raises: AiguideError and UnreadableError, as `store` does."""
    return answer_files.read(stream, file, _named(words))


def record(
    path: Path,
    rows: Rows,
    words: Words,
    stamp: Stamp,
    today: str,
    agreed: Sequence[Replaced] | None = (),
) -> Recorded:
    """Record all answers of a file in one save, or none where a row stands in the way.

    `agreed` is what a person agreed to see replaced; None is all of it.
    Raises: AiguideError and UnreadableError, as `open_project` and `save_many` do.
    """
    with projects.held(path):
        fresh = open_project(path)
        taking = _Taking(fresh, words, stamp, today)
        for row in rows.rows:
            taking.take(row)
        welcome = not taking.refused and (agreed is None or taking.is_all(agreed))
        saved = welcome and taking.project is not fresh.project
        if saved:
            save_many(path, taking.project, stamp)
        return taking.recorded(saved)


@dataclass(slots=True, eq=False)
class _Taking:
    """The rows of a file on their way into a project; `project` is the one after all of them."""

    opened: Opened
    words: Words
    stamp: Stamp
    today: str
    project: Project = field(init=False)
    record: Record = field(init=False)
    silent: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    displaced: list[Replaced] = field(default_factory=list)
    lines: dict[str, list[int]] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.project = self.opened.project
        self.record = Record(self.project.history)

    def take(self, row: Row) -> None:
        """Take one row, or note all that is wrong with it."""
        if row.says_nothing:
            self.silent += 1
            return
        faults = _Faults(row.errors)
        item = faults.tried(None, self._item, row)
        said = _said(self.opened.path, row, self.words, self.today, faults)
        if item and said:
            self._look_at_untaken(row, item, said, faults)
            here = self.opened.path, self.project, item, said, self.stamp, self.record
            answered = faults.tried(self.project, with_answer, *here)
        if faults or item is None or said is None:
            self.refused.append(Refused(row, tuple(faults)))
            return
        self.read |= {row.texts[name]: getattr(said, name) for name in _unplain(row)}
        self._put(row, item, answered)

    def _item(self, row: Row) -> Item | None:
        """Find the item of a row; None where it names none. Raises: AiguideError."""
        named = row.texts.get("item")
        return find_item(self.opened.guideline, named) if named else None

    def _look_at_untaken(self, row: Row, item: Item, said: Said, faults: "_Faults") -> None:
        """Note what a row gives and an answer with its status does not keep."""
        stands = self.project.answers.get(item.id) or Answer(Status.OPEN)
        status = said.status or stands.status
        told = self.words.say(f"status.{status.value}")
        for name in untaken(row.texts, status):
            field = self.words.say(f"answer.{name}")
            faults.append(AiguideError("cell-not-taken", field=field, status=told))

    def _put(self, row: Row, item: Item, answered: Project) -> None:
        """Let an answer stand; one that goes for it is noted, unless it came from the same file."""
        stands, given = self.project.answers.get(item.id), answered.answers[item.id]
        stood = self.opened.project.answers.get(item.id)
        self.lines.setdefault(item.id, []).append(row.line)
        if is_recorded(self.project, self.record, item, given):
            self.unchanged += 1
            return
        if stands and stands is stood:
            one, who = Replaced(row, item, stands, given), (self.stamp.by, self.today)
            if overrides(stands, given, *who):
                self.replaced.append(one)
            elif displaces(stands, given, *who) or loses(stands, given):
                self.displaced.append(one)
        self.project = answered
        self.record.take_in(answered.history[-1])

    def is_all(self, agreed: Sequence[Replaced]) -> bool:
        """Tell whether all that would be replaced stands still as it was agreed to."""
        known = {one.item.id: one.stands for one in agreed}
        return all(known.get(one.item.id) == one.stands for one in self.replaced)

    def recorded(self, saved: bool) -> Recorded:
        """Give what became of the rows."""
        return Recorded(
            rows=sum(map(len, self.lines.values())) + len(self.refused),
            silent=self.silent,
            unchanged=self.unchanged,
            refused=tuple(self.refused),
            replaced=tuple(self.replaced),
            displaced=tuple(self.displaced),
            again={id: tuple(lines) for id, lines in self.lines.items() if len(lines) > 1},
            past=tuple(filter(self._is_past, self.lines)),
            unasked=self._unasked(),
            read=self.read,
            saved=saved,
        )

    def _unasked(self) -> dict[str, str]:
        """Map the items that do not apply to why not."""
        guideline = self.opened.guideline
        now = situation(guideline, self.project)
        items = map(guideline.item, self.lines)
        return {
            item.id: wording.why_not(self.words, guideline, now, item)
            for item in items
            if not why(item, now)
        }

    def _is_past(self, id: str) -> bool:
        """Tell whether the answer to an item is an exception that has ended."""
        until = self.project.answers[id].until
        return bool(until and until < self.today)


def _unplain(row: Row) -> Iterator[str]:
    """Give the dates of a row in which somebody may have meant another day."""
    return (name for name in DATES if row.texts.get(name) and not is_plain_date(row.texts[name]))


def _named(words: Words) -> dict[str, str]:
    """Map what people call the fields of an answer, in every language, to them, `folded`.

    What we call them comes first. Columns of our spreadsheet that are only shown have no field.
    """
    spoken = [words.spoken(lang) for lang in LANGS]
    named = {name: name for name in answer_files.FIELDS}
    for key in ("answer.{}", "answer.{}.also"):
        for one in spoken:
            for name in answer_files.FIELDS:
                said = one.say(key.format(name)) if one.has(key.format(name)) else ""
                for word in said.split() if key.endswith("also") else [said]:
                    named.setdefault(folded(word), name)
    for heading in spreadsheet.headings(words):
        named.setdefault(folded(heading), "")
    return named


class _Faults(list[AiguideError]):
    """All that is wrong with a row."""

    def tried(self, instead: T, read: Callable[..., T], *args: Any) -> T:
        """Give what can be read; else note why not, and give what stands for it meanwhile."""
        try:
            return read(*args)
        except AiguideError as error:
            self.append(error)
            return instead


def _said(path: Path, row: Row, words: Words, today: str, faults: _Faults) -> Said | None:
    """Make of a row what is said; None where its status cannot be read.

    What cannot be read of it is noted, and counts as given: it is not lacking as well.
    """
    given = row.texts
    evidence = tuple(
        faults.tried(Evidence(EvidenceKind.NOTE, one), project_evidence.meant, path, one)
        for one in row.evidence
    )
    dates = {
        name: faults.tried(given[name], _date, name, given[name], today)
        for name in DATES
        if name in given
    }
    texts = {name: given[name] for name in TOLD if name in given}
    status = faults.tried(None, _status, words, given.get("status", ""))
    if status is None and given.get("status"):
        return None
    only = row.only_evidence
    return Said(status, evidence=evidence, only_evidence=only, removed=(), **texts, **dates)


def _status(words: Words, given: str) -> Status | None:
    """Read a status; None where there is none. Raises: AiguideError `bad-choice`."""
    return wording.status_of(words, given, words.say("answer.status")) if given else None


def _date(name: str, given: str, today: str) -> str:
    """Read a date, or none; an error names the column. Raises: AiguideError."""
    try:
        return given and table_date(given, today)
    except AiguideError as error:
        raise AiguideError(error.code, **error.args_said, column=name) from None
