"""What a merge passed over of people's words, and who of them may not know of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiguide.core.attestation import ANSWERED, CLASSIFICATION, CONDITIONS, FACTS, Part, mapping
from aiguide.core.conflicts import without_who
from aiguide.core.givers import builds_on, given, given_by, giver, replaced
from aiguide.core.history import GUIDELINE, moment, recovered
from aiguide.core.merge_parts import apart
from aiguide.core.merge_steps import step_of
from aiguide.core.project import Entry, EntryKind, Project
from aiguide.core.superseded import known_to


@dataclass(frozen=True, slots=True)
class Overruled:
    """A part of a project and what it holds, a step passed over for it, and the merge that did so.

    Another merge may have chosen `standing` since, over what that one chose.
    """

    part: Part
    standing: Any
    said: Entry
    merged: Entry

    @property
    def passed_over(self) -> Any:
        """Give what does not stand."""
        return replaced(self.merged, self.part)

    @property
    def step(self) -> Entry:
        """Give the merge as if it had chosen what stands."""
        _, before, after = step_of(self.part, self.passed_over, self.standing)
        return replace(self.merged, before=before, after=after)


def overruled(project: Project, only: Part | None = None) -> tuple[Overruled, ...]:
    """Find for what of somebody's merges chose something else that still stands; of `only` a part.

    What was replaced by somebody who had it before them was not passed over.
    """
    decided, repairs = dict[Part, list[Entry]](), recovered(project.history)
    for merged in reversed(project.history):
        for part in _decided(merged) if merged.hash not in repairs else ():
            if only in (None, part):
                decided.setdefault(part, []).append(merged)
    held = apart(project) if decided else {}
    return tuple(
        one
        for part, merges in decided.items()
        for one in _passed_over(project, part, held.get(part), merges)
    )


def _passed_over(
    project: Project, part: Part, standing: Any, merges: Iterable[Entry]
) -> Iterator[Overruled]:
    """Give the steps that `merges`, the last first, passed over in the end for what stands."""
    steps = [one for one in given_by(project, part) if one.kind is not EntryKind.UNDONE]
    gave = next((one for one in reversed(steps) if given(one, part) == standing), None)
    chosen, found = [standing], dict[str, Overruled]()
    for merged in merges:
        if given(merged, part) not in chosen:
            continue
        chosen.append(other := replaced(merged, part))
        said = giver(project, part, other)
        if said is None or without_who(other) == without_who(standing):
            continue
        if builds_on(project, merged, said) and not builds_on(project, gave, said):
            found[said.hash] = Overruled(part, standing, said, merged)
    yield from found.values()


def unaware(project: Project) -> tuple[Overruled, ...]:
    """Find what a merge passed over whose author may not know, were it they who merged.

    Git may be mute. Who recorded something on top of the merge was told then, as `known_to` has it.
    Until then it does not count what others have said in its place: they knew of it, and not the
    author. What the author said later and stands, as a recovery took it over, they know.
    """
    known = {name: known_to(project, name) for name in {one.by for one in project.history}}
    found = {(one.part, one.said.hash): one for one in overruled(project) if one.said.by}
    found |= {(one.part, one.said.hash): one for one in _unheard(project, known)}
    return tuple(
        one
        for one in found.values()
        if one.merged.hash not in known[one.said.by] and not _has_said_more(one)
    )


def _has_said_more(one: Overruled) -> bool:
    """Tell whether what stands is an answer, no earlier, of whom the merge passed over."""
    stands = mapping(one.standing)
    is_own = stands.get("by") == one.said.by and bool(stands.get("at"))
    return is_own and moment(stands["at"]) >= moment(one.said.at)


def _unheard(project: Project, known: Mapping[str, Collection[str]]) -> Iterator[Overruled]:
    """Give what each merge passed over of what does not stand, whatever was said since.

    `known` maps people to the hashes of what they know; to look for who gave something takes long.
    """
    repairs, held = recovered(project.history), apart(project)
    for merged in project.history:
        for part in _decided(merged) if merged.hash not in repairs else ():
            other, stands = replaced(merged, part), held.get(part)
            if merged.hash in known.get(str(mapping(other).get("by", "")), ()):
                continue
            said = giver(project, part, other)
            if said is None or not said.by or not builds_on(project, merged, said):
                continue
            chosen = giver(project, part, given(merged, part))
            is_gone = without_who(stands) != without_who(other)
            if is_gone and not builds_on(project, chosen, said):
                yield Overruled(part, stands, said, merged)


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
