"""Saving what can be saved from a damaged manifest, into a new file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from aiguide.core import merging
from aiguide.core.guideline import Guideline
from aiguide.core.merging import Conflict
from aiguide.core.project import Entry, Project
from aiguide.core.stamp import Stamp
from aiguide.core.words import Worded, Words
from aiguide.store import packs, projects, recovery
from aiguide.store.recovery import Lost, Side


@dataclass(frozen=True, slots=True)
class Recovered:
    """A new file with what was saved; `lost` is what was left out.

    `cut` and `unlinked` are as in `Side`. `decided`: what both sides of a conflict had changed,
    each with the step that says what stands; `guideline` is None where it is not known.
    """

    file: Path
    answers: int
    entries: int
    lost: tuple[Lost, ...]
    cut: bool
    unlinked: int
    merged: bool
    decided: tuple[tuple[Conflict, Entry], ...] = ()
    guideline: Guideline | None = None


def recover(path: Path, words: Words, stamp: Stamp) -> Recovered | None:
    """Write what can be saved beside a damaged manifest; None where nothing can be.

    The two sides of a git conflict are merged. What was left out of an answer goes into its note.
    An earlier recovery stays. Raises: AiguideError `merge-guideline`, `cannot-write`.
    """
    sides = recovery.sides(path)
    if not sides:
        return None
    project, *others = (_noted(words, side) for side in sides)
    decided: tuple[tuple[Conflict, Entry], ...] = ()
    for other in others:
        project, conflicts = merging.merge(None, project, other, by=stamp.by, at=stamp.at)
        decided = _decided(sides, project, conflicts)
    file = _free_name(path)
    projects.create(file, project)
    return Recovered(
        file=file,
        answers=len(project.answers),
        entries=len(project.history),
        lost=tuple(dict.fromkeys(one for side in sides for one in side.lost)),
        cut=any(side.cut for side in sides),
        unlinked=max(side.unlinked for side in sides),
        merged=len(sides) == 2,
        decided=decided,
        guideline=_guideline(project, path.parent),
    )


def _free_name(path: Path) -> Path:
    """Give the first name beside a manifest that no earlier recovery has."""
    stem = path.name.removesuffix(".json")
    numbers = chain([""], (f"-{number}" for number in count(2)))
    names = (f"{stem}.recovered{number}.json" for number in numbers)
    return next(file for name in names if not (file := path.with_name(name)).exists())


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


def _decided(
    sides: Sequence[Side], merged: Project, conflicts: Sequence[Conflict]
) -> tuple[tuple[Conflict, Entry], ...]:
    """Give the conflicts of a merge with the steps that settle them: the first that no side has."""
    known = {entry.hash for side in sides for entry in side.project.history}
    steps = (entry for entry in merged.history if entry.hash not in known)
    return tuple(zip(conflicts, steps, strict=False))


def _guideline(project: Project, near: Path) -> Guideline | None:
    name = f"{project.guideline_id}@{project.guideline_version}"
    return packs.load(name, near)[0] if name in packs.names(near) else None
