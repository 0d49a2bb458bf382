"""What differs from the history, in phrases: the part, whose entry says what, and what stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from aiguide.core.attestation import (
    ANSWERED,
    ANSWERS,
    CLASSIFICATION,
    CONDITIONS,
    FACTS,
    Mismatch,
    Part,
)
from aiguide.core.checklist import Checklist
from aiguide.core.dates import in_tokyo
from aiguide.core.findings import Phrase
from aiguide.core.guideline import Guideline
from aiguide.core.history import GUIDELINE
from aiguide.core.project import Answer, Classification, Project
from aiguide.core.text import Text
from aiguide.core.wording import truth_key
from aiguide.core.words import Worded, Words

Told = Phrase | Text | str

_CELLS = ("cells", "alternatives")


def notices(words: Words, checklist: Checklist) -> Iterator[Worded]:
    """Say what of a project is not as its history last says: facts by name, answers by number."""
    found = checklist.standing
    facts = [
        part_name(checklist.guideline, one.part)
        for one in found.mismatches
        if one.part[0] not in ANSWERS
    ]
    if facts:
        yield words.say("notice.differing", count=len(facts), what=facts)
    answers = [one.stands for one in found.mismatches if one.part[0] == ANSWERED]
    gone = answers.count(None)
    if count := len(answers) - gone + len(found.unrecorded):
        yield words.say("notice.unattested", count=count)
    if gone:
        yield words.say("notice.gone", count=gone)
    chosen = checklist.project.classification
    if not checklist.project.history and (chosen.confirmed_by or chosen.at):
        yield words.say("notice.no-history")


def differing(guideline: Guideline, found: Mismatch) -> dict[str, Any]:
    """Give what fills in a sentence on a mismatch: its part, its entry, and what changed."""
    entry = found.word.entry
    return {
        "what": part_name(guideline, found.part),
        "number": found.word.number,
        "at": in_tokyo(entry.at),
        "name": entry.by,
        "changes": list(changes(guideline, found)),
    }


def part_name(guideline: Guideline, part: Part) -> Told:
    """Name a part of a project: an answer by its item, a fact or condition by its label."""
    id = part[-1]
    if part == (CLASSIFICATION,):
        return Phrase("entry.classification")
    if part[0] in ANSWERS:
        titles = {item.id: item.title for item in guideline.items}
        return titles.get(id, id)
    if part[:-1] == (FACTS, CONDITIONS):
        conditions = {one.id: one.title for one in guideline.conditions}
        return conditions.get(id, id)
    if part[0] == GUIDELINE:
        return Phrase("entry.guideline" if id == "version" else "entry.guideline-id")
    return _label(f"facts.{id}" if part[0] == FACTS else f"classification.{id}")


_FIELDS = {
    f"{kind}.{one.name}"
    for kind, of in (("facts", Project), ("classification", Classification), ("answer", Answer))
    for one in fields(of)
}


def _label(key: str) -> Told:
    """Name a field; one that only an entry written by hand speaks of, by its own name."""
    return Phrase(key.replace("_", "-")) if key in _FIELDS else key.partition(".")[2]


def changes(guideline: Guideline, found: Mismatch) -> Iterator[Phrase]:
    """Say what the history says and what stands; of an answer, field by field."""
    if found.part[0] in ANSWERS:
        yield from _answer_changes(found.word.value, found.stands)
    else:
        values = (_value(guideline, found, one) for one in (found.word.value, found.stands))
        yield _arrow(*values)


def _answer_changes(
    said: Mapping[str, Any] | None, stands: Mapping[str, Any] | None
) -> Iterator[Phrase]:
    none = Phrase("mismatch.no-answer")
    was, now = (Phrase(f"status.{one['status']}") if one else none for one in (said, stands))
    if was != now:
        yield _arrow(was, now)
    if not said or not stands:
        return
    for name in {**said, **stands}:
        if name != "status" and said.get(name) != stands.get(name):
            change = _arrow(_text(said.get(name)), _text(stands.get(name)))
            yield Phrase("mismatch.field", label=_label(f"answer.{name}"), change=change)


def _value(guideline: Guideline, found: Mismatch, value: Any) -> Told:
    part = found.part
    if part[:-1] == (FACTS, CONDITIONS) and (value is None or isinstance(value, bool)):
        return Phrase(truth_key(value))
    if part == (FACTS, "phase") and isinstance(value, str):
        return {phase.id: phase.title for phase in guideline.phases}.get(value, value)
    if part[0] == CLASSIFICATION and part[1] in _CELLS and isinstance(value, list):
        return Phrase("mismatch.several", several=[_cell(guideline, str(id)) for id in value])
    return _text(value)


def _cell(guideline: Guideline, id: str) -> Told:
    domains = {one.id: one.title for one in guideline.domains}
    cells = {one.id: one for one in guideline.cells}
    if id not in cells:
        return id
    return Phrase("cell.name", domain=domains[cells[id].domain], title=cells[id].title)


def _text(value: Any) -> Told:
    """Give a value as it is quoted; what is made of several, one after the other."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return Phrase("mismatch.several", several=[_text(one) for one in value])
    return Phrase("facts.none") if value in (None, "") else str(value)


def _arrow(before: Told, after: Told) -> Phrase:
    return Phrase("entry.arrow", before=before, after=after)
