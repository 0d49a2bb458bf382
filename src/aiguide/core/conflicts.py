"""What both sides of a merge changed: what is known of it, and which of them stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiguide.core.attestation import Part
from aiguide.core.givers import builds_on, given, given_by, giver, touches
from aiguide.core.history import moment, whole_second
from aiguide.core.project import Entry, EntryKind, Project

WHO = ("by", "confirmed_by", "at")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides changed, each in its own way; ours stands only where it is the later.

    `part` leads to it: `answers` or `retired` and the item, `project` and the fact, or
    `classification`. `times` and `people`: when and by whom ours and theirs were recorded, empty
    where nothing says so. `known`: whether who recorded the other's had ours, and theirs, before
    them, or an earlier merge chose it; the other's then stands whatever the times say. `by_hand`:
    whether ours, and theirs, stood otherwise than its history says: nobody recorded that.
    """

    part: tuple[str, ...]
    ours: Any
    theirs: Any
    times: tuple[str, str]
    people: tuple[str, str] = ("", "")
    known: tuple[bool, bool] = (False, False)
    by_hand: tuple[bool, bool] = (False, False)

    @property
    def is_replaced(self) -> bool:
        """Tell whether one side is only what the other replaced: nobody need choose."""
        return any(self.known)

    @property
    def is_agreed(self) -> bool:
        """Tell whether both sides say the same, whoever did and whenever."""
        return bool(without_who(self.ours) == without_who(self.theirs))

    @property
    def is_tied(self) -> bool:
        """Tell whether the times do not say which is the later.

        Theirs stands then, unless that alone was written by hand.
        """
        ours, theirs = _compared(self.times)
        return ours == theirs

    @property
    def ours_stands(self) -> bool:
        """Tell which side stands."""
        if self.is_replaced:
            return self.known[1]
        ours, theirs = _compared(self.times)
        return ours > theirs or (ours == theirs and self.by_hand == (False, True))

    @property
    def standing(self) -> Any:
        """Give what stands."""
        return self.ours if self.ours_stands else self.theirs

    @property
    def passed_over(self) -> Any:
        """Give what does not stand."""
        return self.theirs if self.ours_stands else self.ours


def between(
    ours: Project,
    theirs: Project,
    part: Part,
    held: tuple[Any, Any],
    said: tuple[Entry | None, Entry | None],
    by_hand: tuple[bool, bool],
) -> Conflict:
    """Say what is known of a part, by what it holds in ours and theirs, and the steps `said` so.

    `by_hand` is as in `Conflict`.
    """
    here, there = held
    last = (
        (step.at, step.by) if step else _last(side, part, value)
        for side, value, step in zip((ours, theirs), held, said, strict=True)
    )
    times, people = zip(*last, strict=True)
    mine, other = giver(ours, part, here), giver(theirs, part, there)
    known = builds_on(theirs, other, mine), builds_on(ours, mine, other)
    if not any(known):
        chosen_here, chosen_there = _choice(ours, part, here), _choice(theirs, part, there)
        known = builds_on(theirs, chosen_there, mine), builds_on(ours, chosen_here, other)
    if all(known):  # each side chose its own
        known = False, False
    return Conflict(part, here, there, times, people, known, by_hand)


def _compared(times: Sequence[str]) -> Sequence[str]:
    """Give times as they compare: to the second, unless all of them tell more than that."""
    if all("." in at for at in times):
        return [*map(moment, times)]
    return [moment(whole_second(at)) for at in times]


def _choice(project: Project, part: Part, held: Any) -> Entry | None:
    """Give the `merged` step by which a part holds what it holds, where that was chosen."""
    steps = (entry for entry in reversed(project.history) if touches(entry, part))
    last = next(steps, None)
    chosen = last and last.kind is EntryKind.MERGED and given(last, part) == held
    return last if chosen else None


def _last(project: Project, part: Part, held: Any) -> tuple[str, str]:
    """Give when, as ISO 8601 UTC, and by whom a part was last given what it holds.

    An answer or the cells say it themselves where no step of the history does; else the last step
    counts, whatever it gave, and nothing where there is none.
    """
    said = held if isinstance(held, dict) else {}
    own = str(said.get("at", "")), str(said.get("by", said.get("confirmed_by", "")))
    steps = given_by(project, part)
    gave = [(entry.at, entry.by) for entry in steps if given(entry, part) == held]
    others = [own, *((entry.at, entry.by) for entry in steps)]
    return max(gave or others, key=lambda step: moment(step[0]))


def without_who(held: Any) -> Any:
    """Give what a part holds but for who said so, and when."""
    if not isinstance(held, dict):
        return held
    return {name: value for name, value in held.items() if name not in WHO}
