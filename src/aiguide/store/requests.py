"""Reading many descriptions to classify, line by line: JSON Lines or CSV, UTF-8 or CP932."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from aiguide.core import description
from aiguide.core.errors import AiguideError
from aiguide.store.lines import Lines

COLUMNS = ("id", "text")
ANSWERS = ("user", "purpose", "reach")


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """A description to classify, and the questions that are answered already."""

    id: str
    text: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One record: where it began (`line`), how many bytes were read with it, and what it holds."""

    line: int
    read: int
    request: Request | AiguideError


def read(stream: BinaryIO, *, as_csv: bool) -> Iterator[Row]:
    """Read all records; one that cannot be used comes as the error, and reading goes on.

    Raises: AiguideError `no-columns` for a CSV whose first row does not name `COLUMNS`.
    """
    lines = Lines(stream)
    return _from_csv(lines) if as_csv else _from_json(lines)


def _from_json(lines: Lines) -> Iterator[Row]:
    while True:
        found: Request | AiguideError
        try:
            line = next(lines)
            if not line.strip():
                continue
            found = _parsed(line)
        except StopIteration:
            return
        except AiguideError as error:
            found = error
        yield Row(lines.number, lines.read, found)


def _parsed(line: str) -> Request:
    """Read one line of JSON. Raises: AiguideError `bad-line`, as `_checked` does."""
    try:
        data: Any = json.loads(line)
        id, text = data["id"], data["text"]
        answers = dict(data.get("answers") or {})
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise AiguideError("bad-line") from None
    return _checked(id, text, answers)


def _from_csv(lines: Lines) -> Iterator[Row]:
    reader = csv.reader(lines, strict=True)
    columns = _columns(reader)
    while True:
        start = lines.number + 1
        found: Request | AiguideError
        try:
            row = next(reader)
            if not any(row):
                continue
            found = _picked(columns, row)
        except StopIteration:
            return
        except csv.Error:
            found = AiguideError("bad-row")
        except AiguideError as error:
            found = error
        yield Row(start, lines.read, found)


def _columns(reader: Iterator[list[str]]) -> dict[str, int]:
    """Give the places of the columns that we read. Raises: AiguideError `no-columns`."""
    try:
        head = [name.strip().lower() for name in next(reader, [])]
    except (csv.Error, AiguideError):
        head = []
    if not set(COLUMNS) <= set(head):
        raise AiguideError("no-columns", needed=COLUMNS)
    return {name: head.index(name) for name in (*COLUMNS, *ANSWERS) if name in head}


def _picked(columns: Mapping[str, int], row: list[str]) -> Request:
    """Read one row. Raises: AiguideError, as `_checked` does."""
    cells = {name: row[place].strip() for name, place in columns.items() if place < len(row)}
    answers = {name: cells[name] for name in ANSWERS if cells.get(name)}
    return _checked(cells.get("id"), cells.get("text"), answers)


def _checked(id: Any, text: Any, answers: Mapping[Any, Any]) -> Request:
    """Insist on whole texts. Raises: AiguideError `bad-line`, `no-text`, `text-too-long`."""
    strings = (id, *answers, *answers.values())
    if not all(isinstance(one, str) and description.is_whole(one) for one in strings):
        raise AiguideError("bad-line")
    if not isinstance(text, str):
        raise AiguideError("bad-line")
    return Request(id, description.checked(text), answers)
