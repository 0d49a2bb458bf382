"""A person's own files on a project, in their own folder: for nobody else to read."""

import hashlib
from contextlib import ExitStack, suppress
from pathlib import Path

from aiguide.core.errors import AiguideError
from aiguide.store.files import sweep, write_atomically
from aiguide.store.locks import locked

_PATIENCE = 1.0  # seconds: it is no answer, and who leaves is not kept waiting


def file_of(folder: Path, project: Path, by: str) -> Path:
    """Give the file in a folder on the manifest `project`, as `by` works on it."""
    whose = f"{project.resolve()}\n{by}".encode("utf-8", "surrogateescape")
    return folder / f"{hashlib.sha256(whose).hexdigest()}.txt"


def write(file: Path, text: str) -> None:
    """Write a file, and sweep what a killed write has left; a folder that takes none keeps none."""
    with suppress(OSError, AiguideError), ExitStack() as held:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(AiguideError):
            held.enter_context(locked(file, _PATIENCE))
            sweep(file)
        file.touch(mode=0o600)  # what is written over it has the same permissions
        write_atomically(file, text.encode(errors="replace"))
