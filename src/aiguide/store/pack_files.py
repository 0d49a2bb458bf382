"""Reading the YAML files of a pack: what each says, and all that is wrong with it as such."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import Formatter
from typing import Any

from aiguide.core.errors import UnreadableError
from aiguide.core.findings import Finding
from aiguide.core.text import LANGS
from aiguide.store import schemas, strict_yaml, words, yaml_slips
from aiguide.store.pack_references import dangling

HEAD, CELLS, DOCUMENTS, CLASSIFY, ITEMS = "guideline", "cells", "documents", "classify", "items"
CHANGES, RELEASED = "changes", "released"
# What people take for the ending of YAML files; only the first is read.
YAML_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The files of a pack that could be parsed, by their names in it, and what was found.

    `findings` are of reading and of the schemas; `unread` are the files that could not be parsed.
    """

    folder: Path
    documents: dict[str, strict_yaml.Document] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def parts(self) -> dict[str, Any]:
        """Give what the files say, as plain data that may not fit its schema."""
        return {key: document.data for key, document in self.documents.items()}

    def placed(self, key: str, finding: Finding) -> Finding:
        """Give a finding with its place in a file."""
        line, column = self.documents[key].place(finding.pointer)
        return replace(finding, file=str(self.folder / key), line=line, column=column)

    def cut_short(self) -> Iterator[Finding]:
        """Find texts that end at the "#" of a comment on their line (AG647)."""
        for key, document in self.documents.items():
            for pointer, (line, column, comment) in document.commented.items():
                if pointer and pointer[-1] in LANGS:
                    file = str(self.folder / key)
                    yield Finding("AG647", {"seen": comment}, pointer, file, line, column)

    def references(self) -> Iterator[Finding]:
        """Find ids that lead nowhere, or that stand for two things (AG206, AG207, AG646)."""
        malformed = {(one.file, one.pointer) for one in self.findings}
        for key, finding in dangling(self.parts, self.unread):
            placed = self.placed(key, finding)
            if "first" in finding.args:
                name, pointer = finding.args["first"]
                line, _ = self.documents[name].place(pointer)
                placed = replace(placed, args={**finding.args, "first": f"{name}:{line}"})
            if (placed.file, placed.pointer) not in malformed:
                yield placed


def read(folder: Path) -> PackFiles:
    """Read every file of a pack."""
    pack = PackFiles(folder)
    for file, schema in _files(folder):
        key = file.relative_to(folder).as_posix()
        try:
            pack.documents[key] = strict_yaml.read(file)
        except UnreadableError as error:
            pack.findings.extend(error.findings)
            pack.unread.append(key)
            continue
        found = schemas.check(schema, pack.documents[key].data)
        for one in found:
            placed = pack.placed(key, one)
            slip = _slip(pack.documents[key], placed) or _misfilled(placed)
            pack.findings.append(slip or placed)
    return pack


def _slip(document: strict_yaml.Document, finding: Finding) -> Finding | None:
    """Give what is behind a text where names with values, or entries, are wanted: a slip."""
    if finding.code != "AG113":
        return None
    value = document.data
    for step in finding.pointer:
        value = value[step]
    if value == "all" and finding.pointer[-2] == "applies_to":
        return replace(finding, code="AG114", args={"value": "[all]", "rule": "applies-to"})
    expected = finding.args.get("expected", ())
    slip = None
    if isinstance(value, str) and "object" in expected:
        slip = yaml_slips.in_text(value)
    if isinstance(value, str) and "array" in expected:
        slip = slip or yaml_slips.in_entry(value)
    if slip is None:
        return None
    kind, inside = slip
    args = {"slip": kind, "seen": value}
    return replace(finding, code="AG122", args=args, column=finding.column + inside)


def _misfilled(finding: Finding) -> Finding | None:
    """Tell of a sentence that a pack says otherwise which blanks it may have (AG645)."""
    top, key, *_ = *finding.pointer, "", ""
    texts = words.load("en").texts if finding.code == "AG114" and top == "words" else {}
    if key not in texts:
        return None
    names = (name for _, name, _, _ in Formatter().parse(texts[str(key)].en) if name)
    blanks = [f"{{{name}}}" for name in dict.fromkeys(names)] or "-"
    return replace(finding, code="AG645", args={"value": finding.args["value"], "blanks": blanks})


def never_read(folder: Path) -> Iterator[Finding]:
    """Find files that look like a part of a pack and are read by nothing (AG630)."""
    read_ones = {file for file, _ in _files(folder)}
    for here, _, names in os.walk(folder):
        for name in sorted(names):
            file = Path(here, name)
            if file.suffix.lower() in YAML_ENDINGS and file not in read_ones:
                reason = "place" if file.suffix == ".yaml" else "ending"
                args = {"name": file.name, "why": reason}
                yield Finding("AG630", args, (), str(file))


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Give the files of a pack with their schemas; one that it must have is found by reading it."""
    for name in (HEAD, CELLS, DOCUMENTS):
        yield folder / f"{name}.yaml", name
    for name in (CLASSIFY, CHANGES, RELEASED):
        if (folder / f"{name}.yaml").exists():
            yield folder / f"{name}.yaml", name
    for file in sorted((folder / ITEMS).glob("*.yaml")):
        yield file, ITEMS
