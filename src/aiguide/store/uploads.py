"""Files that a person sends as evidence: what may come in, and where it is kept."""

import contextlib
import glob
import hashlib
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from aiguide.core.errors import AiguideError, reason_of
from aiguide.core.project import Project
from aiguide.core.uploads import UploadPolicy
from aiguide.store import compiled, files, resources
from aiguide.store.policy_file import compile_file

NAME = "uploads"
FOLDER = "evidence"
PENDING = ".pending"
PIECE = 64 * 1024


def policy() -> UploadPolicy:
    """Load the policy. Raises: UnreadableError."""
    data = compiled.load(NAME, resources.DATA / f"{NAME}.yaml", compile_file)
    return UploadPolicy(data["largest_mib"] * 1024 * 1024, data["types"])


@contextlib.contextmanager
def kept(project_file: Path, name: str, content: BinaryIO, policy: UploadPolicy) -> Iterator[str]:
    """Keep a file in the folder `evidence` beside a project, and give its path from there.

    It takes another name where there is one of its name, and goes again where what is done with
    it fails. Should this process be killed meanwhile, a mark beside it tells `sweep`. For who holds
    the project. Raises: AiguideError as `record_answer` does for a file.
    """
    stem, ending = _plain(name)
    begins = content.read(PIECE)
    if not begins:
        raise AiguideError("upload-empty", file=name)
    if not policy.takes(ending, begins):
        raise AiguideError("upload-type", file=name, known=list(policy.types))
    content.seek(0)
    folder = _folder(project_file)
    place, mark = _reserved(folder, stem, ending, _ending_of(project_file))
    with contextlib.ExitStack() as undoing:
        undoing.callback(_remove, mark, place)
        _mark(mark, content)
        files.write_pieces(place, _pieces(content, policy.largest))
        yield f"{FOLDER}/{place.name}"
        undoing.pop_all()
        _remove(mark)


def sweep(project_file: Path, project: Project) -> None:
    """Remove files that came in for a project, and that no answer of it names, nor ever will.

    For who holds the project: then a process that took one in is gone. Files that come in for
    another project of the folder are left to that one.
    """
    folder = project_file.parent / FOLDER
    named = {one.target for answer in project.answers.values() for one in answer.evidence}
    ending = _ending_of(project_file)
    for mark in () if _is_elsewhere(folder) else folder.glob(f".*{ending}"):
        place = folder / mark.name[1 : -len(ending)]
        with contextlib.suppress(OSError):
            files.sweep(place)
            if f"{FOLDER}/{place.name}" not in named and _is_of(mark, place):
                place.unlink()
            mark.unlink()


def _ending_of(project_file: Path) -> str:
    """Give how the marks of a project end: others may be in the same folder."""
    name = project_file.name.encode("utf-8", "surrogateescape")
    return f".{hashlib.sha256(name).hexdigest()[:8]}{PENDING}"


def _is_of(mark: Path, place: Path) -> bool:
    """Tell whether a file is the one that a mark speaks of, and not somebody's own."""
    if not place.is_file():
        return False
    with place.open("rb") as file:
        return _digest(file) == mark.read_text()


def _folder(project_file: Path) -> Path:
    folder = project_file.parent / FOLDER
    if _is_elsewhere(folder):
        raise AiguideError("evidence-outside", target=FOLDER, folder=folder.parent.resolve().name)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise AiguideError("cannot-write", file=str(folder), reason=reason_of(error)) from None
    return folder


def _is_elsewhere(folder: Path) -> bool:
    """Tell whether a link stands where the folder should, and leads out of the project."""
    return not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(folder.parent))


def _plain(name: str) -> tuple[str, str]:
    """Give a name that every system takes, and its ending; folders of the sender's are dropped."""
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    stem, _, ending = last.rpartition(".")
    return files.plain_name(stem) or "file", ending


def _reserved(folder: Path, stem: str, ending: str, mark_ending: str) -> tuple[Path, Path]:
    """Take a name that nothing has, by a mark beside it; gives its place and the mark.

    Other projects of the folder may be taking it too: then each goes on to another name.
    """
    for number in itertools.count(1):
        name = f"{stem if number == 1 else f'{stem}-{number}'}.{ending}"
        place, mark = folder / name, folder / f".{name}{mark_ending}"
        try:
            mark.touch(exist_ok=False)
        except FileExistsError:
            continue
        except OSError as error:
            raise AiguideError("cannot-write", file=str(mark), reason=reason_of(error)) from None
        marks = list(folder.glob(f".{glob.escape(name)}.*{PENDING}"))
        if marks == [mark] and not os.path.lexists(place):
            return place, mark
        mark.unlink()
    raise AssertionError


def _mark(mark: Path, content: BinaryIO) -> None:
    """Say what is about to come in, so that nothing else is ever taken for it."""
    try:
        mark.write_text(_digest(content))
    except OSError as error:
        raise AiguideError("cannot-write", file=str(mark), reason=reason_of(error)) from None
    content.seek(0)


def _remove(*places: Path) -> None:
    """Remove files, and their folder where it holds nothing else."""
    with contextlib.suppress(OSError):
        for place in places:
            place.unlink(missing_ok=True)
        places[0].parent.rmdir()


def _digest(content: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := content.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(content: BinaryIO, largest: int) -> Iterator[bytes]:
    size = 0
    while piece := content.read(PIECE):
        size += len(piece)
        if size > largest:
            raise AiguideError("upload-large", most=largest // 1024 // 1024)
        yield piece
