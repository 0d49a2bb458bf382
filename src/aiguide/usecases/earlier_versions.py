"""What versions that git has of a manifest hold of its history, and the manifest lacks."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from aiguide.core.history import entry_hash
from aiguide.core.project import Entry, EntryKind, Project
from aiguide.core.reconciling import is_attested
from aiguide.store import git_index, projects

_HASH = re.compile(rb'"hash"\s*:\s*"([0-9a-f]{64})"')


def holding(path: Path, project: Project | None, *, all: bool = False) -> tuple[Project, ...]:
    """Give versions that hold steps which a project lacks, as few as hold them all, newest first.

    `all`: that hold all steps that git has, lacked or not. A history only grows: a step that is
    gone went with one side of a conflict, by hand or by damage. Versions that did not begin as the
    project are none, nor are those of another version of its pack, for they cannot be merged. Those
    that are not as their history recorded them come last, for steps that no others hold. Where
    nothing is left of a project, the newest version that can be read stands for it.
    """
    known = known_steps(project) if project and not all else frozenset[str]()
    contents = [*git_index.versions(path)]
    found = _holding(contents, project, known, is_attested)
    held = known.union(*map(known_steps, found))
    project = project or next(iter(found), None)
    return (*found, *_holding(contents, project, held, lambda _: True))


def steps_lacked(path: Path, project: Project) -> tuple[Entry, ...]:
    """Give the steps of its history that versions in git have, and a project lacks."""
    known, steps = known_steps(project), dict[str, Entry]()
    for version in holding(path, project):
        steps |= {entry.hash: entry for entry in version.history if entry.hash not in known}
    return tuple(steps.values())


def needless(path: Path, holding: Iterable[Project]) -> dict[str, bool]:
    """Give what git put aside of a manifest and projects hold whole: name → with other files.

    The oldest come first, so that their names hold while one after the other is dropped.
    """
    known = frozenset[str]().union(*map(known_steps, holding))
    found = dict[str, bool]()
    for name, commit in reversed(git_index.put_aside(path).items()):
        content, files = git_index.commit_of(path, commit)
        version = projects.read_content(content)
        if version and is_attested(version) and known.issuperset(known_steps(version)):
            found[name] = files > 1
    return found


def is_committed(path: Path, file: Path) -> bool:
    """Tell whether a file is just what the last commit in git has of a manifest."""
    return git_index.committed(path) == file.read_bytes()


def is_staged(path: Path, file: Path) -> bool:
    """Tell whether a file is just what git would commit of a manifest next."""
    return git_index.side(path, 0) == file.read_bytes()


def holder(path: Path) -> str:
    """Give the newest commit that has a manifest, as git names it; nothing where none has."""
    return git_index.holder(path)


def known_steps(project: Project) -> frozenset[str]:
    """Give the hashes of the steps of a project that are as they were recorded."""
    return frozenset(one.hash for one in project.history if entry_hash(one) == one.hash)


def _holding(
    contents: Sequence[bytes],
    project: Project | None,
    known: Collection[str],
    fits: Callable[[Project], bool],
) -> tuple[Project, ...]:
    found, held = list[Project](), {*known}
    for content in contents:
        if project and held.issuperset(one.decode() for one in _HASH.findall(content)):
            continue
        version = projects.read_content(content)
        if version and fits(version) and (project is None or _are_one(project, version)):
            project = project or version
            found.append(version)
            held |= known_steps(version)
    return tuple(found)


def _start(project: Project) -> str:
    """Give the hash of the step that started a project; nothing where it is lost."""
    first = project.history[0] if project.history else None
    return first.hash if first and first.kind is EntryKind.STARTED else ""


def _are_one(project: Project, version: Project) -> bool:
    """Tell whether a version is of the same project, and of the same version of its pack."""
    ours, theirs = _start(project), _start(version)
    same = ours == theirs if ours and theirs else project.id == version.id
    packs = {(one.guideline_id, one.guideline_version) for one in (project, version)}
    return same and len(packs) == 1
