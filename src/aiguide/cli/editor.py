"""Writing a long text in the person's own editor."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from aiguide.core.errors import AiguideError, reason_of


def editor() -> list[str]:
    """Give the command of the person's editor; empty where none is set."""
    return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")


def edited(text: str) -> str:
    """Let a person edit a text in $VISUAL or $EDITOR; gives what was saved, without its end.

    Raises: AiguideError `no-editor` where none is set, `editor-fails`, `text-not-utf8`.
    """
    command = editor()
    if not command:
        raise AiguideError("no-editor", reason="not-set")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "note.txt"
        file.write_text(text + "\n" if text else "", encoding="utf-8")
        try:
            done = subprocess.run([*command, str(file)], check=False)
        except OSError as error:
            raise AiguideError("editor-fails", editor=command[0], reason=reason_of(error)) from None
        if done.returncode:
            raise AiguideError("editor-fails", editor=command[0], reason="failed")
        try:
            return file.read_text(encoding="utf-8").rstrip()
        except (OSError, UnicodeDecodeError):
            raise AiguideError("text-not-utf8") from None
