"""The public record for citizens: what AI is used, for what, and what is still to be written.

It holds facts only. Notes and evidence were written for colleagues and are not published; what
only people can write stands as a blank.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from aiguide.core import wording
from aiguide.core.applicability import Truth
from aiguide.core.checklist import Checklist, current_phase
from aiguide.core.guideline import PhaseKind
from aiguide.core.paper import Block, Bullets, Heading, Paper, Paragraph, Stanced, Tone, Verdict
from aiguide.core.papers.frame import framed, rows_table, warning
from aiguide.core.project import Status
from aiguide.core.verdict import Judgement
from aiguide.core.views import CellRecord, Head, Row, ai_systems, cell_record, head, phase_name
from aiguide.core.words import Worded, Words

WIDTHS = (34, 66)


@dataclass(frozen=True, slots=True)
class Blank:
    """What people have to write: a prompt, the items behind it, and how these were answered."""

    id: str
    title: str
    prompt: str
    items: tuple[str, ...]
    titles: tuple[str, ...]
    done: int
    not_applicable: int
    left: int


@dataclass(frozen=True, slots=True)
class Told:
    """A condition, its answer and what residents are told of it.

    `answer` is None while it is not settled; `sentence` also where the guideline has none.
    """

    label: str
    answer: str | None
    sentence: str | None


@dataclass(frozen=True, slots=True)
class TransparencyView(Head):
    """A public record; what is not known is None.

    `name`, `description`, `website` and `contact_email` are named as in the UK's Algorithmic
    Transparency Standard, v1.1. `stage` is `planned`, `used` or `ended`; `cells` is empty while
    no person has confirmed them.
    """

    description: str | None
    website: str | None
    contact_email: str | None
    organisation: str | None
    team: str | None
    senior_responsible_owner: str | None
    external_supplier: tuple[str, ...]
    ai: tuple[str, ...]
    phase: str
    stage: str
    warning: tuple[str, str] | None
    cells: tuple[CellRecord, ...]
    conditions: tuple[Told, ...]
    blanks: tuple[Blank, ...]


def view(checklist: Checklist, judgement: Judgement, words: Words, today: str) -> TransparencyView:
    """Gather what the manifest says that may be published."""
    project, guideline = checklist.project, checklist.guideline
    confirmed = () if judgement.unsure else project.cells
    # the section or the person in charge is not named: somebody must decide what to publish
    public = replace(head(checklist, words, today), place=project.organization)
    return TransparencyView(
        **asdict(public),
        description=project.description or None,
        website=None,
        contact_email=None,
        organisation=project.organization or None,
        team=None,
        senior_responsible_owner=None,
        external_supplier=tuple(dict.fromkeys(ai.vendor for ai in project.ai if ai.vendor)),
        ai=ai_systems(project, words),
        stage=_stage(checklist),
        warning=warning(judgement, words, today),
        phase=phase_name(checklist, words),
        cells=tuple(cell_record(words, guideline, id) for id in confirmed),
        conditions=tuple(_conditions(checklist, words)),
        blanks=tuple(_blanks(checklist, words)),
    )


def _stage(checklist: Checklist) -> str:
    """Tell whether the AI is in use: from the phase that the guideline names, not before."""
    guideline = checklist.guideline
    phase = guideline.phase(current_phase(guideline, checklist.project))
    if phase.kind is PhaseKind.CLOSING:
        return "ended"
    stages = guideline.stages
    used = stages.index(phase.id) >= stages.index(guideline.in_use_from)
    return "used" if used else "planned"


def _conditions(checklist: Checklist, words: Words) -> Iterator[Told]:
    """Give each condition with its answer and a sentence for residents."""
    for id, truth in checklist.situation.conditions.items():
        condition = checklist.guideline.condition(id)
        settled = truth is not Truth.UNANSWERED
        public = condition.public if settled else None
        text = (public.lacks if truth is Truth.FALSE else public.holds) if public else None
        yield Told(
            label=words.pick(condition.title),
            answer=wording.condition_answer(words, truth) if settled else None,
            sentence=words.pick(text) if text else None,
        )


def _blanks(checklist: Checklist, words: Words) -> Iterator[Blank]:
    """Give what is to be written, with the applicable items whose answers help."""
    for field in checklist.guideline.record:
        asked = [one for id in field.items if (one := checklist.question(id))]
        yield Blank(
            id=field.id,
            title=words.pick(field.title),
            prompt=words.pick(field.prompt),
            items=tuple(one.item.id for one in asked),
            titles=tuple(words.pick(one.item.title) for one in asked),
            done=sum(one.clear and one.status is not Status.NOT_APPLICABLE for one in asked),
            not_applicable=sum(one.clear and one.status is Status.NOT_APPLICABLE for one in asked),
            left=sum(not one.clear for one in asked),
        )


def paper(view: TransparencyView, words: Words) -> Paper:
    """Lay the record out for the public, blanks and all; every page says that it is a draft."""
    laid_out = framed(view, words, words.say("record.title"), tuple(_blocks(view, words)))
    draft = words.say("record.draft", count=_open_places(view))
    return replace(laid_out, mark=words.apart(filter(None, (draft, view.example))))


def _open_places(view: TransparencyView) -> int:
    facts = (view.description, view.organisation, view.team, view.senior_responsible_owner)
    told = (one.sentence for one in view.conditions)
    more = (view.ai, view.external_supplier, view.website, view.cells, *told)
    return (len(view.blanks) or 1) + sum(not one for one in (*facts, *more))


def _blocks(view: TransparencyView, words: Words) -> Iterator[Block]:
    if view.warning:
        yield Verdict(view.warning[0], view.warning[1], ())
    yield Paragraph(words.say(f"record.intro.{view.stage}", phase=view.phase))
    yield Heading(2, words.say("record.overview"), "overview")
    yield rows_table(words.say("record.overview"), _overview(view, words), words, WIDTHS)
    yield Heading(2, words.say("record.told"), "told")
    for blank in view.blanks:
        yield Heading(3, blank.title)
        yield Paragraph(words.say("record.blank", prompt=blank.prompt))
    if not view.blanks:
        yield Paragraph(words.say("record.to-choose"))
    yield from _use(view, words)
    yield Heading(2, words.say("record.before"), "before", new_page=True)
    yield from _before(view, words)


def _before(view: TransparencyView, words: Words) -> Iterator[Block]:
    """Tell staff what helps to write the blanks, and what their guideline's data lacks for it."""
    if view.blanks:
        yield Paragraph(words.say("record.before.intro"), Tone.SMALL)
        yield Bullets(tuple(_help(blank, words) for blank in view.blanks), Tone.SMALL)
    else:
        yield Paragraph(words.say("record.before.none"), Tone.SMALL)
    unworded = [one.label for one in view.conditions if one.answer and not one.sentence]
    if unworded:
        named = words.listing([words.say("quote", text=label) for label in unworded])
        yield Paragraph(words.say("record.before.unworded", conditions=named), Tone.SMALL)


def _use(view: TransparencyView, words: Words) -> Iterator[Block]:
    """Say of what kind the use is; nothing while no person has confirmed it."""
    yield Heading(2, words.say("record.use"), "use")
    yield Paragraph(words.say("record.use.intro" if view.cells else "record.use.open"))
    for cell in view.cells:
        yield Heading(3, cell.name)
        yield Paragraph(cell.summary)
        yield Bullets(tuple(filter(None, (_stance(cell, words), cell.doubt, _care(cell, words)))))
    yield Heading(3, words.say("record.conditions"))
    yield Bullets(tuple(_told(one, words) for one in view.conditions))


def _stance(cell: CellRecord, words: Words) -> str:
    if not cell.stance:
        return ""
    said = words.say("record.stance", stance=cell.stance, meaning=Worded(cell.meaning))
    return Stanced(said, cell.stance, cell.stance_policy)


def _care(cell: CellRecord, words: Words) -> str:
    return words.say("record.considerations", considerations=Worded(cell.considerations))


def _told(one: Told, words: Words) -> str:
    if one.sentence:
        return one.sentence
    if one.answer:
        return words.say("record.to-word", condition=Worded(one.label), answer=Worded(one.answer))
    return words.say("record.to-settle", condition=Worded(one.label))


def _overview(view: TransparencyView, words: Words) -> tuple[Row, ...]:
    blank = words.say("record.to-write")
    suppliers = words.listing(list(view.external_supplier))
    pairs = (
        ("facts.description", view.description or blank),
        ("record.organisation", view.organisation or blank),
        ("record.team", view.team or blank),
        ("record.responsible", view.senior_responsible_owner or blank),
        ("record.phase", view.phase),
        ("facts.ai", words.listing(list(view.ai)) or blank),
        ("record.supplier", suppliers or blank),
        ("record.website", view.website or blank),
    )
    return tuple(Row(words.say(key), value) for key, value in pairs)


def _help(blank: Blank, words: Words) -> str:
    """Name the check items whose answers help to write a blank, and how they were answered."""
    if not blank.items:
        return f"{blank.title}: {words.say('record.no-items')}"
    counts = words.say(
        "record.items",
        items=words.listing([words.say("quote", text=title) for title in blank.titles]),
        done=blank.done,
        not_applicable=blank.not_applicable,
        left=blank.left,
    )
    return f"{blank.title}: {counts}"
