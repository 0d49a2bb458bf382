"""Saving what can be saved from a damaged manifest, into a new file."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any

from aiguide.core import merging, shown_texts
from aiguide.core.attestation import ANSWERED, ANSWERS, Part, compared
from aiguide.core.errors import UnreadableError
from aiguide.core.guideline import Guideline
from aiguide.core.history import first_broken
from aiguide.core.manifest import project_data
from aiguide.core.merge_steps import settled
from aiguide.core.merging import Merged, all_of
from aiguide.core.project import Entry, Project
from aiguide.core.reconciling import giving_way, is_attested, is_in, laid_over
from aiguide.core.shown_texts import Shown, texts_in
from aiguide.core.stamp import Stamp
from aiguide.core.unmixing import unmixed
from aiguide.core.words import Worded, Words
from aiguide.store import packs, projects, recovery
from aiguide.store.recovery import Lost, Side, Zeros
from aiguide.usecases import earlier_versions, unmerged

MIXED = (*ANSWERS, "history")


@dataclass(frozen=True, slots=True)
class Recovered:
    """A new file with what was saved of a damaged one: of both sides of a conflict, as one.

    `merged`: what the merge of both sides made. `guideline` is None where it is not known.
    `settled`: of how many parts a new step says how they stand, for what is left of the history
    says otherwise, or nothing. `doubt`: what of it is not as recorded. `from_git`: the steps that
    the file lacked, and versions in git have, or None where those are not in it; `passed_over`:
    what the file said of the parts that gave way to those, for no step attests them. `unheld`: the
    texts that the file shows and that are neither in it nor told as left out.
    """

    file: Path
    saved: Side
    merged: Merged | None
    doubt: "Doubt"
    guideline: Guideline | None = None
    settled: int = 0
    from_git: tuple[Entry, ...] | None = None
    passed_over: Mapping[Part, Any] = field(default_factory=dict)
    unheld: tuple[Shown, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Tell whether it is less than all of the file, or not as its history recorded it."""
        unattested = self.doubt.step is not None or self.doubt.parts > 0
        return self.saved.holds_less or self.saved.cut or unattested

    @property
    def is_less(self) -> bool:
        """Tell whether something that the file held is not in it, or may not be."""
        saved = self.saved
        return saved.holds_less or saved.is_shortened or bool(saved.lost or saved.zeros)

    @property
    def shows_less(self) -> bool:
        """Tell whether the damaged file still shows more than it; git may have the rest."""
        return self.saved.holds_less and self.from_git is None

    @property
    def entries(self) -> int:
        """Count the steps of the history that were saved, without those that settle the rest."""
        return len(self.saved.project.history)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What of a recovered project is not as its history recorded it.

    `step`: the number of the first step that does not fit the one before it, or None; `parts`: how
    many answers and facts stand otherwise than it says, or are not in it.
    """

    step: int | None
    parts: int


def recover(path: Path, words: Words, stamp: Stamp, *, alone: bool = True) -> Recovered | None:
    """Write what can be saved beside a damaged manifest; None where nothing can be.

    The two sides of a git conflict are merged, and taken from git while it has them: in the file
    somebody may have mixed them, and it does not say what they began from. A file without its marks
    that is whole but for slips was settled by hand, and stands. What was left out of an answer goes
    into its note. What it lacks of the history and versions in git have is merged with it; unless
    what the file says may stand `alone`, nothing is written without them. An earlier recovery
    stays.
    Raises: AiguideError `merge-guideline`, `cannot-write`.
    """
    held, sides = unmerged.held(path), _unmixed(recovery.sides(path))
    made = _made_of(path, words, stamp, sides) if len(sides) == 1 or not held else None
    if held and (made is None or made[0].is_doubtful or not alone):
        made = _made_of(path, words, stamp, (Side(held.ours), Side(held.theirs)), held.base)
    saved, project = made or (None, None)
    mixed = not held and (len(sides) > 1 or not alone)
    all_of_git = saved is None or saved.is_less or saved.doubt.step is not None or mixed
    if versions := _versions(path, project, all_of_git):
        made = _with_versions(path, words, stamp, sides, versions)
    if made is None or not (alone or held or versions):
        return None
    return _written(path, *made)


def complete(path: Path, words: Words, project: Project, stamp: Stamp) -> Recovered | None:
    """Write what versions in git have of a history, and a whole manifest lacks, merged with it.

    None where it lacks nothing.
    Raises: AiguideError `cannot-write`.
    """
    versions = _versions(path, project)
    if not versions:
        return None
    return _written(path, *_with_versions(path, words, stamp, (Side(project),), versions))


def _written(path: Path, recovered: Recovered, project: Project) -> Recovered:
    """Write a new file, and find what the damaged one says besides."""
    projects.create(recovered.file, project)
    decided = recovered.merged.decided if recovered.merged else ()
    told = [one.value for one in recovered.saved.lost]
    told += [json.dumps(conflict.passed_over) for conflict, _ in decided]
    return replace(recovered, unheld=unheld(path, (project,), told))


def unheld(path: Path, held: Iterable[Project], told: Iterable[str] = ()) -> tuple[Shown, ...]:
    """Give the texts that a file shows and neither projects hold nor JSON has `told`."""
    try:
        return shown_texts.unheld(recovery.texts(path), held, told)
    except UnreadableError:
        return ()


def _versions(path: Path, project: Project | None, all_of_git: bool = False) -> tuple[Project, ...]:
    """Give the versions that hold what a project lacks; all that git has, where it is mixed up."""
    found = earlier_versions.holding(path, project, all=all_of_git)
    if found and project and not (all_of_git or is_attested(project)):
        return earlier_versions.holding(path, project, all=True)
    return found


def _with_versions(
    path: Path,
    words: Words,
    stamp: Stamp,
    sides: Sequence[Side],
    versions: tuple[Project, ...],
) -> tuple[Recovered, Project]:
    """Merge what was saved of a manifest, if anything, with versions of it that hold more.

    They come first, so that their steps stand before those that follow from them. What no step
    attests in a version gives way to the others.
    """
    merge = partial(merging.merge, None, by=stamp.by, at=stamp.at)
    whole, *others = versions
    made, passed_over, differing = [Merged(whole)], dict[Part, Any](), list[Part]()
    for version in others:
        whole = made[-1].project
        own, said = giving_way(version, whole) if not is_attested(version) else (version, {})
        passed_over |= said
        made.append(merge(whole, own))
    whole = made[-1].project
    for side in sides:
        so_far, own = made[-1].project, _noted(words, side)
        if side.is_shortened:
            unmixed = len(sides) == 1 and side.breaks is None and not side.unlinked
            read = bool(unmixed and side.cut and not side.zeros and own.history and not others)
            so_far, parts = laid_over(so_far, own, facts=unmixed, complete=read)
            made.append(Merged(so_far))
            differing += parts
            continue
        own, said = giving_way(own, whole)
        passed_over |= said
        if not is_in(own, so_far):
            made.append(merge(so_far, own))
    # of an empty file nothing could be read
    saved = _as_one(sides, made[-1].project) if sides else Side(made[-1].project, cut=True)
    whole = settled(saved.project, differing, by=stamp.by, at=stamp.at)
    lost = tuple(one for one in saved.lost if not _is_held(one, whole))
    known = {hash for side in sides for hash in earlier_versions.known_steps(side.project)}
    recovered = Recovered(
        file=free_name(path, "recovered"),
        saved=replace(saved, project=whole, lost=lost),
        settled=len(differing),
        merged=all_of(made, whole),
        guideline=_guideline(whole, path.parent),
        doubt=_doubt(whole),
        from_git=tuple(entry for entry in _steps(versions) if entry.hash not in known),
        passed_over=passed_over,
    )
    return recovered, whole


def _is_held(lost: Lost, project: Project) -> bool:
    """Tell whether what was left out of a file stands in a project, or went with what gave way.

    Where lines of two branches are mixed, a step or an answer is made of texts that are all there.
    """
    if lost.of_answer:
        answer = getattr(project, str(lost.part[0])).get(str(lost.part[1]))
        return answer is None or lost.value not in answer.note
    texts = texts_in(lost.value)
    held = texts_in(json.dumps(project_data(project)))
    return lost.part[0] in MIXED and bool(texts) and texts <= held


def _steps(versions: Sequence[Project]) -> Iterator[Entry]:
    """Give the steps of all versions, each once."""
    steps = {entry.hash: entry for version in versions for entry in version.history}
    yield from steps.values()


def _made_of(
    path: Path, words: Words, stamp: Stamp, sides: Sequence[Side], base: Project | None = None
) -> tuple[Recovered, Project] | None:
    """Make one project of the sides of a manifest, which began from `base` if that is known."""
    if not sides:
        return None
    project, *others = (_noted(words, side) for side in sides)
    made: list[Merged] = []
    for other in others:
        made.append(merging.merge(base, project, other, by=stamp.by, at=stamp.at))
        project = made[-1].project
    saved = _as_one(sides, project)
    differing = _differing(saved)
    project = settled(project, differing, by=stamp.by, at=stamp.at)
    recovered = Recovered(
        file=free_name(path, "recovered"),
        saved=saved,
        merged=all_of(made, project) if made else None,
        guideline=_guideline(project, path.parent),
        settled=len(differing),
        doubt=_doubt(project),
    )
    return recovered, project


def is_foreign(path: Path) -> bool:
    """Tell whether a file that can be read, and is not empty, is no manifest at all."""
    try:
        return recovery.is_foreign(path)
    except UnreadableError:
        return False


def _as_one(sides: Sequence[Side], project: Project) -> Side:
    """Give what was saved of all sides as `project`, with what was left out of any of them."""
    return Side(
        project,
        lost=tuple(dict.fromkeys(one for side in sides for one in side.lost)),
        slips=tuple(dict.fromkeys(one for side in sides for one in side.slips)),
        cut=any(side.cut for side in sides),
        breaks=next((side.breaks for side in sides if side.breaks), None),
        unread=tuple(dict.fromkeys(id for side in sides for id in side.unread)),
        unread_steps=max(side.unread_steps for side in sides),
        unlinked=max(side.unlinked for side in sides),
        zeros=_zeros([side.zeros for side in sides if side.zeros]),
    )


def _zeros(found: Sequence[Zeros]) -> Zeros | None:
    """Give the zeros of all sides as one; what they took of one may stand in the other."""
    if not found:
        return None
    return Zeros(
        places=tuple(dict.fromkeys(place for one in found for place in one.places)),
        in_history=any(one.in_history for one in found),
        put_back=tuple(dict.fromkeys(part for one in found for part in one.put_back)),
    )


def _doubt(project: Project) -> Doubt:
    """Find what of a project is not as its history recorded it."""
    broken, found = first_broken(project.history), compared(project)
    step = None if broken is None else broken + 1
    return Doubt(step, len(found.mismatches) + len(found.unrecorded))


def free_name(path: Path, kind: str) -> Path:
    """Give the first name of a kind beside a manifest that nothing has."""
    stem = path.name.removesuffix(".json")
    numbers = chain([""], (f"-{number}" for number in count(2)))
    files = (path.with_name(f"{stem}.{kind}{number}.json") for number in numbers)
    return next(file for file in files if not (file.exists() or file.is_symlink()))


def _differing(saved: Side) -> list[Part]:
    """Give the parts that differ from the history because something of them, or of it, is lost.

    So are the answers of which a shortened history does not speak any more. Where none of it is
    left none is begun: it would fit no other copy of the project.
    """
    found = compared(saved.project)
    differing = [
        part
        for part in (one.part for one in found.mismatches)
        if saved.is_shortened
        or any(one.part[: len(part)] == part[: len(one.part)] for one in saved.lost)
    ]
    unsaid = found.unrecorded if saved.is_shortened and saved.project.history else ()
    return [*differing, *((ANSWERED, id) for id in unsaid)]


def _unmixed(sides: tuple[Side, ...]) -> tuple[Side, ...]:
    """Give each side of a conflict its own answers; a shortened history cannot tell which."""
    if len(sides) != 2 or any(side.is_shortened for side in sides):
        return sides
    damaged = {tuple(map(str, one.part[:2])) for side in sides for one in side.lost}
    pairs = zip(sides, reversed(sides), strict=True)
    return tuple(
        replace(side, project=unmixed(side.project, other.project, damaged))
        for side, other in pairs
    )


def _noted(words: Words, side: Side) -> Project:
    """Give a side's project, with what was left out of an answer kept in its note."""
    answers, retired = dict(side.project.answers), dict(side.project.retired)
    for one in side.lost:
        if one.of_answer and one.value:
            held, id = retired if one.part[0] == "retired" else answers, str(one.part[1])
            field = answer_field(words, one)
            line = words.say("recovered.note", field=field, value=Worded(one.value))
            note = "\n".join(filter(None, (held[id].note, line)))
            held[id] = replace(held[id], note=note)
    return replace(side.project, answers=answers, retired=retired)


def answer_field(words: Words, lost: Lost) -> str:
    """Name the field of an answer that was left out; one that is none of ours by its key."""
    field = str(lost.part[2])
    return words.say(f"answer.{field}") if words.has(f"answer.{field}") else field


def _guideline(project: Project, near: Path) -> Guideline | None:
    name = f"{project.guideline_id}@{project.guideline_version}"
    return packs.load(name, near)[0] if name in packs.names(near) else None
