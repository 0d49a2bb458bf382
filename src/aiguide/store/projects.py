"""From `project.json` to a `Project` and back."""

import itertools
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiguide.core.errors import AiguideError, UnreadableError, reason_of
from aiguide.core.findings import Finding
from aiguide.core.manifest import project_data, read_project
from aiguide.core.project import FORMAT, Project
from aiguide.store import schemas, strict_json
from aiguide.store.files import LARGEST, is_folder, plain_name, sweep, write_atomically
from aiguide.store.locks import locked
from aiguide.store.places import placed_in

USUAL_NAME = "project.json"
SUFFIX = ".project.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as it was read."""

    path: Path
    text: str
    project: Project

    def placed(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Give findings their file, line and column."""
        return placed_in(self.path, self.text, findings) if findings else ()


def read(path: Path) -> Manifest:
    """Read a manifest.

    Raises: UnreadableError with every finding (AG101-AG120) where it cannot be read whole.
    """
    try:
        data, text = strict_json.read(path)
    except UnreadableError as error:
        raise UnreadableError.at(path, *map(_with_doctor, error.findings)) from None
    findings = _newer_format(data) or schemas.check("project", data)
    if findings:
        raise UnreadableError.at(path, *placed_in(path, text, findings))
    return Manifest(path, text, read_project(data))


def read_content(content: bytes) -> Project | None:
    """Read what was a manifest elsewhere; None where it cannot be read whole."""
    with TemporaryDirectory() as folder:
        (file := Path(folder) / USUAL_NAME).write_bytes(content)
        try:
            return read(file).project
        except UnreadableError:
            return None


def _with_doctor(finding: Finding) -> Finding:
    """Let what is said of a slip name `doctor`, which mends those of a manifest and no others."""
    slip = finding.code == "AG104"
    return replace(finding, args={**finding.args, "doctor": True}) if slip else finding


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a manifest while it is read, changed and saved, so that no two changes cross.

    Raises: AiguideError `locked`, `cannot-write`.
    """
    with locked(path):
        sweep(path)
        yield


def save(path: Path, project: Project) -> None:
    """Save a project atomically and durably, if it can be read again; for who holds it.

    Raises: UnreadableError `unsavable`, AiguideError `cannot-write`.
    """
    data = project_data(project)
    content = _content(data)
    findings = schemas.check("project", data)
    if len(content) > LARGEST:
        findings = (Finding("AG102", {"size": len(content), "most": LARGEST}),)
    if findings:
        placed = tuple(replace(finding, file=str(path)) for finding in findings)
        raise UnreadableError(str(path), placed, "unsavable")
    write_atomically(path, content)


def require_room(path: Path, project: Project) -> None:
    """Insist that a manifest could hold a project, too. Raises: AiguideError `no-room`."""
    if (size := len(_content(project_data(project)))) > LARGEST:
        raise AiguideError("no-room", file=str(path), size=size, most=LARGEST)


def _content(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n"


def create(path: Path, project: Project) -> None:
    """Save a new project. Raises: AiguideError `exists`, `no-folder`, `cannot-write`."""
    if path.exists() or path.is_symlink():
        raise AiguideError("exists", file=str(path))
    if not path.parent.is_dir():
        raise AiguideError("no-folder", folder=str(path.parent))
    with held(path):
        if path.exists():
            raise AiguideError("exists", file=str(path))
        save(path, project)


def new_place(folder: Path, name: str) -> Path:
    """Make a folder called after a project, whatever its name, and give where its manifest goes.

    Raises: AiguideError `cannot-write`.
    """
    plain = plain_name(name) or "project"
    for number in itertools.count(1):
        place = folder / (plain if number == 1 else f"{plain}-{number}")
        try:
            place.mkdir()
        except FileExistsError:
            continue
        except OSError as error:
            raise AiguideError("cannot-write", file=str(place), reason=reason_of(error)) from None
        return place / USUAL_NAME
    raise AssertionError


def found_in(path: Path) -> tuple[Path, ...]:
    """Give the manifests that a path stands for: itself, or those below a folder, sorted.

    Folders whose name begins with a dot are passed over, and symbolic links are not followed.
    """
    return tuple(walk(path))


def walk(path: Path) -> Iterator[Path]:
    """Give the same one by one: of a hundred thousand files, only a folder's are held at a time.

    A folder that cannot be looked into counts: examining it will say so.
    """
    if not is_folder(path):
        yield path
        return
    waiting = [os.path.join(path, "")]  # noqa: PTH118 (the mark of a folder is its last stroke)
    while waiting:
        here = waiting.pop()
        if not here.endswith(os.sep):
            yield Path(here)
            continue
        try:
            waiting += sorted(_looked_at(here), reverse=True)
        except OSError:
            yield Path(here)


def _looked_at(folder: str) -> Iterator[str]:
    """Give the manifests and folders of a folder, a folder with a stroke at its end."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_manifest(entry.name):
                yield folder + entry.name
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                yield folder + entry.name + os.sep


def is_manifest(name: str) -> bool:
    """Tell whether a file of this name in a folder is read as a manifest."""
    return name == USUAL_NAME or (name.endswith(SUFFIX) and not name.startswith("."))


def _newer_format(data: object) -> tuple[Finding, ...]:
    given = data.get("format") if isinstance(data, dict) else None
    if isinstance(given, int) and not isinstance(given, bool) and given > FORMAT:
        return (Finding("AG120", {"format": given, "known": FORMAT}, ("format",)),)
    return ()
