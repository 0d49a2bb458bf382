"""Where guideline packs of one's own are: folders that settings name, and installed packages."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.store import settings
from aiguide.store.files import is_folder, read_bytes

GROUP = "aiguide.packs"
TABLE, HEAD = "guideline", "guideline.yaml"
PACKS, DEFAULT = "packs", "default"


@dataclass(frozen=True, slots=True)
class Named:
    """The folders of packs that a file of settings names, as they are written there."""

    file: Path
    folders: tuple[str, ...]

    def roots(self) -> Iterator[Path]:
        """Give the folders. Raises: AiguideError `no-packs-folder` for one that is not there."""
        for folder in self.folders:
            root = Path(os.path.normpath(self.file.parent / folder))
            if not is_folder(root):
                raise AiguideError("no-packs-folder", folder=str(root), file=str(self.file))
            yield root


# The folder of a person's own settings, as `cli` told it.
_person: list[Path] = []


def look_also_in(folder: Path) -> None:
    """Let the settings of a person count too, after those beside the project."""
    _person[:] = [folder]
    look_anew()


def look_anew() -> None:
    """Forget what settings were found to name."""
    _from.cache_clear()


def found_in(root: Path) -> dict[str, Path]:
    """Map the packs below a folder, `<id>/<version>/`, to their folders, in order of version."""
    heads = (head.parent for head in root.glob(f"*/*/{HEAD}"))
    found = [(one.parent.name, int(one.name), one) for one in heads if one.name.isdecimal()]
    return {f"{id}@{version}": folder for id, version, folder in sorted(found)}


def own(near: Path | None, shipped: Mapping[str, Path], *, installed: bool) -> dict[str, Path]:
    """Map the packs of one's own to their folders; `near` is the folder of the project, if any.

    Without `installed`, packages are left out: looking for them is dear.
    Raises: AiguideError `pack-clash` for one with the id of a `shipped` one, `pack-twice`,
    `no-packs-folder`, `pack-package`; UnreadableError for the settings.
    """
    taken = {name.partition("@")[0] for name in shipped}
    found: dict[str, Path] = {}
    for root in (*named(near), *(_installed() if installed else ())):
        for name, folder in found_in(root).items():
            if name.partition("@")[0] in taken:
                raise AiguideError("pack-clash", name=name, folder=str(folder))
            earlier = found.setdefault(name, folder)
            if not earlier.samefile(folder):
                raise AiguideError("pack-twice", name=name, folder=str(folder), paths=[earlier])
    return found


def looked_in(near: Path | None) -> tuple[Path, ...]:
    """Give every folder where packs of one's own are looked for. Raises: as `own` does."""
    return (*named(near), *_installed())


def misplaced(id: str, near: Path | None) -> Iterator[Path]:
    """Give folders that seem to hold a pack, and are not where one is looked for.

    Raises: as `own` does.
    """
    for root in looked_in(near):
        for above in ("", "*/", "*/*/", "*/*/*/"):
            for head in root.glob(f"{above}{HEAD}"):
                if id in (head.parent.name, head.parent.parent.name):
                    yield head.parent


def named(near: Path | None) -> tuple[Path, ...]:
    """Give the folders of packs that settings name.

    Of the folder `near` and those above it, the nearest whose settings name some counts; so does
    that of the folder where the command runs, and that of the person. Raises: as `own` does.
    """
    found = [named for start in _starts(near) if (named := _folders(start))]
    return tuple(dict.fromkeys(root for named in found for root in named.roots()))


def default(near: Path | None) -> tuple[str, Path] | None:
    """Give the guideline that settings take where none is named, and their file.

    They are looked for as those that name packs; the nearest that say so count. Raises:
    UnreadableError for the settings.
    """
    said = (_nearest(start, DEFAULT) for start in _starts(near))
    return next((one for one in said if one), None)


def _starts(near: Path | None) -> list[Path]:
    return [*([near] if near else []), Path(), *_person]


def named_here() -> Named | None:
    """Give what the settings name that count where the command runs. Raises: as `named` does."""
    return _folders(Path())


def _folders(start: Path) -> Named | None:
    said = _nearest(start, PACKS)
    if said is None:
        return None
    named, file = said
    return Named(file, (named,) if isinstance(named, str) else tuple(named))


def _nearest(start: Path, key: str) -> tuple[Any, Path] | None:
    try:
        folder = start.absolute()
    except FileNotFoundError:  # the folder where the command runs has been removed
        return None
    return _from(folder, key)


# Many projects lie below the same folders, which are looked at once.
@lru_cache(maxsize=1024)
def _from(folder: Path, key: str) -> tuple[Any, Path] | None:
    """Look in a folder, and then in those above it; gives what they say, and the file."""
    above = folder.parent
    return _said_in(folder, key) or (None if above == folder else _from(above, key))


def _said_in(folder: Path, key: str) -> tuple[Any, Path] | None:
    """Give what the settings in a folder say of guidelines under a key."""
    if not any(_may_say(folder / name, key) for name in settings.FILES):
        return None
    data, file = settings.read((folder,))
    said = data.get(TABLE, {}).get(key)
    return None if file is None or said is None else (said, file)


def _may_say(file: Path, key: str) -> bool:
    """Tell cheaply whether settings could say something: most folders' are somebody else's."""
    with contextlib.suppress(UnreadableError):
        return os.path.exists(file) and key.encode() in read_bytes(file)  # noqa: PTH110 (Path raises where it may not look)
    return False


def _installed() -> Iterator[Path]:
    """Give the folders of installed packages that hold packs; none of their code is run."""
    from importlib.metadata import entry_points  # dear, and only for packs of one's own

    for point in entry_points(group=GROUP):
        places = _places_of(point.value)
        if not places:
            raise AiguideError("pack-package", name=point.name, value=point.value)
        yield from places


def _places_of(package: str) -> list[Path]:
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return []
    found = map(Path, spec.submodule_search_locations or ()) if spec else ()
    return [place for place in found if is_folder(place)]
