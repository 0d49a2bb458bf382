"""Evidence files: their digests, and whether they are still what was recorded."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from aiguide.core.errors import AiguideError
from aiguide.core.findings import Finding
from aiguide.core.project import Evidence, EvidenceKind, Project
from aiguide.core.rules import leaves_folder


def attach(project_file: Path, target: str) -> Evidence:
    """Make evidence of a file inside the project's folder; `target` is relative to the folder.

    Raises: AiguideError `evidence-outside`, `evidence-missing`, `same-file`.
    """
    if leaves_folder(target) or _escapes(project_file, target):
        raise AiguideError("evidence-outside", target=target)
    file = project_file.parent / target
    digest = _digest(file)
    if digest is None:
        raise AiguideError("evidence-missing", target=target)
    if file.samefile(project_file):
        raise AiguideError("same-file", file=target)
    return Evidence(EvidenceKind.FILE, target.replace("\\", "/"), digest)


def mismatches(project_file: Path, project: Project) -> Iterator[Finding]:
    """Find evidence files that are gone or changed (AG305), or links out of the folder (AG306)."""
    for id, answer in project.answers.items():
        for index, evidence in enumerate(answer.evidence):
            if evidence.kind is EvidenceKind.FILE and not leaves_folder(evidence.target):
                pointer = ("answers", id, "evidence", index, "target")
                finding = _mismatch(project_file, evidence)
                if finding:
                    yield replace(finding, pointer=pointer)


def _mismatch(project_file: Path, evidence: Evidence) -> Finding | None:
    if _escapes(project_file, evidence.target):
        return Finding("AG306", {"target": evidence.target})
    found = _digest(project_file.parent / evidence.target)
    if found is None:
        return Finding("AG305", {"target": evidence.target, "reason": "gone"})
    if evidence.sha256 and found != evidence.sha256.lower():
        return Finding("AG305", {"target": evidence.target, "reason": "changed"})
    return None


def _escapes(project_file: Path, target: str) -> bool:
    folder = project_file.parent.resolve()
    try:
        return not (folder / target).resolve().is_relative_to(folder)
    except (OSError, RuntimeError):
        return False  # a loop of links leads to no file, which is said as such


def _digest(path: Path) -> str | None:
    """Digest a regular file, whatever its size; None where there is none to read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, RuntimeError):
        return None
