"""Ids in a pack's files that lead nowhere, or that stand for two things."""

from collections.abc import Iterator, Mapping
from typing import Any

from aiguide.core.findings import Finding, Pointer
from aiguide.core.suggest import near

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
_HEAD_KINDS = ("domains", "stances", "considerations", "phases", "conditions")

Files = Mapping[str, Any]


def dangling(files: Files) -> Iterator[tuple[str, Finding]]:
    """Find references to ids that are not there (AG206) and ids given twice (AG207).

    `files` maps a file's name to data that fits its schema; yields the name with each finding.
    """
    known: dict[str, set[str]] = {}
    for kind, name, pointer, id in _definitions(files):
        ids = known.setdefault(kind, set())
        if id in ids:
            yield name, Finding("AG207", {"id": id}, pointer)
        ids.add(id)
    for name, data in files.items():
        for kind, pointer, id in _references(data, ()):
            if id not in known.get(kind, ()):
                close = near(id, sorted(known.get(kind, ())))
                yield name, Finding("AG206", {"id": id, "near": close}, pointer)


def _definitions(files: Files) -> Iterator[tuple[str, str, Pointer, str]]:
    for kind in _HEAD_KINDS:
        for index, one in enumerate(files["guideline.yaml"][kind]):
            yield kind, "guideline.yaml", (kind, index, "id"), one["id"]
    for kind in ("cells", "documents"):
        for index, one in enumerate(files[f"{kind}.yaml"][kind]):
            yield kind, f"{kind}.yaml", (kind, index, "id"), one["id"]
    for name, data in files.items():
        if name.startswith("items/"):
            for index, one in enumerate(data["items"]):
                yield "items", name, ("items", index, "id"), one["id"]


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
