"""A project's spreadsheet: its columns, and how the cells of a row stand for an answer."""

import re
from collections.abc import Iterable, Mapping, Sequence

from aiguide.core.dates import in_tokyo
from aiguide.core.guideline import Guideline, Item
from aiguide.core.project import Answer, Evidence, Status
from aiguide.core.text import LANGS
from aiguide.core.words import Words

FORMAT = "1"
SUFFIX = ".xlsx"

# The hidden sheet that carries what an import needs; never shown, so never translated.
STATE_SHEET = "aiguide"

EDITABLE = ("status", "note", "evidence", "reason", "approver", "until", "assignee", "due")
DATES = ("until", "due")
# What is shown of an answer and of its item, and not taken in; a change of it is told.
SIGNED = ("by", "at")
SHOWN = ("level", "why", "standing", *SIGNED)
# What people read comes first; the id, by which an import knows the row, last.
COLUMNS = ("title", "check", "level", "why", "standing", *EDITABLE, *SIGNED, "id")

# A cell of a spreadsheet takes 32,767 characters; an emoji counts for two.
MOST_IN_CELL = 32_000
_SHOWN_OF_LONGER = 15_000

# What XML cannot carry.
_UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

_UNSHEETLY = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_AT_MOST = 31


def plain(text: str) -> str:
    """Give a text as a cell keeps it: one kind of line end, no blanks around, no control codes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNKEPT.sub("", lines).strip()


def is_cut(text: str) -> bool:
    """Tell whether a text is longer than a cell can take."""
    return len(text) + sum(char > "\uffff" for char in text) > MOST_IN_CELL


def _fitted(text: str) -> str:
    return text[:_SHOWN_OF_LONGER] + "…" if is_cut(text) else text


def whole_cells(item: Item, answer: Answer | None) -> dict[str, str]:
    """Give what the editable cells of an item's row stand for, at their full length.

    The status is its id: no answer is open, and a stale one is blank, for it is to be given again.
    """
    given = answer or Answer(Status.OPEN)
    texts = {name: getattr(given, name) or "" for name in EDITABLE if name != "evidence"}
    texts["status"] = "" if is_stale(item, given) else given.status.value
    cells = {name: plain(text) for name, text in texts.items()}
    return cells | {"evidence": "\n".join(evidence_line(one) for one in given.evidence)}


def cells_of(item: Item, answer: Answer | None) -> dict[str, str]:
    """Give what the editable cells of an item's row hold; a text that is too long is cut."""
    return {name: _fitted(text) for name, text in whole_cells(item, answer).items()}


def is_stale(item: Item, answer: Answer) -> bool:
    """Tell whether an answer has to be affirmed: it says something, and the wording changed."""
    return answer.status is not Status.OPEN and answer.item_digest not in ("", item.digest)


def evidence_line(evidence: Evidence) -> str:
    """Give a piece of evidence as its line in a cell."""
    return " ".join(plain(evidence.target).split("\n"))


def lines_of(cell: str) -> tuple[str, ...]:
    """Give the lines of an evidence cell, each once."""
    return tuple(dict.fromkeys(filter(None, map(str.strip, cell.split("\n")))))


def headings(words: Words) -> dict[str, str]:
    """Map the heading of each column, in every language, to the column; the spoken one first."""
    return {
        plain(words.spoken(lang).say(f"sheet.column.{name}")): name
        for lang in (words.lang, *LANGS)
        for name in COLUMNS
    }


def sheet_names(guideline: Guideline, words: Words) -> dict[str, str]:
    """Map each phase to the name of its sheet: its title, as a spreadsheet takes it."""
    taken = [STATE_SHEET, words.say("sheet.guide")]
    names = {}
    for phase in guideline.phases:
        names[phase.id] = _free(_sheet_name(words.pick(phase.title)), taken)
        taken.append(names[phase.id])
    return names


def _sheet_name(title: str) -> str:
    return _UNSHEETLY.sub(" ", plain(title))[:_SHEET_NAME_AT_MOST].strip(" '") or "-"


def _free(name: str, taken: Iterable[str]) -> str:
    """Give a name that no other sheet has, by a number behind it where needed."""
    used, free, number = {one.lower() for one in taken}, name, 1
    while free.lower() in used:
        number += 1
        free = f"{name[: _SHEET_NAME_AT_MOST - 5]} ({number})"
    return free


def changed_fields(before: Mapping[str, str], after: Mapping[str, str]) -> Sequence[str]:
    """Name the fields in which the cells of a row differ, in the order of the columns."""
    return [name for name in EDITABLE if before[name] != after[name]]


def standing(words: Words, answer: Answer) -> str:
    """Say whose an answer is, and since when it stands."""
    status = words.say(f"status.{answer.status.value}")
    name = answer.by or words.say("sheet.somebody")
    return words.say("import.stands", status=status, name=name, at=in_tokyo(answer.at))


def shown(words: Words, name: str, text: str) -> str:
    """Word the value of a field for people: a status by its name, and what is empty."""
    if not text:
        return words.say("sheet.again" if name == "status" else "sheet.empty")
    return words.say(f"status.{text}") if name == "status" else text
