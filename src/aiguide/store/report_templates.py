"""Finding report templates of one's own: `aiguide.toml` names their folder."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from aiguide.core.errors import AiguideError
from aiguide.core.suggest import near
from aiguide.store import settings
from aiguide.store.files import read_text

ENDING = ".j2"


def find(
    folders: Sequence[Path], name: str, format: str, shipped: Sequence[str]
) -> tuple[Path, str]:
    """Find the template `NAME.FORMAT.j2` of the settings in the first of `folders` that has them.

    Gives its file and its text. Raises: AiguideError `unknown-template` with the names that there
    are, the `shipped` ones too; UnreadableError for the settings or the file.
    """
    folder, ending = _folder(folders), f".{format}{ENDING}"
    files = {one.name.removesuffix(ending): one for one in _files(folder, ending)}
    if name not in files:
        known = [*shipped, *sorted(files)]
        raise AiguideError("unknown-template", id=name, near=near(name, known), known=known)
    return files[name], read_text(files[name])


def _files(folder: Path | None, ending: str) -> Iterator[Path]:
    return folder.glob(f"*{ending}") if folder else iter(())


def _folder(folders: Sequence[Path]) -> Path | None:
    data, file = settings.read(folders)
    named = data.get("report", {}).get("templates")
    return file.parent / named if file and named else None
