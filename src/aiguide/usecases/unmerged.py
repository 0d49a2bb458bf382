"""What git still holds of a manifest that it is merging, and which side of it a file lacks."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from aiguide.core import merging
from aiguide.core.attestation import compared
from aiguide.core.errors import UnreadableError
from aiguide.core.project import Project
from aiguide.store import conflicts, git_index, projects

BASE, OURS, THEIRS = 1, 2, 3  # as git numbers them


@dataclass(frozen=True, slots=True)
class Held:
    """Both sides of a merge as git has them, and what they began from, where it is known."""

    base: Project | None
    ours: Project
    theirs: Project


def held(path: Path) -> Held | None:
    """Give what git holds of a manifest; None where it merges none, or a side cannot be read."""
    base, ours, theirs = (_read(git_index.side(path, one)) for one in (BASE, OURS, THEIRS))
    return Held(base, ours, theirs) if ours and theirs else None


def only_side(path: Path) -> int:
    """Give the side that has a manifest, where the other one deleted it; 0 where that is not so."""
    there = [one for one in (OURS, THEIRS) if git_index.side(path, one)]
    return there[0] if len(there) == 1 else 0


def lacking(path: Path, file: Path) -> tuple[int, ...]:
    """Give the sides of a manifest that a file does not hold whole; theirs where git has not both.

    Who takes one side of a conflict, or some lines of each, lacks the other, or both.
    """
    sides = held(path)
    if sides is None:
        return (THEIRS,)
    try:
        stands = projects.read(file).project
    except UnreadableError:
        return OURS, THEIRS
    known = {OURS: sides.ours, THEIRS: sides.theirs}
    return tuple(one for one, side in known.items() if not _holds(stands, side))


def apart(path: Path) -> Held | None:
    """Give both sides of a manifest that git is merging where they did not begin as one project."""
    sides = held(path)
    return sides if sides and merging.are_apart(sides.ours, sides.theirs) else None


def has_marks(file: Path) -> bool:
    """Tell whether a file has the marks of a conflict, between which git put both sides."""
    with suppress(OSError):
        return len(conflicts.sides(file.read_bytes().decode(errors="replace"))) > 1
    return False


def is_damaged(path: Path) -> bool:
    """Tell whether git has the other side of a manifest, and it cannot be read."""
    theirs = git_index.side(path, THEIRS)
    return bool(theirs) and _read(theirs) is None


def whose(copy: Path) -> Path | None:
    """Give the manifest that git is merging of which a file is a copy of the other side."""
    with suppress(OSError):
        content = copy.read_bytes()
        found = sorted(git_index.unmerged_around(copy.parent))
        return next((one for one in found if git_index.side(one, THEIRS) == content), None)
    return None


def is_whole(path: Path) -> bool:
    """Tell whether a manifest holds all that git has of both sides, and is only to be added."""
    return not (only_side(path) or lacking(path, path))


def _holds(project: Project, side: Project) -> bool:
    """Tell whether a project goes on from a side: all its history, and nothing beside that."""
    if project == side:
        return True
    steps = {entry.hash: entry for entry in project.history}
    differing = compared(project)
    return all(steps.get(entry.hash) == entry for entry in side.history) and not (
        differing.mismatches or differing.unrecorded
    )


def _read(content: bytes) -> Project | None:
    return projects.read_content(content) if content else None
