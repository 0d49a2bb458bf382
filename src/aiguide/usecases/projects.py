"""Opening a project, recording its answers, and taking steps back."""

import math
from dataclasses import dataclass, replace
from pathlib import Path

from aiguide.core import checklist as checklists
from aiguide.core import recording, rules, verdict
from aiguide.core.answers import (
    Said,
    answered,
    is_barred,
    lacking,
    mark,
    missing_fields,
    same_answer,
)
from aiguide.core.attestation import ANSWERED, Record
from aiguide.core.checklist import Checklist, Question
from aiguide.core.description import control_in
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.findings import Finding, Phrase
from aiguide.core.guideline import Guideline, Item
from aiguide.core.history import last_steps, start
from aiguide.core.manifest import answer_data
from aiguide.core.policy import ClassificationPolicy
from aiguide.core.project import (
    Answer,
    Entry,
    Project,
)
from aiguide.core.stamp import Stamp
from aiguide.core.verdict import Judgement
from aiguide.store import evidence, packs, projects
from aiguide.usecases import uploads
from aiguide.usecases.uploads import Sent

# What people write of an item in words of their own.
TEXTS = ("note", "reason", "approver", "assignee")

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
        seen = checklists.inspected(self.checklist(today), evidence.states(self.path, self.project))
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


def open_again(opened: Opened) -> Opened:
    """Open a project as it is by now.

    Raises: as `open_project` does; AiguideError `another-project` where that is in its place.
    """
    fresh = open_project(opened.path)
    was, now = start(opened.project.history), start(fresh.project.history)
    if was and now and was != now:
        raise AiguideError("another-project", file=str(opened.path), name=fresh.project.name)
    return fresh


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
        fresh = open_again(opened)
        record = Record(fresh.project.history)
        given = _given(opened.path, fresh.project, item, said)
        if sent is None and is_recorded(fresh.project, record, item, given):
            return fresh
        if seen is not None and mark(fresh.project.answers.get(item.id)) != seen:
            raise AiguideError("answer-overtaken", item=item.title)
        with uploads.taken_in(opened.path, fresh.project, sent) as brought:
            whole = replace(said, evidence=(*said.evidence, *brought))
            project = with_answer(opened.path, fresh.project, item, whole, stamp, record)
            projects.save(opened.path, project)
        known, stood = (one.project.answers.get(item.id) for one in (opened, fresh))
        new = stood if stood and stood != known and not _stood_before(opened, item, stood) else None
        return replace(fresh, project=project, overtaken=new)


def _stood_before(opened: Opened, item: Item, answer: Answer) -> bool:
    """Tell whether an answer is an earlier one: back by an undo, or with an older file."""
    data, history = answer_data(answer), opened.project.history
    return any(one.subject == item.id and one.after == data for one in history)


def is_recorded(project: Project, record: Record, item: Item, given: Answer) -> bool:
    """Tell whether the answer that stands, and that the history attests, says what is given.

    `record` is what the project's history says.
    """
    stands = project.answers.get(item.id)
    if stands is None or not same_answer(stands, given):
        return False
    return record.agrees((ANSWERED, item.id), answer_data(stands))


def _given(path: Path, project: Project, item: Item, said: Said) -> Answer:
    """Make the answer that stands then; evidence that was moved stands in its new place alone."""
    stands = project.answers.get(item.id)
    gone = evidence.moved(path, stands.evidence if stands else (), said.evidence)
    return answered(stands, replace(said, removed=(*said.removed, *gone)), item.digest)


def with_answer(
    path: Path,
    project: Project,
    item: Item,
    said: Said,
    stamp: Stamp,
    record: Record | None = None,
) -> Project:
    """Record what was said of an item of the project at `path`.

    `record` is what its history says, where that is known.
    Raises: AiguideError where the status asks for more, `control-character`.
    """
    given = _given(path, project, item, said)
    _refuse_controls(project.answers.get(item.id), given)
    if lacking(given):
        missing = missing_fields(given)
        raise AiguideError(f"answer-lacks-{given.status.value}", item=item.title, fields=missing)
    if is_barred(item, given.status):
        raise AiguideError("exception-only", item=item.title)
    return recording.answer(project, item.id, given, by=stamp.by, at=stamp.at, record=record)


def _refuse_controls(stands: Answer | None, given: Answer) -> None:
    """Refuse what steers a terminal and is no text. Raises: AiguideError `control-character`."""
    for name in TEXTS:
        text = getattr(given, name)
        char = control_in(text)
        if char and text != getattr(stands, name, None):
            code = f"U+{ord(char):04X}"
            raise AiguideError("control-character", field=Phrase(f"answer.{name}"), code=code)


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


def save_many(path: Path, project: Project, stamp: Stamp) -> None:
    """Save steps that were recorded at once, if the file has room to take them back, too.

    Raises: AiguideError `no-room`, and as `store` does.
    """
    undone, _ = recording.undo(project, by=stamp.by, at=stamp.at)
    projects.require_room(path, undone)
    projects.save(path, project)


def _naming_items(error: AiguideError, guideline: Guideline) -> AiguideError:
    """Give an error whose subject, if it is a check item, goes by its title."""
    titles = {item.id: item.title for item in guideline.items}
    subject = error.args_said.get("subject")
    return AiguideError(error.code, subject=titles[subject]) if subject in titles else error
