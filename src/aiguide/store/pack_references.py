"""Ids in a pack's files that lead nowhere, or that stand for two things."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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
    "record": "guideline.yaml",
    "cells": "cells.yaml",
    "documents": "documents.yaml",
}

# The keys of a clause: what one of them names may have been meant under another.
_CLAUSE = ("domains", "cells", "conditions")

Files = Mapping[str, Any]
# A file, and where in it.
Place = tuple[str, Pointer]


def dangling(
    files: Files, unread: Collection[str] = (), malformed: Collection[Place] = ()
) -> Iterator[tuple[str, Finding]]:
    """Find references to ids that are not there (AG206), ids and files of phases given twice.

    Of an id (AG207) `first` is the place of the other one; of a file (AG646) `other` is its name.
    `files` maps a file's name to its data, whether or not it fits its schema; what the files
    `unread` or entries without a well-formed id may define is not missed. `malformed` are the
    places of what does not have the right form. Yields the name with each finding.
    """
    entries = tuple(_entries(files))
    phases = {one.id for one in entries if one.kind == "phases"}
    strays = _strays(files)
    for name, home in strays.items():
        if not _is_said_wrong(files, name, phases):
            yield name, Finding("AG646", {"id": files[name]["phase"], "other": home}, ("phase",))
    known: dict[str, dict[str, Place]] = {kind: {} for kind in (*_HOMES, "items")}
    for one in sorted(entries, key=lambda one: one.file in strays):
        place = (one.file, (*one.pointer, "id"))
        if one.id and known[one.kind].setdefault(one.id, place) != place and one.file not in strays:
            args = {"id": one.id, "first": known[one.kind][one.id]}
            yield one.file, Finding("AG207", args, place[1])
    unsure = _unsure(entries, unread, malformed)
    for name, data in files.items():
        for kind, pointer, id in _references(data, ()):
            if id not in known[kind] and kind not in unsure:
                lost = leads_nowhere(kind, id, known[kind], _home(kind), pointer)
                yield name, _with_what_was_meant(lost, name, entries, known)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry that defines an id; without one where there is none, or no list to be in."""

    kind: str
    file: str
    pointer: Pointer
    id: str = ""
    titles: tuple[str, ...] = ()


def _home(kind: str) -> str:
    return _HOMES.get(kind, "items/")


def _unsure(
    entries: Iterable[_Entry], unread: Collection[str], malformed: Collection[Place]
) -> set[str]:
    """Give the kinds of which there may be ids that could not be read."""
    unsure = {
        kind for kind in (*_HOMES, "items") if any(one.startswith(_home(kind)) for one in unread)
    }
    unsure |= {kind for kind, home in _HOMES.items() if (home, (kind,)) in malformed}
    return unsure | {
        one.kind for one in entries if not one.id or (one.file, (*one.pointer, "id")) in malformed
    }


def _with_what_was_meant(
    finding: Finding, name: str, entries: Iterable[_Entry], known: Mapping[str, Mapping[str, Place]]
) -> Finding:
    """Add to an id that leads nowhere what was meant: by its title, its file or another key."""
    kind, id, pointer = finding.args["part"], finding.args["id"], finding.pointer
    titled = [one.id for one in entries if one.kind == kind and id.lower() in one.titles]
    file = name.removeprefix("items/").removesuffix(".yaml")
    if kind == "phases" and pointer == ("phase",) and file in known[kind]:
        titled = [file]
    in_clause = pointer[-2:-1] == (kind,) and kind in _CLAUSE
    meant = titled or [f"{one}: [{id}]" for one in _CLAUSE if in_clause and id in known[one]]
    return replace(finding, args={**finding.args, "near": meant[0]}) if meant else finding


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


def _is_said_wrong(files: Files, name: str, phases: Collection[str]) -> bool:
    """Tell whether a file is named after a phase that no other one is of: it is no stray copy."""
    own = name.removeprefix("items/").removesuffix(".yaml")
    said = [data.get("phase") for data in files.values() if isinstance(data, dict)]
    return own in phases and own not in said


def _entries(files: Files) -> Iterator[_Entry]:
    """Give every entry of the lists that define ids."""
    for kind, name in _HOMES.items():
        if name in files:
            yield from _listed(files[name], kind, name)
    for name, data in files.items():
        if name.startswith("items/"):
            yield from _listed(data, "items", name)


def _listed(data: Any, kind: str, name: str) -> Iterator[_Entry]:
    listed = data.get(kind) if isinstance(data, dict) else None
    if not isinstance(listed, list):
        yield _Entry(kind, name, (kind,))
        return
    for index, one in enumerate(listed):
        id = one.get("id") if isinstance(one, dict) else None
        if isinstance(id, str):
            yield _Entry(kind, name, (kind, index), id, tuple(_titles(one)))
        else:
            yield _Entry(kind, name, (kind, index))


def _titles(entry: Mapping[str, Any]) -> Iterator[str]:
    """Give what an entry is called, as it compares."""
    for key in ("title", "short_title"):
        title = entry.get(key)
        for text in title.values() if isinstance(title, dict) else ():
            if isinstance(text, str):
                yield text.lower()


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
