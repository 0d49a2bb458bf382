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
CHANGES = "changes"

Compiled = dict[str, Any]


@functools.cache
def folders() -> Mapping[str, Path]:
    """Map the names of the packs, such as `tokyo-ai@1`, to their folders, in order of version."""
    return found_in(resources.DATA)


def found_in(root: Path) -> dict[str, Path]:
    """Map the packs below a folder, `<id>/<version>/`, to their folders, in order of version."""
    heads = (head.parent for head in root.glob(f"*/*/{HEAD}.yaml"))
    found = [(one.parent.name, int(one.name), one) for one in heads if one.name.isdecimal()]
    return {f"{id}@{version}": folder for id, version, folder in sorted(found)}


def names() -> tuple[str, ...]:
    """Give the names of the packs, in order of version."""
    return tuple(folders())


@functools.cache
def load(name: str) -> tuple[Guideline, ClassificationPolicy | None]:
    """Load a pack by name, with what its classification knows where it has one.

    Raises: AiguideError `unknown-guideline`, UnreadableError.
    """
    guideline = read_guideline(_compiled(name))
    if guideline.classification is None:
        return guideline, None
    return guideline, read_policy(_compiled(_classifying(guideline))[CLASSIFY])


def _compiled(name: str) -> Compiled:
    known = folders()
    if name not in known:
        near_name = near(name, tuple(known))
        raise AiguideError("unknown-guideline", name=name, near=near_name, known=tuple(known))
    data: Compiled = compiled.load(name, known[name], compile_folder)
    return data


def _classifying(guideline: Guideline) -> str:
    """Name the version of a pack whose classification it uses."""
    return f"{guideline.id}@{guideline.classification}"


@functools.cache
def load_model(name: str) -> Model:
    """Load a pack's classification model. Raises: UnreadableError, AiguideError `bad-model`."""
    guideline, _ = load(name)
    return models.load(folders()[_classifying(guideline)] / models.NAME)


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
        parts = {key: document.data for key, document in documents.items()}
        joined = _joined(parts)
        for key, finding in (*dangling(parts), *_lent(folder, parts[f"{HEAD}.yaml"])):
            findings.append(_placed(finding, folder / key, documents[key]))
    if findings:
        raise UnreadableError(str(folder), tuple(findings))
    return joined


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Give the files of a pack with their schemas; one that it must have is found by reading it."""
    for name in (HEAD, CELLS, DOCUMENTS):
        yield folder / f"{name}.yaml", name
    for name in (CLASSIFY, CHANGES):
        if (folder / f"{name}.yaml").exists():
            yield folder / f"{name}.yaml", name
    for file in sorted((folder / ITEMS).glob("*.yaml")):
        yield file, ITEMS


def _lent(folder: Path, head: Mapping[str, Any]) -> Iterator[tuple[str, Finding]]:
    """Find a classification that is to be another version's, and that that one does not have."""
    lender = head.get("classification")
    if lender is None:
        return
    if not (folder.parent / str(lender) / f"{CLASSIFY}.yaml").is_file():
        lacking = {"id": f"{head['id']}@{lender} ({CLASSIFY}.yaml)", "near": None}
        yield f"{HEAD}.yaml", Finding("AG206", lacking, ("classification",))


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
        name: parts[f"{name}.yaml"] for name in (CLASSIFY, CHANGES) if f"{name}.yaml" in parts
    }
    return {
        HEAD: head,
        CELLS: parts[f"{CELLS}.yaml"]["cells"],
        DOCUMENTS: parts[f"{DOCUMENTS}.yaml"]["documents"],
        ITEMS: items,
        **optional,
    }


def _placed(finding: Finding, file: Path, document: Any) -> Finding:
    line, column = document.place(finding.pointer)
    return Finding(finding.code, finding.args, finding.pointer, str(file), line, column)
