"""Evidence files: their digests, and whether they are still what was recorded."""

import functools
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from unicodedata import normalize

from aiguide.core.errors import AiguideError
from aiguide.core.evidence import EvidenceState, State
from aiguide.core.findings import Finding, Pointer
from aiguide.core.project import Evidence, EvidenceKind, Project
from aiguide.core.rules import leaves_folder
from aiguide.core.suggest import near
from aiguide.store.files import is_folder

_REASONS = {State.MOVED: "moved", State.MISSING: "gone", State.CHANGED: "changed"}
SEARCHED_AT_MOST = 1000  # files of a folder, for one that was moved


def attach(project_file: Path, target: str) -> Evidence:
    """Make evidence of a file inside the project's folder; `target` is relative to the folder.

    Raises: AiguideError `evidence-outside`, `evidence-folder`, `evidence-missing`, `same-file`.
    """
    if leaves_folder(target) or _escapes(project_file, target):
        raise _outside(project_file, target)
    file = project_file.parent / target
    if is_folder(file):
        raise AiguideError("evidence-folder", target=target)
    digest = _digest(file)
    if digest is None:
        raise AiguideError("evidence-missing", target=target, near=_near(file, target))
    if file.samefile(project_file):
        raise AiguideError("same-file", file=target)
    return Evidence(EvidenceKind.FILE, PurePath(target).as_posix(), digest)  # ./a is a


def alike_in_half_width(project_file: Path, plain: str) -> list[str]:
    """Give the paths, from the project's folder, that read in half width are `plain`."""
    found = [""]
    for part in plain.split("/"):
        found = [
            f"{one}/{name}" if one else name
            for one in found
            for name in _names(project_file.parent / one)
            if normalize("NFKC", name) == part
        ]
    return found


def _names(folder: Path) -> list[str]:
    """Give the names in a folder; none where there is no such folder, or none that can be."""
    try:
        return [one.name for one in folder.iterdir()]
    except (OSError, ValueError):
        return []


def _near(file: Path, target: str) -> str | None:
    """Give what in the same folder has a name most like that of a file that is not there."""
    head = target[: len(target) - len(file.name)]
    names = [name for name in _names(file.parent) if not name.startswith(".")]
    close = near(file.name, names)
    return head + close if close else None


def _outside(project_file: Path, target: str) -> AiguideError:
    folder = project_file.parent.resolve().name
    return AiguideError("evidence-outside", target=target, folder=folder)


def inside(project_file: Path, target: str) -> Path:
    """Give where a file is that is evidence, which is inside the project's folder.

    Raises: AiguideError `evidence-outside`, `evidence-missing`.
    """
    if leaves_folder(target) or _escapes(project_file, target):
        raise _outside(project_file, target)
    file = project_file.parent / target
    if _digest(file) is None:
        raise AiguideError("evidence-missing", target=target)
    return file.resolve()


class _Files:
    """The first files of a folder by their digests; walked once, and no further than is asked."""

    def __init__(self, folder: Path) -> None:
        self._walk = _walked(folder)
        self._found: dict[str | None, str] = {}

    def find(self, digest: str) -> str:
        """Give the path of the first file with a digest, from the folder, or ""."""
        while digest not in self._found:
            file = next(self._walk, None)
            if file is None:
                return ""
            self._found.setdefault(*file)
        return self._found[digest]


def _walked(folder: Path) -> Iterator[tuple[str | None, str]]:
    """Give the first files of a folder: digest, and path from there."""
    looked_at = 0
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            looked_at += 1
            if looked_at > SEARCHED_AT_MOST:
                return
            yield _digest(Path(here, name)), Path(here, name).relative_to(folder).as_posix()


def states(project_file: Path, project: Project) -> Iterator[EvidenceState]:
    """Look at every piece of evidence of a project, in the order of its answers."""
    files = _Files(project_file.parent)
    for id, answer in project.answers.items():
        for index, evidence in enumerate(answer.evidence):
            state, found = _state(project_file, evidence, files)
            yield EvidenceState(id, index, evidence, state, found)


def mismatches(project_file: Path, project: Project) -> Iterator[Finding]:
    """Find evidence files that are gone or changed (AG305), or links out of the folder (AG306)."""
    files = _Files(project_file.parent)
    for id, answer in project.answers.items():
        for index, evidence in enumerate(answer.evidence):
            if evidence.kind is EvidenceKind.FILE:
                pointer = ("answers", id, "evidence", index, "target")
                state, _ = _state(project_file, evidence, files)
                yield from _mismatch(state, evidence.target, pointer)


def _mismatch(state: State, target: str, pointer: Pointer) -> Iterator[Finding]:
    if state is State.OUTSIDE and not leaves_folder(target):
        yield Finding("AG306", {"target": target}, pointer)
    elif state in _REASONS:
        yield Finding("AG305", {"target": target, "reason": _REASONS[state]}, pointer)


def _state(project_file: Path, evidence: Evidence, files: _Files) -> tuple[State, str]:
    """Tell what became of a piece of evidence, and where a moved file is now."""
    if evidence.kind is not EvidenceKind.FILE:
        return State.UNCHECKED, ""
    if leaves_folder(evidence.target) or _escapes(project_file, evidence.target):
        return State.OUTSIDE, ""
    digest, wanted = _digest(project_file.parent / evidence.target), evidence.sha256.lower()
    if digest is None:
        found = files.find(wanted) if wanted else ""
        return (State.MOVED, found) if found else (State.MISSING, "")
    if not wanted:
        return State.UNCHECKED, ""
    return (State.INTACT if digest == wanted else State.CHANGED), ""


def moved(
    project_file: Path, earlier: Iterable[Evidence], added: Iterable[Evidence]
) -> tuple[str, ...]:
    """Give the targets of earlier evidence whose file is gone, and is among what is added.

    A second file of the same content, whose first one is still there, is evidence beside it.
    """
    digests = {one.sha256 for one in added if one.sha256}
    same = (one.target for one in earlier if one.sha256.lower() in digests)
    return tuple(target for target in same if _is_gone(project_file, target))


def _is_gone(project_file: Path, target: str) -> bool:
    """Tell whether there is no file of the folder at a target, be it one that cannot be read."""
    if leaves_folder(target) or _escapes(project_file, target):
        return True
    return not os.path.exists(project_file.parent / target)  # noqa: PTH110 (it never raises)


def _escapes(project_file: Path, target: str) -> bool:
    folder = project_file.parent.resolve()
    try:
        return not (folder / target).resolve().is_relative_to(folder)
    except (OSError, RuntimeError, ValueError):
        return False  # a loop of links leads to no file, which is said as such


def _digest(path: Path) -> str | None:
    """Digest a regular file, whatever its size; None where there is none to read."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return None
        return _digest_of(path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    except (OSError, RuntimeError, ValueError):
        return None


# A server looks at the same files page after page; one that changes has another time or size.
@functools.lru_cache(maxsize=4096)
def _digest_of(path: Path, *_state: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
