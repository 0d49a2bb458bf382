"""The rows of a spreadsheet that came back: what each changes, and what stands in its way."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiguide.core import spreadsheet, wording
from aiguide.core.answers import Said, untaken
from aiguide.core.dates import table_date
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Item
from aiguide.core.project import Answer, Evidence, Project, Status
from aiguide.core.spreadsheet import DATES, EDITABLE, SHOWN, SIGNED
from aiguide.core.stamp import Stamp
from aiguide.core.words import Words
from aiguide.store.workbook import Cell, Misfit, Returned
from aiguide.usecases import project_evidence
from aiguide.usecases.guidelines import find_item
from aiguide.usecases.projects import Opened, with_answer

# What a row asks: changed, nobody can tell what its cells answer.
FIXED = ("title", "check")

Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """One field of an item that a spreadsheet changes; statuses are ids, evidence is lines."""

    at: str
    item: Item
    field: str
    before: str
    after: str


@dataclass(slots=True, eq=False)
class Comparison:
    """A spreadsheet on its way into a project, row by row.

    `passed_over` are the places that say something which is not taken, and stand in nothing's way.
    `behind`: the cells that say what was written out, where the project says another thing by now.
    """

    opened: Opened
    returned: Returned
    words: Words
    stamp: Stamp
    today: str
    project: Project = field(init=False)
    changes: list[Change] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    passed_over: list[Misfit] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.project = self.opened.project

    def take(self, row: Row) -> None:
        """Take one row, or note all that is wrong with it."""
        item = self._item(row)
        if item is None or not self._is_current(row, item):
            return
        changes, misfits = len(self.changes), len(self.misfits)
        self._look_at_fixed(row, item)
        self._look_at_answer(row, item)
        if len(self.misfits) > misfits:
            del self.changes[changes:]

    def _look_at_answer(self, row: Row, item: Item) -> None:
        """Answer an item with what was changed in its row, or note all that is wrong with it."""
        found = len(self.misfits)
        base = self.returned.base[item.id]
        self._look_at_shown(row, base)
        given = self._without_conflicts(row, item, base, self._given(row, base))
        if given:
            said = self._said(row, item, given)
            if len(self.misfits) == found:
                self._answer(row, item, base, said)

    def _note(self, cell: Cell, code: str, /, **args: Any) -> None:
        self.misfits.append(Misfit(cell.at, AiguideError(code, **args)))

    def _item(self, row: Row) -> Item | None:
        """Find the item of a row by its id: known, exported, and there only once."""
        cell = row.get("id")
        if cell is None:
            return None
        if not cell.text:
            self._note(cell, "cell-no-id")
            return None
        if cell.text in self.seen:
            self._note(cell, "cell-id-twice", id=cell.text, first=self.seen[cell.text])
            return None
        self.seen[cell.text] = cell.at
        try:
            item = find_item(self.opened.guideline, cell.text)
        except AiguideError as error:
            self.misfits.append(Misfit(cell.at, error))
            return None
        if item.id not in self.returned.base:
            self._note(cell, "cell-not-exported", id=item.id)
            return None
        return item

    def _is_current(self, row: Row, item: Item) -> bool:
        """Insist that a row was written when the guideline asked what it asks now."""
        if self.returned.base[item.id]["digest"] == item.digest:
            return True
        self._note(row["id"], "cell-reworded", id=item.id)
        return False

    def _look_at_fixed(self, row: Row, item: Item) -> None:
        """Insist that a row asks what the guideline asks."""
        for column in FIXED:
            text = getattr(item, column)
            cell = row.get(column)
            if cell and cell.text not in map(spreadsheet.plain, text.both()):
                self._note(cell, "cell-edited", field=self._heading(column), stood=text)

    def _look_at_shown(self, row: Row, base: Mapping[str, str]) -> None:
        """Note where somebody changed what is only shown: whoever takes it in signs for it."""
        for name in SHOWN:
            cell = row.get(name)
            if cell and name in base and (cell.error or cell.text != base[name]):
                code = "cell-signed" if name in SIGNED else "cell-shown"
                error = AiguideError(code, field=self._heading(name))
                self.passed_over.append(Misfit(cell.at, error))

    def _given(self, row: Row, base: Mapping[str, str]) -> dict[str, str]:
        """Give the editable cells of a row that differ from what was exported."""
        given = {}
        for name in EDITABLE:
            cell = row.get(name)
            if cell is None:
                continue
            try:
                text = self._read(name, cell, base[name])
            except AiguideError as error:
                self.misfits.append(Misfit(cell.at, error))
                continue
            if text != base[name]:
                given[name] = text
        return given

    def _read(self, name: str, cell: Cell, base: str) -> str:
        """Read a cell as its field is written. Raises: AiguideError."""
        if cell.error:
            raise cell.error
        if name == "status":
            return self._status(cell.text, base)
        if name in DATES and cell.text:
            return base if cell.text == base else table_date(cell.text, self.today)
        if name == "evidence":
            lines = spreadsheet.lines_of(cell.text)
            return base if lines == spreadsheet.lines_of(base) else "\n".join(lines)
        return cell.text

    def _status(self, text: str, base: str) -> str:
        """Read a status; cleared, it is open again."""
        if not text:
            return base and Status.OPEN.value
        return wording.status_of(self.words, text, self._heading("status"), by_name=True).value

    def _without_conflicts(
        self, row: Row, item: Item, base: Mapping[str, str], given: Mapping[str, str]
    ) -> dict[str, str]:
        """Give what is still to be changed; what somebody else changed meanwhile is noted."""
        answer = self.opened.project.answers.get(item.id)
        whole = spreadsheet.whole_cells(item, answer)
        now = spreadsheet.cells_of(item, answer)
        left = {
            name: text
            for name, text in given.items()
            if text != now[name] and not self._is_taken_in(row[name], name, base[name], now[name])
        }
        kept = (name for name in EDITABLE if name in row and name not in given)
        self.behind += [row[name].at for name in kept if now[name] != base[name]]
        for name in left:
            if now[name] != base[name]:
                known = {"base": base[name], "value": now[name]}
                self._note_conflict("cell-conflict", row[name], name, answer, **known)
            elif spreadsheet.is_cut(whole[name]):
                self._note(row[name], "cell-cut", field=self._heading(name))
        return left

    def _is_taken_in(self, cell: Cell, name: str, base: str, now: str) -> bool:
        """Tell whether a cell means, in other letters, what the project has come to say."""
        if now == base:
            return False
        with suppress(AiguideError):
            if name in DATES:  # a day without its year stays the day that it was taken for
                return table_date(cell.text, now) == now
            if name == "evidence":
                known = spreadsheet.lines_of(now)
                return tuple(dict.fromkeys(self._meant(cell.text, known))) == known
        return False

    def _meant(self, text: str, known: tuple[str, ...]) -> Iterator[str]:
        """Give the lines of evidence as `known` or to be recorded. Raises: AiguideError."""
        for line in spreadsheet.lines_of(text):
            if line in known:
                yield line
            else:
                yield spreadsheet.evidence_line(project_evidence.meant(self.opened.path, line))

    def _note_conflict(
        self, code: str, cell: Cell, name: str, answer: Answer | None, **values: str
    ) -> None:
        """Note that somebody else changed a field: `base` as written out, `value` by now."""
        who = answer.by if answer and answer.by else self.words.say("sheet.somebody")
        shown = {key: spreadsheet.shown(self.words, name, one) for key, one in values.items()}
        self._note(cell, code, field=self._heading(name), name=who, **shown)

    def _said(self, row: Row, item: Item, given: Mapping[str, str]) -> Said:
        """Make of the changed cells what is said; what cannot be said is noted."""
        answer = self.project.answers.get(item.id) or Answer(Status.OPEN)
        status = Status(given["status"]) if "status" in given else None
        then = status or answer.status
        told = self.words.say(f"status.{then.value}")
        for name in untaken(given, then):
            self._note(row[name], "cell-not-taken", field=self._heading(name), status=told)
        written = row.get("status")
        stays_open = then is Status.OPEN and written and written.text
        texts = {name: given[name] for name in EDITABLE[1:] if name in given}
        evidence = texts.pop("evidence", None)
        return Said(
            status=status or (Status.OPEN if stays_open else None),
            evidence=() if evidence is None else self._evidence(row["evidence"], answer, evidence),
            only_evidence=evidence is not None,
            removed=(),
            **texts,
        )

    def _evidence(self, cell: Cell, answer: Answer, text: str) -> tuple[Evidence, ...]:
        """Give the evidence of a cell's lines; what was there already stays as it was recorded."""
        kept: dict[str, list[Evidence]] = {}
        for one in answer.evidence:
            kept.setdefault(spreadsheet.evidence_line(one), []).append(one)
        evidence: list[Evidence] = []
        for line in spreadsheet.lines_of(text):
            try:
                evidence += kept.get(line) or [project_evidence.meant(self.opened.path, line)]
            except AiguideError as error:
                self.misfits.append(Misfit(cell.at, error))
        return tuple(evidence)

    def _answer(self, row: Row, item: Item, base: Mapping[str, str], said: Said) -> None:
        """Answer an item, and tell in which fields that changes it."""
        answer = self.project.answers.get(item.id)
        try:
            project = with_answer(self.opened.path, self.project, item, said, self.stamp)
        except AiguideError as error:
            name = next(iter(error.args_said.get("fields", ())), "status")
            self.misfits.append(Misfit(row.get(name, row.get("status", row["id"])).at, error))
            return
        before = spreadsheet.cells_of(item, answer)
        after = spreadsheet.cells_of(item, project.answers[item.id])
        changed = spreadsheet.changed_fields(before, after)
        for name in changed:
            cell = row.get(name, row["id"])
            if before[name] != base[name]:  # dropped with the status, though another wrote it
                self._note_conflict("cell-dropped", cell, name, answer, value=before[name])
            self.changes.append(Change(cell.at, item, name, before[name], after[name]))
        if changed:
            self.project = project

    def _heading(self, column: str) -> str:
        return self.words.say(f"sheet.column.{column}")
