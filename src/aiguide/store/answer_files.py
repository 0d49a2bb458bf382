"""Reading a file of answers, JSON or a table: all rows, each as what it says or what is wrong."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from aiguide.core import description
from aiguide.core.errors import AiguideError
from aiguide.core.findings import Phrase
from aiguide.core.suggest import near
from aiguide.store import strict_json
from aiguide.store.files import LARGEST
from aiguide.store.lines import Lines, Record, folded, table
from aiguide.store.places import Places

TABLES = (".csv", ".tsv")
JSON = ".json"

NEEDED = ("item", "status")
TEXTS = (*NEEDED, "note", "reason", "approver", "until", "assignee", "due")
EVIDENCE = "evidence"
FIELDS = (*TEXTS, EVIDENCE)
COLUMNS = Phrase("answers.columns")


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One answer of a file: which one, from 1, and the line where it begins.

    `texts` maps the fields that it gives to their text, as far as it can be read; `errors` are what
    is wrong with it so far.
    """

    number: int
    line: int
    texts: Mapping[str, str]
    evidence: tuple[str, ...] = ()
    errors: tuple[AiguideError, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """All rows of a file of answers; `unread` are its columns that are none of ours."""

    rows: tuple[Row, ...]
    unread: tuple[str, ...] = ()


def read(stream: BinaryIO, file: Path, named: Mapping[str, str]) -> Rows:
    """Read all rows of `file`, already open; `named` maps what people call a column to its field.

    Its name tells a table or JSON, else its beginning.
    Raises: AiguideError `no-answer-columns`, `unknown-column`, `not-answers`, `too-large`,
    `text-not-utf8`; UnreadableError where the JSON breaks off or is none.
    """
    raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise AiguideError("too-large", most=LARGEST)
    suffix = file.suffix.lower()
    if suffix in TABLES or (suffix != JSON and _looks_like_table(raw)):
        return _from_table(Lines(io.BytesIO(raw)), named)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AiguideError("text-not-utf8") from None
    if not text.strip():
        raise AiguideError("not-answers")
    return Rows(tuple(_from_json(text, strict_json.parse(file, text))))


def _looks_like_table(raw: bytes) -> bool:
    begun = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return begun not in (b"", b"[", b"{")


def _from_json(text: str, data: Any) -> Iterator[Row]:
    if not isinstance(data, list):
        raise AiguideError("not-answers")
    places = Places(text)
    for index, one in enumerate(data):
        yield _row(index + 1, places.of((index,))[0], one)


def _row(number: int, line: int, one: object) -> Row:
    """Read one object, field by field, so that all that is wrong with it is told at once."""
    if not isinstance(one, dict):
        return Row(number, line, {}, errors=(AiguideError("no-answer-object"),))
    errors = [
        AiguideError("unknown-field", id=name, near=near(name, FIELDS), known=FIELDS)
        for name in one
        if name not in FIELDS
    ]
    texts: dict[str, str] = {}
    evidence: list[str] = []
    for name, value in _said_in(one):
        try:
            text = _text(name, value)
        except AiguideError as error:
            errors.append(error)
            continue
        if name == EVIDENCE:
            evidence.append(text)
        else:
            texts[name] = text
    return Row(number, line, texts, tuple(evidence), (*errors, *_lacking(one)))


def _said_in(one: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give the fields of an object that are ours, each piece of evidence by itself."""
    yield from ((name, one[name]) for name in TEXTS if name in one)
    evidence = one.get(EVIDENCE, [])
    yield from (
        (EVIDENCE, each) for each in (evidence if isinstance(evidence, list) else [evidence])
    )


def _text(field: str, value: Any) -> str:
    """Insist on a text that can be saved. Raises: AiguideError `not-text`, `text-not-utf8`."""
    if not isinstance(value, str):
        raise AiguideError("not-text", field=field)
    if not description.is_whole(value):
        raise AiguideError("text-not-utf8")
    return value


def _lacking(given: Mapping[str, Any]) -> Iterator[AiguideError]:
    """Find what a row must say and leaves out, if anything."""
    lacking = [name for name in NEEDED if given.get(name, "") == ""]
    if lacking:
        yield AiguideError("answer-without", fields=lacking, names=lacking)


def _from_table(lines: Lines, named: Mapping[str, str]) -> Rows:
    """Read a table; other columns may stand, but not a slip in one of ours.

    Raises: AiguideError `no-answer-columns`, `unknown-column`, `too-large`.
    """
    read = table(lines, NEEDED, "no-answer-columns", named, columns=COLUMNS)
    unread = {
        at: name
        for at, (name, field) in enumerate(zip(read.given, read.fields, strict=True), 1)
        if name and not field
    }
    for at, name in unread.items():
        if folded(name) not in named and (close := near(name, FIELDS)):
            raise AiguideError("unknown-column", id=name, number=at, near=close, columns=COLUMNS)
    return Rows(tuple(_rows(read.records)), tuple(unread.values()))


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
            yield Row(number, record.line, texts, evidence, errors)
