"""Saving what can be saved from a damaged manifest, into a new file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aiguide.core import merging
from aiguide.core.errors import AiguideError
from aiguide.core.findings import Pointer
from aiguide.core.guideline import Guideline
from aiguide.core.project import Entry, Project
from aiguide.core.stamp import Stamp
from aiguide.store import packs, projects, recovery
from aiguide.store.recovery import Side


@dataclass(frozen=True, slots=True)
class Recovered:
    """A new file with what was saved; `lost` leads to what was left out, `cut` as in `Side`.

    `decided`: what both sides of a conflict had changed, as the steps that say what stands;
    `guideline` is None where it is not known.
    """

    file: Path
    answers: int
    entries: int
    lost: tuple[Pointer, ...]
    cut: bool
    merged: bool
    decided: tuple[Entry, ...] = ()
    guideline: Guideline | None = None


def recover(path: Path, stamp: Stamp) -> Recovered | None:
    """Write what can be saved beside a damaged manifest; None where nothing can be.

    The two sides of a git conflict are merged. Raises: AiguideError `recovered-exists` where an
    earlier recovery is still there, `merge-guideline`, `cannot-write`.
    """
    sides = recovery.sides(path)
    if not sides:
        return None
    project = sides[0].project
    decided: tuple[Entry, ...] = ()
    if len(sides) == 2:
        project, conflicts = merging.merge(
            None, project, sides[1].project, by=stamp.by, at=stamp.at
        )
        decided = _decided(sides, project, len(conflicts))
    file = path.with_name(f"{path.name.removesuffix('.json')}.recovered.json")
    if file.exists():
        raise AiguideError("recovered-exists", file=str(file))
    projects.create(file, project)
    return Recovered(
        file=file,
        answers=len(project.answers),
        entries=len(project.history),
        lost=tuple(part for side in sides for part in side.lost),
        cut=any(side.cut for side in sides),
        merged=len(sides) == 2,
        decided=decided,
        guideline=_guideline(project, path.parent),
    )


def _decided(sides: Sequence[Side], merged: Project, count: int) -> tuple[Entry, ...]:
    """Give the steps of a merge that settle its conflicts: the first that no side has."""
    known = {entry.hash for side in sides for entry in side.project.history}
    return tuple(entry for entry in merged.history if entry.hash not in known)[:count]


def _guideline(project: Project, near: Path) -> Guideline | None:
    name = f"{project.guideline_id}@{project.guideline_version}"
    return packs.load(name, near)[0] if name in packs.names(near) else None
