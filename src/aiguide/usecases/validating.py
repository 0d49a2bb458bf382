"""Examining manifests: every finding of every file, one file at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from aiguide.core import rules
from aiguide.core.baseline import Accepted
from aiguide.core.checklist import Checklist
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.findings import Finding
from aiguide.core.suggest import near
from aiguide.core.validation import Examined, FileView, Run
from aiguide.core.verdict import GATE_ALL, is_unsure
from aiguide.core.words import Words
from aiguide.store import evidence, packs, projects
from aiguide.store.files import write_pieces
from aiguide.usecases.guidelines import DEFAULT_PACK, phase_meant
from aiguide.usecases.projects import Opened, open_known, open_project
from aiguide.usecases.validation_order import Order

MOST_ASKED = 100  # manifests of which git is asked, each by itself
TEXT = "text"
FINDINGS_FORMATS = (TEXT, "json", "sarif", "junit", "github", "md")


def validate(paths: Sequence[Path], words: Words, order: Order) -> Run:
    """Examine every manifest that `paths` stand for, as the run is gone through.

    Raises: AiguideError `unknown-phase` for a gate that is none, `unknown-code`,
    `nothing-to-validate`; UnreadableError for a baseline that cannot be read.
    """
    require_codes(words, (*order.choice.select, *order.choice.ignore))
    baseline = None
    if order.baseline:
        from aiguide.store import baselines

        baseline = baselines.read(order.baseline)
    files = _files(paths)
    first = next(files, None)
    if first is None:
        raise AiguideError("nothing-to-validate", paths=[str(path) for path in paths])
    if order.gate.lower() == GATE_ALL:
        order = replace(order, gate=GATE_ALL)
    elif order.gate:
        order = replace(order, gate=_gate_meant(order.gate, first.parent))
    examined = (_examine(file, order) for file in chain((first,), files))
    return Run(words, examined, order.choice, baseline)


def _gate_meant(given: str, near: Path) -> str:
    """Give the id of the phase that is meant, of any guideline known near the first file.

    Raises: AiguideError `unknown-phase`, with the phases of the default guideline.
    """
    guideline, _ = packs.load(DEFAULT_PACK)
    for name in packs.names(near):
        try:
            return phase_meant(packs.load(name, near)[0], given)
        except AiguideError:  # not one of its phases, or a pack that cannot be used
            continue
    return phase_meant(guideline, given)


def require_codes(words: Words, given: Iterable[str]) -> None:
    """Insist that each code is one, or begins one. Raises: AiguideError `unknown-code`."""
    for code in given:
        if not code or not any(known.startswith(code) for known in words.kinds):
            raise AiguideError("unknown-code", id=code, near=near(code.upper(), words.kinds))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Give each manifest once; only where several paths are given can one come twice."""
    if len(paths) == 1:
        yield from projects.walk(paths[0])
        return
    seen: set[str] = set()
    for path in paths:
        for file in projects.walk(path):
            if str(file) not in seen:
                seen.add(str(file))
                yield file


def readable(paths: Sequence[Path]) -> list[Opened]:
    """Give the manifests that can be read, of which git can be asked: none where they are many."""
    files = [*islice(_files(paths), MOST_ASKED + 1)]
    found = []
    for file in files if len(files) <= MOST_ASKED else ():
        with suppress(AiguideError):
            found.append(open_project(file))
    return found


def _examine(file: Path, order: Order) -> Examined:
    try:
        opened, dangling = open_known(file)
    except UnreadableError as error:
        if error.args_said["file"] != str(file):
            raise
        return Examined(str(file), error.findings, 0, _codes(error.findings))
    checklist = opened.checklist(order.today)
    unsure = not dangling and is_unsure(opened.project, opened.decide)
    findings = [*dangling, *rules.check(checklist, unsure)]
    findings += rules.unattested(checklist, opened.manifest.project, dangling)
    findings += evidence.mismatches(file, opened.project)
    if order.gate and not dangling:
        findings += _gate_findings(opened, checklist, order.gate)
    placed = opened.manifest.placed(tuple(findings)) if findings else ()
    count, own = len(checklist.questions), opened.guideline.words
    return Examined(str(file), placed, count, _codes(dangling), own)


def _gate_findings(opened: Opened, checklist: Checklist, gate: str) -> Iterable[Finding]:
    """Find what keeps a gate shut, or that the project's guideline has no such phase."""
    phases = [phase.id for phase in opened.guideline.phases]
    if gate not in (GATE_ALL, *phases):
        args = {"gate": gate, "name": opened.guideline.name, "known": phases}
        return (Finding("AG314", args, ("guideline",)),)
    return rules.gate_unmet(checklist, opened.judge(checklist, gate), gate)


def _codes(findings: Iterable[Finding]) -> frozenset[str]:
    return frozenset(finding.code for finding in findings)


def write_baseline(
    path: Path, run: Run, sources: Sequence[Path]
) -> tuple[int, tuple[FileView, ...]]:
    """Go through a run and write what it found to a baseline; gives how many were accepted.

    What stands in the way of examining a file whole is not: those files are given as well.
    Raises: as `write`.
    """
    from aiguide.store import baselines

    require_no_manifest(path, sources)
    accepted: Counter[Accepted] = Counter()
    refused = []
    for view in run:
        if not view.whole:
            refused.append(view)
            continue
        name = baselines.name_of(view.file, path)
        accepted.update(
            Accepted(name, one.code, one.pointer, one.fingerprint) for one in view.findings
        )
    baselines.write(path, accepted)
    return accepted.total(), tuple(refused)


def written(run: Run, format: str) -> Iterator[bytes]:
    """Write a run in one of `FINDINGS_FORMATS` but text, in pieces, in UTF-8.

    Half a surrogate pair, which only a file's name can hold, is written as its escape.
    """
    from aiguide import render

    return (piece.encode(errors="backslashreplace") for piece in render.findings(format)(run))


def write(path: Path, pieces: Iterable[bytes], sources: Sequence[Path]) -> None:
    """Write what was found to a file, never over a manifest.

    Raises: AiguideError `same-file`, `no-folder`, `not-a-file`, `cannot-write`.
    """
    require_no_manifest(path, sources)
    write_pieces(path, pieces)


def require_no_manifest(path: Path, sources: Sequence[Path]) -> None:
    """Insist that a file to write is no manifest. Raises: AiguideError `same-file`, `no-folder`."""
    if not path.parent.is_dir():
        raise AiguideError("no-folder", folder=str(path.parent))
    named = path.exists() and any(one.exists() and path.samefile(one) for one in sources)
    if named or projects.is_manifest(path.name) or projects.is_manifest(path.resolve().name):
        raise AiguideError("same-file", file=str(path))
