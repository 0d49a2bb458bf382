"""Where the shipped data and schemas are: the packaged copy, else the checkout."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent.parent

PACKAGED = (_PACKAGE / "_compiled").is_dir()
COMPILED = _PACKAGE / "_compiled"
DATA = _PACKAGE / "_data" if PACKAGED else _CHECKOUT / "data"
SCHEMAS = _PACKAGE / "_schemas" if PACKAGED else _CHECKOUT / "schemas"


def _own_cache() -> Path:
    """Give the folder for what a person's programs may make anew, as their system has it."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or "~/AppData/Local")
    if sys.platform == "darwin":
        return Path("~/Library/Caches")
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache")


CACHE = (
    Path(os.path.expanduser(_own_cache())) / "aiguide"  # noqa: PTH111 (Path raises without a home)
    if PACKAGED
    else _CHECKOUT / ".cache" / "aiguide"
)
