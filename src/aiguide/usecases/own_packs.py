"""Where a person's own settings may name guideline packs."""

from pathlib import Path

from aiguide.store import pack_places


def look_also_in(folder: Path) -> None:
    """Let the settings in a person's own folder count too, after those beside the project."""
    pack_places.look_also_in(folder)


def look_anew() -> None:
    """Let settings that were changed since count: who runs on is told by nobody."""
    pack_places.look_anew()
