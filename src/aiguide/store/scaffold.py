"""Writing the beginnings of a pack of one's own."""

import json
from collections.abc import Sequence
from pathlib import Path

from aiguide.core.errors import AiguideError, reason_of
from aiguide.store import resources
from aiguide.store.files import write_atomically
from aiguide.store.settings import NAME as SETTINGS

# What stands for the pack's id in the files of the scaffold.
_ID = "OUR-ID"


def write(folder: Path, id: str) -> tuple[Path, ...]:
    """Write a pack's first version into a new folder, `folder/<id>/1`; gives the files.

    Raises: AiguideError `exists` where there is something of that name, `cannot-write`.
    """
    target = folder / id
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.mkdir()
        (target / "1" / "items").mkdir(parents=True)
    except FileExistsError:
        raise AiguideError("pack-exists", folder=str(target)) from None
    except OSError as error:
        raise AiguideError("cannot-write", file=str(target), reason=reason_of(error)) from None
    written = []
    for source in sorted((resources.DATA / "scaffold").rglob("*.*")):
        below = target / "1" if source.suffix == ".yaml" else target
        file = below / source.relative_to(resources.DATA / "scaffold")
        text = source.read_text(encoding="utf-8").replace(_ID, id)
        write_atomically(file, text.encode())
        written.append(file)
    return tuple(written)


def write_settings(folder: Path, packs: Path) -> Path:
    """Write new settings that name a folder of packs. Raises: AiguideError `cannot-write`."""
    file = folder / SETTINGS
    write_atomically(file, f"[guideline]\n{settings_line([packs.as_posix()])}\n".encode())
    return file


def settings_line(folders: Sequence[str]) -> str:
    """Give the line of settings that names folders of packs."""
    value = folders[0] if len(folders) == 1 else list(folders)
    return f"packs = {json.dumps(value, ensure_ascii=False)}"  # TOML quotes as JSON does
