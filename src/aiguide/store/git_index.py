"""What git says of a file: whether a merge of it is still to be finished, and earlier versions."""

import shutil
import subprocess
from pathlib import Path

PATIENCE = 5  # seconds; nobody waits longer for what may not concern them


def is_unmerged(path: Path) -> bool:
    """Tell whether git keeps several sides of a file; not where there is no git or repository."""
    return _says(path, "ls-files", "--unmerged")


def has_versions(path: Path) -> bool:
    """Tell whether git has earlier versions of a file."""
    return _says(path, "log", "-1", "--format=%H")


def _says(path: Path, *asked: str) -> bool:
    """Tell whether git has anything to say of a file that is asked for."""
    git = shutil.which("git")
    if git is None:
        return False
    # nothing that a repository configures is to run: git would start a monitor of its files
    call = [git, "-c", "core.fsmonitor=false", "--literal-pathspecs", *asked]
    try:
        done = subprocess.run(
            [*call, "--", path.name],
            cwd=path.parent,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and bool(done.stdout)
