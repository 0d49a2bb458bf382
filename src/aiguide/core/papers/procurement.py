"""What to write into the specification and the contract, as tables to paste from."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from aiguide.core import wording
from aiguide.core.checklist import Checklist, Question
from aiguide.core.guideline import Drafting, PhaseKind, Place
from aiguide.core.paper import (
    Block,
    Bullets,
    Heading,
    Named,
    Paper,
    Paragraph,
    Table,
    Verdict,
)
from aiguide.core.papers.frame import framed, rows_table, said, warning
from aiguide.core.project import Status
from aiguide.core.verdict import Judgement
from aiguide.core.views import Head, Row, head, project_facts
from aiguide.core.words import Worded, Words


@dataclass(frozen=True, slots=True)
class DraftingRow:
    """One text to paste: its heading, the words, and what the item behind it rests on.

    `remark` is what to settle before it is used.
    """

    item: str
    item_title: str
    title: str
    level: str
    text: str
    remark: str
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcurementView(Head):
    """The texts for one project's cells and conditions.

    `warning` is the verdict's id and a sentence where the project may not go on. `offered`: the
    guideline's pack has texts at all. `in_house`: no vendor is used. `left_out` are the titles of
    items recorded as not applicable.
    """

    warning: tuple[str, str] | None
    offered: bool
    in_house: bool
    facts: tuple[Row, ...]
    specification: tuple[DraftingRow, ...]
    contract: tuple[DraftingRow, ...]
    left_out: tuple[str, ...]


def view(checklist: Checklist, judgement: Judgement, words: Words, today: str) -> ProcurementView:
    """Gather the texts of the items that apply, in the guideline's order."""
    in_house = _is_in_house(checklist)
    return ProcurementView(
        **asdict(head(checklist, words, today)),
        warning=warning(judgement, words, today),
        offered=any(item.drafting for item in checklist.guideline.items),
        in_house=in_house,
        facts=project_facts(checklist, words),
        specification=() if in_house else tuple(_rows(checklist, words, Place.SPECIFICATION)),
        contract=() if in_house else tuple(_rows(checklist, words, Place.CONTRACT)),
        left_out=() if in_house else _left_out(checklist, words),
    )


def _is_in_house(checklist: Checklist) -> bool:
    """Tell whether no item of the phases beside the others applies: there is nothing to procure."""
    beside = {one.id for one in checklist.guideline.phases if one.kind is PhaseKind.CROSSING}
    applies = any(question.item.phase in beside for question in checklist.questions)
    return bool(beside) and not applies


def _is_ruled_out(question: Question) -> bool:
    return question.clear and question.status is Status.NOT_APPLICABLE


def _left_out(checklist: Checklist, words: Words) -> tuple[str, ...]:
    return tuple(
        words.pick(question.item.title)
        for question in checklist.questions
        if question.item.drafting and _is_ruled_out(question)
    )


def _rows(checklist: Checklist, words: Words, place: Place) -> Iterator[DraftingRow]:
    for question in checklist.questions:
        drafting = question.item.drafting
        if drafting and drafting.place is place and not _is_ruled_out(question):
            yield _row(checklist, words, question, drafting)


def _row(checklist: Checklist, words: Words, question: Question, drafting: Drafting) -> DraftingRow:
    item = question.item
    return DraftingRow(
        item=item.id,
        item_title=words.pick(item.title),
        title=words.pick(drafting.title),
        level=wording.level_name(words, checklist, item),
        text=words.pick(drafting.text),
        remark=_remark(words, question),
        why=wording.why_sentence(words, checklist.guideline, checklist.situation, question.why),
        sources=wording.item_sources(words, checklist, item),
    )


def _remark(words: Words, question: Question) -> str:
    if question.status is not Status.EXCEPTION or question.answer is None:
        return ""
    return words.say("procurement.excepted", until=question.answer.until or "")


def paper(view: ProcurementView, words: Words) -> Paper:
    """Lay the texts out: two tables to paste from, then why each is there."""
    return framed(view, words, words.say("procurement.title"), tuple(_blocks(view, words)))


def _blocks(view: ProcurementView, words: Words) -> Iterator[Block]:
    if view.warning:
        yield Verdict(view.warning[0], view.warning[1], ())
    if view.in_house or not view.offered:
        key = "procurement.in-house" if view.offered else "procurement.not-offered"
        yield Paragraph(words.say(key))
        return
    drafts = (*view.specification, *view.contract)
    blanks = sum(one.text.count("［") + one.text.count("[ ]") for one in drafts)
    yield Paragraph(words.say("procurement.basis", blanks=blanks, pack=Worded(view.pack)))
    yield Heading(2, words.say("report.project"), "project")
    yield rows_table(words.say("report.project"), view.facts, words)
    for key, drafted in (("specification", view.specification), ("contract", view.contract)):
        title = words.say(f"procurement.{key}")
        yield Heading(2, title, key)
        yield _table(title, drafted, words) if drafted else Paragraph(words.say("procurement.none"))
    yield Heading(2, words.say("procurement.reasons"), "reasons", new_page=True)
    yield _reasons(drafts, words)
    if view.left_out:
        yield Heading(2, words.say("procurement.left-out"), "left-out")
        yield Bullets(view.left_out)


def _table(title: str, drafts: tuple[DraftingRow, ...], words: Words) -> Table:
    heads = said(words, "procurement.subject", "procurement.text")
    rows = tuple(
        (f"{number}. {one.title}", "\n".join(filter(None, (one.text, one.remark))))
        for number, one in enumerate(drafts, 1)
    )
    return Table(title, heads, (24, 76), rows)


def _reasons(drafts: tuple[DraftingRow, ...], words: Words) -> Table:
    heads = said(words, "report.item", "report.why", "report.item-source")
    rows = tuple(
        (Named(one.item_title, one.item), f"{one.level}\n{one.why}", "\n".join(one.sources))
        for one in drafts
    )
    return Table(words.say("procurement.reasons"), heads, (26, 28, 46), rows)
