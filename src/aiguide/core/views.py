"""What the data of several papers share: head, facts of a project, a cell with its stance."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from aiguide.core import wording
from aiguide.core.checklist import Checklist, current_phase
from aiguide.core.guideline import Cell, Guideline
from aiguide.core.project import AiSystem, Project
from aiguide.core.text import Lang
from aiguide.core.words import Words


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what it stands for."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Head:
    """What every paper of a project begins and ends with; `example` marks a made-up one."""

    lang: Lang
    name: str
    example: str
    date: str
    place: str
    pack: str


@dataclass(frozen=True, slots=True)
class CellRecord:
    """A cell as the public reads it; `doubt` says where its stance is inferred.

    `stance_policy`: what the verdict makes of the stance, for its colour.
    """

    name: str
    summary: str
    stance: str
    stance_policy: str
    meaning: str
    doubt: str
    considerations: str


@dataclass(frozen=True, slots=True)
class CellView(CellRecord):
    """A cell with its ids, what is noted of its stance, and where all that is from.

    What is said of a stance is empty where the guideline takes none.
    """

    id: str
    stance_id: str
    note: str
    sources: tuple[str, ...]


def head(checklist: Checklist, words: Words, today: str) -> Head:
    """Give the head of a project's paper, dated `today`."""
    project = checklist.project
    return Head(
        lang=words.lang,
        name=project.name,
        example=words.say("example.mark") if project.example else "",
        date=today,
        place=" ".join(filter(None, (project.organization, project.owner))),
        pack=wording.pack_line(words, checklist.guideline),
    )


def project_facts(checklist: Checklist, words: Words) -> tuple[Row, ...]:
    """Give a project's facts with their labels; what is not recorded says so."""
    project = checklist.project
    pairs = (
        ("facts.organization", project.organization),
        ("facts.owner", project.owner),
        ("facts.phase", phase_name(checklist, words)),
        ("facts.description", project.description),
        ("facts.ai", words.listing(list(ai_systems(project, words)))),
    )
    return tuple(Row(words.say(key), value or words.say("facts.none")) for key, value in pairs)


def phase_name(checklist: Checklist, words: Words) -> str:
    """Name the phase that a project is in."""
    guideline = checklist.guideline
    return words.pick(guideline.phase(current_phase(guideline, checklist.project)).title)


def ai_systems(project: Project, words: Words) -> tuple[str, ...]:
    """Give each AI that a project uses on a line."""
    return tuple(" / ".join(_ai_parts(ai, words)) for ai in project.ai)


def _ai_parts(ai: AiSystem, words: Words) -> Iterator[str]:
    """Give the product, model and vendor; one that follows a blank is named for what it is."""
    follows_blank = False
    for name, text in asdict(ai).items():
        if text:
            yield words.say(f"ai.{name}", text=text) if follows_blank else text
        follows_blank |= not text


def cell_record(words: Words, guideline: Guideline, id: str) -> CellRecord:
    """Word a cell for the public."""
    cell = guideline.cell(id)
    return CellRecord(
        name=wording.cell_name(words, guideline, id),
        summary=words.pick(cell.summary.text),
        stance=wording.cell_stance(words, guideline, cell),
        stance_policy=cell_policy(guideline, cell),
        meaning=wording.stance_meaning(words, guideline, cell),
        doubt=wording.stance_doubt(words, guideline, cell),
        considerations=wording.cell_considerations(words, guideline, cell),
    )


def cell_policy(guideline: Guideline, cell: Cell) -> str:
    """Say what the verdict makes of a cell's stance, for its colour; empty without one."""
    stance = guideline.stance_of(cell)
    return stance.policy.value if stance else ""


def cell_view(words: Words, guideline: Guideline, id: str) -> CellView:
    """Word a cell with all that is noted of it."""
    cell = guideline.cell(id)
    sources = (*cell.stance_sources, *cell.summary.sources)
    return CellView(
        **asdict(cell_record(words, guideline, id)),
        id=id,
        stance_id=cell.stance_id or "",
        note=words.pick(cell.stance.note) if cell.stance and cell.stance.note else "",
        sources=wording.source_lines(words, guideline, sources, (id,)),
    )
