"""Merging three files of a manifest, as git asks a merge driver to."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from aiguide.core import merging
from aiguide.core.errors import UnreadableError
from aiguide.core.guideline import Guideline
from aiguide.core.merging import Merged
from aiguide.core.project import Project
from aiguide.core.stamp import Stamp
from aiguide.store import git_index, projects
from aiguide.store.files import is_folder
from aiguide.usecases.projects import open_project

EMPTY, IN_CONFLICT = "AG105", "AG109"


def merge_files(
    base: Path, ours: Path, theirs: Path, stamp: Stamp, name: str = ""
) -> tuple[Guideline, Merged]:
    """Merge `theirs` into `ours`, in place; gives the guideline and what the merge made.

    `base` may be empty, as git makes it where there is no common ancestor, or hold git's own marks,
    where there are several that it could not merge: what both histories share serves then. `name`
    is what they are called in the repository, for git hands over copies.
    Raises: UnreadableError `merge-base`, `merge-ours`, `merge-theirs` for the one that cannot be
    used, AiguideError `merge-guideline`; `ours` is then as it was.
    """
    with projects.held(ours):
        with _as_side("ours", name or str(ours)):
            mine = open_project(ours)
        with _as_side("theirs", name or str(theirs)):
            other = open_project(theirs)
        with _as_side("base", name or str(base)):
            begun = _base(base)
        merged = merging.merge(begun, mine.project, other.project, by=stamp.by, at=stamp.at)
        projects.save(ours, merged.project)
        return mine.guideline, merged


def is_unmerged(path: Path) -> bool:
    """Tell whether git waits for somebody to finish a merge of a manifest."""
    return git_index.is_unmerged(path)


def unmerged_among(paths: Iterable[Path]) -> list[Path]:
    """Give the manifests of files and folders that git waits for to be merged.

    None that still has git's marks: it cannot be read, and says so itself.
    """
    given = list(paths)
    folders = {path if is_folder(path) else path.parent for path in given}
    found = {file for folder in folders for file in git_index.unmerged_below(folder)}
    return sorted(file for file in found if _is_meant(file, given) and _is_readable(file))


def _is_meant(file: Path, given: Sequence[Path]) -> bool:
    """Tell whether a file is among those given, or a manifest in one of the folders."""
    below = any(one in file.parents for one in given)
    return file in given or (below and projects.is_manifest(file.name))


def _is_readable(file: Path) -> bool:
    try:
        projects.read(file)
    except UnreadableError:
        return False
    return True


def others_unmerged(path: Path) -> int:
    """Count the other files of which git waits for somebody to finish a merge."""
    return git_index.unmerged(path) - git_index.is_unmerged(path)


def lacks_driver(path: Path) -> bool:
    """Tell whether git is asked to merge a manifest by aiguide, and does not find it."""
    return git_index.lacks_driver(path)


def under_way(path: Path) -> str:
    """Give the command of git that is to be continued, such as `rebase`, if any."""
    return git_index.under_way(path)


def has_message(path: Path) -> bool:
    """Tell whether git knows how to call the next commit; otherwise it asks in an editor."""
    return git_index.has_message(path)


def is_for_git_alone(name: str, marks: int) -> bool:
    """Tell whether git merges several bases of a file into one, by the length that marks have then.

    What is decided there is no result of the merge that somebody asked for.
    """
    return marks > git_index.USUAL_MARKS and marks > git_index.marks_of(Path(name))


@contextmanager
def _as_side(side: str, name: str) -> Iterator[None]:
    """Say of a file that cannot be used which side of the merge it is. Raises: UnreadableError."""
    try:
        yield
    except UnreadableError as error:
        placed = tuple(replace(one, file=f"{name} ({side})") for one in error.findings)
        raise UnreadableError(name, placed, f"merge-{side}") from None


def _base(path: Path) -> Project | None:
    try:
        return open_project(path).project
    except UnreadableError as error:
        if error.findings[0].code in (EMPTY, IN_CONFLICT):
            return None
        raise
