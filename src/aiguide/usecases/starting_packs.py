"""Beginning a guideline pack of one's own."""

import os
from dataclasses import dataclass
from pathlib import Path

from aiguide.core.errors import AiguideError
from aiguide.store import pack_places, packs, scaffold, schemas, settings

USUAL = Path("our-packs")


@dataclass(frozen=True, slots=True)
class Started:
    """A pack that was begun, in `folder`.

    `settings`: the file that makes it found, where it did not do so before; `line`: what is to be
    in its table `table` (such as `[guideline]`), none where it was written. `replaces`: that line
    takes the place of one that names other folders.
    """

    folder: Path
    settings: Path | None
    line: str = ""
    table: str = ""
    replaces: bool = False


def start(id: str, root: Path | None) -> Started:
    """Write the beginnings of a pack into `root`, else where settings have packs.

    Raises: AiguideError `bad-pack-id`, `pack-id-taken`, `pack-exists`, `cannot-write`.
    """
    if not schemas.is_id(id):
        raise AiguideError("bad-pack-id", value=id)
    if id in {name.partition("@")[0] for name in packs.folders()}:
        raise AiguideError("pack-id-taken", value=id)
    named = pack_places.named(None)
    folder = root or (named[0] if named else USUAL)
    scaffold.write(folder, id)
    if any(one.samefile(folder) for one in named):
        return Started(folder / id, None)
    return _made_known(folder, id)


def _made_known(folder: Path, id: str) -> Started:
    """Name a folder of packs in new settings here; settings that are there are left alone."""
    named = pack_places.named_here()
    file = named.file if named else settings.read((Path(),))[1]
    if file is None:
        return Started(folder / id, scaffold.write_settings(Path(), folder))
    shown = Path(os.path.relpath(folder, file.parent)).as_posix()
    line = scaffold.settings_line([*(named.folders if named else ()), shown])
    table = ".".join((*settings.FILES[file.name], pack_places.TABLE))
    return Started(folder / id, file, line, f"[{table}]", replaces=named is not None)
