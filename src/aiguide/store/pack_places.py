"""Where guideline packs of one's own are: folders that settings name, and installed packages."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.store import settings
from aiguide.store.files import is_folder, read_bytes

GROUP = "aiguide.packs"
TABLE, KEY, HEAD = "guideline", "packs", "guideline.yaml"


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


def named(near: Path | None) -> tuple[Path, ...]:
    """Give the folders of packs that settings name.

    Of the folder `near` and those above it, the nearest whose settings name some counts; so does
    that of the folder where the command runs, and that of the person. Raises: as `own` does.
    """
    starts = [*([near] if near else []), Path(), *_person]
    found = [named for named in map(_nearest, starts) if named]
    return tuple(dict.fromkeys(root for named in found for root in named.roots()))


def named_here() -> Named | None:
    """Give what the settings name that count where the command runs. Raises: as `named` does."""
    return _nearest(Path())


def _nearest(start: Path) -> Named | None:
    try:
        folder = start.absolute()
    except FileNotFoundError:  # the folder where the command runs has been removed
        return None
    return _from(folder)


# Many projects lie below the same folders, which are looked at once.
@lru_cache(maxsize=1024)
def _from(folder: Path) -> Named | None:
    """Look in a folder, and then in those above it."""
    above = folder.parent
    return _named_in(folder) or (None if above == folder else _from(above))


def _named_in(folder: Path) -> Named | None:
    """Give the folders of packs that the settings in a folder name."""
    if not any(_may_name_packs(folder / name) for name in settings.FILES):
        return None
    data, file = settings.read((folder,))
    named = data.get(TABLE, {}).get(KEY)
    if file is None or named is None:
        return None
    return Named(file, (named,) if isinstance(named, str) else tuple(named))


def _may_name_packs(file: Path) -> bool:
    """Tell cheaply whether settings could name packs: most folders' are somebody else's."""
    with contextlib.suppress(UnreadableError):
        return os.path.exists(file) and KEY.encode() in read_bytes(file)  # noqa: PTH110 (Path raises where it may not look)
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
