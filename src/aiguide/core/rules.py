"""What a manifest must keep to beyond its schema: one function for each concern."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from aiguide.core import mismatch_view
from aiguide.core.answers import is_barred, is_web_address, lacking, missing_fields
from aiguide.core.applicability import Truth
from aiguide.core.attestation import ANSWERED, compared
from aiguide.core.checklist import Checklist
from aiguide.core.findings import Finding, Phrase, Pointer
from aiguide.core.guideline import Guideline
from aiguide.core.history import first_broken
from aiguide.core.project import Evidence, EvidenceKind, Project
from aiguide.core.suggest import near
from aiguide.core.verdict import Judgement

NEVER, OTHERWISE = Phrase("unattested.never"), Phrase("unattested.otherwise")


@dataclass(frozen=True, slots=True)
class _Known:
    """The ids of a guideline, in its order."""

    cells: dict[str, None]
    stages: dict[str, None]
    items: dict[str, None]
    conditions: dict[str, None]


@lru_cache(maxsize=16)
def _known(guideline: Guideline) -> _Known:
    return _Known(
        cells=dict.fromkeys(cell.id for cell in guideline.cells),
        stages=dict.fromkeys(guideline.stages),
        items=dict.fromkeys(item.id for item in guideline.items),
        conditions=dict.fromkeys(condition.id for condition in guideline.conditions),
    )


def references(guideline: Guideline, project: Project) -> tuple[Finding, ...]:
    """Find ids that the guideline does not know.

    AG201 cell, AG202 phase, AG203 item, AG204 condition.
    """
    known, chosen = _known(guideline), project.classification
    found: list[Finding] = []
    for place, ids in (("cells", chosen.cells), ("alternatives", chosen.alternatives)):
        for index, id in enumerate(ids):
            if id not in known.cells:
                at = ("classification", place, index)
                found.append(_unknown("AG201", at, id, known.cells, guideline))
    if project.phase and project.phase not in known.stages:
        at_phase = ("project", "phase")
        found.append(_unknown("AG202", at_phase, project.phase, known.stages, guideline))
    for id in project.answers:
        if id not in known.items:
            found.append(_unknown("AG203", ("answers", id), id, known.items, guideline))
    for id in project.conditions:
        if id not in known.conditions:
            at_name = ("project", "conditions", id)
            found.append(_unknown("AG204", at_name, id, known.conditions, guideline))
    return tuple(found)


def _unknown(
    code: str, pointer: Pointer, id: str, known: Iterable[str], guideline: Guideline
) -> Finding:
    listed = {"known": list(known)} if code in ("AG202", "AG204") else {}
    args = {"id": id, "near": near(id, known), "guideline": guideline.name, **listed}
    return Finding(code, {**args, "phase": guideline.stages[0]}, pointer)


def known_part(guideline: Guideline, project: Project) -> Project:
    """Give what of a project the guideline knows, so that the rules can look at the rest."""
    known, chosen = _known(guideline), project.classification
    return replace(
        project,
        phase=project.phase if project.phase in known.stages else "",
        classification=replace(
            chosen,
            cells=tuple(id for id in chosen.cells if id in known.cells),
            alternatives=tuple(id for id in chosen.alternatives if id in known.cells),
        ),
        answers={id: one for id, one in project.answers.items() if id in known.items},
        conditions={id: one for id, one in project.conditions.items() if id in known.conditions},
    )


def answers_lacking(checklist: Checklist) -> Iterator[Finding]:
    """Find answers without what their status asks for (AG301-AG303). Source: house rule."""
    for id, answer in checklist.project.answers.items():
        code = lacking(answer)
        if code:
            title = checklist.guideline.item(id).title
            args = {"item": title, "id": id, "fields": missing_fields(answer)}
            yield Finding(code, args, ("answers", id))


def exceptions_expired(checklist: Checklist) -> Iterator[Finding]:
    """Find exceptions past their date (AG304); they count as open."""
    for question in checklist.questions:
        if question.expired and question.answer and question.answer.until:
            args = {
                "item": question.item.title,
                "id": question.item.id,
                "until": question.answer.until,
            }
            yield Finding("AG304", args, ("answers", question.item.id, "until"))


def evidence_outside(checklist: Checklist) -> Iterator[Finding]:
    """Find evidence files that are not inside the project's folder (AG306)."""
    for id, answer in checklist.project.answers.items():
        for index, evidence in enumerate(answer.evidence):
            if evidence.kind is EvidenceKind.FILE and leaves_folder(evidence.target):
                pointer = ("answers", id, "evidence", index, "target")
                yield Finding("AG306", {"id": id, "target": evidence.target}, pointer)


def evidence_links(checklist: Checklist) -> Iterator[Finding]:
    """Find evidence links that are no web addresses (AG313)."""
    for id, answer in checklist.project.answers.items():
        for index, evidence in enumerate(answer.evidence):
            if evidence.kind is EvidenceKind.LINK and not is_web_address(evidence.target):
                pointer = ("answers", id, "evidence", index, "target")
                yield Finding("AG313", {"target": evidence.target}, pointer)


def leaves_folder(target: str) -> bool:
    """Tell whether a path, read as POSIX or as Windows, leads out of the folder it is taken in."""
    parts = target.replace("\\", "/").split("/")
    if parts[0] == "" or (len(parts[0]) >= 2 and parts[0][1] == ":") or "://" in target:
        return True
    depth = 0
    for part in parts:
        depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if depth < 0:
            return True
    return False


def _inside_file(evidence: Evidence) -> bool:
    return evidence.kind is EvidenceKind.FILE and not leaves_folder(evidence.target)


def evidence_undigested(checklist: Checklist) -> Iterator[Finding]:
    """Find evidence files without their SHA-256 (AG312): a change would go unnoticed."""
    for id, answer in checklist.project.answers.items():
        for index, evidence in enumerate(answer.evidence):
            if _inside_file(evidence) and not evidence.sha256:
                yield Finding(
                    "AG312",
                    {"id": id, "target": evidence.target},
                    ("answers", id, "evidence", index),
                )


def history_broken(checklist: Checklist) -> Iterator[Finding]:
    """Find the first history entry that does not fit the chain (AG309)."""
    index = first_broken(checklist.project.history)
    if index is not None:
        yield Finding("AG309", {"number": index + 1}, ("history", index))


def conditions_contradicted(checklist: Checklist) -> Iterator[Finding]:
    """Find conditions declared false that a cell of the project implies (AG310)."""
    for id, truth in checklist.situation.conditions.items():
        if truth is Truth.IMPLIED and checklist.project.conditions.get(id) is False:
            title = checklist.guideline.condition(id).title
            yield Finding("AG310", {"condition": title, "id": id}, ("project", "conditions", id))


def stale(checklist: Checklist) -> Iterator[Finding]:
    """Find answers to a wording that has changed since (AG402)."""
    for question in checklist.questions:
        if question.stale:
            args = {"item": question.item.title, "id": question.item.id}
            args |= {"guideline": checklist.guideline.name}
            yield Finding("AG402", args, ("answers", question.item.id))


def held_items_answered(checklist: Checklist) -> Iterator[Finding]:
    """Find items that only an exception clears, answered otherwise (AG502)."""
    for question in checklist.questions:
        if question.answer and is_barred(question.item, question.answer.status):
            args = {"item": question.item.title, "id": question.item.id}
            yield Finding("AG502", args, ("answers", question.item.id, "status"))


RULES: tuple[Callable[[Checklist], Iterator[Finding]], ...] = (
    answers_lacking,
    exceptions_expired,
    evidence_outside,
    evidence_undigested,
    evidence_links,
    history_broken,
    conditions_contradicted,
    stale,
    held_items_answered,
)


def check(checklist: Checklist, unsure: bool) -> tuple[Finding, ...]:
    """Give all that the rules find in a project; `unsure`: its cells are not settled."""
    found = [finding for rule in RULES for finding in rule(checklist)]
    if unsure:
        code = "AG311" if checklist.project.cells else "AG501"
        pointer = ("classification",) if checklist.project.cells else ("project",)
        found.append(Finding(code, {"command": _ways_to_a_cell(checklist.guideline)}, pointer))
    return tuple(found)


def unattested(
    checklist: Checklist, project: Project, dangling: Iterable[Finding]
) -> Iterator[Finding]:
    """Find answers (AG307) and facts (AG315) that are not as the history last says.

    Answers of which no history speaks count too. What is `dangling` has been found already.
    """
    guideline = checklist.guideline
    titles = {item.id: item.title for item in guideline.items}
    told = {finding.pointer for finding in dangling}
    found = checklist.standing if project is checklist.project else compared(project)
    spoken = {entry.subject for entry in project.history}
    for id in found.unrecorded:
        if id in titles:
            how = OTHERWISE if id in spoken else NEVER
            yield Finding("AG307", {"item": titles[id], "id": id, "what": how}, (ANSWERED, id))
    for one in found.mismatches:
        args, part = mismatch_view.differing(guideline, one), one.part
        if any(pointer[: len(part)] == part for pointer in told):
            continue
        if part[0] == ANSWERED:
            how = Phrase("unattested.differs", **args)
            if one.is_unrecorded:
                how = OTHERWISE if part[1] in spoken else NEVER
            item = titles.get(part[1], part[1])
            yield Finding("AG307", {"item": item, "id": part[1], "what": how}, part)
        else:
            yield Finding("AG315", args, part)


def _ways_to_a_cell(guideline: Guideline) -> str:
    """Give the command that helps to choose a cell: not every guideline can classify."""
    if guideline.classification is None:
        return f"aiguide matrix --guideline {guideline.name}"
    return "aiguide classify"


def gate_unmet(checklist: Checklist, judgement: Judgement, gate: str) -> Iterator[Finding]:
    """Find what keeps a gate shut: every required item that is not clear (AG308)."""
    guideline = checklist.guideline
    for question in judgement.blocking:
        pointer = ("answers", question.item.id) if question.answer else ("answers",)
        phase = guideline.phase(question.item.phase).title
        args = {"item": question.item.title, "id": question.item.id, "gate": gate, "phase": phase}
        args |= {"guideline": guideline.name}
        yield Finding("AG308", args, pointer)
