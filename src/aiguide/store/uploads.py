"""Files that a person sends as evidence: what may come in, and where it is kept."""

import contextlib
import hashlib
import itertools
import os
import unicodedata
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
NAME_AT_MOST = 60  # characters: of Japanese text 180 bytes, and systems take 255


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
    place = _free(folder, stem, ending)
    mark = folder / f".{place.name}{PENDING}"
    with contextlib.ExitStack() as undoing:
        undoing.callback(_remove, mark, place)
        _mark(mark, content)
        files.write_pieces(place, _pieces(content, policy.largest))
        yield f"{FOLDER}/{place.name}"
        undoing.pop_all()
        _remove(mark)


def sweep(project_file: Path, project: Project) -> None:
    """Remove files that came in, and that no answer speaks of since their process was killed.

    For who holds the project.
    """
    folder = project_file.parent / FOLDER
    named = {one.target for answer in project.answers.values() for one in answer.evidence}
    for mark in () if _is_elsewhere(folder) else folder.glob(f".*{PENDING}"):
        place = folder / mark.name[1 : -len(PENDING)]
        with contextlib.suppress(OSError):
            files.sweep(place)
            if f"{FOLDER}/{place.name}" not in named and _is_of(mark, place):
                place.unlink()
            mark.unlink()


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
    """Give a name that every system takes, and its ending; folders of the sender's are dropped.

    So are marks that are not seen, for they may show a name the other way round.
    """
    from pathvalidate import sanitize_filename

    seen = "".join(one for one in name if unicodedata.category(one) not in ("Cc", "Cf"))
    last = unicodedata.normalize("NFC", seen).replace("\\", "/").rpartition("/")[2].strip()
    stem, _, ending = last.rpartition(".")
    plain = sanitize_filename(stem[:NAME_AT_MOST], platform="universal", replacement_text="-")
    return plain.strip(". ") or "file", ending


def _free(folder: Path, stem: str, ending: str) -> Path:
    """Find a name that nothing has; who holds the project is alone to take one."""
    names = itertools.chain((stem,), (f"{stem}-{number}" for number in itertools.count(2)))
    places = (folder / f"{name}.{ending}" for name in names)
    return next(place for place in places if not os.path.lexists(place))


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
