"""Files that a person sends as evidence: what may come in, and where it is kept."""

import contextlib
import os
import unicodedata
from pathlib import Path
from typing import BinaryIO

from aiguide.core.errors import AiguideError, reason_of
from aiguide.core.uploads import UploadPolicy
from aiguide.store import compiled, resources
from aiguide.store.policy_file import compile_file

NAME = "uploads"
FOLDER = "evidence"
PIECE = 64 * 1024
NAME_AT_MOST = 60  # characters: of Japanese text 180 bytes, and systems take 255


def policy() -> UploadPolicy:
    """Load the policy. Raises: UnreadableError."""
    data = compiled.load(NAME, resources.DATA / f"{NAME}.yaml", compile_file)
    return UploadPolicy(data["largest_mib"] * 1024 * 1024, data["types"])


def keep(project_file: Path, name: str, content: BinaryIO, policy: UploadPolicy) -> str:
    """Write a file into the folder `evidence` beside a project, and give its path from there.

    It takes another name where there is one of its name. Raises: AiguideError as `take_in` does.
    """
    stem, ending = _plain(name)
    begins = content.read(PIECE)
    if not begins:
        raise AiguideError("upload-empty", file=name)
    if not policy.takes(ending, begins):
        raise AiguideError("upload-type", file=name, known=list(policy.types))
    folder = project_file.parent / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        if not folder.resolve().is_relative_to(project_file.parent.resolve()):
            raise AiguideError("evidence-outside", target=FOLDER)
        place = _written(folder, stem, ending, begins, content, policy.largest)
    except OSError as error:
        raise AiguideError("cannot-write", file=str(folder), reason=reason_of(error)) from None
    return place.relative_to(project_file.parent).as_posix()


def discard(project_file: Path, target: str) -> None:
    """Take away what was kept, and the folder with it where it holds nothing else."""
    place = project_file.parent / target
    with contextlib.suppress(OSError):
        place.unlink()
        place.parent.rmdir()


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


def _written(
    folder: Path, stem: str, ending: str, begins: bytes, content: BinaryIO, largest: int
) -> Path:
    """Write a file that is new; one that turns out too large is taken away again."""
    number = 1
    while True:
        place = folder / f"{stem if number == 1 else f'{stem}-{number}'}.{ending}"
        number += 1
        with contextlib.suppress(FileExistsError), place.open("xb") as file:
            try:
                _copy(file, begins, content, largest)
            except BaseException:
                place.unlink(missing_ok=True)
                raise
            return place


def _copy(file: BinaryIO, piece: bytes, content: BinaryIO, largest: int) -> None:
    size = 0
    while piece:
        size += len(piece)
        if size > largest:
            raise AiguideError("upload-large", most=largest // 1024 // 1024)
        file.write(piece)
        piece = content.read(PIECE)
    file.flush()
    os.fsync(file.fileno())
