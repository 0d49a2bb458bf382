"""The terms of a guideline and of aiguide: what each means, and where that is from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aiguide.core import wording
from aiguide.core.guideline import (
    Basis,
    Condition,
    Consideration,
    Domain,
    Guideline,
    Level,
    Phase,
    Source,
    Stance,
)
from aiguide.core.project import Status
from aiguide.core.text import Text
from aiguide.core.verdict import Verdict
from aiguide.core.words import Words


@dataclass(frozen=True, slots=True)
class Entry:
    """A term; `id` is unique on the page, `sources` are empty where the section says it for all."""

    id: str
    title: str
    meaning: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Terms of one kind; `rule` says whose they are where no document stands behind them."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document that sources point to; `url` is empty where it has none."""

    id: str
    title: str
    publisher: str
    url: str
    seen: str
    note: str


Named = Domain | Stance | Consideration | Phase | Condition


def sections(words: Words, guideline: Guideline) -> Iterator[Section]:
    """Give all terms: first the guideline's own, then aiguide's."""
    kinds: tuple[tuple[str, Iterable[Named]], ...] = (
        ("domain", guideline.domains),
        ("stance", guideline.stances),
        ("consideration", guideline.considerations),
        ("phase", guideline.phases),
        ("condition", guideline.conditions),
    )
    for kind, named in kinds:
        entries = tuple(_named(words, guideline, kind, one) for one in named)
        if entries:
            yield Section(kind, words.say(f"glossary.{kind}"), entries)
    for kind, ids in _OURS.items():
        entries = tuple(_ours(words, kind, id) for id in ids)
        yield Section(kind, words.say(f"glossary.{kind}"), entries, words.say("glossary.rule"))


_PROPOSED = tuple(f"{level.value}-proposed" for level in Level)
_OURS: dict[str, tuple[str, ...]] = {
    "level": (*(one.value for one in Level), *_PROPOSED),
    "basis": tuple(one.value for one in Basis),
    "status": (*(one.value for one in Status), "stale", "expired"),
    "verdict": tuple(one.value for one in Verdict),
}


def _named(words: Words, guideline: Guideline, kind: str, one: Named) -> Entry:
    return Entry(
        id=f"{kind}-{one.id}",
        title=words.pick(one.title),
        meaning="\n".join(map(words.pick, _said(one))),
        sources=_lines(words, guideline, one.sources),
    )


def _said(one: Named) -> tuple[Text, ...]:
    return (one.question, one.description) if isinstance(one, Condition) else (one.description,)


def _lines(words: Words, guideline: Guideline, sources: tuple[Source, ...]) -> tuple[str, ...]:
    lines = (wording.source_line(words, guideline, one, one.cells) for one in sources)
    return tuple(dict.fromkeys(lines))


def _ours(words: Words, kind: str, id: str) -> Entry:
    return Entry(f"{kind}-{id}", words.say(f"{kind}.{id}"), words.say(f"glossary.{kind}.{id}"))


def documents(words: Words, guideline: Guideline) -> tuple[DocumentEntry, ...]:
    """Give the documents that the guideline's sources point to."""
    return tuple(
        DocumentEntry(
            id=one.id,
            title=words.pick(one.title),
            publisher=words.pick(one.publisher),
            url=one.url or "",
            seen=words.pick(one.seen),
            note=words.pick(one.note) if one.note else "",
        )
        for one in guideline.documents
    )
