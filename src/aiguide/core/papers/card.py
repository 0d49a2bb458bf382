"""The guidance of one cell on a few pages: what it is, its stance, and what to check by phase."""

from collections.abc import Iterator
from dataclasses import dataclass

from aiguide.core import wording
from aiguide.core.applicability import Situation, applicable, hinges, situation
from aiguide.core.guideline import Cell, Fact, Guideline, Item, Phase
from aiguide.core.paper import (
    Block,
    Bullets,
    Contents,
    Heading,
    Named,
    Paper,
    Paragraph,
    Stanced,
    Table,
    Tone,
    Verdict,
)
from aiguide.core.project import Classification, Project
from aiguide.core.text import Lang
from aiguide.core.views import cell_view
from aiguide.core.words import Worded, Words


@dataclass(frozen=True, slots=True)
class Sourced:
    """A sentence and where it is from."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardItem:
    """A check item of the cell; `only_if` names the conditions that it hangs on."""

    id: str
    title: str
    level: str
    check: str
    only_if: str


@dataclass(frozen=True, slots=True)
class CardPhase:
    """The check items of one phase."""

    id: str
    title: str
    items: tuple[CardItem, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """The guidance of one cell."""

    lang: Lang
    id: str
    name: str
    date: str
    pack: str
    pack_status: str
    stance_id: str
    stance_policy: str
    stance: str
    meaning: str
    doubt: str
    note: str
    stance_sources: tuple[str, ...]
    considerations: str
    summary: Sourced
    choose_when: Sourced
    features: tuple[Sourced, ...]
    scenes: tuple[Sourced, ...]
    phases: tuple[CardPhase, ...]


def view(guideline: Guideline, cell: Cell, words: Words, today: str) -> CardView:
    """Gather the guidance of a cell, dated `today`; conditions count as not yet answered."""
    told = cell_view(words, guideline, cell.id)
    classification = Classification(cells=(cell.id,))
    project = Project(guideline.id, guideline.version, "", classification=classification)
    now = situation(guideline, project)

    def sourced(fact: Fact) -> Sourced:
        lines = wording.source_lines(words, guideline, fact.sources, (cell.id,))
        return Sourced(words.pick(fact.text), lines)

    return CardView(
        lang=words.lang,
        id=cell.id,
        name=told.name,
        date=today,
        pack=wording.pack_line(words, guideline),
        pack_status=words.pick(guideline.status),
        stance_id=told.stance_id,
        stance_policy=told.stance_policy,
        stance=told.stance,
        meaning=told.meaning,
        doubt=told.doubt,
        note=told.note,
        stance_sources=wording.source_lines(words, guideline, cell.stance_sources, (cell.id,)),
        considerations=told.considerations,
        summary=sourced(cell.summary),
        choose_when=sourced(cell.choose_when),
        features=tuple(sourced(one) for one in cell.features),
        scenes=tuple(sourced(one) for one in cell.scenes),
        phases=tuple(_phase(guideline, phase, now, words) for phase in guideline.phases),
    )


def _phase(guideline: Guideline, phase: Phase, now: Situation, words: Words) -> CardPhase:
    cells = tuple(id for id, _ in now.cells)
    items = (
        _item(guideline, item, cells, hinges(item, now), words)
        for item in applicable(guideline, now)
        if item.phase == phase.id
    )
    return CardPhase(phase.id, words.pick(phase.title), tuple(items))


def _item(
    guideline: Guideline,
    item: Item,
    cells: tuple[str, ...],
    sets: tuple[tuple[str, ...], ...],
    words: Words,
) -> CardItem:
    def quoted(id: str) -> str:
        return words.say("quote", text=guideline.condition(id).title)

    joint = words.say("why.joint")
    conditions = [joint.join(map(quoted, one)) for one in sets]
    return CardItem(
        id=item.id,
        title=words.pick(item.title),
        level=wording.plain_level(words, item.level, item.level_basis.basis_for(cells)),
        check=words.pick(item.check),
        only_if=words.say("card.or").join(conditions),
    )


def paper(view: CardView, words: Words) -> Paper:
    """Lay the guidance of a cell out."""
    kind_of = words.say("card.title")
    lead = f"{kind_of} · {view.date} · {view.id}"
    blocks = tuple(_blocks(view, words))
    foot = words.say("paper.foot", pack=Worded(view.pack))
    return Paper(view.lang, view.name, kind_of, lead, view.date, "", foot, blocks)


def _blocks(view: CardView, words: Words) -> Iterator[Block]:
    if view.stance:
        notes = tuple(filter(None, (view.meaning, view.doubt, view.note)))
        title = Stanced(view.stance, view.stance, view.stance_policy)
        yield Verdict(view.stance_policy, title, notes)
    yield Paragraph(view.summary.text)
    yield Paragraph(view.choose_when.text)
    yield Paragraph(f"{words.say('report.considerations')}: {view.considerations}")
    for key, facts in (("show.features", view.features), ("show.scenes", view.scenes)):
        yield Heading(2, words.say(key))
        yield Bullets(tuple(fact.text for fact in facts))
    yield Contents(words.say("report.contents"))
    for phase in view.phases:
        if phase.items:
            yield Heading(2, phase.title, f"phase-{phase.id}")
            yield _table(phase, words)
    yield Heading(2, words.say("card.sources"), "sources")
    yield Bullets(_sources(view), Tone.SMALL)
    yield Paragraph(view.pack_status, Tone.SMALL)


def _table(phase: CardPhase, words: Words) -> Table:
    heads = (words.say("report.item"), words.say("card.check"))
    rows = tuple((Named(one.title, one.id), _told(one, words)) for one in phase.items)
    return Table(phase.title, heads, (32, 68), rows)


def _told(item: CardItem, words: Words) -> str:
    """Say an item's level, what it hangs on, and what to check."""
    hanging = words.say("card.only-if", conditions=Worded(item.only_if)) if item.only_if else ""
    return f"{words.say('card.level', level=item.level)}{hanging} {item.check}"


def _sources(view: CardView) -> tuple[str, ...]:
    facts = (view.summary, view.choose_when, *view.features, *view.scenes)
    lines = (*view.stance_sources, *(line for fact in facts for line in fact.sources))
    return tuple(dict.fromkeys(lines))
