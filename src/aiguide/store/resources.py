"""Where the shipped data and schemas are: the packaged copy, else the checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent.parent

PACKAGED = (_PACKAGE / "_compiled").is_dir()
COMPILED = _PACKAGE / "_compiled"
DATA = _PACKAGE / "_data" if PACKAGED else _CHECKOUT / "data"
SCHEMAS = _PACKAGE / "_schemas" if PACKAGED else _CHECKOUT / "schemas"
CACHE = _CHECKOUT / ".cache" / "aiguide"
