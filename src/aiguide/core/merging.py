"""Merging two branches of a manifest: both histories are kept, and changes merged one by one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiguide.core.attestation import (
    ANSWERED,
    CLASSIFICATION,
    CONDITIONS,
    FACTS,
    RETIRED,
    Part,
    Record,
    mismatches,
    parts_of,
)
from aiguide.core.errors import AiguideError
from aiguide.core.history import GUIDELINE, moment, next_entry
from aiguide.core.manifest import classification_data
from aiguide.core.merge_parts import Data, apart, said_of, together
from aiguide.core.project import Entry, EntryKind, Project
from aiguide.core.reconciling import is_attested

WHO = ("by", "confirmed_by", "at")
Step = tuple[str, Any, Any]  # its subject, what another side or the history had, what stands


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides changed, each in its own way; ours stands only where it is the later.

    `part` leads to it: `answers` or `retired` and the item, `project` and the fact, or
    `classification`. `times` and `people`: when and by whom ours and theirs were recorded, empty
    where nothing says so. `known`: whether who recorded the other's had ours, and theirs, before
    them, or an earlier merge chose it; the other's then stands whatever the times say.
    """

    part: tuple[str, ...]
    ours: Any
    theirs: Any
    times: tuple[str, str]
    people: tuple[str, str] = ("", "")
    known: tuple[bool, bool] = (False, False)

    @property
    def is_replaced(self) -> bool:
        """Tell whether one side is only what the other replaced: nobody need choose."""
        return any(self.known)

    @property
    def is_agreed(self) -> bool:
        """Tell whether both sides say the same, whoever did and whenever."""
        return bool(_without_who(self.ours) == _without_who(self.theirs))

    @property
    def is_tied(self) -> bool:
        """Tell whether the times do not say which is the later; theirs stands then."""
        return self.times[0] == self.times[1]

    @property
    def ours_stands(self) -> bool:
        """Tell which side stands."""
        if self.is_replaced:
            return self.known[1]
        return moment(self.times[0]) > moment(self.times[1])

    @property
    def standing(self) -> Any:
        """Give what stands."""
        return self.ours if self.ours_stands else self.theirs

    @property
    def passed_over(self) -> Any:
        """Give what does not stand."""
        return self.theirs if self.ours_stands else self.ours


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
    if _pack(ours) != _pack(theirs):
        raise AiguideError("merge-guideline")
    if ours.history and theirs.history and ours.history[0] != theirs.history[0]:
        raise AiguideError("merge-different")
    if base and _is_picked(base, ours):
        base = None  # what came before the commit is new to us, too
    shared = _shared(ours, theirs)
    old, begun = _before(base, ours, theirs, shared), _hashes(base.history if base else shared)
    filled = (_with_lacking(one, base, old, begun) for one in (ours, theirs))
    (mine, kept_here), (other, kept_there) = filled
    held = dict.fromkeys((*kept_here, *kept_there))
    if whole := _whole(begun, ours, theirs):
        return Merged(whole, kept=_standing(held, old, apart(whole)))
    known = begun | _hashes(shared)
    said_here, said_there = (_said_since(one, known) for one in (ours, theirs))
    joined = replace(ours, history=ours.history + _beyond(theirs, ours).history)
    record = Record(joined.history)
    taken_back = _taken_back(record, theirs, begun)
    merged, conflicts, again = dict(mine), list[Conflict](), list[tuple[Part, Entry]]()
    for part in {**mine, **other}:
        was, here, there = _was(old, part), mine.get(part), other.get(part)
        if here == there or (there == was and part not in said_there):
            continue
        if here != was or part in said_here:
            said = said_here.get(part), said_there.get(part)
            conflicts.append(_conflict(ours, theirs, part, (here, there), said))
            if conflicts[-1].ours_stands:
                continue
        elif part in taken_back and (stands := said_of(record, part, there)) != there:
            merged[part] = stands
            again.append((part, taken_back[part]))
            continue
        merged[part] = there
    project = together(joined, merged)
    project = _recorded(project, ours, theirs, conflicts, by=by, at=at)
    steps = zip(conflicts, project.history[len(joined.history) :], strict=False)
    decided = ((one, step) for one, step in steps if not (one.is_replaced or one.is_agreed))
    return Merged(project, tuple(decided), _standing(held, old, merged), tuple(again))


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
    given = {part: _given_by(since, part) for part in {**parts, **apart(base)}}
    return bool(ours.history) and any(
        steps and _given(steps[-1], part) != parts.get(part) for part, steps in given.items()
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
    begun = _hashes(base.history)
    since = replace(ours, history=tuple(one for one in shared if one.hash not in begun))
    steps = {part: given[-1] for part in parts if (given := _given_by(since, part))}
    both = [(side, apart(side)) for side in (ours, theirs)]
    later = {
        part: _given(step, part)
        for part, step in steps.items()
        if all(_comes_from(side, part, held.get(part), step) for side, held in both)
    }
    return {**apart(base), **later}


def _hashes(history: Iterable[Entry]) -> set[str]:
    return {entry.hash for entry in history}


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
        return bool(_given_by(lost, part)) and _is_said_in(known, record, part, held)

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
    return any(_touches(entry, part) or entry.subject == GUIDELINE for entry in since)


def _taken_back(record: Record, side: Project, known: Collection[str]) -> dict[Part, Entry]:
    """Give the parts of which the last step of a side, none `known` by its hash, took one back.

    With each the step of the other side that stands again by what a `record` of both says.
    """
    there, found = _hashes(side.history), dict[Part, Entry]()
    for way, word in record.words.items():
        part = way[:1] if way[0] == CLASSIFICATION else way
        steps = [step for step in _given_by(side, part) if step.hash not in known]
        if steps and steps[-1].kind is EntryKind.UNDONE and word.entry.hash not in there:
            found[part] = word.entry
    return found


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
    known = _hashes(other.history)
    return replace(one, history=tuple(step for step in one.history if step.hash not in known))


def _conflict(
    ours: Project,
    theirs: Project,
    part: Part,
    held: tuple[Any, Any],
    said: tuple[Entry | None, Entry | None],
) -> Conflict:
    """Say what is known of a part, by what it holds in ours and theirs, and the steps `said` so."""
    here, there = held
    last = (
        (step.at, step.by) if step else _last(side, part, value)
        for side, value, step in zip((ours, theirs), held, said, strict=True)
    )
    times, people = zip(*last, strict=True)
    mine, other = _giver(ours, part, here), _giver(theirs, part, there)
    known = _builds_on(theirs, other, mine), _builds_on(ours, mine, other)
    if not any(known):
        chosen_here, chosen_there = _choice(ours, part, here), _choice(theirs, part, there)
        known = _builds_on(theirs, chosen_there, mine), _builds_on(ours, chosen_here, other)
    if all(known):  # each side chose its own
        known = False, False
    return Conflict(part, here, there, times, people, known)


def _given_by(project: Project, part: Part) -> list[Entry]:
    """Give the steps that gave a part something; who merged gave nothing."""
    return [
        entry
        for entry in project.history
        if entry.kind is not EntryKind.MERGED and _touches(entry, part)
    ]


def _giver(project: Project, part: Part, held: Any) -> Entry | None:
    """Give the last step that gave a part what it holds."""
    steps = reversed(_given_by(project, part))
    return next((entry for entry in steps if _given(entry, part) == held), None)


def _choice(project: Project, part: Part, held: Any) -> Entry | None:
    """Give the `merged` step by which a part holds what it holds, where that was chosen."""
    steps = (entry for entry in reversed(project.history) if _touches(entry, part))
    last = next(steps, None)
    chosen = last and last.kind is EntryKind.MERGED and _given(last, part) == held
    return last if chosen else None


def _builds_on(side: Project, step: Entry | None, earlier: Entry | None) -> bool:
    """Tell whether an earlier step was in the history when a step of a side was made."""
    if step is None or earlier is None:
        return False
    built_on = {step.hash}
    for entry in reversed(side.history):
        if entry.hash in built_on:
            built_on.update(entry.parents)
    return earlier.hash in built_on - {step.hash}


def _comes_from(side: Project, part: Part, held: Any, step: Entry) -> bool:
    """Tell whether what a part holds was given by a step, or by one that was made after it."""
    giver = _giver(side, part, held)
    return giver == step or _builds_on(side, giver, step)


def _without_who(held: Any) -> Any:
    """Give what a part holds but for who said so, and when."""
    if not isinstance(held, dict):
        return held
    return {name: value for name, value in held.items() if name not in WHO}


def _last(project: Project, part: Part, held: Any) -> tuple[str, str]:
    """Give when, as ISO 8601 UTC, and by whom a part was last given what it holds.

    An answer or the cells say it themselves where no step of the history does; else the last step
    counts, whatever it gave, and nothing where there is none.
    """
    said = held if isinstance(held, dict) else {}
    own = str(said.get("at", "")), str(said.get("by", said.get("confirmed_by", "")))
    steps = _given_by(project, part)
    gave = [(entry.at, entry.by) for entry in steps if _given(entry, part) == held]
    others = [own, *((entry.at, entry.by) for entry in steps)]
    return max(gave or others, key=lambda step: moment(step[0]))


def _given(entry: Entry, part: Part) -> Any:
    """Give what a step that touches a part made of it."""
    value = entry.after
    for name in part[1:] if part[0] == FACTS else ():
        value = (value or {}).get(name)
    return value


def _touches(entry: Entry, part: Part) -> bool:
    if part[0] == RETIRED:
        return entry.subject == GUIDELINE
    if part[0] != FACTS:
        return entry.subject == part[-1]
    if entry.subject != FACTS:
        return False
    before, after = entry.before or {}, entry.after or {}
    if part[1] == CONDITIONS:
        before, after = before.get(CONDITIONS, {}), after.get(CONDITIONS, {})
    return bool(before.get(part[-1]) != after.get(part[-1]))


def _recorded(
    project: Project,
    ours: Project,
    theirs: Project,
    conflicts: list[Conflict],
    *,
    by: str,
    at: str,
) -> Project:
    """Add the `merged` entries: one for each conflict, or one that only joins the histories."""
    parents = tuple(dict.fromkeys(filter(None, (ours.head, theirs.head))))
    decided = _with_steps(project, _steps(conflicts, ours, theirs), parents, by=by, at=at)
    steps = [*_as_they_stand(decided, _overlaid(decided, ours, theirs))]
    if conflicts:
        return _with_steps(decided, steps, (decided.head,), by=by, at=at)
    return _with_steps(project, steps or [(FACTS, None, None)], parents, by=by, at=at)


def settled(project: Project, parts: Iterable[Part], *, by: str, at: str) -> Project:
    """Record how some parts stand, of which the history that is left says otherwise, or nothing."""
    return _with_steps(project, _as_they_stand(project, parts), (project.head,), by=by, at=at)


def _with_steps(
    project: Project, steps: Iterable[Step], parents: tuple[str, ...], *, by: str, at: str
) -> Project:
    for subject, before, after in steps:
        entry = next_entry(
            project, EntryKind.MERGED, subject, before, after, by=by, at=at, parents=parents
        )
        project = replace(project, history=(*project.history, entry))
        parents = (entry.hash,)
    return project


def _nested(way: tuple[str, ...], value: Any) -> Data:
    """Give a fact, or a condition among the conditions, as the history holds it."""
    return {way[0]: _nested(way[1:], value) if len(way) > 1 else value}


def _steps(conflicts: list[Conflict], ours: Project, theirs: Project) -> Iterator[Step]:
    """Give subject, what the other side had, and what stands, as far as its side's history says so.

    What was changed there by hand differs from the history after the merge, too.
    """
    records = {True: Record(ours.history), False: Record(theirs.history)}
    for one in conflicts:
        value = said_of(records[one.ours_stands], one.part, one.standing)
        if one.part == (CLASSIFICATION,):
            yield CLASSIFICATION, one.passed_over, value
        else:
            yield _step(one.part, one.passed_over, value)


def _step(part: Part, before: Any, after: Any) -> Step:
    """Give the step that says of a part that it stands as in `after`."""
    if part[0] == FACTS:
        return FACTS, _nested(part[1:], before), _nested(part[1:], after)
    if part[0] in (RETIRED, GUIDELINE):
        way = part if part[0] == RETIRED else part[1:]
        held = [_nested(way, side) if side else None for side in (before, after)]
        return GUIDELINE, held[0], held[1]
    return part[-1], before, after


def _as_they_stand(project: Project, parts: Iterable[Part]) -> Iterator[Step]:
    """Give the steps that say how parts stand, against what the history says of them."""
    record, stands = Record(project.history), parts_of(project)
    words = {part: record.on(part) for part in parts}
    said = {part: word.value if word else None for part, word in words.items()}
    cells = {part[1]: value for part, value in said.items() if part[0] == CLASSIFICATION}
    if cells:
        now = classification_data(project.classification)
        before = {name: one for name, one in {**now, **cells}.items() if one is not None}
        yield CLASSIFICATION, before or None, now or None
    for part, value in said.items():
        if part[0] != CLASSIFICATION:
            yield _step(part, value, stands.get(part))


def _overlaid(project: Project, ours: Project, theirs: Project) -> list[Part]:
    """Give the parts that stand as one side attests, and that the other's steps now say else of.

    What either side had changed by hand is none of them.
    """
    sides = [Record(side.history) for side in (ours, theirs)]
    return [
        one.part
        for one in mismatches(project)
        if any(side.agrees(one.part, one.stands) for side in sides)
    ]
