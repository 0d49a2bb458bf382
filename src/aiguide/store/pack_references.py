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


def dangling(files: Files, unread: Collection[str] = ()) -> Iterator[tuple[str, Finding]]:
    """Find references to ids that are not there (AG206) and ids given twice (AG207).

    `files` maps a file's name to its data, whether or not it fits its schema; what the files
    `unread` may define is not missed. Yields the name with each finding.
    """
    known: dict[str, set[str]] = {kind: set() for kind in (*_HOMES, "items")}
    for kind, name, pointer, id in _definitions(files):
        ids = known.setdefault(kind, set())
        if id in ids:
            yield name, Finding("AG207", {"id": id}, pointer)
        ids.add(id)
    for name, data in files.items():
        for kind, pointer, id in _references(data, ()):
            home = _HOMES.get(kind, "items/")
            if id not in known[kind] and not any(one.startswith(home) for one in unread):
                yield name, leads_nowhere(kind, id, known[kind], home, pointer)


def _definitions(files: Files) -> Iterator[tuple[str, str, Pointer, str]]:
    for kind, name in _HOMES.items():
        yield from _listed(files, kind, name, kind)
    for name in files:
        if name.startswith("items/"):
            yield from _listed(files, "items", name, "items")
            phase = files[name].get("phase") if isinstance(files[name], dict) else None
            if isinstance(phase, str):
                yield "files", name, ("phase",), phase


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
