"""The public record for citizens: what AI is used, for what, and what is still to be written.

It holds facts only. Notes and evidence were written for colleagues and are not published; what
only people can write stands as a blank.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from aiguide.core import wording
from aiguide.core.applicability import Truth
from aiguide.core.checklist import Checklist
from aiguide.core.paper import Block, Bullets, Heading, Paper, Paragraph, Table, Tone
from aiguide.core.report import Row
from aiguide.core.text import Lang
from aiguide.core.verdict import Judgement
from aiguide.core.words import Words


@dataclass(frozen=True, slots=True)
class Blank:
    """What people have to write: a prompt, and how many of the items behind it are clear."""

    id: str
    title: str
    prompt: str
    items: tuple[str, ...]
    clear: int
    total: int


@dataclass(frozen=True, slots=True)
class CellRecord:
    """A cell as the public reads it."""

    name: str
    summary: str
    stance: str
    meaning: str
    considerations: str


@dataclass(frozen=True, slots=True)
class TransparencyView:
    """A public record. The fields up to `contact_email` carry the names of the UK's standard.

    (Algorithmic Transparency Standard, v1.1.) What is not known is None.
    """

    name: str
    description: str | None
    website: str | None
    contact_email: str | None
    organisation: str | None
    team: str | None
    senior_responsible_owner: str | None
    external_supplier: tuple[str, ...]
    ai: tuple[str, ...]
    lang: Lang
    example: str
    date: str
    phase: str
    pack: str
    cells: tuple[CellRecord, ...]
    conditions: tuple[Row, ...]
    blanks: tuple[Blank, ...]


def view(checklist: Checklist, judgement: Judgement, words: Words, today: str) -> TransparencyView:
    """Gather what the manifest says that may be published."""
    project, guideline = checklist.project, checklist.guideline
    systems = (" / ".join(filter(None, (ai.product, ai.model, ai.vendor))) for ai in project.ai)
    return TransparencyView(
        name=project.name,
        description=project.description or None,
        website=None,
        contact_email=None,
        organisation=project.organization or None,
        team=project.owner or None,
        senior_responsible_owner=None,
        external_supplier=tuple(dict.fromkeys(ai.vendor for ai in project.ai if ai.vendor)),
        ai=tuple(systems),
        lang=words.lang,
        example=words.say("example.mark") if project.example else "",
        date=today,
        phase=words.pick(guideline.phase(project.phase or guideline.stages[0]).title),
        pack=wording.pack_line(words, guideline),
        cells=tuple(_cell(checklist, id, words) for id in project.cells),
        conditions=tuple(_conditions(checklist, words)),
        blanks=tuple(_blanks(checklist, words)),
    )


def _cell(checklist: Checklist, id: str, words: Words) -> CellRecord:
    guideline = checklist.guideline
    cell = guideline.cell(id)
    stance = guideline.stance(cell.stance.id)
    return CellRecord(
        name=wording.cell_name(words, guideline, id),
        summary=words.pick(cell.summary.text),
        stance=wording.stance_name(words, stance),
        meaning=words.pick(stance.description),
        considerations=wording.cell_considerations(words, guideline, cell),
    )


def _conditions(checklist: Checklist, words: Words) -> Iterator[Row]:
    """Give each condition as a plain yes, no, or not confirmed."""
    answers = {Truth.FALSE: "condition.false", Truth.UNANSWERED: "record.unconfirmed"}
    for id, truth in checklist.situation.conditions.items():
        title = words.pick(checklist.guideline.condition(id).title)
        yield Row(title, words.say(answers.get(truth, "condition.declared")))


def _blanks(checklist: Checklist, words: Words) -> Iterator[Blank]:
    """Give what is to be written, with the applicable items whose answers help."""
    for field in checklist.guideline.record:
        asked = [one for id in field.items if (one := checklist.question(id))]
        yield Blank(
            id=field.id,
            title=words.pick(field.title),
            prompt=words.pick(field.prompt),
            items=tuple(one.item.id for one in asked),
            clear=sum(one.clear for one in asked),
            total=len(asked),
        )


def paper(view: TransparencyView, words: Words) -> Paper:
    """Lay the record out for the public, blanks and all."""
    kind_of = words.say("record.title")
    lead = " · ".join(filter(None, (kind_of, view.date, view.organisation)))
    blocks = tuple(_blocks(view, words))
    return Paper(view.lang, view.name, kind_of, lead, view.date, view.example, view.pack, blocks)


def _blocks(view: TransparencyView, words: Words) -> Iterator[Block]:
    yield Paragraph(words.say("record.intro"))
    yield Heading(2, words.say("record.overview"), "overview")
    yield _table(words.say("record.overview"), _overview(view, words), words)
    yield Heading(2, words.say("record.use"), "use")
    yield Paragraph(words.say("record.use.intro"))
    for cell in view.cells:
        yield Heading(3, f"{cell.name} {cell.stance}")
        yield Paragraph(f"{cell.summary} {cell.meaning}")
        yield Paragraph(f"{words.say('report.considerations')}: {cell.considerations}")
    yield _table(words.say("record.use"), view.conditions, words)
    yield Heading(2, words.say("record.told"), "told")
    for blank in view.blanks:
        yield Heading(3, blank.title)
        yield Paragraph(words.say("record.blank", prompt=blank.prompt))
    yield Heading(2, words.say("record.before"), "before", new_page=True)
    yield Paragraph(words.say("record.before.intro"), Tone.SMALL)
    yield Bullets(tuple(_help(blank, words) for blank in view.blanks), Tone.SMALL)


def _overview(view: TransparencyView, words: Words) -> tuple[Row, ...]:
    blank = words.say("record.to-write")
    suppliers = words.listing(list(view.external_supplier))
    pairs = (
        ("facts.description", view.description or blank),
        ("record.organisation", view.organisation or blank),
        ("facts.owner", view.team or blank),
        ("record.responsible", view.senior_responsible_owner or blank),
        ("facts.phase", view.phase),
        ("facts.ai", words.listing(list(view.ai)) or blank),
        ("record.supplier", suppliers or blank),
        ("record.website", view.website or blank),
    )
    return tuple(Row(words.say(key), value) for key, value in pairs)


def _table(caption: str, rows: tuple[Row, ...], words: Words) -> Table:
    heads = (words.say("report.fact"), words.say("report.value"))
    return Table(caption, heads, (34, 66), tuple((row.label, row.value) for row in rows))


def _help(blank: Blank, words: Words) -> str:
    """Name the check items whose answers help to write a blank, and how many are clear."""
    if not blank.items:
        return f"{blank.title}: {words.say('record.no-items')}"
    counts = words.say("record.items", clear=blank.clear, total=blank.total)
    return f"{blank.title}: {counts} ({words.listing(list(blank.items))})"
