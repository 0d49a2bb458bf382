"""Merging two branches of a manifest: both histories are kept, and changes merged one by one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from aiguide.core.attestation import (
    ANSWERED,
    CLASSIFICATION,
    RETIRED,
    Part,
    Record,
    parts_of,
)
from aiguide.core.conflicts import Conflict, between
from aiguide.core.errors import AiguideError
from aiguide.core.givers import comes_from, given, given_by, touches
from aiguide.core.history import GUIDELINE, moment
from aiguide.core.merge_parts import apart, said_of, together
from aiguide.core.merge_steps import recorded
from aiguide.core.project import Entry, EntryKind, Project
from aiguide.core.reconciling import is_attested, unattested


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge made: the project, and what both sides had changed, with the step on each.

    What one side recorded in place of the other's, and what both say alike, is none of that.
    `kept`: the parts that one side lacks, or has only as they were before, though no step of its
    history says that they went. `again`: the parts that stand as before what had been chosen in
    their place was taken back, with the step that said so.
    """

    project: Project
    decided: tuple[tuple[Conflict, Entry], ...] = ()
    kept: tuple[Part, ...] = ()
    again: tuple[tuple[Part, Entry], ...] = ()


class _Side:
    """One of two branches: what it holds, and what it said and took back since both began.

    `held` are its parts; those that only lack there, which are `lacked`, as both began with them.
    """

    def __init__(
        self,
        project: Project,
        other: Project,
        base: Project | None,
        old: Mapping[Part, Any],
        begun: Collection[str],
        known: Collection[str],
    ) -> None:
        """Take the steps that both `begun` with, and those that both have (`known`), by hash."""
        self.project = project
        self.held, self.lacked = _with_lacking(project, base, old, begun)
        self._other, self._begun, self._known = other, begun, known

    @cached_property
    def said(self) -> dict[Part, Entry]:
        """Map the parts that stand as a step of this side says to that step."""
        return _said_since(self.project, self._known)

    @cached_property
    def by_hand(self) -> set[Part]:
        """Give the parts that are otherwise than the history of this side says."""
        return _by_hand(self.project, self.lacked)

    @cached_property
    def _since(self) -> Project:
        return _without(self.project, self._begun)

    @cached_property
    def _others(self) -> Project:
        """Give the other side with only those of its steps that this one does not have."""
        return _beyond(self._other, self.project)

    @cached_property
    def _record(self) -> Record:
        return Record(self._other.history + _beyond(self.project, self._other).history)

    def left(self, part: Part) -> Any:
        """Give what stands of a part where the last word took one back; else what it holds.

        And where only the other's steps say something of it.
        """
        held, steps = self.held.get(part), given_by(self._since, part)
        if not steps or steps[-1].kind is not EntryKind.UNDONE:
            return held
        is_said = any(touches(step, part) for step in self._others.history)
        return said_of(self._record, part, held) if is_said else held

    def said_by_other(self, part: Part, held: Any) -> Entry:
        """Give the step of the other side's that said what is left of a part."""
        return _said_by(self._others, part, held)


@dataclass(frozen=True, slots=True)
class _Settled:
    """What stands of each part, what both had changed, and what stands again, with who said so."""

    parts: dict[Part, Any]
    conflicts: list[Conflict] = field(default_factory=list)
    again: list[tuple[Part, Entry]] = field(default_factory=list)


def all_of(made: Sequence[Merged], project: Project) -> Merged:
    """Give what several merges, one after the other, say of the project that they made."""
    return Merged(
        project,
        tuple(one for each in made for one in each.decided),
        tuple(dict.fromkeys(part for each in made for part in each.kept)),
        tuple({part: step for each in made for part, step in each.again}.items()),
    )


def merge(base: Project | None, ours: Project, theirs: Project, *, by: str, at: str) -> Merged:
    """Merge what two people made of the same project; `base` is what both began with, if known.

    What one of them changed is taken over; what was changed and changed back is said, too, but for
    what was taken back; who took back what the other side has, too, changed it. Where both changed
    the same answer, the same fact or condition, or the cells, the one that was recorded with the
    other in its history stands, else the later, of the same time theirs, and a `merged` entry says
    so; both are in the history. The first `merged` entry has both heads as parents.
    Where what a side had said in place of the other's was taken back there, the other's stands
    again. What only lacks on a side, by damage or by hand, is kept: nothing says that somebody
    took it away. So is what is only older there, by `git revert`: nothing says that somebody
    changed it.
    `base` may be of an earlier version of their pack: an id stands for the same thing in each.
    Raises: AiguideError `merge-guideline` where they do not name the same pack, `merge-different`
    where they did not begin as one project.
    """
    _check_one_project(ours, theirs)
    if base and _is_picked(base, ours):
        base = None  # what came before the commit is new to us, too
    shared = _shared(ours, theirs)
    old, begun = _before(base, ours, theirs, shared), _hashes(base.history if base else shared)
    known = begun | _hashes(shared)
    us = _Side(ours, theirs, base, old, begun, known)
    them = _Side(theirs, ours, base, old, begun, known)
    lacked = dict.fromkeys((*us.lacked, *them.lacked))
    if whole := _whole(begun, ours, theirs):
        return Merged(whole, kept=_standing(lacked, old, apart(whole)))
    settled = _settled(us, them, old)
    joined = replace(ours, history=ours.history + _beyond(theirs, ours).history)
    project = together(joined, settled.parts)
    project = recorded(project, ours, theirs, settled.conflicts, by=by, at=at)
    steps = zip(settled.conflicts, project.history[len(joined.history) :], strict=False)
    decided = ((one, step) for one, step in steps if not (one.is_replaced or one.is_agreed))
    kept = _standing(lacked, old, settled.parts)
    return Merged(project, tuple(decided), kept, tuple(settled.again))


def _settled(us: _Side, them: _Side, old: Mapping[Part, Any]) -> _Settled:
    """Let each part stand as the side that changed it holds it; of both, as conflicts go."""
    found = _Settled(dict(us.held))
    for part in {**us.held, **them.held}:
        was, here, there = _was(old, part), us.held.get(part), them.held.get(part)
        stands = them.left(part)
        if here in (there, stands) or (there == was and part not in them.said):
            continue
        if here != was or part in us.said:
            if us.left(part) == there:
                stands = there
            else:
                found.conflicts.append(_between(us, them, part))
                stands = found.conflicts[-1].standing
        elif stands != there:
            found.again.append((part, them.said_by_other(part, stands)))
        found.parts[part] = stands
    return found


def _between(us: _Side, them: _Side, part: Part) -> Conflict:
    return between(
        us.project,
        them.project,
        part,
        held=(us.held.get(part), them.held.get(part)),
        said=(us.said.get(part), them.said.get(part)),
        by_hand=(part in us.by_hand, part in them.by_hand),
    )


def are_apart(ours: Project, theirs: Project) -> bool:
    """Tell whether two projects did not begin as one, which cannot be merged."""
    return bool(ours.history and theirs.history) and ours.history[0] != theirs.history[0]


def _check_one_project(ours: Project, theirs: Project) -> None:
    if are_apart(ours, theirs):  # before their packs: the same one would not help
        raise AiguideError("merge-different")
    if _pack(ours) != _pack(theirs):
        raise AiguideError("merge-guideline")


def _whole(begun: Collection[str], ours: Project, theirs: Project) -> Project | None:
    """Give the side that holds all steps of the other, and all that both began with, if any does.

    The history speaks of everything then, and each side is as its own says.
    """
    here, there = _hashes(ours.history), _hashes(theirs.history)
    if not (Record(ours.history).begins and is_attested(ours) and is_attested(theirs)):
        return None
    if here >= there.union(begun):
        return ours
    return theirs if there >= here.union(begun) else None


def _standing(
    kept: Iterable[Part], old: Mapping[Part, Any], stands: Mapping[Part, Any]
) -> tuple[Part, ...]:
    """Give the parts of what was kept that the other side did not change, either."""
    return tuple(part for part in kept if stands.get(part) == old.get(part))


def _is_picked(base: Project, ours: Project) -> bool:
    """Tell whether what is merged was picked from another branch: we did not begin with its base.

    Who lost steps to damage still stands as they say, or has no history at all.
    """
    since, parts = _beyond(base, ours), apart(ours)
    gave = {part: given_by(since, part) for part in {**parts, **apart(base)}}
    return bool(ours.history) and any(
        steps and given(steps[-1], part) != parts.get(part) for part, steps in gave.items()
    )


def _before(
    base: Project | None, ours: Project, theirs: Project, shared: Sequence[Entry]
) -> Mapping[Part, Any]:
    """Give what both began with; `shared` is the history that both have.

    Without a `base` it is what that says. A base lacks some of it where a commit was picked from
    one branch for the other.
    """
    parts = {**apart(ours), **apart(theirs)}
    if base is None:
        record = Record(shared)
        return {part: said_of(record, part, None) for part in parts}
    since = _without(replace(ours, history=tuple(shared)), _hashes(base.history))
    both = [(side, apart(side)) for side in (ours, theirs)]

    def is_begun_with(step: Entry, part: Part) -> bool:
        return all(comes_from(side, part, held.get(part), step) for side, held in both)

    found = apart(base)
    for part in parts:
        steps = reversed(given_by(since, part))
        if step := next((one for one in steps if is_begun_with(one, part)), None):
            found[part] = given(step, part)
    return found


def _hashes(history: Iterable[Entry]) -> set[str]:
    return {entry.hash for entry in history}


def _by_hand(side: Project, kept: Collection[Part]) -> set[Part]:
    """Give the parts of a side that are otherwise than its history says, and not just `kept`."""
    parts = {one[:1] if one[0] == CLASSIFICATION else one for one in unattested(side)}
    return parts.difference(kept)


def _said_since(side: Project, known: Collection[str]) -> dict[Part, Entry]:
    """Give the parts that stand as a side's last word says that no entry `known` by its hash holds.

    With each the step that said so. A change of version only carries over what somebody said
    before, and who merged said nothing; nor did who took back what came after.
    """
    words = Record(one for one in side.history if one.kind is not EntryKind.MERGED).words
    stands = parts_of(side)
    new = [
        (part, word.entry)
        for part, word in words.items()
        if word.entry.hash not in known
        and word.entry.kind is not EntryKind.UPGRADED
        and word.value == stands.get(part)
    ]
    new.sort(key=lambda said: moment(said[1].at))
    return {(CLASSIFICATION,) if part[0] == CLASSIFICATION else part: one for part, one in new}


def _with_lacking(
    side: Project, base: Project | None, old: Mapping[Part, Any], known: Collection[str]
) -> tuple[dict[Part, Any], list[Part]]:
    """Give a side's parts with what only lacks there, or is only older, as both began with it.

    And which that is.
    """
    parts, record = apart(side), Record(side.history)
    since = [entry for entry in side.history if entry.hash not in known]
    lost = _beyond(base or side, side)

    def is_lacking(part: Part) -> bool:
        if (held := parts.get(part)) is None:
            return not _went(record, since, part)
        return bool(given_by(lost, part)) and _is_said_in(known, record, part, held)

    lacking = [
        part for part in {**parts, **old} if parts.get(part) != old.get(part) and is_lacking(part)
    ]
    return parts | {part: old.get(part) for part in lacking}, lacking


def _is_said_in(known: Collection[str], record: Record, part: Part, held: Any) -> bool:
    """Tell whether a part holds what a record says last, all by entries `known` by their hash."""
    words = [word for way, word in record.words.items() if way[: len(part)] == part]
    is_known = bool(words) and all(word.entry.hash in known for word in words)
    return is_known and said_of(record, part, None) == held


def _went(record: Record, since: Iterable[Entry], part: Part) -> bool:
    """Tell whether a step that was made `since` took a part away, and none brought it back."""
    word = record.on((*part, "cells") if part == (CLASSIFICATION,) else part)
    if word is not None and word.value is not None:
        return False
    return any(touches(entry, part) or entry.subject == GUIDELINE for entry in since)


def _said_by(own: Project, part: Part, held: Any) -> Entry:
    """Give the step, of those that touch a part, that said what it holds.

    Who merged chose what others had said, and who took a step back left it.
    """

    def rank(step: Entry) -> tuple[bool, ...]:
        kinds = EntryKind.MERGED, EntryKind.UNDONE
        return given(step, part) != held, *(step.kind is kind for kind in kinds)

    return min((step for step in reversed(own.history) if touches(step, part)), key=rank)


def _was(old: Mapping[Part, Any], part: Part) -> Any:
    """Give what both began with; what an upgrade retired since was an answer then."""
    answered = old.get((ANSWERED, part[-1])) if part[0] == RETIRED else None
    return old.get(part, answered)


def _pack(project: Project) -> tuple[str, int]:
    return project.guideline_id, project.guideline_version


def _shared(ours: Project, theirs: Project) -> tuple[Entry, ...]:
    """Give what both histories have, in the order of ours."""
    there = _hashes(theirs.history)
    return tuple(one for one in ours.history if one.hash in there)


def _beyond(one: Project, other: Project) -> Project:
    """Give a project with only those of its steps that another one lacks."""
    return _without(one, _hashes(other.history))


def _without(one: Project, known: Collection[str]) -> Project:
    """Give a project without those of its steps that are `known` by their hash."""
    return replace(one, history=tuple(step for step in one.history if step.hash not in known))
