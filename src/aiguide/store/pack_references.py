"""Ids in a pack's files that lead nowhere, or that stand for two things."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from aiguide.core.dangling import leads_nowhere
from aiguide.core.findings import Finding, Pointer

# Where in a pack's files an id refers to something: the key that holds it, and what kind it names.
_REFERENCES = {
    "document": "documents",
    "domains": "domains",
    "domain": "domains",
    "cells": "cells",
    "considerations": "considerations",
    "ids": "considerations",
    "conditions": "conditions",
    "needs": "conditions",
    "value": "stances",
    "other_reading": "stances",
    "phase": "phases",
    "items": "items",
}
# Where the ids of each kind are defined; those of items are in the files of `items/`.
_HOMES = {
    "domains": "guideline.yaml",
    "stances": "guideline.yaml",
    "considerations": "guideline.yaml",
    "phases": "guideline.yaml",
    "conditions": "guideline.yaml",
    "cells": "cells.yaml",
    "documents": "documents.yaml",
}

Files = Mapping[str, Any]
# A file, and where in it.
Place = tuple[str, Pointer]


def dangling(files: Files, unread: Collection[str] = ()) -> Iterator[tuple[str, Finding]]:
    """Find references to ids that are not there (AG206), ids and files of phases given twice.

    Of an id (AG207) `first` is the place of the other one; of a file (AG646) `other` is its name.
    `files` maps a file's name to its data, whether or not it fits its schema; what the files
    `unread` may define is not missed. Yields the name with each finding.
    """
    strays = _strays(files)
    for name, home in strays.items():
        yield name, Finding("AG646", {"id": files[name]["phase"], "other": home}, ("phase",))
    known: dict[str, dict[str, Place]] = {kind: {} for kind in (*_HOMES, "items")}
    for kind, name, pointer, id in sorted(_definitions(files), key=lambda one: one[1] in strays):
        first = known[kind].setdefault(id, (name, pointer))
        if first != (name, pointer) and name not in strays:
            yield name, Finding("AG207", {"id": id, "first": first}, pointer)
    for name, data in files.items():
        for kind, pointer, id in _references(data, ()):
            home = _HOMES.get(kind, "items/")
            if id not in known[kind] and not any(one.startswith(home) for one in unread):
                yield name, leads_nowhere(kind, id, known[kind], home, pointer)


def _strays(files: Files) -> dict[str, str]:
    """Give the files of items whose phase has another file already, with that one's name."""
    by_phase: dict[str, list[str]] = {}
    for name, data in files.items():
        phase = data.get("phase") if name.startswith("items/") and isinstance(data, dict) else None
        if isinstance(phase, str):
            by_phase.setdefault(phase, []).append(name)
    strays: dict[str, str] = {}
    for phase, names in by_phase.items():
        home = f"items/{phase}.yaml" if f"items/{phase}.yaml" in names else names[0]
        strays |= {name: home for name in names if name != home}
    return strays


def _definitions(files: Files) -> Iterator[tuple[str, str, Pointer, str]]:
    for kind, name in _HOMES.items():
        yield from _listed(files, kind, name, kind)
    for name in files:
        if name.startswith("items/"):
            yield from _listed(files, "items", name, "items")


def _listed(
    files: Files, kind: str, name: str, key: str
) -> Iterator[tuple[str, str, Pointer, str]]:
    """Give the ids that a list in a file defines, as far as it is one."""
    data = files.get(name)
    listed = data.get(key) if isinstance(data, dict) else None
    for index, one in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(one, dict) and isinstance(one.get("id"), str):
            yield kind, name, (key, index, "id"), one["id"]


def _references(data: Any, pointer: Pointer) -> Iterator[tuple[str, Pointer, str]]:
    """Walk plain data and give each id that refers to something, with its kind."""
    if isinstance(data, dict):
        for key, value in data.items():
            at = (*pointer, key)
            if key in _REFERENCES and isinstance(value, str):
                yield _REFERENCES[key], at, value
            elif key in _REFERENCES and _is_ids(value):
                for index, id in enumerate(value):
                    yield _REFERENCES[key], (*at, index), id
            else:
                yield from _references(value, at)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _references(value, (*pointer, index))


def _is_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
