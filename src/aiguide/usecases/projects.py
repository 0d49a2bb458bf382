"""Opening, starting and changing a project, and recording answers."""

import contextlib
import math
import os
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from aiguide.core import checklist as checklists
from aiguide.core import recording, rules, verdict
from aiguide.core.answers import (
    Said,
    answered,
    begins_as_web_address,
    is_web_address,
    lacking,
    mark,
    same_answer,
)
from aiguide.core.attestation import attested
from aiguide.core.checklist import Checklist, Question
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.evidence import EvidenceState
from aiguide.core.findings import Finding
from aiguide.core.guideline import Guideline, Item
from aiguide.core.history import last_steps
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.project import (
    Answer,
    Classification,
    Entry,
    Evidence,
    EvidenceKind,
    Project,
    Status,
)
from aiguide.core.stamp import Stamp
from aiguide.core.verdict import Judgement
from aiguide.store import evidence, packs, projects
from aiguide.usecases import uploads
from aiguide.usecases.guidelines import facts_meant
from aiguide.usecases.project_folder import ProjectFolder
from aiguide.usecases.uploads import Sent

# Where a pack has no classification, no tool can have chosen a cell by it.
UNDECIDABLE = math.inf


@dataclass(frozen=True, slots=True)
class Opened:
    """A project with the pack that it names, its references known to hold.

    `overtaken`: what somebody else had answered meanwhile, and the answer just recorded replaced.
    """

    path: Path
    project: Project
    guideline: Guideline
    policy: ClassificationPolicy | None
    manifest: projects.Manifest
    overtaken: Answer | None = None

    def checklist(self, today: str) -> Checklist:
        """Build the project's checklist as of `today`."""
        return checklists.build(self.guideline, self.project, today)

    def inspected(self, today: str) -> Checklist:
        """Build the checklist, and look at its evidence and at what stale answers answered."""
        seen = checklists.inspected(self.checklist(today), evidence_states(self))
        return replace(seen, questions=tuple(map(self._recalled, seen.questions)))

    def looked_at(self, question: Question) -> Question:
        """Give a question that knows which of its evidence is bad, and what its answer answered."""
        if question.answer is None:
            return question
        alone = replace(self.project, answers={question.item.id: question.answer})
        states = evidence.states(self.path, alone)
        bad = tuple(one for one in states if one.is_bad)
        return replace(self._recalled(question), bad_evidence=bad)

    def _recalled(self, question: Question) -> Question:
        if not question.stale:
            return question
        from aiguide.core import former  # rarely needed
        from aiguide.usecases import versions

        way = versions.leading_to(self.guideline, self.path.parent)
        return former.recalled(question, way)

    def judge(self, checklist: Checklist, gate: str | None = None) -> Judgement:
        """Judge a checklist at the project's phase or at a gate."""
        return verdict.judge(checklist, self.decide, gate)

    @property
    def decide(self) -> float:
        """Give the confidence from which a tool's classification needs nobody to confirm it."""
        return self.policy.decide if self.policy else UNDECIDABLE


def open_project(path: Path) -> Opened:
    """Open a project.

    Raises: UnreadableError with all that is wrong with the manifest (AG1xx, AG2xx).
    """
    opened, dangling = open_known(path)
    if dangling:
        raise UnreadableError.at(path, *opened.manifest.placed(dangling))
    return opened


def open_known(path: Path) -> tuple[Opened, tuple[Finding, ...]]:
    """Open what of a project its pack knows; gives the ids that it does not know as well.

    Raises: UnreadableError with all that keeps it from being read (AG1xx, AG205).
    """
    manifest = projects.read(path)
    project = manifest.project
    guideline, policy = _pack_of(manifest, path)
    dangling = rules.references(guideline, project)
    known = rules.known_part(guideline, project) if dangling else project
    return Opened(path, known, guideline, policy, manifest), dangling


def _pack_name(project: Project) -> str:
    return f"{project.guideline_id}@{project.guideline_version}"


def _pack_of(
    manifest: projects.Manifest, path: Path
) -> tuple[Guideline, ClassificationPolicy | None]:
    """Load the pack that a manifest names. Raises: UnreadableError (AG205, AG208)."""
    name = _pack_name(manifest.project)
    try:
        return packs.load(name, path.parent)
    except UnreadableError as error:
        if error.code != "unusable-pack":
            raise
        first = error.findings[0]
        args = {"id": name, "count": len(error.findings), "folder": first.file}
        found = Finding("AG208", args, ("guideline",))
    except AiguideError as error:
        if error.code != "unknown-guideline":
            raise
        found = Finding("AG205", {**error.args_said, "id": name}, ("guideline",))
    raise UnreadableError.at(path, *manifest.placed((found,)))


def start_project(path: Path, pack: str, facts: Mapping[str, Any], stamp: Stamp) -> Project:
    """Write a new manifest.

    `facts` maps fields of `Project` to values, `cells` to the cells chosen, `cell_reason` to why.
    Raises: AiguideError (`reason-without-cell`, `unknown-cell` and the like, `exists`,
    `no-folder`, `cannot-write`).
    """
    guideline, _ = packs.load(pack, path.parent)
    values = facts_meant(guideline, facts)
    cells, reason = values.pop("cells", ()), values.pop("cell_reason", None)
    chosen = _confirmed(Classification(), cells, stamp) if cells else Classification()
    chosen = _reasoned(chosen, reason)
    project = Project(
        guideline_id=guideline.id,
        guideline_version=guideline.version,
        classification=chosen,
        **{"phase": guideline.stages[0], **values},
    )
    started = recording.start(project, by=stamp.by, at=stamp.at)
    projects.create(path, started)
    return started


def start_in(folder: ProjectFolder, pack: str, facts: Mapping[str, Any], stamp: Stamp) -> Path:
    """Write a new manifest into a folder of its own, named after the project; gives its path.

    The name of that folder is the project's id. Raises: as `start_project` does.
    """
    path = folder.new_place(facts["name"])
    try:
        start_project(path, pack, {"id": path.parent.name, **facts}, stamp)
    except BaseException:
        with contextlib.suppress(OSError):  # what is in it stays, and says what went wrong
            path.parent.rmdir()
        raise
    return path


def change_project(
    opened: Opened, facts: Mapping[str, Any], stamp: Stamp, *, as_seen: bool = False
) -> tuple[Opened, tuple[Entry, ...]]:
    """Change facts, conditions, phase or cells of a project; conditions are merged in.

    The manifest is read again first. Gives the project then, which is on disk, and the steps that
    this made; none where nothing changed.
    `as_seen`: what to change must still be as in `opened`. Raises: AiguideError `facts-overtaken`.
    """
    with projects.held(opened.path):
        fresh = open_project(opened.path)
        meant = facts_meant(fresh.guideline, facts)
        if as_seen and _standing(fresh.project, meant) != _standing(opened.project, meant):
            raise AiguideError("facts-overtaken")
        project = _changed(fresh.project, meant, stamp)
        if project is fresh.project:
            return fresh, ()
        projects.save(opened.path, project)
        return replace(fresh, project=project), project.history[len(fresh.project.history) :]


def known_facts(opened: Opened) -> dict[str, Any]:
    """Give what a project says of itself, as `start_project` takes it, but for what is empty."""
    project = opened.project
    names = ("name", "organization", "owner", "description", "cells")
    told = {name: getattr(project, name) for name in names}
    told["cell_reason"] = project.classification.reason
    held = {"conditions": dict(project.conditions)}
    return {name: value for name, value in told.items() if value} | held


def _standing(project: Project, facts: Mapping[str, Any]) -> list[Any]:
    """Give what stands by now of the facts that are to be changed."""
    held = project.conditions
    conditions = [held.get(id) for id in facts.get("conditions", ())]
    reason = [project.classification.reason] if "cell_reason" in facts else []
    others = [name for name in facts if name not in ("conditions", "cell_reason")]
    return conditions + reason + [getattr(project, name) for name in others]


def _changed(project: Project, facts: Mapping[str, Any], stamp: Stamp) -> Project:
    """Give a project with other facts; the same one where nothing changes."""
    values = dict(facts)
    cells, reason = values.pop("cells", None), values.pop("cell_reason", None)
    changed = recording.change(project, values, by=stamp.by, at=stamp.at)
    if cells is None and reason is None:
        return changed
    chosen, said = project.classification, recording.CLASSIFYING
    if cells is None:
        said = ("reason",)
    else:
        chosen = _confirmed(chosen, cells, stamp)
    chosen = _reasoned(chosen, reason)
    return recording.classify(changed, chosen, by=stamp.by, at=stamp.at, said=said)


def _confirmed(earlier: Classification, cells: Sequence[str], stamp: Stamp) -> Classification:
    """Let a person choose cells; the same ones confirm what was found before, with its proof."""
    if earlier.cells == tuple(cells):
        return replace(earlier, confirmed_by=stamp.by)
    return Classification(cells=tuple(cells), engine="person", confirmed_by=stamp.by)


def _reasoned(chosen: Classification, reason: str | None) -> Classification:
    """Say why these cells; None leaves it. Raises: AiguideError where there is no cell."""
    if reason is None:
        return chosen
    if reason and not chosen.cells:
        raise AiguideError("reason-without-cell")
    return replace(chosen, reason=reason)


def open_for_cells(path: Path, pack: str) -> Opened:
    """Open a project that cells of the guideline `pack` are to be recorded in.

    Raises: as `open_project`; AiguideError `other-guideline` where the project has another.
    """
    opened = open_project(path)
    if opened.guideline.id != pack:
        raise AiguideError("other-guideline", name=opened.guideline.name, pack=pack)
    return opened


def save_classification(path: Path, chosen: Classification, pack: str, stamp: Stamp) -> None:
    """Record which cells a project is in, over what it says by now; what returns is on disk.

    `pack` is the id of the guideline whose cells they are. Raises: as `open_for_cells` does.
    """
    with projects.held(path):
        fresh = open_for_cells(path, pack)
        project = recording.classify(fresh.project, chosen, by=stamp.by, at=stamp.at)
        projects.save(path, project)


def record_answer(
    opened: Opened,
    item: Item,
    said: Said,
    stamp: Stamp,
    seen: str | None = None,
    sent: Sent | None = None,
) -> Opened:
    """Record what was said of an item and save it at once; what returns is on disk.

    The manifest is read again first, so that what others saved meanwhile is kept. `seen` is the
    `mark` of the answer that the person saw; another one is not replaced. `sent` is a file that
    becomes evidence of it, and is kept only where the answer is. What is said already is no step.
    Raises: AiguideError `answer-lacks` where the status asks for more, `answer-overtaken`,
    `cannot-write`, for a file `upload-type`, `upload-large`, `upload-empty`, `evidence-outside`;
    UnreadableError where the manifest has been damaged meanwhile.
    """
    with projects.held(opened.path):
        fresh = open_project(opened.path)
        given = _given(opened.path, fresh.project, item, said)
        if sent is None and is_recorded(fresh.project, item, given):
            return fresh
        if seen is not None and mark(fresh.project.answers.get(item.id)) != seen:
            raise AiguideError("answer-overtaken", item=item.title)
        with uploads.taken_in(opened.path, fresh.project, sent) as brought:
            whole = replace(said, evidence=(*said.evidence, *brought))
            project = with_answer(opened.path, fresh.project, item, whole, stamp)
            projects.save(opened.path, project)
        known, stood = (one.project.answers.get(item.id) for one in (opened, fresh))
        return replace(fresh, project=project, overtaken=stood if stood != known else None)


def is_recorded(project: Project, item: Item, given: Answer) -> bool:
    """Tell whether the answer that stands, and that the history attests, says what is given."""
    return same_answer(project.answers.get(item.id), given) and item.id in attested(project)


def _given(path: Path, project: Project, item: Item, said: Said) -> Answer:
    """Make the answer that stands then; evidence that was moved stands in its new place alone."""
    stands = project.answers.get(item.id)
    gone = evidence.moved(path, stands.evidence if stands else (), said.evidence)
    return answered(stands, replace(said, removed=(*said.removed, *gone)), item.digest)


def with_answer(path: Path, project: Project, item: Item, said: Said, stamp: Stamp) -> Project:
    """Record what was said of an item of the project at `path`.

    Raises: AiguideError where the status asks for more.
    """
    given = _given(path, project, item, said)
    if lacking(given):
        raise AiguideError(f"answer-lacks-{given.status.value}", item=item.title)
    if item.exception_only and given.status in (Status.DONE, Status.NOT_APPLICABLE):
        raise AiguideError("exception-only", item=item.title)
    return recording.answer(project, item.id, given, by=stamp.by, at=stamp.at)


def undo(
    path: Path, stamp: Stamp, meant: tuple[Entry, ...] | None = None
) -> tuple[Opened, tuple[Entry, ...]]:
    """Take back the last step of a project, or all of an import; gives what was taken back.

    `meant`: the steps that a person has in mind; others are not taken back.
    Raises: AiguideError `nothing-to-undo`, `undo-changed`, `undo-overtaken`.
    """
    with projects.held(path):
        fresh, _ = open_known(path)  # ids of a draft may have gone; taking back needs none
        fresh = replace(fresh, project=fresh.manifest.project)
        if meant is not None and last_steps(fresh.project.history) != meant:
            raise AiguideError("undo-overtaken")
        try:
            project, steps = recording.undo(fresh.project, by=stamp.by, at=stamp.at)
        except AiguideError as error:
            raise _naming_items(error, fresh.guideline) from None
        projects.save(path, project)
        return replace(fresh, project=project), steps


def _naming_items(error: AiguideError, guideline: Guideline) -> AiguideError:
    """Give an error whose subject, if it is a check item, goes by its title."""
    titles = {item.id: item.title for item in guideline.items}
    subject = error.args_said.get("subject")
    return AiguideError(error.code, subject=titles[subject]) if subject in titles else error


def evidence_states(opened: Opened) -> tuple[EvidenceState, ...]:
    """Look at every piece of evidence of a project."""
    return tuple(evidence.states(opened.path, opened.project))


def evidence_file(opened: Opened, item: str, index: int) -> tuple[Path, str]:
    """Give where a file is that an answer names as its evidence, by its place there, and its name.

    Raises: AiguideError `no-evidence`, `evidence-outside`, `evidence-missing`.
    """
    answer = opened.project.answers.get(item)
    named = answer.evidence if answer else ()
    if not 0 <= index < len(named) or named[index].kind is not EvidenceKind.FILE:
        raise AiguideError("no-evidence")
    target = named[index].target
    return evidence.inside(opened.path, target), PurePosixPath(target).name


def evidence_of(project_file: Path, target: str) -> Evidence:
    """Make evidence: a web address is a link, anything else a file in the project's folder.

    What is no file as it is written is read in half width; so are the names in its folder, where
    one alone is then the same.
    Raises: AiguideError `evidence-address`, `evidence-outside`, `evidence-missing`, `same-file`.
    """
    if begins_as_web_address(target):
        return _link(target)
    try:
        return evidence.attach(project_file, target)
    except AiguideError as error:
        plain = unicodedata.normalize("NFKC", target).strip()
        if error.code != "evidence-missing":
            raise
        if begins_as_web_address(plain) or plain.lower().startswith("www."):
            return _link(plain)
        names = (target.replace("／", "/"), plain)  # a name may be in full width itself
        alike = filter(None, (evidence.alike(project_file, name) for name in names))
        for name in chain(names, alike):
            with contextlib.suppress(AiguideError):
                return evidence.attach(project_file, name)
        raise


def _link(target: str) -> Evidence:
    address = target.strip()
    if not is_web_address(address):
        raise AiguideError("evidence-address", target=address)
    return Evidence(EvidenceKind.LINK, address)


def evidence_typed(project_file: Path, typed: str) -> Evidence:
    """Make evidence of what was typed at a terminal, or dragged onto it.

    Quotes around it fall away, ~ is the home, and a whole path inside the folder is taken from
    there. Raises: as `evidence_of` does.
    """
    target = typed
    if len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "'\"":
        target = typed[1:-1]
    file = Path(os.path.expanduser(target))  # noqa: PTH111 (pathlib refuses an unknown ~name)
    folder = project_file.parent.resolve()
    if file.is_absolute() and file.resolve().is_relative_to(folder):
        target = file.resolve().relative_to(folder).as_posix()
    return evidence_of(project_file, target)
