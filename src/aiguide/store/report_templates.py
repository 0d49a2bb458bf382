"""Finding report templates of one's own: `aiguide.toml` names their folder."""

from collections.abc import Sequence
from pathlib import Path

from aiguide.core.errors import AiguideError
from aiguide.core.suggest import near
from aiguide.store import settings

ENDING = ".j2"
WRITTEN_IN = ("html", "md")


def find(folders: Sequence[Path], name: str, shipped: Sequence[str]) -> dict[str, Path]:
    """Find the template `NAME.WRITTEN_IN.j2` of the settings in the first of `folders` with some.

    Maps what it is written in (`html`, `md`), which may be both, to its file.
    Raises: AiguideError `unknown-template` with the names that there are, the `shipped` ones too;
    UnreadableError for the settings.
    """
    folder, found = _folder(folders), dict[str, dict[str, Path]]()
    for written_in in WRITTEN_IN:
        ending = f".{written_in}{ENDING}"
        for file in folder.glob(f"*{ending}") if folder else ():
            found.setdefault(file.name.removesuffix(ending), {})[written_in] = file
    if name not in found:
        known = [*shipped, *sorted(found)]
        raise AiguideError("unknown-template", id=name, near=near(name, known), known=known)
    return found[name]


def _folder(folders: Sequence[Path]) -> Path | None:
    data, file = settings.read(folders)
    named = data.get("report", {}).get("templates")
    return file.parent / named if file and named else None
