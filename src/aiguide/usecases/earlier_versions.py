"""What versions that git has of a manifest hold of its history, and the manifest lacks."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from aiguide.core.history import entry_hash, start
from aiguide.core.project import Entry, Project
from aiguide.core.reconciling import is_attested
from aiguide.store import git_index, projects

Versions = Sequence[tuple[str, bytes]]  # each with its commit, the newest first
THEIRS = 3  # as git numbers it
_HASH = re.compile(rb'"hash"\s*:\s*"([0-9a-f]{64})"')


def in_git(path: Path) -> Versions:
    """Give the versions that git has of a manifest."""
    return [*git_index.versions(path)]


def holding(path: Path, project: Project | None, *, all: bool = False) -> tuple[Project, ...]:
    """Give versions that hold steps which a project lacks, as few as hold them all, newest first.

    `all`: that hold all steps that git has, lacked or not. A history only grows: a step that is
    gone went with one side of a conflict, by hand or by damage. Versions that did not begin as the
    project are none, nor are those of another version of its pack, for they cannot be merged. Those
    that are not as their history recorded them come last, for steps that no others hold. Where
    nothing is left of a project, the newest version that can be read stands for it.
    """
    known = known_steps(project) if project and not all else frozenset[str]()
    return _of(in_git(path), project, known)


def _of(versions: Versions, project: Project | None, known: frozenset[str]) -> tuple[Project, ...]:
    """Give what `holding` does of some versions; those are left out whose steps are `known`."""
    contents = [content for _, content in versions]
    found = _holding(contents, project, known, is_attested)
    held = known.union(*map(known_steps, found))
    project = project or next(iter(found), None)
    return (*found, *_holding(contents, project, held, lambda _: True))


def steps_lacked(versions: Versions, project: Project) -> tuple[Entry, ...]:
    """Give the steps of its history that versions in git have, and a project lacks."""
    known, steps = known_steps(project), dict[str, Entry]()
    for version in _of(versions, project, known):
        steps |= {entry.hash: entry for entry in version.history if entry.hash not in known}
    return tuple(steps.values())


def needless(path: Path, holding: Iterable[Project]) -> dict[str, bool]:
    """Give what was put aside in git of a manifest and projects hold whole: name → with others.

    That is what git put aside by itself, and what is in conflict as somebody took it back: the rest
    of what they put aside is theirs. The oldest come first, so that their names hold while one
    after the other is dropped.
    """
    known = frozenset[str]().union(*map(known_steps, holding))
    by_itself, theirs = git_index.put_aside(path), git_index.side(path, THEIRS)
    found = dict[str, bool]()
    for name, commit in reversed(git_index.put_aside(path, by_anybody=True).items()):
        content, files = git_index.stashed(path, commit)
        if name not in by_itself and content != theirs:
            continue
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


def named_steps(content: bytes) -> Iterator[str]:
    """Give the hashes that the content of a manifest names, without reading the rest."""
    return (one.decode() for one in _HASH.findall(content))


def _holding(
    contents: Sequence[bytes],
    project: Project | None,
    known: Collection[str],
    fits: Callable[[Project], bool],
) -> tuple[Project, ...]:
    found, held = list[Project](), {*known}
    for content in contents:
        if project and held.issuperset(named_steps(content)):
            continue
        version = projects.read_content(content)
        if version and fits(version) and (project is None or _are_one(project, version)):
            project = project or version
            found.append(version)
            held |= known_steps(version)
    return tuple(found)


def _are_one(project: Project, version: Project) -> bool:
    """Tell whether a version is of the same project, and of the same version of its pack."""
    ours, theirs = start(project.history), start(version.history)
    same = ours == theirs if ours and theirs else project.id == version.id
    packs = {(one.guideline_id, one.guideline_version) for one in (project, version)}
    return same and len(packs) == 1
