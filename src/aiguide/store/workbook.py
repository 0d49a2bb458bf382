"""Reading a spreadsheet of ours: the state that it carries, and the rows of its tables."""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from aiguide.core.errors import AiguideError
from aiguide.core.spreadsheet import COLUMNS, DATES, EDITABLE, FORMAT, STATE_SHEET, plain
from aiguide.store.workbook_guard import Vetted, vet
from aiguide.store.workbook_xml import LAST_ROW, Part

STATE_COLUMNS = ("item", "digest", *EDITABLE)
FACTS = ("format", "guideline", "version", "project", "name", "began", "head")

_LAST_COLUMN = 100
_HEADINGS_WITHIN = 10  # rows from the top
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell as it was read: its address with its sheet, and its text or why there is none."""

    at: str
    text: str = ""
    error: AiguideError | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Misfit:
    """A place in a spreadsheet that cannot be taken, and why."""

    at: str
    error: AiguideError


@dataclass(frozen=True, slots=True, eq=False)
class Returned:
    """A spreadsheet that came back.

    `facts` say what it is of; `base` maps item to the cells as they were written, with its
    `digest`; a file of an earlier aiguide lacks what is only shown. Each row maps column to cell.
    `misfits` are wrong with the tables themselves.
    """

    file: str
    facts: Mapping[str, str]
    base: Mapping[str, Mapping[str, str]]
    rows: tuple[Mapping[str, Cell], ...]
    misfits: tuple[Misfit, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """A sheet that has a table: `columns` maps column to its place, from 0."""

    name: str
    head: int
    columns: Mapping[str, int]
    part: Part
    rows: list[tuple[Any, ...]]


def read(
    stream: BinaryIO, file: str, headings: Mapping[str, str], names: frozenset[str]
) -> Returned:
    """Read a spreadsheet; `headings` map what heads a column to it, `names` are of our sheets.

    Raises: AiguideError `no-xlsx`, `too-large`, `workbook-...` where it cannot be used at all.
    """
    vetted = vet(stream, file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheets = _sheets(vetted, file)
    facts, base = _state(sheets.pop(STATE_SHEET, None), file)
    rows: list[Mapping[str, Cell]] = []
    misfits: list[Misfit] = []
    for name, (part, lines) in sheets.items():
        table = _table(name, part, lines, headings)
        if "id" in table.columns or name in names:
            misfits += _misfits(table, headings, lines)
            rows += _rows(table)
    return Returned(file, facts, base, tuple(rows), tuple(misfits))


def _sheets(vetted: Vetted, file: str) -> dict[str, tuple[Part, list[tuple[Any, ...]]]]:
    """Give every sheet by its name. Raises: AiguideError `no-xlsx`, `workbook-damaged`."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise AiguideError("no-xlsx") from None
    try:
        # formulas were found already, so that the reader need not take them apart
        book = load_workbook(vetted.content, read_only=True, data_only=True, keep_links=False)
        return {sheet.title: _contents(sheet, vetted) for sheet in book.worksheets}
    except Exception:  # whatever a library for well-formed files makes of one that is not
        raise AiguideError("workbook-damaged", file=file) from None


def _contents(sheet: Any, vetted: Vetted) -> tuple[Part, list[tuple[Any, ...]]]:
    part = vetted.parts[sheet._worksheet_path]
    return part, list(sheet.iter_rows(max_row=LAST_ROW, max_col=_LAST_COLUMN))


def _state(
    sheet: tuple[Part, list[tuple[Any, ...]]] | None, file: str
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Read the hidden sheet. Raises: AiguideError `workbook-foreign`, `workbook-newer`."""
    lines = [[_text(cell.value) for cell in row] for row in sheet[1]] if sheet else []
    facts = {line[0]: line[1] for line in lines[: len(FACTS)]}
    columns = tuple(*lines[len(FACTS) : len(FACTS) + 1])
    if tuple(facts) != FACTS or columns[: len(STATE_COLUMNS)] != STATE_COLUMNS:
        raise AiguideError("workbook-foreign", file=file)
    if facts["format"] != FORMAT:
        raise AiguideError("workbook-newer", file=file, format=facts["format"], known=FORMAT)
    base = {
        line[0]: dict(zip(columns[1:], line[1:], strict=False))
        for line in lines[len(FACTS) + 1 :]
        if line[0]
    }
    return facts, base


def _text(value: object) -> str:
    """Give what a cell says; the escapes of control characters are undone."""
    if value is None:
        return ""
    return plain(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value)))


def _table(
    name: str, part: Part, lines: list[tuple[Any, ...]], headings: Mapping[str, str]
) -> _Table:
    """Find the table of a sheet: the first row that heads a column of ids, or else the first."""
    best = (0, dict[str, int]())
    for head, row in enumerate(lines[:_HEADINGS_WITHIN]):
        columns = _columns(row, headings)
        if "id" in columns:
            return _Table(name, head, columns, part, lines)
        best = max(best, (head, columns), key=lambda one: len(one[1]))
    return _Table(name, *best, part, lines)


def _columns(row: tuple[Any, ...], headings: Mapping[str, str]) -> dict[str, int]:
    """Map column to its place in a row of headings; of two alike the first counts."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(row):
        if column := headings.get(_text(cell.value)):
            columns.setdefault(column, place)
    return columns


def _misfits(
    table: _Table, headings: Mapping[str, str], lines: list[tuple[Any, ...]]
) -> Iterator[Misfit]:
    """Find what is wrong with a table as a whole."""
    for column in COLUMNS:
        if column not in table.columns:
            heading = next(text for text, name in headings.items() if name == column)
            error = AiguideError("cell-no-column", field=heading)
            yield Misfit(_at(table, f"{table.head + 1}:{table.head + 1}"), error)
    for place, cell in enumerate(lines[table.head] if lines else ()):
        again = headings.get(_text(cell.value))
        if again and table.columns[again] != place:
            error = AiguideError("cell-column-twice", field=_text(cell.value))
            yield Misfit(_at(table, cell.coordinate), error)
    for ref in table.part.merged:
        yield Misfit(_at(table, ref), AiguideError("cell-merged"))


def _at(table: _Table, place: str) -> str:
    return f"{table.name}!{place}"


def _rows(table: _Table) -> Iterator[Mapping[str, Cell]]:
    """Give the rows below the headings, but for blank ones."""
    for number, row in enumerate(table.rows[table.head + 1 :], table.head + 2):
        cells = {
            column: _cell(table, column, row[place], place, number)
            for column, place in table.columns.items()
            if place < len(row)
        }
        if any(cell.text or cell.error for cell in cells.values()):
            yield cells


def _cell(table: _Table, column: str, cell: Any, place: int, number: int) -> Cell:
    from openpyxl.utils import get_column_letter

    ref = f"{get_column_letter(place + 1)}{number}"
    at = _at(table, ref)
    if ref in table.part.formulas:
        return Cell(at, error=AiguideError("cell-formula"))
    try:
        return Cell(at, _read(column, cell))
    except AiguideError as error:
        return Cell(at, error=error)


def _read(column: str, cell: Any) -> str:
    """Give a cell's text: a date as `YYYY-MM-DD`, a whole number as its digits.

    Raises: AiguideError `cell-not-text`.
    """
    value = cell.value
    if value is None or (isinstance(value, str) and cell.data_type != "e"):
        return _text(value)
    if isinstance(value, date) and column in DATES:
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise AiguideError("cell-not-text", value=str(value))
    if float(value).is_integer():
        return str(int(value))
    raise AiguideError("cell-not-text", value=str(value))
