"""Merging three files of a manifest, as git asks a merge driver to."""

from pathlib import Path

from aiguide.core import merging
from aiguide.core.errors import UnreadableError
from aiguide.core.guideline import Guideline
from aiguide.core.merging import Conflict
from aiguide.core.project import Project
from aiguide.core.stamp import Stamp
from aiguide.store import projects
from aiguide.usecases.projects import open_project

EMPTY = "AG105"


def merge_files(
    base: Path, ours: Path, theirs: Path, stamp: Stamp
) -> tuple[Guideline, tuple[Conflict, ...]]:
    """Merge `theirs` into `ours`, in place; gives the guideline and what both had changed.

    `base` may be empty, as git makes it where there is no common ancestor.
    Raises: UnreadableError, AiguideError `merge-guideline`; `ours` is then as it was.
    """
    with projects.held(ours):
        mine, other = open_project(ours), open_project(theirs)
        merged, conflicts = merging.merge(
            _base(base), mine.project, other.project, by=stamp.by, at=stamp.at
        )
        projects.save(ours, merged)
        return mine.guideline, conflicts


def _base(path: Path) -> Project | None:
    try:
        return open_project(path).project
    except UnreadableError as error:
        if [finding.code for finding in error.findings] == [EMPTY]:
            return None
        raise
