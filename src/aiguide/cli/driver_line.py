"""The line that lets git merge manifests by this very aiguide."""

import re
import shlex
import shutil
import sys
from pathlib import Path


def driver_line() -> str:
    """Write the line to run in a clone; git is run where the PATH may be another, too."""
    driver = f"{_this_aiguide()} merge-driver %O %A %B %P %L"
    quoted = re.sub(r'(["$`\\])', r"\\\1", driver)
    return f'git config merge.aiguide.driver "{quoted}"'


def _this_aiguide() -> str:
    started = Path(sys.argv[0])
    if started.name == "__main__.py":
        words = [sys.executable, "-m", "aiguide"]
    else:
        found = shutil.which(started) if started.stem == "aiguide" else None
        words = [str(Path(found).absolute()) if found else "aiguide"]
    return shlex.join(words).replace("%", "%%")
