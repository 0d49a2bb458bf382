"""What git knows of a file: sides and marks of a conflict, and whether it has earlier versions."""

import shutil
import subprocess
from pathlib import Path

PATIENCE = 5  # seconds; nobody waits longer for what may not concern them
USUAL_MARKS = 7


def is_unmerged(path: Path) -> bool:
    """Tell whether git keeps several sides of a file; not where there is no git or repository."""
    return bool(_said(path.parent, "ls-files", "--unmerged", "--", path.name))


def has_versions(path: Path) -> bool:
    """Tell whether git has earlier versions of a file."""
    return bool(_said(path.parent, "log", "-1", "--format=%H", "--", path.name))


def side(path: Path, number: int) -> bytes:
    """Give a side of a file that git is merging, as git numbers it; nothing where there is none."""
    return _said(path.parent, "cat-file", "blob", f":{number}:./{path.name}")


def committed(path: Path) -> bytes:
    """Give a file as the last commit of git has it; nothing where none has."""
    return _said(path.parent, "cat-file", "blob", f"HEAD:./{path.name}")


def marks_of(path: Path) -> int:
    """Give how long the marks are that git writes into a file with a conflict."""
    attributes = _said(Path(), "check-attr", "conflict-marker-size", "--", str(path))
    size = attributes.decode(errors="replace").rpartition(":")[2].strip()
    return int(size) if size.isdecimal() else USUAL_MARKS


def _said(folder: Path, *args: str) -> bytes:
    """Give what git answers in a folder; nothing where it cannot say."""
    git = shutil.which("git")
    if git is None:
        return b""
    # nothing that a repository configures is to run: git would start a monitor of its files
    asked = [git, "-c", "core.fsmonitor=false", "--literal-pathspecs", *args]
    try:
        done = subprocess.run(
            asked,
            cwd=folder,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
