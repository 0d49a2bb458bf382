"""What a merge passed over of people's words, and who of them may not know of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aiguide.core.attestation import ANSWERED, CLASSIFICATION, CONDITIONS, FACTS, Part, mapping
from aiguide.core.givers import builds_on, given, giver, replaced, touches
from aiguide.core.history import GUIDELINE, made_at_once
from aiguide.core.project import Entry, EntryKind, Project


@dataclass(frozen=True, slots=True)
class Overruled:
    """A part of a project, the step that was passed over, and the `merged` one that did so.

    `passed_over` and `standing`: what the part held by the one, and holds by the other.
    """

    part: Part
    said: Entry
    merged: Entry

    @property
    def passed_over(self) -> Any:
        """Give what does not stand."""
        return replaced(self.merged, self.part)

    @property
    def standing(self) -> Any:
        """Give what stands."""
        return given(self.merged, self.part)


def overruled(project: Project) -> tuple[Overruled, ...]:
    """Find for what of somebody's a merge chose something else that still stands.

    What was replaced by somebody who had it before them was not passed over.
    """
    decided = dict[Part, list[Entry]]()
    for merged in reversed(project.history):
        for part in _decided(merged):
            decided.setdefault(part, []).append(merged)
    found = (_last_one(project, part, steps) for part, steps in decided.items())
    return tuple(one for one in found if one and not _is_replaced(project, one))


def unaware(project: Project) -> tuple[Overruled, ...]:
    """Find what is `overruled` whose author may not know, were it they who merged: git may be mute.

    Who recorded a step on top of the merge was told then; not so who had a file of many taken in.
    """
    return tuple(one for one in overruled(project) if not _knows(project, one.said.by, one.merged))


def _last_one(project: Project, part: Part, decided: list[Entry]) -> Overruled | None:
    """Give what was passed over last, if that is as it stands still; `decided` by which steps."""
    last = next(entry for entry in reversed(project.history) if touches(entry, part))
    for merged in decided:
        if given(merged, part) != given(last, part):
            return None
        said = giver(project, part, replaced(merged, part))
        if said and builds_on(project, merged, said):
            return Overruled(part, said, merged)
    return None


def _decided(entry: Entry) -> Iterator[Part]:
    """Give the parts for which a step of a merge tells of two values."""
    if entry.kind is not EntryKind.MERGED or not entry.before or entry.subject == GUIDELINE:
        return
    if entry.subject == FACTS:
        facts = dict(mapping(entry.before))
        yield from ((FACTS, CONDITIONS, id) for id in mapping(facts.pop(CONDITIONS, None)))
        yield from ((FACTS, name) for name in facts)
    else:
        is_cells = entry.subject == CLASSIFICATION
        yield (CLASSIFICATION,) if is_cells else (ANSWERED, entry.subject)


def _is_replaced(project: Project, one: Overruled) -> bool:
    return builds_on(project, giver(project, one.part, one.standing), one.said)


def _knows(project: Project, who: str, merged: Entry) -> bool:
    """Tell whether somebody recorded a step, and not one of many from a file, on top of a merge."""
    above = {merged.hash}
    for entry in project.history:
        if above.isdisjoint(entry.parents):
            continue
        above.add(entry.hash)
        if entry.by == who and entry.kind is not EntryKind.MERGED and not made_at_once(entry):
            return True
    return False
