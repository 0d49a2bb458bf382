"""What a walk that was cut off could tell nobody, kept in the person's own folder until it can."""

import contextlib
import hashlib
from collections.abc import Sequence
from pathlib import Path

from aiguide.core.errors import AiguideError
from aiguide.store.files import read_text, write_atomically

FOLDER = "untold"


class Untold:
    """The lines that are still to be told to a person who walks through a project."""

    def __init__(self, own: Path, project: Path, by: str) -> None:
        """Take the person's `own` folder, the manifest, and who walks through it."""
        whose = f"{project.resolve()}\n{by}".encode("utf-8", "surrogateescape")
        self._file = own / FOLDER / f"{hashlib.sha256(whose).hexdigest()}.txt"

    def lines(self) -> list[str]:
        """Give what is to be told, if anything."""
        with contextlib.suppress(AiguideError):
            return read_text(self._file).removesuffix("\n").split("\n")
        return []

    def add(self, lines: Sequence[str]) -> None:
        """Keep what is to be told, for its owner alone; a folder that takes no file keeps none."""
        if not lines:
            return
        text = "".join(f"{line}\n" for line in (*self.lines(), *lines))
        with contextlib.suppress(OSError, AiguideError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file.touch(mode=0o600)  # what is written over it has the same permissions
            write_atomically(self._file, text.encode(errors="replace"))

    def forget(self) -> None:
        """Take what was kept as told."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
