"""A pack as it is written: its parts with their places, and what is known to be whole."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiguide.core.findings import Finding, Pointer

HEAD, CELLS, DOCUMENTS, ITEMS = "guideline.yaml", "cells.yaml", "documents.yaml", "items/"
_HEAD_KINDS = ("domains", "stances", "considerations", "phases", "conditions")

# A finding, and the file that it is in.
Found = tuple[str, Finding]


@dataclass(frozen=True, slots=True)
class LintPolicy:
    """From when lint speaks up: `longest` and `alike` by the text's key, as in `lint.yaml`."""

    longest: Mapping[str, Mapping[str, int]]
    alike: Mapping[str, float]
    unwritten: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One entry of a list of a pack's file, such as a cell; it fits its schema."""

    file: str
    pointer: Pointer
    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Give its id."""
        id: str = self.data["id"]
        return id

    def found(self, code: str, *below: str | int, **args: Any) -> Found:
        """Make a finding in it."""
        return self.file, Finding(code, args, (*self.pointer, *below))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a pack's files say; `place` are the names of the folders `<id>/<version>` it stands in.

    `parts` are by kind the entries that fit their schema; `whole` are the kinds of which none is
    missing or faulty, and that nothing refers to in vain. `kept` are the items' ids that the
    version before has.
    """

    place: tuple[str, str]
    files: Mapping[str, Any]
    parts: Mapping[str, Sequence[Part]]
    whole: frozenset[str]
    kept: frozenset[str] = frozenset()

    def covers(self, *kinds: str) -> bool:
        """Tell whether all entries of some kinds are known."""
        return self.whole.issuperset(kinds)


def draft(
    place: tuple[str, str],
    files: Mapping[str, Any],
    unread: Collection[str],
    faults: Collection[tuple[str, Pointer]],
    missed: Collection[str] = (),
    kept: Collection[str] = (),
) -> Draft:
    """Draft a pack from the data of its files, leaving out the entries in which `faults` are.

    `missed` are the kinds of which ids are named that are not there: what seems to be unused may
    be what was meant.
    """
    parts: dict[str, list[Part]] = {kind: [] for kind in (*_HEAD_KINDS, "cells", "documents")}
    parts |= {"items": [], "record": []}
    broken = {kind for kind in parts if any(one.startswith(_home(kind)) for one in unread)}
    broken |= {
        kind
        for file, kind, listed in _lists(files)
        if not isinstance(listed, list) or (file, (kind,)) in faults
    }
    for kind, file, pointer, data in _entries(files):
        faulty = any(one == file and at[: len(pointer)] == pointer for one, at in faults)
        if faulty or not isinstance(data, dict):
            broken.add(kind)
        else:
            parts[kind].append(Part(file, pointer, data))
    whole = frozenset(parts) - broken - frozenset(missed)
    return Draft(place, files, parts, whole, frozenset(kept))


def _home(kind: str) -> str:
    return {"cells": CELLS, "documents": DOCUMENTS, "items": ITEMS}.get(kind, HEAD)


def _entries(files: Mapping[str, Any]) -> Iterator[tuple[str, str, Pointer, Any]]:
    for file, kind, listed in _lists(files):
        for index, entry in enumerate(listed if isinstance(listed, list) else ()):
            yield kind, file, (kind, index), entry


def _lists(files: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Give what each file says where a list of some kind belongs."""
    for file, data in files.items():
        kinds: tuple[str, ...] = (*_HEAD_KINDS, "record") if file == HEAD else ()
        kinds = {CELLS: ("cells",), DOCUMENTS: ("documents",)}.get(file, kinds)
        if file.startswith(ITEMS):
            kinds = ("items",)
        for kind in kinds:
            absent: list[Any] | None = [] if kind == "record" else None
            yield file, kind, data.get(kind, absent) if isinstance(data, dict) else None
