"""Recording a file of answers: all of them in one save, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from aiguide.core.answers import Said
from aiguide.core.dates import checked_date
from aiguide.core.errors import AiguideError
from aiguide.core.project import Status
from aiguide.core.stamp import Stamp
from aiguide.core.suggest import near
from aiguide.store import answer_files, projects
from aiguide.store.answer_files import Row
from aiguide.usecases.guidelines import find_item
from aiguide.usecases.projects import evidence_of, open_project, with_answer

TOLD = ("note", "reason", "approver", "assignee")
DATES = ("until", "due")


@dataclass(frozen=True, slots=True, eq=False)
class Refused:
    """A row of a file that cannot be recorded, and why."""

    line: int
    error: AiguideError


def record(
    path: Path, stream: BinaryIO, stamp: Stamp, *, as_csv: bool
) -> tuple[int, tuple[Refused, ...]]:
    """Record all answers of a file in one save, or none where a row stands in the way.

    Gives how many rows there are, and those refused. Raises: AiguideError `no-columns`,
    `not-answers`, `too-large`, and as `open_project` does.
    """
    rows = answer_files.read(stream, as_csv=as_csv)
    return len(rows), _record(path, rows, stamp)


def _record(path: Path, rows: Sequence[Row], stamp: Stamp) -> tuple[Refused, ...]:
    with projects.held(path):
        fresh = open_project(path)
        project, refused = fresh.project, []
        for row in rows:
            try:
                if row.error:
                    raise row.error
                item = find_item(fresh.guideline, row.texts["item"])
                project = with_answer(project, item, _said(path, row), stamp)
            except AiguideError as error:
                refused.append(Refused(row.line, error))
        if rows and not refused:
            projects.save(path, project)
        return tuple(refused)


def _said(path: Path, row: Row) -> Said:
    """Make of a row what is said. Raises: AiguideError `bad-choice`, `bad-date`, `evidence-...`."""
    known = [status.value for status in Status]
    status = row.texts["status"]
    if status not in known:
        close = near(status, known)
        raise AiguideError("bad-choice", option="status", value=status, known=known, near=close)
    given = row.texts
    return Said(
        status=Status(status),
        evidence=tuple(evidence_of(path, target) for target in row.evidence),
        **{name: given[name] for name in TOLD if name in given},
        **{name: given[name] and checked_date(given[name]) for name in DATES if name in given},
    )
