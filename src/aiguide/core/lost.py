"""What somebody recorded and a project lacks: their words, and what was said since."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, takewhile
from math import inf
from typing import Any

from aiguide.core.answers import OF_ANY_STATUS, OF_ONE_STATUS, untaken
from aiguide.core.attestation import ANSWERED, CLASSIFICATION, FACTS, Part, Record, mapping
from aiguide.core.history import made_at_once
from aiguide.core.manifest import Data
from aiguide.core.merge_parts import said_of
from aiguide.core.project import Entry, EntryKind, Project, Status
from aiguide.core.step_parts import are_alike, chosen, said, standing, word_on

_SAYING = (
    *(EntryKind.CHANGED, EntryKind.CLASSIFIED, EntryKind.ANSWERED),
    *(EntryKind.UNDONE, EntryKind.MERGED),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A `step` by which a `part` stood; `past`: the hashes of what it came after, on that part."""

    part: Part
    step: Entry
    past: frozenset[str]

    @property
    def value(self) -> Any:
        """Give what it says of the part, as data."""
        return word_on(self.step, self.part)

    @property
    def is_blank(self) -> bool:
        """Tell whether it says of an item that there is no answer: it was taken back."""
        is_open = mapping(self.value).get("status", Status.OPEN) == Status.OPEN
        return self.part[0] == ANSWERED and is_open and not _unsaid(self.value, None)

    def adds_to(self, later: "Word") -> bool:
        """Tell whether an answer says what a later one to the same item does not."""
        return bool(_unsaid(self.value, later.value))


@dataclass(frozen=True, slots=True)
class Lost:
    """The words of a person that a project lacks, of each part the earliest first.

    There are several of a part where what was said in place of a lost word is lost, too. `order`:
    the hashes of all steps that the person has seen, each with its place among them, the first one
    first: what is later there, or not there, was said since, whatever its time.
    """

    words: tuple[Word, ...] = ()
    order: Mapping[str, int] = field(default_factory=dict)

    def lacking(self, project: Project, by: str) -> "Lost":
        """Give it with what a project is still lacking; `by` is whose words they are."""
        return self._only(word for word in self.words if self._is_lacking(project, word, by))

    def unsettled(self, project: Project, by: str) -> "Lost":
        """Give it without what is settled; of what is not, another file may come to lack it."""
        return self._only(word for word in self.words if not self._is_settled(project, word, by))

    def since(self, project: Project, word: Word) -> list[Entry]:
        """Give the steps of a project that say something of a word's part and came after it."""
        place = self.order.get(word.step.hash, -1)
        later = (one for one in project.history if self.order.get(one.hash, inf) > place)
        return _on_part(later, word.part)

    def against(self, project: Project, word: Word, by: str) -> list[Entry]:
        """Give the steps of a project on a word's part that it does not follow on.

        But for the person's own of before: theirs is the later word.
        """
        since = self.since(project, word)
        return [
            one
            for one in _on_part(project.history, word.part)
            if one.hash not in word.past
            and one.hash != word.step.hash
            and (one.by != by or one in since)
        ]

    def is_anew(self, project: Project, word: Word, by: str) -> bool:
        """Tell whether a word is of an answer that a person has given anew since."""
        since = self.since(project, word)
        return word.part[0] == ANSWERED and any(one.by == by for one in since)

    def kept(self, project: Project, word: Word, by: str) -> Any:
        """Give what a word says, without what the person saw again since and replaced."""
        if word.part[0] != ANSWERED or not word.value:
            return word.value
        value = dict(word.value)
        for one in self.since(project, word):
            for name in _replaced(one) if one.by == by else ():
                if value.get(name) and value[name] == mapping(one.before).get(name):
                    del value[name]
        return value

    def latest(self) -> dict[Part, Word]:
        """Map each part to the last word on it."""
        return {word.part: word for word in self.words}

    def earlier(self, than: Word) -> list[Word]:
        """Give the words on the same part before one."""
        before = takewhile(lambda word: word != than, self.words)
        return [word for word in before if word.part == than.part]

    def without(self, steps: Collection[str]) -> "Lost":
        """Give it without what some steps say, by their hashes."""
        return self._only(word for word in self.words if word.step.hash not in steps)

    def less(self, words: Collection[Word]) -> "Lost":
        """Give it without some words; another part of which the same step speaks stays."""
        gone = {(word.part, word.step.hash) for word in words}
        return self._only(one for one in self.words if (one.part, one.step.hash) not in gone)

    def after(self, lost: "Lost") -> "Lost":
        """Give it without what something `lost` came after."""
        return self._only(word for word in self.words if not _is_past(word, lost.words))

    def beside(self, other: "Lost") -> "Lost":
        """Give the words of both, without those that another came after; `other` was seen first."""
        order = in_order(other.order, self.order)
        words = (*other.words, *self.less(other.words).words)
        last = (word for word in words if not _is_past(word, words))
        return Lost(tuple(sorted(last, key=lambda word: order.get(word.step.hash, -1))), order)

    def _only(self, words: Iterable[Word]) -> "Lost":
        return replace(self, words=tuple(words))

    def _is_settled(self, project: Project, word: Word, by: str) -> bool:
        """Tell whether as much was said since, or the person said something else of a fact.

        Then nothing is to be told of it any more, whatever file comes back.
        """
        kept = self.kept(project, word, by)
        for one in self.since(project, word):
            value = word_on(one, word.part)
            if are_alike(word.value, value):
                return True
            if one.by == by and (word.part[0] != ANSWERED or not _unsaid(kept, value)):
                return True
        return False

    def _is_lacking(self, project: Project, word: Word, by: str) -> bool:
        """Tell whether a word is not settled, and its part stands otherwise; an answer, with less.

        It is not lacking where others have said something else in place of the very same. With
        another status an answer is another one, but where the person gave it that. Where they took
        an answer back, that or another one of theirs has to be there again.
        """
        stands, since = standing(project, word.part), self.since(project, word)
        if self._is_settled(project, word, by) or are_alike(word.value, stands):
            return False
        before = [one for one in _on_part(project.history, word.part) if one not in since]
        if before and are_alike(word.value, word_on(before[-1], word.part)):
            return False
        if word.is_blank:
            is_theirs = mapping(stands).get("by") == by or are_alike(stands, word.step.before)
            return bool(stands) and is_theirs
        if word.part[0] != ANSWERED or not self.against(project, word, by):
            return True
        is_other = mapping(word.value).get("status") != mapping(stands).get("status")
        is_anew = self.is_anew(project, word, by)
        return (is_other and not is_anew) or bool(_unsaid(self.kept(project, word, by), stands))


def in_order(*seen: Iterable[str]) -> dict[str, int]:
    """Give what was seen, one after the other, with its place; what comes again keeps its first."""
    return {one: at for at, one in enumerate(dict.fromkeys(chain(*seen)))}


def _is_past(word: Word, words: Iterable[Word]) -> bool:
    """Tell whether one of some words came after a word on its part."""
    return any(one.part == word.part and word.step.hash in one.past for one in words)


def stood_by(history: Sequence[Entry], by: str, order: Mapping[str, int]) -> Lost:
    """Give the words of a person among those by which a history's parts stand.

    `order` has the steps that they have seen, this history's, too.
    """
    return Lost(tuple(word for word in words_on(history) if word.step.by == by), order)


def words_on(history: Sequence[Entry]) -> list[Word]:
    """Give the words by which answers, cells and facts stand, in the history's order.

    Who took a step back said what stands again. Those steps are left out that were recorded as one
    of many: they come from a file.
    """
    record, steps = Record(history), _on_parts(history)
    words = {_whole(way): word.entry for way, word in record.words.items()}
    words = {part: step for part, step in words.items() if step in steps.get(part, ())}
    undone = {
        part: some[-1]
        for part, some in steps.items()
        if some[-1].kind is EntryKind.UNDONE
        and are_alike(word_on(some[-1], part), _stands(record, part))
    }
    places = {step.hash: at for at, step in enumerate(history)}
    found = sorted({**words, **undone}.items(), key=lambda one: places[one[1].hash])
    return [
        Word(part, step, hashes(steps[part]) - {step.hash})
        for part, step in found
        if step.kind in _SAYING
        and part[0] in (ANSWERED, CLASSIFICATION, FACTS)
        and not made_at_once(step)
    ]


def addable(value: Any, stands: Any) -> Data:
    """Give what an answer has, as data, and another does not, whose status takes it."""
    left = _unsaid(value, stands)
    texts = {name: text for name, text in left.items() if isinstance(text, str)}
    refused = untaken(texts, Status(stands["status"])) if stands else tuple(left)
    return {name: one for name, one in left.items() if name not in refused}


def can_hold(stands: Any, value: Any) -> bool:
    """Tell whether the status of what stands takes all that an answer has and it does not."""
    return addable(value, stands) == _unsaid(value, stands)


def hashes(history: Iterable[Entry]) -> frozenset[str]:
    """Give steps by their hashes."""
    return frozenset(entry.hash for entry in history)


def _unsaid(value: Any, stands: Any) -> Data:
    """Give the texts and evidence that an answer has, as data, and another one does not.

    Of a note that the other holds nothing.
    """
    one, other = mapping(value), mapping(stands)
    names = [name for name in (*OF_ANY_STATUS, *OF_ONE_STATUS) if one.get(name)]
    found: Data = {name: one[name] for name in names if not other.get(name)}
    if one.get("note", "") not in other.get("note", ""):
        found["note"] = one["note"]
    known = [shown["target"] for shown in other.get("evidence", ())]
    shown = [shown for shown in one.get("evidence", ()) if shown["target"] not in known]
    return found | ({"evidence": shown} if shown else {})


def _replaced(step: Entry) -> list[str]:
    """Name the texts of the answer before that a step says otherwise."""
    before, after = mapping(step.before), mapping(step.after)
    return [
        name for name in (*OF_ANY_STATUS, *OF_ONE_STATUS) if before.get(name) != after.get(name)
    ]


def _on_part(steps: Iterable[Entry], part: Part) -> list[Entry]:
    return [one for one in steps if part in dict(said(one))]


def _on_parts(history: Iterable[Entry]) -> dict[Part, list[Entry]]:
    """Map each part to the steps that say something of it, the first one first."""
    found: dict[Part, list[Entry]] = {}
    for step in history:
        for part, _ in said(step):
            found.setdefault(part, []).append(step)
    return found


def _whole(way: Part) -> Part:
    return way[:1] if way[0] == CLASSIFICATION else way


def _stands(record: Record, part: Part) -> Any:
    """Give what a history says of a part, as a step says it."""
    value = said_of(record, part, None)
    return chosen(mapping(value)) if part == (CLASSIFICATION,) else value
