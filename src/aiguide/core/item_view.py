"""A check item of a guideline in full, whatever project it is asked of."""

from dataclasses import dataclass

from aiguide.core import wording
from aiguide.core.guideline import Drafting, Guideline, Item, Source
from aiguide.core.words import Words


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the guideline by id, as it is called."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where something is from, in words; `document` is the id of the document."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """What to write into a specification or a contract; `place` says into which."""

    place: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """A check item; what it has none of is empty. `level_stated_for` names cells, or is empty."""

    id: str
    title: str
    phase: Term
    level_id: str
    level: str
    basis: Term
    level_stated_for: str
    considerations: tuple[Term, ...]
    check: str
    applies: str
    evidence: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    aliases: str
    note: str
    clause: Clause | None
    exception_only: bool


def build(words: Words, guideline: Guideline, item: Item) -> ItemRecord:
    """Word a check item."""
    phase, basis = guideline.phase(item.phase), item.level_basis.basis
    stated_for = [wording.cell_name(words, guideline, id) for id in item.level_basis.cells]
    served = map(guideline.consideration, item.considerations)
    return ItemRecord(
        id=item.id,
        title=words.pick(item.title),
        phase=Term(phase.id, words.pick(phase.title)),
        level_id=item.level.value,
        level=wording.plain_level(words, item.level, basis),
        basis=Term(basis.value, words.say(f"basis.{basis.value}")),
        level_stated_for=words.listing(stated_for),
        considerations=tuple(Term(one.id, words.pick(one.title)) for one in served),
        check=words.pick(item.check),
        applies=wording.applies(words, guideline, item),
        evidence=tuple(words.pick(one) for one in item.evidence),
        sources=tuple(_source(words, guideline, one) for one in item.sources),
        aliases=words.listing([words.pick(one) for one in item.aliases]),
        note=words.pick(item.note) if item.note else "",
        clause=_clause(words, item.drafting) if item.drafting else None,
        exception_only=item.exception_only,
    )


def _source(words: Words, guideline: Guideline, source: Source) -> SourceLine:
    line = wording.source_line(words, guideline, source, source.cells)
    return SourceLine(source.document, line)


def _clause(words: Words, drafting: Drafting) -> Clause:
    place = words.say(f"procurement.{drafting.place.value}")
    return Clause(place, words.pick(drafting.title), words.pick(drafting.text))
