"""What somebody recorded and a project lacks: the parts, and what was said of them since."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
class Lost:
    """The steps that parts stood by, and that a project lacks; `known`: the hashes of all others.

    What is there beside those was said since, whatever the clock of who said it shows.
    """

    words: Mapping[Part, Entry] = field(default_factory=dict)
    known: frozenset[str] = frozenset()

    def parts(self, project: Project, by: str) -> dict[Part, Entry]:
        """Map the parts that stand otherwise than they did to the step that said so.

        But for those of which as much was said since; where the person (`by`) said something else
        of a fact, it is theirs, and so is another status of an answer.
        """
        return {
            part: step
            for part, step in self.words.items()
            if self._is_lacking(project, part, step, by)
        }

    def since(self, project: Project, part: Part) -> list[Entry]:
        """Give the steps that were made since and say something of a part."""
        new = (entry for entry in project.history if entry.hash not in self.known)
        return [entry for entry in new if part in dict(said(entry))]

    def is_said_by(self, project: Project, part: Part, by: str) -> bool:
        """Tell whether a person has said something else of a part since."""
        return any(entry.by == by for entry in self.since(project, part))

    def only(self, parts: Collection[Part]) -> "Lost":
        """Give it with only some of its parts."""
        words = {part: step for part, step in self.words.items() if part in parts}
        return replace(self, words=words)

    def without(self, steps: Collection[str]) -> "Lost":
        """Give it without what some steps say, by their hashes."""
        return self.only([part for part, one in self.words.items() if one.hash not in steps])

    def after(self, lost: "Lost") -> "Lost":
        """Give it without what was said of a part before what is lost of it already."""
        return self.only(
            [
                part
                for part, step in self.words.items()
                if part not in lost.words or step.hash not in lost.known
            ]
        )

    def beside(self, earlier: "Lost") -> "Lost":
        """Give what is lacking of both; known is only what was there with either."""
        if not (self.words and earlier.words):
            return self if self.words else earlier
        return replace(
            self, words={**earlier.words, **self.words}, known=self.known & earlier.known
        )

    def _is_lacking(self, project: Project, part: Part, step: Entry, by: str) -> bool:
        value, stands = word_on(step, part), standing(project, part)
        if are_alike(value, stands):
            return False
        since = self.since(project, part)
        is_own = any(one.by == by for one in since)
        if part[0] != ANSWERED or not since:
            return not is_own
        is_other = mapping(value).get("status") != mapping(stands).get("status")
        return (is_other and not is_own) or bool(_unsaid(value, stands))


def stood_by(history: Sequence[Entry], by: str) -> dict[Part, Entry]:
    """Map the answers, cells and facts that stand by a person's word to the step that said so.

    Who took a step back said what stands again. Those steps are left out that were recorded as one
    of many: they come from a file.
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
    found = {**words, **undone}
    order = {step.hash: at for at, step in enumerate(history)}
    return {
        part: found[part]
        for part in sorted(found, key=lambda part: order[found[part].hash])
        if found[part].by == by
        and found[part].kind in _SAYING
        and part[0] in (ANSWERED, CLASSIFICATION, FACTS)
        and not made_at_once(found[part])
    }


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
