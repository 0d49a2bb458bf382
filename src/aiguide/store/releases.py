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
