"""From the YAML of a guideline pack to a `Guideline`: compiling it, then loading it."""

import functools
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiguide.core import suggest
from aiguide.core.dangling import leads_nowhere
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.findings import Finding
from aiguide.core.guideline import Guideline
from aiguide.core.model import Model
from aiguide.core.policy import ClassificationPolicy
from aiguide.store import compiled, models, pack_guard, pack_places, releases, resources, words
from aiguide.store.pack_data import read_guideline, read_policy

if TYPE_CHECKING:
    from aiguide.store.pack_files import PackFiles

HEAD, CELLS, DOCUMENTS, CLASSIFY, ITEMS = "guideline", "cells", "documents", "classify", "items"
CHANGES = "changes"
# With what the keys of sentences begin that are said of packs of one's own.
OWN = "own."

Compiled = dict[str, Any]


found_in = pack_places.found_in


@functools.cache
def folders() -> Mapping[str, Path]:
    """Map the names of the packs, such as `tokyo-ai@1`, to their folders, in order of version."""
    return found_in(resources.DATA)


def known(near: Path | None = None) -> dict[str, Path]:
    """Map the names of all packs to their folders, the shipped ones first, then one's own.

    `near`: the folder of the project, whose settings may name packs. Raises: as `pack_places.own`.
    """
    return {**folders(), **pack_places.own(near, folders(), installed=True)}


def names(near: Path | None = None) -> tuple[str, ...]:
    """Give the names of all packs. Raises: as `known` does."""
    return tuple(known(near))


def apart(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Give one of each group of folders that know the same packs: looking for them is dear.

    Raises: as `known` does for what settings name.
    """
    groups: dict[tuple[Path, ...], Path] = {}
    for folder in folders:
        groups.setdefault(pack_places.named(folder), folder)
    return tuple(groups.values())


def load(name: str, near: Path | None = None) -> tuple[Guideline, ClassificationPolicy | None]:
    """Load a pack by name, with what its classification knows where it has one.

    A name without a version stands for the newest that was released; while none was, for the
    newest that can be loaded. `near` as in `known`.
    Raises: AiguideError `unknown-guideline`, `misplaced-pack` and as `known` does;
    UnreadableError `unusable-pack`.
    """
    full, folder = _found(name, near)
    if full in folders():
        return _shipped(full, folder)
    try:
        return _one_of_ours(full, folder)
    except UnreadableError as error:
        raise UnreadableError(str(folder), error.findings, "unusable-pack") from None


def folder_of(name: str, near: Path | None = None) -> Path:
    """Give the folder of a pack. Raises: AiguideError as `load`."""
    return _found(name, near)[1]


def newest_name(id: str, near: Path | None = None) -> str:
    """Name the version that an id alone stands for, which may not be usable. Raises: as `load`."""
    return _found(id, near)[0]


def _found(name: str, near: Path | None) -> tuple[str, Path]:
    """Give a pack's whole name, and its folder."""
    shipped = folders()
    full = _newest(name, shipped)
    if full:
        pack_places.own(near, shipped, installed=False)  # one that clashes is no silent loser
        return full, shipped[full]
    packs = known(near)
    full = _newest(name, packs)
    if full:
        return full, packs[full]
    looked = [str(one) for one in pack_places.looked_in(near)] or ["-"]
    for folder in pack_places.misplaced(name.partition("@")[0], near):
        if folder not in packs.values():
            raise AiguideError("misplaced-pack", name=name, folder=str(folder), paths=looked)
    same = [one for one in packs if one.partition("@")[0] == name.partition("@")[0]]
    close = same[-1] if same else suggest.near(name, tuple(packs))
    raise AiguideError("unknown-guideline", name=name, near=close, known=tuple(packs), paths=looked)


def _newest(name: str, packs: Mapping[str, Path]) -> str | None:
    """Give a whole name: itself, or that of the version that an id stands for."""
    if name in packs:
        return name
    named = {one: folder for one, folder in packs.items() if one.partition("@")[0] == name}
    released = releases.released(named)
    if released or not named:
        return released[-1] if released else None
    *others, last = named
    usable = (one for one in (last, *reversed(others)) if _is_usable(one, named[one]))
    return next(usable, last) if others else last


def _is_usable(name: str, folder: Path) -> bool:
    try:
        return bool(_one_of_ours(name, folder))
    except UnreadableError:
        return False


def _one_of_ours(name: str, folder: Path) -> tuple[Guideline, None]:
    return _own(name, folder, pack_guard.require_safe(folder, folder.parent.parent))


@functools.cache
def _shipped(name: str, folder: Path) -> tuple[Guideline, ClassificationPolicy | None]:
    guideline = read_guideline(_compiled(name, folder))
    if guideline.classification is None:
        return guideline, None
    lender = _classifying(guideline)
    return guideline, read_policy(_compiled(lender, folders()[lender])[CLASSIFY])


def _compiled(name: str, folder: Path) -> Compiled:
    data: Compiled = compiled.load(name, folder, compile_folder)
    return data


@functools.lru_cache(maxsize=64)
def _own(name: str, folder: Path, stamp: pack_guard.Stamp) -> tuple[Guideline, None]:
    """Load a pack of one's own as it is now, by `stamp`; it cannot classify."""
    kept_as = "own-" + hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:16]
    guideline = read_guideline(compiled.load_own(kept_as, folder, compile_folder))
    if guideline.name != name:
        said = Finding("AG602", {"name": guideline.name, "folder": name}, ("id",))
        raise UnreadableError.at(folder / f"{HEAD}.yaml", said)
    return as_own(guideline), None


def as_own(guideline: Guideline) -> Guideline:
    """Give a pack with what is said otherwise of those that are not aiguide's.

    Their proposals are not ours.
    """
    texts = words.load("en").texts
    own = {key.removeprefix(OWN): text for key, text in texts.items() if key.startswith(OWN)}
    return replace(guideline, words={**own, **guideline.words})


def _classifying(guideline: Guideline) -> str:
    """Name the version of a pack whose classification it uses."""
    return f"{guideline.id}@{guideline.classification}"


@functools.cache
def load_model(name: str) -> Model:
    """Load the classification model of a shipped pack.

    Raises: UnreadableError, AiguideError `bad-model`.
    """
    guideline, _ = load(name)
    return models.load(folders()[_classifying(guideline)] / models.NAME)


def compile_folder(folder: Path) -> Compiled:
    """Compile a pack's YAML into plain data, strictly.

    Raises: UnreadableError with every finding of every file.
    """
    from aiguide.store import pack_files  # where nothing is compiled, no YAML is needed

    return compile_files(pack_files.read(folder))


def compile_files(pack: "PackFiles") -> Compiled:
    """Compile what was read of a pack. Raises: as `compile_folder`."""
    findings = [*pack.findings, *pack.lost]
    folder, parts = pack.folder, pack.parts
    if not findings:
        findings = [pack.placed(key, one) for key, one in _lent(folder, parts[f"{HEAD}.yaml"])]
    if findings:
        raise UnreadableError(str(folder), tuple(findings))
    joined = _joined(parts)
    thawed = [pack.placed(key, one) for key, one in releases.changed(folder, joined, parts)]
    if thawed:
        raise UnreadableError(str(folder), tuple(thawed))
    return joined


def _lent(folder: Path, head: Mapping[str, Any]) -> Iterator[tuple[str, Finding]]:
    """Find a classification that is to be another version's, and that that one does not have."""
    lender = head.get("classification")
    if lender is None:
        return
    if not (folder.parent / str(lender) / f"{CLASSIFY}.yaml").is_file():
        there = [one.parent.name for one in folder.parent.glob(f"*/{CLASSIFY}.yaml")]
        file = f"*/{CLASSIFY}.yaml"
        lacking = leads_nowhere("versions", str(lender), there, file, ("classification",))
        yield f"{HEAD}.yaml", lacking


def _joined(parts: Mapping[str, Any]) -> Compiled:
    """Put the files together; items come in the order of the phases."""
    by_phase = {
        data["phase"]: data["items"] for key, data in parts.items() if key.startswith(ITEMS)
    }
    head = parts[f"{HEAD}.yaml"]
    order = [phase["id"] for phase in head["phases"]]
    items = [
        {"phase": phase, **item}
        for phase in sorted(by_phase, key=lambda id: order.index(id) if id in order else 99)
        for item in by_phase[phase]
    ]
    optional = {
        name: parts[f"{name}.yaml"]
        for name in (CLASSIFY, CHANGES, releases.NAME)
        if f"{name}.yaml" in parts
    }
    return {
        HEAD: head,
        CELLS: parts[f"{CELLS}.yaml"]["cells"],
        DOCUMENTS: parts[f"{DOCUMENTS}.yaml"]["documents"],
        ITEMS: items,
        **optional,
    }
