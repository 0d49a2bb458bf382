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
SHORT = 16


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


def changed(
    folder: Path, compiled: Mapping[str, Any], parts: Mapping[str, Any]
) -> Iterator[tuple[str, Finding]]:
    """Find that a frozen pack is no longer what was released (AG224), each with the file it is in.

    `parts`: what its files say. A mark that was copied along from an earlier version (AG641)
    froze nothing.
    """
    released = compiled.get(NAME)
    if released is None or released["digest"] == digest(compiled):
        return
    original = _copied_from(folder, released["digest"])
    if original:
        yield FILE, Finding("AG641", {"version": original}, ("digest",))
        return
    args, kept, now = {"date": released["date"]}, released.get("files", {}), digests(parts)
    names = [one for one in {**kept, **now} if kept.get(one) != now.get(one)] if kept else []
    for name in names:
        gone = (FILE, Finding("AG224", args, ("files", name)))
        yield (name, Finding("AG224", args)) if name in now else gone
    if not names:
        yield FILE, Finding("AG224", args, ("digest",))


def _copied_from(folder: Path, mark: str) -> str:
    """Give the earlier version that a mark is of, if it is another's."""
    whole = folder.absolute()
    marks = {one.parent.name: one for one in whole.parent.glob(f"*/{FILE}")}
    if not whole.name.isdecimal():
        return ""
    earlier = [one for one in marks if one.isdecimal() and int(one) < int(whole.name)]
    return next((one for one in earlier if mark.encode() in _mark(marks[one])), "")


def digests(parts: Mapping[str, Any]) -> dict[str, str]:
    """Digest what each file of a pack says, shortly: enough to tell which one has changed."""
    return {name: digest({"": data})[:SHORT] for name, data in parts.items() if name != FILE}


def freeze(folder: Path, compiled: Mapping[str, Any], parts: Mapping[str, Any], date: str) -> None:
    """Write the release of a pack beside its files. `parts` as in `changed`.

    Raises: AiguideError `exists` where it was released before, `cannot-write`.
    """
    file = folder / FILE
    if file.exists():
        raise AiguideError("exists", file=str(file))
    files = "".join(f'  {name}: "{one}"\n' for name, one in digests(parts).items())
    said = f'digest: {digest(compiled)}\ndate: "{date}"\nfiles:\n{files}'
    write_atomically(file, said.encode())
