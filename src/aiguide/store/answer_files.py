"""Reading a file of answers, JSON or CSV: all rows, each as what it says or what is wrong."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from aiguide.core import description
from aiguide.core.errors import AiguideError
from aiguide.core.suggest import near
from aiguide.store.files import LARGEST
from aiguide.store.lines import Lines
from aiguide.store.positions import scan

NEEDED = ("item", "status")
TEXTS = (*NEEDED, "note", "reason", "approver", "until", "assignee", "due")
EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One answer of a file and the line where it begins.

    `texts` maps the fields that it gives to their text; `error` is set where it cannot be used.
    """

    line: int
    texts: Mapping[str, str]
    evidence: tuple[str, ...] = ()
    error: AiguideError | None = None


def read(stream: BinaryIO, *, as_csv: bool) -> tuple[Row, ...]:
    """Read all rows.

    Raises: AiguideError `no-answer-columns`, `unknown-field`, `not-answers`, `too-large`.
    """
    if as_csv:
        return tuple(_from_csv(Lines(stream)))
    raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise AiguideError("too-large", most=LARGEST)
    return tuple(_from_json(raw))


def _from_json(raw: bytes) -> Iterator[Row]:
    try:
        text = raw.decode("utf-8-sig")
        data = json.loads(text, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        raise AiguideError("not-answers") from None
    if not isinstance(data, list):
        raise AiguideError("not-answers")
    positions = scan(text)
    for index, one in enumerate(data):
        line, _ = positions.of((index,))
        try:
            yield _row(line, one)
        except AiguideError as error:
            yield Row(line, {}, error=error)


def _row(line: int, one: Any) -> Row:
    """Read one object. Raises: AiguideError `bad-answer-row`, `unknown-field`."""
    if not isinstance(one, dict):
        raise AiguideError("bad-answer-row")
    given = dict(one)
    evidence = given.pop(EVIDENCE, [])
    evidence = [evidence] if isinstance(evidence, str) else evidence
    for name in given:
        if name not in TEXTS:
            known = (*TEXTS, EVIDENCE)
            raise AiguideError("unknown-field", id=name, near=near(name, known), known=known)
    if not isinstance(evidence, list) or not all(name in given for name in NEEDED):
        raise AiguideError("bad-answer-row")
    if not all(isinstance(text, str) for text in (*given.values(), *evidence)):
        raise AiguideError("bad-answer-row")
    if not all(description.is_whole(text) for text in (*given.values(), *evidence)):
        raise AiguideError("text-not-utf8")
    return Row(line, given, tuple(evidence))


def _check_names(head: list[str]) -> None:
    """Let other columns stand, but not a slip in one of ours. Raises: AiguideError."""
    known = (*TEXTS, EVIDENCE)
    for name in head:
        if name not in known and (close := near(name, known)):
            raise AiguideError("unknown-field", id=name, near=close, known=known)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)


def _from_csv(lines: Lines) -> Iterator[Row]:
    reader = csv.reader(lines, strict=True)
    try:
        head = [name.strip().lower() for name in next(reader, [])]
    except (csv.Error, AiguideError):
        head = []
    if not set(NEEDED) <= set(head):
        raise AiguideError("no-answer-columns", needed=NEEDED)
    _check_names(head)
    while True:
        line = lines.number + 1
        try:
            cells = dict(zip(head, next(reader), strict=False))
        except StopIteration:
            return
        except csv.Error:
            yield Row(line, {}, error=AiguideError("bad-row"))
        except AiguideError as error:
            yield Row(line, {}, error=error)
        else:
            # an empty cell says nothing; several pieces of evidence stand on lines of their own
            given = {name: cells[name].strip() for name in TEXTS if cells.get(name, "").strip()}
            evidence = tuple(filter(None, map(str.strip, cells.get(EVIDENCE, "").splitlines())))
            if given or evidence:
                missing = not all(name in given for name in NEEDED)
                wrong = AiguideError("bad-answer-row") if missing else None
                yield Row(line, given, evidence, wrong)
