"""What somebody recorded and a project lacks: their words, and what was said since."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
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
    """A `step` that a `part` stood by, and that a project lacks; `known`: the hashes of all others.

    What is there beside those was said since, whatever the clock of who said it shows.
    """

    part: Part
    step: Entry
    known: frozenset[str]

    def since(self, project: Project) -> list[Entry]:
        """Give the steps that were made since and say something of the part."""
        return [one for one in self._on_it(project) if one.hash not in self.known]

    def is_anew(self, project: Project, by: str) -> bool:
        """Tell whether it is of an answer that a person has given anew since."""
        return self.part[0] == ANSWERED and any(one.by == by for one in self.since(project))

    def is_settled(self, project: Project, by: str) -> bool:
        """Tell whether as much was said since, or the person (`by`) said something else of a fact.

        Then nothing is to be told of it any more, whatever file comes back.
        """
        for one in self.since(project):
            said_since = word_on(one, self.part)
            if are_alike(self.value, said_since):
                return True
            if one.by == by and (self.part[0] != ANSWERED or not _unsaid(self.value, said_since)):
                return True
        return False

    def is_lacking(self, project: Project, by: str) -> bool:
        """Tell whether it is not settled, and the part stands otherwise; an answer, with less.

        It is not lacking where others have said something else in place of the very same. With
        another status an answer is another one, but where the person gave it that.
        """
        stands = standing(project, self.part)
        if self.is_settled(project, by) or are_alike(self.value, stands):
            return False
        since = self.since(project)
        before = [one for one in self._on_it(project) if one not in since]
        if before and are_alike(self.value, word_on(before[-1], self.part)):
            return False
        if self.part[0] != ANSWERED or not since:
            return True
        is_other = mapping(self.value).get("status") != mapping(stands).get("status")
        return (is_other and not self.is_anew(project, by)) or bool(_unsaid(self.value, stands))

    @property
    def value(self) -> Any:
        """Give what it says of the part, as data."""
        return word_on(self.step, self.part)

    def _on_it(self, project: Project) -> list[Entry]:
        return [one for one in project.history if self.part in dict(said(one))]

    def adds_to(self, later: "Word") -> bool:
        """Tell whether an answer says what a later one to the same item does not."""
        return bool(_unsaid(self.value, later.value))


@dataclass(frozen=True, slots=True)
class Lost:
    """The words that a project lacks, of each part the earliest first.

    There are several of a part where what was said in place of a lost word is lost, too.
    """

    words: tuple[Word, ...] = ()

    def lacking(self, project: Project, by: str) -> "Lost":
        """Give it with what a project is still lacking; `by` is whose words they are."""
        return Lost(tuple(word for word in self.words if word.is_lacking(project, by)))

    def unsettled(self, project: Project, by: str) -> "Lost":
        """Give it without what is settled; of what is not, another file may come to lack it."""
        return Lost(tuple(word for word in self.words if not word.is_settled(project, by)))

    def latest(self) -> dict[Part, Word]:
        """Map each part to the last word on it."""
        return {word.part: word for word in self.words}

    def earlier(self, than: Word) -> list[Word]:
        """Give the words on the same part before one."""
        return [*takewhile(lambda word: word != than, self._on(than.part))]

    def without(self, steps: Collection[str]) -> "Lost":
        """Give it without what some steps say, by their hashes."""
        return Lost(tuple(word for word in self.words if word.step.hash not in steps))

    def after(self, lost: "Lost") -> "Lost":
        """Give it without what was said of a part before what is lost of it already."""
        return Lost(
            tuple(
                word
                for word in self.words
                if not any(word.step.hash in one.known for one in lost._on(word.part))
            )
        )

    def beside(self, other: "Lost") -> "Lost":
        """Give the words of both; of one that both have only that is known which either knows."""
        found = dict[tuple[Part, str], Word]()
        for word in (*other.words, *self.words):
            at = word.part, word.step.hash
            known = word.known & found[at].known if at in found else word.known
            found[at] = replace(word, known=known)
        both = Lost(tuple(found.values()))
        return Lost(tuple(sorted(both.words, key=both._known_to, reverse=True)))

    def _on(self, part: Part) -> list[Word]:
        return [word for word in self.words if word.part == part]

    def _known_to(self, word: Word) -> int:
        """Count the words on the same part that were said when this one was known."""
        return sum(word.step.hash in one.known for one in self._on(word.part))


def stood_by(history: Sequence[Entry], by: str, known: frozenset[str]) -> Lost:
    """Give the words of a person by which answers, cells and facts stand, in the history's order.

    Who took a step back said what stands again. Those steps are left out that were recorded as one
    of many: they come from a file. `known` are the hashes of all steps that were made by then.
    """
    record = Record(history)
    last = {part: step for step in history for part, _ in said(step)}
    words = {_whole(way): word.entry for way, word in record.words.items()}
    words = {part: step for part, step in words.items() if part in dict(said(step))}
    undone = {
        part: step
        for part, step in last.items()
        if step.kind is EntryKind.UNDONE and are_alike(word_on(step, part), _stands(record, part))
    }
    order = {step.hash: at for at, step in enumerate(history)}
    found = sorted({**words, **undone}.items(), key=lambda one: order[one[1].hash])
    return Lost(
        tuple(
            Word(part, step, known)
            for part, step in found
            if step.by == by
            and step.kind in _SAYING
            and part[0] in (ANSWERED, CLASSIFICATION, FACTS)
            and not made_at_once(step)
        )
    )


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


def _whole(way: Part) -> Part:
    return way[:1] if way[0] == CLASSIFICATION else way


def _stands(record: Record, part: Part) -> Any:
    """Give what a history says of a part, as a step says it."""
    value = said_of(record, part, None)
    return chosen(mapping(value)) if part == (CLASSIFICATION,) else value
