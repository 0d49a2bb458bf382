"""Reading a file of answers, JSON or a table: all rows, each as what it says or what is wrong."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from aiguide.core import description
from aiguide.core.errors import AiguideError
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


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One answer of a file: which one, from 1, and the line where it begins.

    `texts` maps the fields that it gives to their text; `error` is set where it cannot be used.
    """

    number: int
    line: int
    texts: Mapping[str, str]
    evidence: tuple[str, ...] = ()
    error: AiguideError | None = None


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
        line, _ = places.of((index,))
        try:
            texts, evidence = _fields(one)
        except AiguideError as error:
            yield Row(index + 1, line, {}, error=error)
        else:
            yield Row(index + 1, line, texts, evidence, _lacking(texts))


def _fields(one: Any) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Give the texts and the evidence of one object.

    Raises: AiguideError `no-answer-object`, `not-text`, `text-not-utf8`, `unknown-field`.
    """
    if not isinstance(one, dict):
        raise AiguideError("no-answer-object")
    for name in one:
        if name not in FIELDS:
            raise AiguideError("unknown-field", id=name, near=near(name, FIELDS), known=FIELDS)
    texts = {name: _text(name, one[name]) for name in TEXTS if name in one}
    evidence = one.get(EVIDENCE, [])
    targets = evidence if isinstance(evidence, list) else [evidence]
    return texts, tuple(_text(EVIDENCE, target) for target in targets)


def _text(field: str, value: Any) -> str:
    """Insist on a text that can be saved. Raises: AiguideError `not-text`, `text-not-utf8`."""
    if not isinstance(value, str):
        raise AiguideError("not-text", field=field)
    if not description.is_whole(value):
        raise AiguideError("text-not-utf8")
    return value


def _lacking(given: Mapping[str, str]) -> AiguideError | None:
    lacking = [name for name in NEEDED if not given.get(name)]
    return AiguideError("answer-without", fields=lacking, names=lacking) if lacking else None


def _from_table(lines: Lines, named: Mapping[str, str]) -> Rows:
    """Read a table; other columns may stand, but not a slip in one of ours.

    Raises: AiguideError `no-answer-columns`, `unknown-column`, `too-large`.
    """
    read = table(lines, NEEDED, "no-answer-columns", named)
    unread = {
        at: name
        for at, (name, field) in enumerate(zip(read.given, read.fields, strict=True), 1)
        if name and not field
    }
    for at, name in unread.items():
        if folded(name) not in named and (close := near(name, FIELDS)):
            raise AiguideError("unknown-column", id=name, number=at, near=close)
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
            yield Row(number, record.line, texts, evidence, record.error or _lacking(texts))
