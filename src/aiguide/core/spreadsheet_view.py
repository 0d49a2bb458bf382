"""All that a project's spreadsheet shows and carries, worded once; the renderer only draws it."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiguide.core import wording
from aiguide.core.checklist import Checklist, Question, current_phase
from aiguide.core.dates import day_in_tokyo
from aiguide.core.project import Project, Status
from aiguide.core.spreadsheet import (
    COLUMNS,
    FORMAT,
    STATE_SHEET,
    cells_of,
    is_stale,
    plain,
    sheet_names,
)
from aiguide.core.words import Worded, Words

STEPS = ("white", "status", "evidence", "dates", "clear", "stale", "keep")
RETURN = ("command", "conflict")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The row of one item: `cells` by column as shown, `base` the editable ones as they stand."""

    id: str
    digest: str
    cells: Mapping[str, str]
    base: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The sheet of one phase."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A part of the instruction sheet: rows of a label and a text."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """A project's spreadsheet.

    `mark` is what every page of a made-up example must say. `facts` are what an import needs to
    know of the whole, `headings` map column to its heading, `labels` are the statuses to choose.
    """

    title: str
    project: str
    mark: str
    foot: str
    guide: str
    blocks: tuple[Block, ...]
    state: str
    facts: Mapping[str, str]
    headings: Mapping[str, str]
    labels: tuple[str, ...]
    bad_status: str
    bad_date: str
    sheets: tuple[Sheet, ...]


def build(checklist: Checklist, words: Words, today: str) -> Book:
    """Build the spreadsheet of a checklist, dated `today`."""
    project, names = checklist.project, sheet_names(checklist.guideline, words)
    sheets = tuple(
        Sheet(names[phase.id], tuple(_line(checklist, one, words) for one in questions))
        for phase in checklist.guideline.phases
        if (questions := checklist.of_phase(phase.id))
    )
    return Book(
        title=words.say("sheet.title"),
        project=plain(project.name),
        mark=words.say("example.mark") if project.example else "",
        foot=words.say("paper.foot", pack=Worded(wording.pack_line(words, checklist.guideline))),
        guide=words.say("sheet.guide"),
        blocks=_blocks(checklist, words, today),
        state=STATE_SHEET,
        facts=facts_of(project),
        headings={name: words.say(f"sheet.column.{name}") for name in COLUMNS},
        labels=tuple(words.say(f"status.{status.value}") for status in Status),
        bad_status=words.say("sheet.bad-status"),
        bad_date=words.say("sheet.bad-date"),
        sheets=sheets,
    )


def facts_of(project: Project) -> dict[str, str]:
    """Give what says of which project, and of which of its states, a spreadsheet is."""
    return {
        "format": FORMAT,
        "guideline": project.guideline_id,
        "version": str(project.guideline_version),
        "project": plain(project.id),
        "name": plain(project.name),
        "began": project.history[0].hash if project.history else "",
        "head": project.head,
    }


def _line(checklist: Checklist, question: Question, words: Words) -> Line:
    item, answer = question.item, question.answer
    base = cells_of(item, answer)
    status = base["status"]
    shown = {
        **base,
        "id": item.id,
        "title": words.pick(item.title),
        "check": words.pick(item.check),
        "level": wording.level_name(words, checklist, item),
        "why": wording.why_sentence(words, checklist.guideline, checklist.situation, question.why),
        "standing": _standing(question, words),
        # a blank cell asks to be filled in, and lets a note begin the item
        "status": "" if status in ("", Status.OPEN) else words.say(f"status.{status}"),
        "by": answer.by if answer else "",
        "at": day_in_tokyo(answer.at) if answer else "",
    }
    return Line(item.id, item.digest, {name: plain(shown[name]) for name in COLUMNS}, base)


def _standing(question: Question, words: Words) -> str:
    """Say what a reader must know of an answer beside its status; nothing where all is well."""
    answer = question.answer
    if answer is None:
        return words.say("status.open")
    said = list(wording.answer_flags(words, question))
    if is_stale(question.item, answer):
        earlier = words.say(f"status.{answer.status.value}")
        said.insert(0, words.say("sheet.stale", status=earlier))
    elif answer.status is Status.OPEN:
        said.insert(0, words.say("status.open"))
    elif question.expired:
        said.insert(0, words.say("status.expired"))
    return "\n".join(said)


def _blocks(checklist: Checklist, words: Words, today: str) -> tuple[Block, ...]:
    owner = checklist.project.owner
    to = words.say("sheet.return.owner", owner=owner) if owner else words.say("sheet.return.sender")
    needs = ((words.say(f"status.{s.value}"), words.say(f"sheet.needs.{s.value}")) for s in Status)
    return (
        Block("", _facts(checklist, words, today)),
        Block(words.say("sheet.steps"), _numbered([words.say(f"sheet.step.{s}") for s in STEPS])),
        Block(words.say("sheet.needs"), tuple(needs)),
        Block(
            words.say("sheet.return"),
            _numbered([to, *(words.say(f"sheet.return.{step}") for step in RETURN)]),
        ),
    )


def _numbered(texts: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(number), text) for number, text in enumerate(texts, 1))


def _facts(checklist: Checklist, words: Words, today: str) -> tuple[tuple[str, str], ...]:
    project, guideline = checklist.project, checklist.guideline
    cells = [wording.cell_name(words, guideline, id) for id in project.cells]
    pairs = (
        ("report.project", project.name),
        ("facts.organization", project.organization),
        ("facts.owner", project.owner),
        ("facts.phase", words.pick(guideline.phase(current_phase(guideline, project)).title)),
        ("sheet.cells", words.listing(cells)),
        ("report.pack", wording.pack_line(words, guideline)),
        ("report.date", today),
        ("report.head", project.head),
    )
    return tuple((words.say(key), plain(value) or words.say("facts.none")) for key, value in pairs)
