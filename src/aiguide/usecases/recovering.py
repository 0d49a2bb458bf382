"""Saving what can be saved from a damaged manifest, into a new file."""

from dataclasses import dataclass
from pathlib import Path

from aiguide.core import merging
from aiguide.core.errors import AiguideError
from aiguide.core.findings import Pointer
from aiguide.core.stamp import Stamp
from aiguide.store import projects, recovery


@dataclass(frozen=True, slots=True)
class Recovered:
    """A new file with what was saved; `lost` leads to what was left out, `cut` as in `Side`."""

    file: Path
    answers: int
    entries: int
    lost: tuple[Pointer, ...]
    cut: bool
    merged: bool


def recover(path: Path, stamp: Stamp) -> Recovered | None:
    """Write what can be saved beside a damaged manifest; None where nothing can be.

    The two sides of a git conflict are merged. Raises: AiguideError `recovered-exists` where an
    earlier recovery is still there, `merge-guideline`, `cannot-write`.
    """
    sides = recovery.sides(path)
    if not sides:
        return None
    project = sides[0].project
    if len(sides) == 2:
        project, _ = merging.merge(None, project, sides[1].project, by=stamp.by, at=stamp.at)
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
    )
