"""Writing a long text in the person's own editor."""

import os
import shlex
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from aiguide.core.errors import AiguideError, reason_of
from aiguide.usecases import own_texts
from aiguide.usecases.own_texts import OwnText

PATIENCE = 2.0  # seconds for an editor to keep what was not saved, once its window is closed


def editor() -> list[str]:
    """Give the command of the person's editor; empty where none is set."""
    return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")


@dataclass(slots=True)
class Sheet:
    """The file in which a person writes one text; it stays until what was written is taken.

    `begun` is what it held when the person began.
    """

    file: Path | None = None
    begun: bytes = b""

    def edited(self, text: str) -> OwnText:
        """Let a person edit a text in $VISUAL or $EDITOR; gives what was saved, without its end.

        What was written before and could not be taken is opened again in place of `text`.
        Raises: AiguideError `no-editor` where none is set, `editor-fails`; `editor-left` and
        `unread-in-editor`, whose file stays.
        """
        command = editor()
        if not command:
            raise AiguideError("no-editor", reason="not-set")
        file = self._ready(text)
        reason = _failure([*command, str(file)])
        if reason and not self._is_changed():
            self._put_away()
            raise AiguideError("editor-fails", editor=command[0], reason=reason)
        if reason:
            raise AiguideError("editor-left", editor=command[0], file=str(file))
        given = self._read(file)
        self._put_away()
        return given

    def left(self) -> OwnText | None:
        """Give what was saved in an editor that was cut off; None where that is nothing new.

        What the editor itself has kept of the rest stays beside the file.
        """
        changed = self.file if self._is_changed() else None
        given = self._read(changed) if changed else None
        if not self.has_more:
            self._put_away()
        return given

    @property
    def has_more(self) -> bool:
        """Tell whether an editor has left something beside the file, such as what was not saved."""
        return self.file is not None and any(one != self.file for one in self.file.parent.iterdir())

    def _ready(self, text: str) -> Path:
        if self.file is None or not self.file.exists():
            self.begun = f"{text}\n".encode() if text else b""
            self.file = Path(tempfile.mkdtemp()) / "note.txt"
            self.file.write_bytes(self.begun)
        return self.file

    def _is_changed(self) -> bool:
        try:
            return self.file is not None and self.file.read_bytes() != self.begun
        except OSError:
            return False

    def _read(self, file: Path) -> OwnText:
        try:
            return own_texts.read(file.read_bytes())
        except (OSError, AiguideError):
            raise AiguideError("unread-in-editor", file=str(file)) from None

    def _put_away(self) -> None:
        if self.file is not None:
            shutil.rmtree(self.file.parent, ignore_errors=True)
        self.file = None


def _failure(command: list[str]) -> str:
    """Run an editor until it ends; gives why it has failed, if it has.

    One that is cut off is told, and may still keep what was not saved.
    """
    try:
        with subprocess.Popen(command) as process:
            try:
                return "failed" if process.wait() else ""
            except BaseException:
                process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(PATIENCE)
                process.kill()
                raise
    except FileNotFoundError:
        return "no-such-editor"
    except OSError as error:
        return reason_of(error)
