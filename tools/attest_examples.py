"""Give the examples' hand-written answers their item digests and their history anew.

Run it after the pack's wording or an example's answers changed: `make examples`. The examples stay
readable by hand; only digests, evidence digests and history are written.
"""

import sys
from dataclasses import replace
from pathlib import Path

from aiguide.core import recording
from aiguide.core.project import Answer, Classification, EvidenceKind, Project
from aiguide.store import evidence, packs, projects


def attest(file: Path) -> None:
    """Rewrite one example."""
    project = projects.read(file).project
    guideline, _ = packs.load(f"{project.guideline_id}@{project.guideline_version}")
    digests = {item.id: item.digest for item in guideline.items}
    bare = replace(project, answers={}, history=(), classification=Classification())
    at = project.classification.at or min(answer.at for answer in project.answers.values())
    by = project.owner or "例"
    attested = recording.start(bare, by=by, at=at)
    if project.classification.cells:
        attested = recording.classify(attested, project.classification, by=by, at=at)
    for id, answer in sorted(project.answers.items(), key=lambda pair: pair[1].at):
        stamped = replace(_with_evidence(file, answer), item_digest=digests[id])
        attested = recording.answer(attested, id, stamped, by=answer.by, at=answer.at)
    projects.save(file, _in_order(attested, [item.id for item in guideline.items]))


def _with_evidence(file: Path, answer: Answer) -> Answer:
    attached = tuple(
        evidence.attach(file, one.target) if one.kind is EvidenceKind.FILE else one
        for one in answer.evidence
    )
    return replace(answer, evidence=attached)


def _in_order(project: Project, ids: list[str]) -> Project:
    ordered = {id: project.answers[id] for id in ids if id in project.answers}
    return replace(project, answers=ordered)


if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1]).glob("*/project.json")):
        attest(path)
