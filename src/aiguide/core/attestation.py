"""What the history last says of each part of a project, and which parts stand otherwise.

A part is the way to it in the manifest: an answer, a fact, a condition, a field of the
classification. A step speaks of what it changed, and of nothing else that it repeats.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aiguide.core.history import GUIDELINE
from aiguide.core.manifest import answer_data, classification_data, facts_data
from aiguide.core.project import Entry, EntryKind, Project

Data = dict[str, Any]
Part = tuple[str, ...]

FACTS, CLASSIFICATION, CONDITIONS = "project", "classification", "conditions"
ANSWERS = (ANSWERED, RETIRED) = "answers", "retired"
VERSION: Part = (GUIDELINE, "version")
WHOLE = (FACTS, CLASSIFICATION, GUIDELINE)  # subjects that are no check item
_ANSWERING = (EntryKind.ANSWERED, EntryKind.UNDONE, EntryKind.MERGED)


@dataclass(frozen=True, slots=True)
class Word:
    """The history's last word on a part: its data, or None where it says that there is none.

    `entry` said so, the one of that `number`, from 1.
    """

    value: Any
    number: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A part that does not stand as the history last says; `stands` is None where it is gone."""

    part: Part
    word: Word
    stands: Any


@dataclass(frozen=True, slots=True)
class Compared:
    """A project beside its history: what differs, and the ids of answers it never speaks of."""

    mismatches: tuple[Mismatch, ...]
    unrecorded: tuple[str, ...]


def last_words(history: Iterable[Entry]) -> dict[Part, Word]:
    """Give the last word of the history on each part of which it speaks."""
    words: dict[Part, Word] = {}
    for number, entry in enumerate(history, 1):
        if entry.subject not in WHOLE and entry.kind in _ANSWERING:
            words[ANSWERED, entry.subject] = Word(entry.after, number, entry)
        else:
            _take_in(words, number, entry)
    return words


def _take_in(words: dict[Part, Word], number: int, entry: Entry) -> None:
    """Take in what a step changed; a change of version attests nothing that was not before."""
    before, after = _parts(_state(entry, entry.before)), _parts(_state(entry, entry.after))
    loose = _loose(entry)
    for part in {**before, **after}:
        known, value = words.get(part), after.get(part)
        if part in loose:
            if known and known.value is None:
                del words[part]
        elif before.get(part) != value and not _carried(entry, part, before, after, known):
            words[part] = Word(value, number, entry)


def compared(project: Project) -> Compared:
    """Compare a project with what its history last says."""
    words, stands = last_words(project.history), parts_of(project)
    differing = (
        Mismatch(part, word, stands.get(part))
        for part, word in words.items()
        if stands.get(part) != word.value
    )
    unrecorded = (id for id in project.answers if (ANSWERED, id) not in words)
    return Compared(tuple(differing), tuple(unrecorded))


def mismatches(project: Project) -> tuple[Mismatch, ...]:
    """Find the parts of a project that are not as the history last says."""
    return compared(project).mismatches


def attested(project: Project) -> frozenset[str]:
    """Give the ids of the items whose answer is just what the history last recorded for them."""
    words = last_words(one for one in project.history if one.subject not in (FACTS, CLASSIFICATION))
    said = {part[1]: word.value for part, word in words.items() if part[0] == ANSWERED}
    return frozenset(
        id for id, answer in project.answers.items() if said.get(id) == answer_data(answer)
    )


def parts_of(project: Project) -> dict[Part, Any]:
    """Take a project apart into its parts."""
    return _parts(
        {
            GUIDELINE: {"version": project.guideline_version},
            FACTS: facts_data(project),
            CLASSIFICATION: classification_data(project.classification),
            ANSWERED: {id: answer_data(answer) for id, answer in project.answers.items()},
            RETIRED: {id: answer_data(answer) for id, answer in project.retired.items()},
        }
    )


def _state(entry: Entry, said: Any) -> Mapping[str, Any]:
    """Give what a step says of before or after, laid out as a manifest is."""
    if entry.kind is EntryKind.STARTED:
        return {kept: _mapping(said).get(kept) for kept in (FACTS, CLASSIFICATION)}
    if entry.subject == GUIDELINE:
        state = _mapping(said)
        return {**state, GUIDELINE: {"version": state.get("version")}}
    if entry.subject in (FACTS, CLASSIFICATION):
        return {entry.subject: said}
    return {}


def _parts(state: Mapping[str, Any]) -> dict[Part, Any]:
    """Take what is laid out as a manifest apart."""
    facts = dict(_mapping(state.get(FACTS)))
    conditions = _mapping(facts.pop(CONDITIONS, None))
    found: dict[Part, Any] = {VERSION: _mapping(state.get(GUIDELINE)).get("version")}
    found |= {(FACTS, name): value for name, value in facts.items()}
    found |= {(FACTS, CONDITIONS, id): holds for id, holds in conditions.items()}
    for kept in (CLASSIFICATION, *ANSWERS):
        found |= {(kept, id): value for id, value in _mapping(state.get(kept)).items()}
    return found


def _loose(entry: Entry) -> frozenset[Part]:
    """Give the answers that a change of version carried over without attesting them.

    An answer that nothing attested before is none the better for having been carried over.
    """
    if entry.subject != GUIDELINE:
        return frozenset()
    return frozenset((ANSWERED, id) for id in _mapping(entry.after).get("unattested", ()))


def _carried(
    entry: Entry,
    part: Part,
    before: Mapping[Part, Any],
    after: Mapping[Part, Any],
    known: Word | None,
) -> bool:
    """Tell whether a change of version only carried over a fact that was not as recorded."""
    return (
        entry.subject == GUIDELINE
        and part[0] in (FACTS, CLASSIFICATION)
        and part in after
        and known is not None
        and known.value != before.get(part)
    )


def _mapping(said: Any) -> Mapping[str, Any]:
    return said if isinstance(said, dict) else {}
