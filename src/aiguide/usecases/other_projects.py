"""What git has under the name of a manifest of projects that did not begin as that one."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from aiguide.core.errors import UnreadableError
from aiguide.core.history import made_at_once, moment, start
from aiguide.core.project import Entry, EntryKind, Project
from aiguide.core.superseded import TELLING
from aiguide.store import projects
from aiguide.usecases.earlier_versions import Versions, known_steps, named_steps


@dataclass(frozen=True, slots=True)
class Other:
    """A project that git has under the name of another one, and the newest commit that has it."""

    commit: str
    project: Project


def others(path: Path, project: Project, versions: Versions) -> tuple[Other, ...]:
    """Give the projects that `versions` of a manifest's name are of, and no file beside it holds.

    There is one where two people began for themselves and one of their files was kept, and where a
    project was begun anew in the place of another. One in which nobody recorded anything is none,
    nor is an example. Of branches of it that were not merged, each is given.
    """
    found, held = list[Other](), known_steps(project)
    for commit, content in versions:
        if held.issuperset(named_steps(content)):
            continue
        version = projects.read_content(content)
        if version and _is_other(project, version) and not held.issuperset(known_steps(version)):
            found.append(Other(commit, version))
            held |= known_steps(version)
    beside = _held_beside(path) if found else frozenset[str]()
    return tuple(one for one in found if not beside.issuperset(known_steps(one.project)))


def untold(project: Project, found: Iterable[Other], name: str) -> Iterator[Other]:
    """Give those of which somebody of that `name` is to be told.

    That is who has recorded nothing in the project since, as long as one of those who recorded
    something in the other has not, either. Who began the project anew knows of what was there.
    """
    for other in found:
        last = max(moment(one.at) for one in other.project.history)
        aware = {one.by for one in project.history if moment(one.at) >= last and _is_told(one)}
        authors = {one.by for one in other.project.history}
        if name not in aware and authors - aware:
            yield other


def free_name(path: Path) -> Path:
    """Give the first name beside a manifest that nothing has, and that is one of a manifest."""
    stem = path.name.removesuffix(".json").removesuffix("project").rstrip(".")
    stem = f"{stem}-other" if stem else "other"
    numbers = chain([""], (f"-{number}" for number in count(2)))
    files = (path.with_name(f"{stem}{number}{projects.SUFFIX}") for number in numbers)
    return next(file for file in files if not (file.exists() or file.is_symlink()))


def _is_other(project: Project, version: Project) -> bool:
    ours, theirs = start(project.history), start(version.history)
    return (
        bool(ours and theirs)
        and ours != theirs
        and len(version.history) > 1
        and not (version.example)
    )


def _is_told(entry: Entry) -> bool:
    """Tell whether people are told of something at such a step, or knew of it."""
    if entry.kind is EntryKind.STARTED:
        return True
    return entry.kind in TELLING and not made_at_once(entry)


def _held_beside(path: Path) -> frozenset[str]:
    """Give the steps of all other manifests in the folder of one."""
    held = set[str]()
    for file in path.parent.glob(f"*{projects.USUAL_NAME}"):
        if projects.is_manifest(file.name) and file.name != path.name:
            with suppress(UnreadableError):
                held |= known_steps(projects.read(file).project)
    return frozenset(held)
