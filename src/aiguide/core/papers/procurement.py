"""What to write into the specification and the contract, as tables to paste from."""

from collections.abc import Iterator
from dataclasses import dataclass

from aiguide.core import wording
from aiguide.core.checklist import Checklist, Question
from aiguide.core.guideline import Place
from aiguide.core.paper import Block, Heading, Named, Paper, Paragraph, Table, Tone
from aiguide.core.report import Row, project_facts
from aiguide.core.text import Lang
from aiguide.core.verdict import Judgement
from aiguide.core.words import Words


@dataclass(frozen=True, slots=True)
class DraftingRow:
    """One text to paste: what it is about, the words, and what the item behind it rests on."""

    item: str
    title: str
    level: str
    text: str
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcurementView:
    """The texts for one project's cells and conditions."""

    lang: Lang
    name: str
    example: str
    date: str
    place: str
    pack: str
    facts: tuple[Row, ...]
    specification: tuple[DraftingRow, ...]
    contract: tuple[DraftingRow, ...]


def view(checklist: Checklist, judgement: Judgement, words: Words, today: str) -> ProcurementView:
    """Gather the texts of the items that apply, in the guideline's order."""
    project = checklist.project
    return ProcurementView(
        lang=words.lang,
        name=project.name,
        example=words.say("example.mark") if project.example else "",
        date=today,
        place=" ".join(filter(None, (project.organization, project.owner))),
        pack=wording.pack_line(words, checklist.guideline),
        facts=project_facts(checklist, words),
        specification=tuple(_rows(checklist, words, Place.SPECIFICATION)),
        contract=tuple(_rows(checklist, words, Place.CONTRACT)),
    )


def _rows(checklist: Checklist, words: Words, place: Place) -> Iterator[DraftingRow]:
    for question in checklist.questions:
        drafting = question.item.drafting
        if drafting and drafting.place is place:
            yield _row(checklist, words, question, words.pick(drafting.text))


def _row(checklist: Checklist, words: Words, question: Question, text: str) -> DraftingRow:
    item = question.item
    return DraftingRow(
        item=item.id,
        title=words.pick(item.title),
        level=wording.level_name(words, checklist, item),
        text=text,
        why=wording.why_sentence(words, checklist.guideline, checklist.situation, question.why),
        sources=wording.item_sources(words, checklist, item),
    )


def paper(view: ProcurementView, words: Words) -> Paper:
    """Lay the texts out: two tables to paste from, then why each is there."""
    kind_of = words.say("procurement.title")
    lead = " · ".join(filter(None, (kind_of, view.date, view.place)))
    blocks = tuple(_blocks(view, words))
    return Paper(view.lang, view.name, kind_of, lead, view.date, view.example, view.pack, blocks)


def _blocks(view: ProcurementView, words: Words) -> Iterator[Block]:
    yield Paragraph(words.say("procurement.basis"), Tone.SMALL)
    yield Heading(2, words.say("report.project"), "project")
    heads = (words.say("report.fact"), words.say("report.value"))
    rows = tuple((row.label, row.value) for row in view.facts)
    yield Table(words.say("report.project"), heads, (26, 74), rows)
    for key, drafts in (("specification", view.specification), ("contract", view.contract)):
        title = words.say(f"procurement.{key}")
        yield Heading(2, title, key)
        yield _table(title, drafts, words) if drafts else Paragraph(words.say("procurement.none"))
    yield Heading(2, words.say("procurement.reasons"), "reasons", new_page=True)
    yield _reasons(view, words)


def _table(title: str, drafts: tuple[DraftingRow, ...], words: Words) -> Table:
    heads = (words.say("procurement.subject"), words.say("procurement.text"))
    rows = tuple((Named(one.title, one.item), one.text) for one in drafts)
    return Table(title, heads, (28, 72), rows)


def _reasons(view: ProcurementView, words: Words) -> Table:
    heads = tuple(words.say(key) for key in ("report.item", "report.why", "report.item-source"))
    rows = tuple(
        (Named(one.title, one.item), f"{one.level} {one.why}", " / ".join(one.sources))
        for one in (*view.specification, *view.contract)
    )
    return Table(words.say("procurement.reasons"), heads, (26, 28, 46), rows)
