"""Evidence files: their digests, and whether they are still what was recorded."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.findings import Finding
from aiguide.core.project import Evidence, EvidenceKind, Project
from aiguide.core.rules import leaves_folder
from aiguide.store.files import read_bytes


def attach(project_file: Path, target: str) -> Evidence:
    """Make evidence of a file inside the project's folder; `target` is relative to the folder.

    Raises: AiguideError `evidence-outside`, `evidence-missing`.
    """
    if leaves_folder(target) or _escapes(project_file, target):
        raise AiguideError("evidence-outside", target=target)
    digest = _digest(project_file.parent / target)
    if digest is None:
        raise AiguideError("evidence-missing", target=target)
    return Evidence(EvidenceKind.FILE, target.replace("\\", "/"), digest)


def mismatches(project_file: Path, project: Project) -> Iterator[Finding]:
    """Find evidence files that are gone or changed (AG305)."""
    for id, answer in project.answers.items():
        for index, evidence in enumerate(answer.evidence):
            if evidence.kind is EvidenceKind.FILE and not leaves_folder(evidence.target):
                found = _digest(project_file.parent / evidence.target)
                if found is None or (evidence.sha256 and found != evidence.sha256.lower()):
                    pointer = ("answers", id, "evidence", index, "target")
                    reason = "changed" if found else "gone"
                    yield Finding("AG305", {"target": evidence.target, "reason": reason}, pointer)


def _escapes(project_file: Path, target: str) -> bool:
    folder = project_file.parent.resolve()
    return not (folder / target).resolve().is_relative_to(folder)


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except UnreadableError:
        return None
