"""What the history last says of each part of a project, and which parts stand otherwise.

A part is the way to it in the manifest: an answer, a fact, a condition, a field of the
classification. A step speaks of what it changed, and of nothing else that it repeats; who
classifies anew speaks of the whole classification. A history
that begins with the start of a project speaks of all of it: what no later step names was not there.
One that begins otherwise came to a manifest written by hand, and speaks only of what it names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiguide.core.history import GUIDELINE, REVERSIBLE
from aiguide.core.manifest import answer_data, classification_data, facts_data, guideline_data
from aiguide.core.project import Entry, EntryKind, Project

Data = dict[str, Any]
Part = tuple[str, ...]

FACTS, CLASSIFICATION, CONDITIONS = "project", "classification", "conditions"
ANSWERS = (ANSWERED, RETIRED) = "answers", "retired"
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

    @property
    def is_unrecorded(self) -> bool:
        """Tell whether no step since the start of the project speaks of it."""
        return self.word.value is None and self.word.entry.kind is EntryKind.STARTED


@dataclass(frozen=True, slots=True)
class Compared:
    """A project beside its history: what differs, and the ids of answers it never speaks of.

    `from_start`: the history begins with the start of the project, and so speaks of everything.
    """

    mismatches: tuple[Mismatch, ...]
    unrecorded: tuple[str, ...]
    from_start: bool

    @property
    def unattested(self) -> frozenset[str]:
        """Give the ids of the answers that are not just what the history last recorded."""
        differing = (one.part[1] for one in self.mismatches if one.part[0] == ANSWERED)
        return frozenset((*self.unrecorded, *differing))


@dataclass(frozen=True, slots=True)
class _Step:
    """A step that can be taken back: what was said before it, and the one that is then the last."""

    entry: Entry
    before: Mapping[Part, Word | None]
    below: "_Step | None"


class Record:
    """What a history says of each part, as far as its entries were taken in."""

    def __init__(self, history: Iterable[Entry] = ()) -> None:
        self.words: dict[Part, Word] = {}
        self._count = 0
        self._begun: Word | None = None
        self._last: dict[str, _Step | None] = {}  # the step that can be taken back after each entry
        for entry in history:
            self.take_in(entry)

    @property
    def begins(self) -> bool:
        """Tell whether it begins with what was known of the project at its start."""
        return self._begun is not None

    def on(self, part: Part) -> Word | None:
        """Give the last word on a part; None where the history does not speak of it."""
        return self.words.get(part, self._begun if part[0] != GUIDELINE else None)

    def agrees(self, part: Part, value: Any) -> bool:
        """Tell whether a part is recorded as it stands."""
        word = self.on(part)
        return word is not None and word.value == value

    def take_in(self, entry: Entry) -> None:
        """Take in what the next entry says.

        One that takes another back leaves what was said before that: what had been changed by hand
        then stands again, and is no better recorded.
        """
        self._count = number = self._count + 1
        if number == 1 and entry.kind is EntryKind.STARTED and FACTS in mapping(entry.after):
            self._begun = Word(None, number, entry)
        last = self._last.get(entry.parents[0]) if entry.parents else None
        said = last.before if last and _takes_back(entry, last.entry) else self._said(number, entry)
        before = {part: self.words.get(part) for part in said}
        for part, word in said.items():
            if word:
                self.words[part] = word
            else:
                self.words.pop(part, None)
        if entry.kind in REVERSIBLE:
            self._last[entry.hash] = _Step(entry, before, last)
        elif entry.kind is EntryKind.UNDONE:
            self._last[entry.hash] = last.below if last else None

    def _said(self, number: int, entry: Entry) -> dict[Part, Word | None]:
        """Give what a step says of the parts that it changed."""
        if entry.subject not in WHOLE and entry.kind in _ANSWERING:
            return {(ANSWERED, entry.subject): Word(entry.after, number, entry)}
        before, after = _parts(_state(entry, entry.before)), _parts(_state(entry, entry.after))
        carried = _carried(entry)
        said: dict[Part, Word | None] = {part: self.on(was) for part, was in carried.items()}
        is_whole = _classifies(entry)
        for part in {**before, **after}:
            value = after.get(part)
            if part in said:
                continue
            is_said = is_whole or before.get(part) != value
            if is_said and not self._only_carried(entry, part, before, after):
                said[part] = Word(value, number, entry)
        return said

    def _only_carried(
        self, entry: Entry, part: Part, before: Mapping[Part, Any], after: Mapping[Part, Any]
    ) -> bool:
        """Tell whether a change of version only carried over a fact that was not as recorded."""
        held = entry.subject == GUIDELINE and part[0] in (FACTS, CLASSIFICATION)
        was = before.get(part)
        return held and part in after and was is not None and not self.agrees(part, was)


def _classifies(entry: Entry) -> bool:
    """Tell whether somebody classified the project, and so spoke of all its fields, not just why.

    Were it but of those that differ, who takes that back would leave half of what a merge chose.
    """
    before, after = mapping(entry.before), mapping(entry.after)
    names = {*before, *after} - {"reason", "at"}
    return entry.kind is EntryKind.CLASSIFIED and any(
        before.get(name) != after.get(name) for name in names
    )


def _takes_back(entry: Entry, step: Entry) -> bool:
    """Tell whether an entry takes a step back."""
    mirrored = (step.subject, step.after, step.before)
    return entry.kind is EntryKind.UNDONE and (entry.subject, entry.before, entry.after) == mirrored


def compared(project: Project) -> Compared:
    """Compare a project with what its history last says."""
    record, stands = Record(project.history), parts_of(project)
    words = {part: record.on(part) for part in {**record.words, **stands}}
    differing = (
        Mismatch(part, word, stands.get(part))
        for part, word in words.items()
        if word and stands.get(part) != word.value
    )
    unrecorded = (id for id in project.answers if words[ANSWERED, id] is None)
    return Compared(tuple(differing), tuple(unrecorded), record.begins)


def mismatches(project: Project) -> tuple[Mismatch, ...]:
    """Find the parts of a project that are not as the history last says."""
    return compared(project).mismatches


def replaced(project: Project, steps: int) -> tuple[Mismatch, ...]:
    """Find what the history said before its last `steps`, and what these put in its place."""
    earlier, record = project.history[: len(project.history) - steps], Record(project.history)
    found = mismatches(replace(project, history=earlier))
    spoken = (record.words.get(one.part) for one in found)
    return tuple(
        one for one, word in zip(found, spoken, strict=True) if word and word.number > len(earlier)
    )


def attested(project: Project) -> frozenset[str]:
    """Give the ids of the items whose answer is just what the history last recorded for them."""
    return frozenset(project.answers) - compared(project).unattested


def parts_of(project: Project) -> dict[Part, Any]:
    """Take a project apart into its parts."""
    return _parts(
        {
            GUIDELINE: guideline_data(project),
            FACTS: facts_data(project),
            CLASSIFICATION: classification_data(project.classification),
            ANSWERED: {id: answer_data(answer) for id, answer in project.answers.items()},
            RETIRED: {id: answer_data(answer) for id, answer in project.retired.items()},
        }
    )


def _state(entry: Entry, said: Any) -> Mapping[str, Any]:
    """Give what a step says of before or after, laid out as a manifest is."""
    if entry.kind is EntryKind.STARTED:
        return {kept: mapping(said).get(kept) for kept in WHOLE}
    if entry.subject == GUIDELINE:
        state = mapping(said)
        return {**state, GUIDELINE: {name: state.get(name) for name in ("id", "version")}}
    if entry.subject in (FACTS, CLASSIFICATION):
        return {entry.subject: said}
    return {}


def _parts(state: Mapping[str, Any]) -> dict[Part, Any]:
    """Take what is laid out as a manifest apart."""
    facts = dict(mapping(state.get(FACTS)))
    conditions = mapping(facts.pop(CONDITIONS, None))
    found: dict[Part, Any] = {(FACTS, name): value for name, value in facts.items()}
    found |= {(FACTS, CONDITIONS, id): holds for id, holds in conditions.items()}
    for kept in (GUIDELINE, CLASSIFICATION, *ANSWERS):
        found |= {(kept, id): value for id, value in mapping(state.get(kept)).items()}
    return found


def _carried(entry: Entry) -> dict[Part, Part]:
    """Map what a change of version carried over without attesting it to where it stood before.

    What nothing attested before is none the better for having been carried over.
    """
    if entry.subject != GUIDELINE:
        return {}
    after = mapping(entry.after)
    came = mapping(after.get("came_from"))
    answers, conditions = mapping(came.get(ANSWERED)), mapping(came.get(CONDITIONS))
    loose = {(ANSWERED, id): (ANSWERED, id) for id in after.get("unattested", ())}
    loose |= {(ANSWERED, id): (ANSWERED, was) for id, was in answers.items()}
    forged = mapping(entry.before).get("unattested", ())
    kept = {id: id.partition("@")[0] for id in mapping(after.get(RETIRED))}
    loose |= {(RETIRED, id): (ANSWERED, was) for id, was in kept.items() if was in forged}
    held = (FACTS, CONDITIONS)
    return loose | {(*held, id): (*held, was) for id, was in conditions.items()}


def mapping(said: Any) -> Mapping[str, Any]:
    """Give what a step holds as a mapping; by hand anything can be written."""
    return said if isinstance(said, dict) else {}
