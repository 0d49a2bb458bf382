"""What git's index says of a file: whether a merge of it is still to be finished."""

import shutil
import subprocess
from pathlib import Path

PATIENCE = 5  # seconds; nobody waits longer for what may not concern them


def is_unmerged(path: Path) -> bool:
    """Tell whether git keeps several sides of a file; not where there is no git or repository."""
    git = shutil.which("git")
    if git is None:
        return False
    # nothing that a repository configures is to run: git would start a monitor of its files
    listing = [git, "-c", "core.fsmonitor=false", "--literal-pathspecs", "ls-files", "--unmerged"]
    try:
        done = subprocess.run(
            [*listing, "--", path.name],
            cwd=path.parent,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and bool(done.stdout)
