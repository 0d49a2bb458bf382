"""Recording a file of answers: all of them in one save, or none."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from aiguide.core import wording
from aiguide.core.answers import Said, same_answer
from aiguide.core.dates import checked_date, in_tokyo
from aiguide.core.errors import AiguideError
from aiguide.core.project import Answer
from aiguide.core.stamp import Stamp
from aiguide.core.text import LANGS
from aiguide.core.words import Words
from aiguide.store import answer_files, projects
from aiguide.store.answer_files import Row
from aiguide.store.lines import folded
from aiguide.usecases.guidelines import find_item
from aiguide.usecases.projects import evidence_of, open_project, with_answer

TOLD = ("note", "reason", "approver", "assignee")
DATES = ("until", "due")


@dataclass(frozen=True, slots=True, eq=False)
class Refused:
    """A row of a file that cannot be recorded, and why."""

    row: Row
    error: AiguideError


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """What became of a file of answers: how many rows it has, how many say what stood already.

    `unread` are its columns that are none of ours, `again` the items that it answers more than
    once, the last answer standing, `past` those whose exception has ended. Nothing was recorded
    where a row was refused.
    """

    rows: int
    unchanged: int
    refused: tuple[Refused, ...]
    unread: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    past: tuple[str, ...] = ()


def record(path: Path, stream: BinaryIO, file: Path, words: Words, stamp: Stamp) -> Recorded:
    """Record all answers of a file in one save, or none where a row stands in the way.

    Raises: AiguideError and UnreadableError, as `answer_files.read` and `open_project` do.
    """
    given = answer_files.read(stream, file, _named(words))
    today = in_tokyo(stamp.at)[:10]
    with projects.held(path):
        fresh = open_project(path)
        project, unchanged, refused = fresh.project, 0, []
        seen: Counter[str] = Counter()
        for row in given.rows:
            try:
                if row.error:
                    raise row.error
                item = find_item(fresh.guideline, row.texts["item"])
                answered = with_answer(project, item, _said(path, row, words, today), stamp)
            except AiguideError as error:
                refused.append(Refused(row, error))
                continue
            seen[item.id] += 1
            if same_answer(project.answers.get(item.id), answered.answers[item.id]):
                unchanged += 1
            else:
                project = answered
        if project is not fresh.project and not refused:
            projects.save(path, project)
        again = tuple(id for id, count in seen.items() if count > 1)
        past = tuple(id for id in seen if _is_past(project.answers.get(id), stamp))
        return Recorded(len(given.rows), unchanged, tuple(refused), given.unread, again, past)


def _is_past(answer: Answer | None, stamp: Stamp) -> bool:
    """Tell whether an answer is an exception that had ended when it was recorded."""
    return bool(answer and answer.until and answer.until < in_tokyo(stamp.at)[:10])


def _named(words: Words) -> dict[str, str]:
    """Map what people call the fields of an answer, in every language, to them, `folded`.

    What we call them comes first.
    """
    spoken = [words.spoken(lang) for lang in LANGS]
    named = {name: name for name in answer_files.FIELDS}
    for key in ("answer.{}", "answer.{}.also"):
        for one in spoken:
            for name in answer_files.FIELDS:
                said = one.say(key.format(name)) if one.has(key.format(name)) else ""
                for word in said.split() if key.endswith("also") else [said]:
                    named.setdefault(folded(word), name)
    return named


def _said(path: Path, row: Row, words: Words, today: str) -> Said:
    """Make of a row what is said. Raises: AiguideError `bad-choice`, `bad-date`, `evidence-...`."""
    given = row.texts
    return Said(
        status=wording.status_of(words, given["status"], "status"),
        evidence=tuple(evidence_of(path, target) for target in row.evidence),
        only_evidence=False,
        **{name: given[name] for name in TOLD if name in given},
        **{name: _date(name, given[name], today) for name in DATES if name in given},
    )


def _date(name: str, given: str, today: str) -> str:
    """Read a date, or none; an error names the column. Raises: AiguideError."""
    try:
        return given and checked_date(given, today)
    except AiguideError as error:
        raise AiguideError(error.code, **error.args_said, column=name) from None
