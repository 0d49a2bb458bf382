"""What `validate` is asked for: by its options, else by the settings."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiguide.core.validation import Choice
from aiguide.store import settings
from aiguide.store.files import is_folder

TABLE = "validate"
EVERYTHING = Choice()


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: findings as of `today`, at a gate (a phase, `all`, or none)."""

    today: str
    gate: str = ""
    choice: Choice = EVERYTHING
    baseline: Path | None = None


def settled(given: Order, paths: Sequence[Path], own: Path) -> Order:
    """Fill what the options left open from the settings.

    They are in the folder that all of `paths` share, else where the command runs, else in the
    folder `own`. Raises: UnreadableError.
    """
    data, file = settings.read((_shared(paths), Path(), own))
    table: dict[str, Any] = data.get(TABLE, {})
    choice = Choice(
        given.choice.select or tuple(table.get("select", ())),
        given.choice.ignore or tuple(table.get("ignore", ())),
        given.choice.strict or table.get("strict", False),
    )
    baseline = given.baseline
    if baseline is None and file is not None and "baseline" in table:
        baseline = file.parent / table["baseline"]
    return Order(given.today, given.gate or table.get("gate", ""), choice, baseline)


def _shared(paths: Sequence[Path]) -> Path:
    """Give the folder that all paths share; where they share none, the one that runs."""
    try:
        shared = Path(os.path.commonpath([path.absolute() for path in paths]))
    except ValueError:  # on two drives
        return Path()
    return shared if is_folder(shared) else shared.parent
