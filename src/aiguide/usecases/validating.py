"""Examining manifests: every finding of every file."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from aiguide.core import rules
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.findings import Finding
from aiguide.core.verdict import GATE_ALL
from aiguide.store import evidence, packs, projects
from aiguide.usecases.guidelines import DEFAULT_PACK, phase_meant
from aiguide.usecases.projects import open_project


def validate(
    paths: Sequence[Path], gate: str | None, today: str
) -> tuple[int, tuple[Finding, ...]]:
    """Examine every manifest that `paths` stand for.

    Returns the number of files examined and every finding of every file, in order.
    Raises: AiguideError `unknown-phase` for a gate that is none, `nothing-to-validate`.
    """
    if gate is not None and gate != GATE_ALL:
        guideline, _ = packs.load(DEFAULT_PACK)
        gate = phase_meant(guideline, gate)
    files = list(dict.fromkeys(file for path in paths for file in projects.found_in(path)))
    if not files:
        raise AiguideError("nothing-to-validate", paths=[str(path) for path in paths])
    findings = [finding for file in files for finding in _examine(file, gate, today)]
    return len(files), tuple(findings)


def _examine(file: Path, gate: str | None, today: str) -> Iterator[Finding]:
    try:
        opened = open_project(file)
    except UnreadableError as error:
        if error.args_said["file"] != str(file):
            raise
        yield from error.findings
        return
    checklist = opened.checklist(today)
    findings = [*rules.check(checklist, opened.judge(checklist))]
    findings += evidence.mismatches(file, opened.project)
    if gate is not None:
        findings += rules.gate_unmet(opened.judge(checklist, gate), gate)
    yield from opened.manifest.placed(tuple(findings))
