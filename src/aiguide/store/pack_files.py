"""Reading the YAML files of a pack: what each says, and all that is wrong with it as such."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aiguide.core.errors import UnreadableError
from aiguide.core.findings import Finding, Pointer
from aiguide.core.pack_entries import Entry, entry_of
from aiguide.core.text import LANGS
from aiguide.store import pack_slips, schemas, strict_yaml
from aiguide.store.pack_references import dangling

HEAD, CELLS, DOCUMENTS, CLASSIFY, ITEMS = "guideline", "cells", "documents", "classify", "items"
CHANGES, RELEASED = "changes", "released"
# What people take for the ending of YAML files; only the first is read.
YAML_ENDINGS = (".yaml", ".yml")
# Findings that say what does not fit, not what would: with these goes what a field is for.
_WANT_A_HINT = ("AG110", "AG112", "AG113", "AG114")
# Findings of a file as a whole: no rest of it is left to be checked.
_OF_THE_WHOLE = ("AG101", "AG102", "AG105")


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The files of a pack that could be parsed, by their names in it, and what was found.

    `findings` are of reading and of the schemas; `unread` are the files that could not be parsed;
    `lost` are ids that lead nowhere, or that stand for two things (AG206, AG207, AG646).
    """

    folder: Path
    documents: dict[str, strict_yaml.Document] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    lost: list[Finding] = field(default_factory=list)

    @property
    def parts(self) -> dict[str, Any]:
        """Give what the files say, as plain data that may not fit its schema."""
        return {key: document.data for key, document in self.documents.items()}

    def placed(self, key: str, finding: Finding) -> Finding:
        """Give a finding with its place in a file, and the entry there that it is about."""
        document, pointer = self.documents[key], finding.pointer
        line, column = document.place(pointer)
        if finding.code == "AG111" or finding.args.get("slip") == "indent":
            (line, column), pointer = document.names[pointer], pointer[:-1]
        args = dict(finding.args)
        entry = self._entry(key, finding, pointer)
        if _is_to_be_named(finding, entry):
            args["entry"] = entry
        if "first" in args:
            name, other = args["first"]
            args["first"] = f"{name}:{self.documents[name].place(other)[0]}"
        column += args.get("offset", 0)
        file = str(self.folder / key)
        return replace(finding, args=args, file=file, line=line, column=column)

    def _entry(self, key: str, finding: Finding, pointer: Pointer) -> Entry:
        """Tell in which entry something is; `field` only where what it is for is to be said."""
        entry = entry_of(_stem(key), self.documents[key].data, pointer)
        if finding.code not in _WANT_A_HINT:
            return replace(entry, field=())
        missing = finding.args.get("name") if finding.code == "AG110" else None
        if isinstance(missing, list):  # what each is for would be more than anybody reads
            return replace(entry, field=())
        below = [missing] if missing and missing not in LANGS else []
        return replace(entry, field=(*entry.field, *below))

    def cut_short(self) -> Iterator[Finding]:
        """Find texts that end at the "#" of a comment on their line (AG647)."""
        for key, document in self.documents.items():
            for pointer, (line, column, comment) in document.commented.items():
                if pointer and pointer[-1] in LANGS:
                    file = str(self.folder / key)
                    yield Finding("AG647", {"seen": comment}, pointer, file, line, column)

    def wrapped(self) -> Iterator[Finding]:
        """Find texts with a blank where they go on in another line (AG651)."""
        for key, document in self.documents.items():
            for pointer, (line, column, seen) in document.wrapped.items():
                file = str(self.folder / key)
                yield Finding("AG651", {"seen": seen}, pointer, file, line, column)


def _is_to_be_named(finding: Finding, entry: Entry) -> bool:
    """Tell whether a finding leaves open what it is about."""
    if not entry.kind and finding.code != "AG615":
        return finding.code.startswith("AG1") or finding.pointer[-1:] in [(lang,) for lang in LANGS]
    if finding.code == "AG615":  # what is left to be written says so itself, and there is much
        return False
    return finding.code == "AG206" or not {"id", "ids"} & finding.args.keys()


def read(folder: Path) -> PackFiles:
    """Read every file of a pack."""
    pack = PackFiles(folder)
    for file, schema in _files(folder):
        key = file.relative_to(folder).as_posix()
        try:
            pack.documents[key] = strict_yaml.read(file)
        except UnreadableError as error:
            pack.findings.extend(_unread(key, error.findings))
            pack.unread.append(key)
            continue
        document = pack.documents[key]
        found = pack_slips.found(document.data, schemas.check(schema, document.data))
        pack.findings.extend(pack.placed(key, one) for one in found)
    _refer(pack)
    return pack


def _unread(key: str, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Say of a file that cannot be parsed that nothing else of it was checked."""
    for index, one in enumerate(findings):
        rest = index == len(findings) - 1 and one.code not in _OF_THE_WHOLE
        entry = entry_of(_stem(key), None, ())
        yield replace(one, args={**one.args, "entry": replace(entry, field=()), "rest": rest})


def _refer(pack: PackFiles) -> None:
    """Find references that lead nowhere; of one that is no id, the ids there are say more."""
    keys = {str(pack.folder / key): key for key in pack.documents}
    malformed = {(keys[one.file], one.pointer): one for one in pack.findings if one.file in keys}
    no_ids = {place for place, one in malformed.items() if one.args.get("rule") == "id"}
    for key, finding in dangling(pack.parts, pack.unread, malformed):
        above = {(key, finding.pointer[:count]) for count in range(len(finding.pointer) + 1)}
        if not above & (malformed.keys() - no_ids):
            pack.lost.append(pack.placed(key, finding))
    said = {(one.file, one.pointer) for one in pack.lost}
    pack.findings[:] = [
        one for one in pack.findings if one.code != "AG114" or (one.file, one.pointer) not in said
    ]


def _stem(key: str) -> str:
    """Give what a file of a pack is about: its name, or that of its folder."""
    return key.partition("/")[0].removesuffix(".yaml")


def never_read(folder: Path) -> Iterator[Finding]:
    """Find files that look like a part of a pack and are read by nothing (AG630)."""
    read_ones = {file for file, _ in _files(folder)}
    for here, _, names in os.walk(folder):
        for name in sorted(names):
            file = Path(here, name)
            if file.suffix.lower() in YAML_ENDINGS and file not in read_ones:
                reason = "place" if file.suffix == ".yaml" else "ending"
                args = {"name": file.name, "why": reason}
                yield Finding("AG630", args, (), str(file), 1, 1)


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Give the files of a pack with their schemas; one that it must have is found by reading it."""
    for name in (HEAD, CELLS, DOCUMENTS):
        yield folder / f"{name}.yaml", name
    for name in (CLASSIFY, CHANGES, RELEASED):
        if (folder / f"{name}.yaml").exists():
            yield folder / f"{name}.yaml", name
    for file in sorted((folder / ITEMS).glob("*.yaml")):
        yield file, ITEMS
