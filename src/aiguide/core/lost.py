"""What somebody recorded and a project lacks: the parts, and what was said of them since."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from aiguide.core.answers import OF_ANY_STATUS, OF_ONE_STATUS
from aiguide.core.attestation import ANSWERED, Part, mapping
from aiguide.core.manifest import Data
from aiguide.core.project import Entry, Project
from aiguide.core.step_parts import are_alike, said, standing, word_on


@dataclass(frozen=True, slots=True)
class Lost:
    """Steps that a project lacks, the oldest first, and by their hash all that was there with them.

    What is there beside that was said since, whatever the clock of who said it shows.
    """

    steps: tuple[Entry, ...] = ()
    known: frozenset[str] = frozenset()

    def parts(self, project: Project) -> dict[Part, Entry]:
        """Map the parts that stand otherwise than the last of the steps says to that step.

        But for those of which as much was said since.
        """
        last = {part: step for step in self.steps for part, _ in said(step)}
        return {part: step for part, step in last.items() if self._is_lacking(project, part, step)}

    def since(self, project: Project, part: Part) -> list[Entry]:
        """Give the steps that were made since and say something of a part."""
        new = (entry for entry in project.history if entry.hash not in self.known)
        return [entry for entry in new if part in dict(said(entry))]

    def is_said_by(self, project: Project, part: Part, by: str) -> bool:
        """Tell whether a person has said something else of a part since."""
        return any(entry.by == by for entry in self.since(project, part))

    def only(self, steps: Iterable[Entry]) -> "Lost":
        """Give it with only some of its steps."""
        wanted = {step.hash for step in steps}
        return replace(self, steps=tuple(step for step in self.steps if step.hash in wanted))

    def beside(self, other: "Lost") -> "Lost":
        """Give what is lacking of both; known is only what was there with either."""
        if not (self.steps and other.steps):
            return self if self.steps else other
        new = (step for step in other.steps if step not in self.steps)
        return Lost((*self.steps, *new), self.known & other.known)

    def _is_lacking(self, project: Project, part: Part, step: Entry) -> bool:
        value, stands = word_on(step, part), standing(project, part)
        if are_alike(value, stands):
            return False
        if part[0] != ANSWERED or not self.since(project, part):
            return True
        is_other = mapping(value).get("status") != mapping(stands).get("status")
        return is_other or bool(unsaid(value, stands))


def unsaid(value: Any, stands: Any) -> Data:
    """Give what an answer has, as data, and another one of its item does not: texts, evidence.

    Of a note that both have that is a part of the other's nothing.
    """
    one, other = mapping(value), mapping(stands)
    names = [name for name in (*OF_ANY_STATUS, *OF_ONE_STATUS) if one.get(name)]
    found: Data = {name: one[name] for name in names if not other.get(name)}
    if one.get("note", "") not in other.get("note", ""):
        found["note"] = one["note"]
    known = [shown["target"] for shown in other.get("evidence", ())]
    shown = [shown for shown in one.get("evidence", ()) if shown["target"] not in known]
    return found | ({"evidence": shown} if shown else {})
