"""Reading many descriptions to classify, line by line: JSON Lines, or a table."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from aiguide.core import description
from aiguide.core.errors import AiguideError
from aiguide.store.lines import Lines, table

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


def read(stream: BinaryIO, *, is_table: bool) -> Iterator[Row]:
    """Read all records; one that cannot be used comes as the error, and reading goes on.

    Raises: AiguideError `no-columns` for a table whose first row does not name `COLUMNS`.
    """
    lines = Lines(stream)
    return _from_table(lines) if is_table else _from_json(lines)


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


def _from_table(lines: Lines) -> Iterator[Row]:
    named = {name: name for name in (*COLUMNS, *ANSWERS)}
    for record in table(lines, COLUMNS, "no-columns", named).records:
        found: Request | AiguideError
        try:
            found = record.error or _picked(record.cells)
        except AiguideError as error:
            found = error
        yield Row(record.line, lines.read, found)


def _picked(cells: Mapping[str, str]) -> Request:
    """Read one row. Raises: AiguideError, as `_checked` does."""
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
