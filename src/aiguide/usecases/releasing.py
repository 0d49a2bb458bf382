"""Freezing a version of a guideline pack, after which it never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.findings import Finding, Severity
from aiguide.core.guideline import Guideline
from aiguide.store import pack_files, packs, releases
from aiguide.store.pack_data import read_guideline
from aiguide.usecases import catalogue, linting


@dataclass(frozen=True, slots=True)
class Ready:
    """A version that can be frozen as it is: the pack, its folder, and the digest of it."""

    pack: Guideline
    folder: Path
    digest: str
    _compiled: Mapping[str, Any]
    _parts: Mapping[str, Any]

    def freeze(self, date: str) -> Path:
        """Freeze what was found ready; gives the file that keeps its digest.

        Raises: AiguideError `exists`, `cannot-write`.
        """
        releases.freeze(self.folder, self._compiled, self._parts, date)
        return self.folder / releases.FILE


def ready(given: str, *, allow_warnings: bool) -> Ready:
    """Look whether the one pack that a folder or a name stands for can be frozen: lint is content.

    Raises: AiguideError `several-packs`, `pack-frozen`, `pack-not-own` and as `linting.folders`
    does; UnreadableError `unfit-to-freeze` with every finding.
    """
    folder = _the_one(given)
    if (folder / releases.FILE).exists():
        raise AiguideError("pack-frozen", folder=str(folder))
    faults = tuple(_in_the_way(folder, allow_warnings=allow_warnings))
    if faults:
        raise UnreadableError(str(folder), faults, "unfit-to-freeze")
    files = pack_files.read(folder)
    compiled, parts = packs.compile_files(files), files.parts
    pack = read_guideline(compiled)
    if folder.absolute() not in packs.folders().values():
        pack = packs.as_own(pack)
    return Ready(pack, folder, releases.digest(compiled), compiled, parts)


def _the_one(given: str) -> Path:
    found = linting.folders(given)
    if not Path(given).is_dir():  # a name
        if found[0].absolute() in packs.folders().values():
            raise AiguideError("pack-not-own", name=given)
        # of all its versions, the one that is not frozen yet
        found = [one for one in found if not (one / releases.FILE).exists()] or found[-1:]
    folder, *others = found
    if others:
        raise AiguideError("several-packs", folder=given, paths=[folder, *others])
    return folder


def _in_the_way(folder: Path, *, allow_warnings: bool) -> list[Finding]:
    """Give what keeps a pack from being frozen."""
    kinds = catalogue.load_words("en").kinds
    return [
        one
        for one in linting.findings(folder)
        if not allow_warnings or kinds[one.code].severity is Severity.ERROR
    ]
