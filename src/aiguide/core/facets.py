"""All that a pack says of each of its things, to tell where two versions of it differ."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from aiguide.core.contrast import stretch
from aiguide.core.guideline import (
    Cell,
    Condition,
    Consideration,
    Document,
    Domain,
    Item,
    Phase,
    RecordField,
    Source,
    Stance,
)
from aiguide.core.pack_rules import rules
from aiguide.core.sides import Place, Side, titles
from aiguide.core.text import LANGS, Lang, Text
from aiguide.core.words import Words

# From which length on only the stretch that differs is told.
LONG = 60

# The pack is one of its things too, and its items are, by their phase, in an order.
PACK = ("guideline", "")

Facets = dict[str, str]
Said = Mapping[Lang, Facets]
T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Differing:
    """A facet that is not what it was; in another language where it is the same in ours."""

    key: str
    was: str
    now: str
    lang: Lang


def ours_first(lang: Lang) -> list[Lang]:
    """Give the languages, the one that is spoken first."""
    return sorted(LANGS, key=lambda one: one != lang)


def in_both(
    words: Words, tell: Callable[Concatenate[Words, P], T], *args: P.args, **named: P.kwargs
) -> dict[Lang, T]:
    """Tell something in both languages."""
    return {lang: tell(words.spoken(lang), *args, **named) for lang in LANGS}


def differing(lang: Lang, before: Said, after: Said, *, whole: bool = False) -> Iterator[Differing]:
    """Give the facets that differ, in `lang` where they do in that one.

    Of long texts only the stretches that differ are given, unless they are wanted whole.
    """
    for key in before[lang] | after[lang]:
        for spoken in ours_first(lang):
            was, now = before[spoken].get(key, ""), after[spoken].get(key, "")
            if was != now:
                short = whole or not was or not now or max(len(was), len(now)) <= LONG
                yield Differing(key, *((was, now) if short else stretch(was, now)), spoken)
                break


def of_things(words: Words, side: Side) -> Mapping[Place, Facets]:
    """Map kind and id of all but the check items to what is said of each.

    What a project's staff are asked of cells and phases is left out: see `term_changes`; and of
    what several came to, all but what is said of the one with its id.
    """
    found = {PACK: _pack(words, side)}
    for kind, tell in _TOLD.items():
        for one in getattr(side.guideline, kind):
            now = (kind, side.names.of(kind, one.id))
            if now not in side.merged or now[1] == one.id:
                found[now] = tell(words, side, one)
    for key, text in side.guideline.words.items():
        found["words", key] = _texts(words, wording=text)
    for (kind, id, key), value in rules(side.guideline, side.names).items():
        told = (kind, id) in found and (kind, id) not in side.merged
        if told and (kind, key) != ("cells", "stance"):
            found[kind, id][key] = value
    return found


def of_item(words: Words, side: Side, item: Item) -> Facets:
    """Give what is said of an item beside its title, level, check text, reach and phase."""
    basis, cells, drafting = item.level_basis.basis, item.level_basis.cells, item.drafting
    return {
        "considerations": side.named(words, "considerations", item.considerations),
        "evidence": _joined(words, item.evidence),
        "note": _optional(words, item.note),
        "sources": _sources(words, side, item.sources),
        "level_basis": _on_basis(words, side, words.say(f"basis.{basis.value}"), cells),
        "drafting": _joined(words, (drafting.title, drafting.text)) if drafting else "",
        "drafting_place": words.say(f"procurement.{drafting.place.value}") if drafting else "",
        "aliases": _joined(words, item.aliases),
        "cleared_by": "exception" if item.exception_only else "",
    }


def _pack(words: Words, side: Side) -> Facets:
    pack = side.guideline
    orders = {
        f"order_{kind}": side.order(words, kind, listed)
        for kind, listed in titles(pack).items()
        if kind != "items"
    }
    return {
        **_texts(
            words,
            title=pack.title,
            edition=pack.edition,
            publisher=pack.publisher,
            status=pack.status,
        ),
        "expiring_days": str(pack.expiring_days),
        "classification": str(pack.classification or ""),
        **orders,
    }


def _described(words: Words, side: Side, one: Domain | Stance | Consideration) -> Facets:
    return {
        **_texts(words, title=one.title, description=one.description),
        "sources": _sources(words, side, one.sources),
    }


def _consideration(words: Words, side: Side, one: Consideration) -> Facets:
    return {**_described(words, side, one), "mark": words.pick(one.mark)}


def _phase(words: Words, side: Side, phase: Phase) -> Facets:
    items = [item.id for item in side.guideline.items_of(phase.id)]
    return {
        "description": words.pick(phase.description),
        "in_use": "true" if phase.in_use else "",
        "sources": _sources(words, side, phase.sources),
        "order_items": side.order(words, "items", items),
    }


def _condition(words: Words, side: Side, condition: Condition) -> Facets:
    public = condition.public
    return {
        **_texts(
            words,
            title=condition.title,
            question=condition.question,
            description=condition.description,
        ),
        "public": _joined(words, (public.holds, public.lacks)) if public else "",
        "sources": _sources(words, side, condition.sources),
    }


def _cell(words: Words, side: Side, cell: Cell) -> Facets:
    facts = (cell.summary, cell.choose_when, *cell.features, *cell.scenes)
    stance = cell.stance
    other = stance.other_reading if stance else None
    return {
        "number": str(cell.number),
        "reach": "" if cell.id.split(".")[-1] == cell.reach else cell.reach,  # told by the id
        "other_reading": side.title(words, "stances", other) if other else "",
        "stance_note": _optional(words, stance.note) if stance else "",
        "considerations": side.named(words, "considerations", cell.considerations),
        "summary": words.pick(cell.summary.text),
        "choose_when": words.pick(cell.choose_when.text),
        "features": _joined(words, [one.text for one in cell.features]),
        "scenes": _joined(words, [one.text for one in cell.scenes]),
        "stance_sources": _sources(words, side, cell.stance_sources),
        "considerations_sources": _sources(words, side, cell.considerations_sources),
        "sources": _sources(words, side, [one for fact in facts for one in fact.sources]),
    }


def _document(words: Words, side: Side, one: Document) -> Facets:
    return {
        **_texts(
            words,
            title=one.title,
            short_title=one.short_title,
            publisher=one.publisher,
            seen=one.seen,
        ),
        "url": one.url or "",
        "note": _optional(words, one.note),
    }


def _record_field(words: Words, side: Side, one: RecordField) -> Facets:
    said = _texts(words, title=one.title, prompt=one.prompt)
    return {**said, "record_items": ", ".join(one.items)}


# By the name of their list in a pack.
_TOLD: Mapping[str, Callable[[Words, Side, Any], Facets]] = {
    "domains": _described,
    "stances": _described,
    "considerations": _consideration,
    "phases": _phase,
    "conditions": _condition,
    "cells": _cell,
    "documents": _document,
    "record": _record_field,
}


def _texts(words: Words, **texts: Text) -> Facets:
    return {key: words.pick(text) for key, text in texts.items()}


def _optional(words: Words, text: Text | None) -> str:
    return words.pick(text) if text else ""


def _joined(words: Words, texts: Iterable[Text]) -> str:
    return " / ".join(map(words.pick, texts))


def _sources(words: Words, side: Side, sources: Iterable[Source]) -> str:
    return " / ".join(_source(words, side, one) for one in sources)


def _source(words: Words, side: Side, source: Source) -> str:
    document = side.title(words, "documents", source.document)
    basis = _on_basis(words, side, words.say(f"basis.{source.basis.value}"), source.cells)
    mark = words.say("basis.mark", basis=basis)
    return f"{document}: {words.pick(source.locator)} {mark}"


def _on_basis(words: Words, side: Side, basis: str, cells: Iterable[str]) -> str:
    """Name a basis, with the cells that something is stated for."""
    ids = ", ".join(side.names.of("cells", id) for id in cells)
    return f"{basis}: {ids}" if ids else basis
