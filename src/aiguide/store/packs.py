"""From the YAML of a guideline pack to a `Guideline`: compiling it, then loading it."""

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.findings import Finding
from aiguide.core.guideline import Guideline
from aiguide.core.model import Model
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.suggest import near
from aiguide.store import compiled, models, resources
from aiguide.store.pack_data import read_guideline, read_policy
from aiguide.store.pack_references import dangling

HEAD, CELLS, DOCUMENTS, CLASSIFY, ITEMS = "guideline", "cells", "documents", "classify", "items"

Compiled = dict[str, Any]


@functools.cache
def names() -> tuple[str, ...]:
    """Give the names of the shipped packs, such as `tokyo-ai@1`, sorted."""
    if resources.PACKAGED:
        return tuple(sorted(path.stem for path in resources.COMPILED.glob("*@*.json")))
    folders = resources.DATA.glob("*/*/guideline.yaml")
    return tuple(sorted(f"{path.parts[-3]}@{path.parts[-2]}" for path in folders))


@functools.cache
def load(name: str) -> tuple[Guideline, ClassificationPolicy]:
    """Load a pack by name. Raises: AiguideError `unknown-guideline`, UnreadableError."""
    if name not in names():
        raise AiguideError("unknown-guideline", name=name, near=near(name, names()), known=names())
    data = compiled.load(name, resources.DATA.joinpath(*name.split("@")), compile_folder)
    return read_guideline(data), read_policy(data[CLASSIFY])


@functools.cache
def load_model(name: str) -> Model:
    """Load a pack's classification model. Raises: UnreadableError, AiguideError `bad-model`."""
    return models.load(resources.DATA.joinpath(*name.split("@"), models.NAME))


def compile_folder(folder: Path) -> Compiled:
    """Compile a pack's YAML into plain data, strictly.

    Raises: UnreadableError with every finding of every file.
    """
    from aiguide.store import schemas, strict_yaml

    joined: Compiled = {}
    findings: list[Finding] = []
    documents: dict[str, strict_yaml.Document] = {}
    for file, schema in _files(folder):
        key = str(file.relative_to(folder).as_posix())
        try:
            documents[key] = strict_yaml.read(file)
        except UnreadableError as error:
            findings += error.findings
            continue
        for finding in schemas.check(schema, documents[key].data):
            findings.append(_placed(finding, file, documents[key]))
    if not findings:
        joined = _joined({key: document.data for key, document in documents.items()})
        for key, finding in dangling({key: one.data for key, one in documents.items()}):
            findings.append(_placed(finding, folder / key, documents[key]))
    if findings:
        raise UnreadableError(str(folder), tuple(findings))
    return joined


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Give the files of a pack with their schemas; a missing one is found by reading it."""
    for name in (HEAD, CELLS, DOCUMENTS, CLASSIFY):
        yield folder / f"{name}.yaml", name
    for file in sorted((folder / ITEMS).glob("*.yaml")):
        yield file, ITEMS


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
    return {
        HEAD: head,
        CELLS: parts[f"{CELLS}.yaml"]["cells"],
        DOCUMENTS: parts[f"{DOCUMENTS}.yaml"]["documents"],
        CLASSIFY: parts[f"{CLASSIFY}.yaml"],
        ITEMS: items,
    }


def _placed(finding: Finding, file: Path, document: Any) -> Finding:
    line, column = document.place(finding.pointer)
    return Finding(finding.code, finding.args, finding.pointer, str(file), line, column)
