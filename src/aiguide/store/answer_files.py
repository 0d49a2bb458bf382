"""Reading a file of answers, JSON or a table: all rows, each as what it says or what is wrong."""

import codecs
import io
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from aiguide.core import description
from aiguide.core.errors import AiguideError
from aiguide.core.findings import Phrase
from aiguide.core.suggest import near
from aiguide.store import strict_json
from aiguide.store.files import LARGEST, WORKBOOK, refuse_no_text
from aiguide.store.lines import (
    CP932,
    Lines,
    Record,
    fields_of,
    folded,
    refuse_other_than_japanese,
    table,
)
from aiguide.store.places import Places

TABLES = (".csv", ".tsv")
JSON = ".json"

MOST_ROWS = 10_000  # a guideline has hundreds of items

NEEDED = ("item",)
TEXTS = (*NEEDED, "status", "note", "reason", "approver", "until", "assignee", "due")
EVIDENCE = "evidence"
FIELDS = (*TEXTS, EVIDENCE)
COLUMNS = Phrase("answers.columns")


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One answer of a file: which one, from 1, and the line where it begins.

    `sheet` is the row of a spreadsheet that it is in a table, which may be another number; else 0.
    `texts` maps the fields that it gives to their text, as far as it can be read; with
    `only_evidence` what stood as evidence goes. `errors` are what is wrong with it so far.
    """

    number: int
    line: int
    texts: Mapping[str, str]
    evidence: tuple[str, ...] = ()
    only_evidence: bool = False
    errors: tuple[AiguideError, ...] = ()
    sheet: int = 0

    @property
    def at(self) -> dict[str, int]:
        """Give where it is: `line`, `row` (which one), `sheet`."""
        return {"line": self.line, "row": self.number, "sheet": self.sheet}

    @property
    def says_nothing(self) -> bool:
        """Tell whether a row names its item, and nothing of it."""
        proven = self.evidence or self.only_evidence
        return not self.errors and not proven and self.texts.keys() == {*NEEDED}


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """All rows of a file of answers; `unread` are its columns, or fields, that are not taken.

    `is_cp932`: no UTF-8, and so taken for what Windows writes in Japan.
    """

    rows: tuple[Row, ...]
    unread: tuple[str, ...] = ()
    is_cp932: bool = False


def read(stream: BinaryIO, file: Path, named: Mapping[str, str]) -> Rows:
    """Read all rows of `file`, already open: a table or JSON by its name, else by its beginning.

    `named` maps what people call a column to its field, or to nothing where it is never taken.
    Raises: AiguideError `answers-in-workbook`, `answers-empty`, `not-answers`, `too-large`,
    `too-many-rows`, `text-not-utf8`, and as `_from_table`; UnreadableError where the JSON breaks
    off or is none, and for a file of another kind.
    """
    raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise AiguideError("too-large", most=LARGEST)
    if raw.startswith(WORKBOOK):
        raise AiguideError("answers-in-workbook", file=str(file))
    refuse_no_text(file, raw)
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        raise AiguideError("answers-empty")
    suffix = file.suffix.lower()
    if suffix in TABLES or (suffix != JSON and _looks_like_table(raw)):
        return _from_table(raw, named)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AiguideError("text-not-utf8") from None
    return _from_json(text, strict_json.parse(file, text), named)


def _looks_like_table(raw: bytes) -> bool:
    begun = raw.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    return begun not in (b"", b"[", b"{")


def _from_json(text: str, data: Any, named: Mapping[str, str]) -> Rows:
    if not isinstance(data, list):
        raise AiguideError("not-answers")
    if len(data) > MOST_ROWS:
        raise AiguideError("too-many-rows", most=MOST_ROWS)
    places = Places(text)
    rows: list[Row] = []
    unread: dict[str, None] = {}
    for number, one in enumerate(data, 1):
        line = places.of((number - 1,))[0]
        if not isinstance(one, dict):
            rows.append(Row(number, line, {}, errors=(AiguideError("no-answer-object"),)))
            continue
        fields = zip(fields_of(tuple(one), named), one, strict=True)
        taken = {field: name for field, name in fields if field}
        others = [name for name in one if name not in taken.values()]
        unread |= dict.fromkeys(name for name in others if folded(name) in named)
        unknown = [name for name in others if folded(name) not in named]
        rows.append(_row(number, line, one, taken, unknown))
    return Rows(tuple(rows), tuple(unread))


def _row(
    number: int, line: int, one: Mapping[str, Any], taken: Mapping[str, str], unknown: Sequence[str]
) -> Row:
    """Read one object, field by field, so that all that is wrong with it is told at once.

    `taken` maps each field that it gives to what it calls it.
    """
    errors = [
        AiguideError("unknown-field", id=name, near=near(name, FIELDS), known=FIELDS)
        for name in unknown
    ]
    said = {field: one[name] for field, name in taken.items() if one[name] is not None}
    if said.get("status") == "":  # as an empty cell: no answer is without a status
        del said["status"]
    texts: dict[str, str] = {}
    evidence: list[str] = []
    for field, value in _pieces(said):
        try:
            text = _text(taken[field], value)
        except AiguideError as error:
            errors.append(error)
            continue
        if field == EVIDENCE:
            evidence.append(text)
        else:
            texts[field] = text
    cleared = said.get(EVIDENCE) == [] or "" in evidence
    proofs = tuple(filter(None, evidence))
    return Row(number, line, texts, proofs, cleared, (*errors, *_lacking(said)))


def _pieces(said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give the fields of an object, each piece of evidence by itself."""
    for field, value in said.items():
        several = field == EVIDENCE and isinstance(value, list)
        yield from ((field, each) for each in (value if several else [value]))


def _text(name: str, value: Any) -> str:
    """Insist on a text that can be saved. Raises: AiguideError `not-text`, `text-not-utf8`."""
    if not isinstance(value, str):
        raise AiguideError("not-text", field=name)
    if not description.is_whole(value):
        raise AiguideError("text-not-utf8")
    return value


def _lacking(given: Mapping[str, Any]) -> Iterator[AiguideError]:
    """Find what a row must say and leaves out, if anything."""
    lacking = [name for name in NEEDED if given.get(name, "") == ""]
    if lacking:
        yield AiguideError("answer-without", fields=lacking, names=lacking)


def _from_table(raw: bytes, named: Mapping[str, str]) -> Rows:
    """Read a table; other columns may stand, but not a slip in one of ours.

    Raises: AiguideError `no-answer-columns`, `column-twice`, `unknown-column`,
    `heading-unreadable`, `too-many-rows`, `not-japanese`.
    """
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")  # how lines ended on an old Mac
    lines = Lines(io.BytesIO(raw))
    read = table(lines, NEEDED, "no-answer-columns", named, columns=COLUMNS)
    _refuse_twins(read.given, named)
    unread = {
        at: name
        for at, (name, field) in enumerate(zip(read.given, read.fields, strict=True), 1)
        if name and not field
    }
    for at, name in unread.items():
        if folded(name) not in named and (close := near(name, FIELDS)):
            raise AiguideError("unknown-column", id=name, number=at, near=close, columns=COLUMNS)
    if not set(read.fields) - {*NEEDED, ""}:
        raise AiguideError("no-answer-column", columns=COLUMNS)
    rows = tuple(itertools.islice(_rows(read.records), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise AiguideError("too-many-rows", most=MOST_ROWS)
    if lines.encoding == CP932:
        refuse_other_than_japanese(raw)
    return Rows(rows, tuple(unread.values()), lines.encoding == CP932)


def _refuse_twins(given: Sequence[str], named: Mapping[str, str]) -> None:
    """Refuse two columns of one name, if it is one of ours: nobody knows which of them is meant.

    Raises: AiguideError `column-twice`.
    """
    places: dict[str, int] = {}
    for at, name in enumerate(given):
        first = places.setdefault(folded(name), at)
        if first != at and named.get(folded(name)):
            ids = {"id": given[first], "other": name}
            raise AiguideError("column-twice", first=first + 1, second=at + 1, **ids)


def _rows(records: Iterator[Record]) -> Iterator[Row]:
    number = 0
    for record in records:
        # an empty cell says nothing; several pieces of evidence stand on lines of their own
        texts = {name: record.cells[name] for name in TEXTS if record.cells.get(name)}
        targets = map(str.strip, record.cells.get(EVIDENCE, "").splitlines())
        evidence = tuple(filter(None, targets))
        if texts or evidence or record.error:
            number += 1
            errors = (record.error,) if record.error else tuple(_lacking(texts))
            yield Row(number, record.line, texts, evidence, errors=errors, sheet=record.row)
