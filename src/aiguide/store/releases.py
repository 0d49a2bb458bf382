"""Freezing a version of a pack: the digest that it was released with, and holding it to that."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aiguide.core.errors import AiguideError
from aiguide.core.findings import Finding
from aiguide.store.files import write_atomically

NAME = "released"
FILE = f"{NAME}.yaml"
MARK_AT_MOST = 4096


def released(packs: Mapping[str, Path]) -> list[str]:
    """Give those of some packs, in order of version, that were released.

    The mark of a version is its own: one that was copied along releases nothing.
    """
    marks: dict[bytes, str] = {}
    for name, folder in packs.items():
        if (folder / FILE).is_file():
            marks.setdefault(_mark(folder / FILE), name)
    return list(marks.values())


def _mark(file: Path) -> bytes:
    """Give what tells one mark from another; one that cannot be read is told when it is used."""
    try:
        with file.open("rb") as opened:
            return opened.read(MARK_AT_MOST)
    except OSError:
        return str(file).encode()


def digest(compiled: Mapping[str, Any]) -> str:
    """Digest (SHA-256, hex) what a pack says, whatever the order of its keys."""
    said = {key: value for key, value in compiled.items() if key != NAME}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def changed(compiled: Mapping[str, Any]) -> Iterator[Finding]:
    """Find that a frozen pack is no longer what was released (AG224)."""
    released = compiled.get(NAME)
    if released is not None and released["digest"] != digest(compiled):
        yield Finding("AG224", {"date": released["date"]}, ("digest",))


def freeze(folder: Path, compiled: Mapping[str, Any], date: str) -> str:
    """Write the release of a pack beside its files; gives the digest.

    Raises: AiguideError `exists` where it was released before, `cannot-write`.
    """
    file = folder / FILE
    if file.exists():
        raise AiguideError("exists", file=str(file))
    found = digest(compiled)
    write_atomically(file, f'digest: {found}\ndate: "{date}"\n'.encode())
    return found
