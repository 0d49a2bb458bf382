"""The JSON that commands print and the web gives: contracts, each with a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiguide.core import wording
from aiguide.core.findings import json_pointer

if TYPE_CHECKING:
    from collections.abc import Sequence

    # a command loads only what it prints
    from aiguide.core.change_log import ChangeLog
    from aiguide.core.checklist import Checklist, Question, Tally
    from aiguide.core.classify import Result
    from aiguide.core.evaluation import Evaluation, Rate
    from aiguide.core.evidence import EvidenceState
    from aiguide.core.findings import Finding
    from aiguide.core.guideline import Cell, Guideline, Item, Source
    from aiguide.core.portfolio import Portfolio, Unreadable
    from aiguide.core.project import Project
    from aiguide.core.trail import Step
    from aiguide.core.verdict import Judgement
    from aiguide.core.words import Words
    from aiguide.usecases.classifying import Judged
    from aiguide.usecases.project_folder import ProjectFolder
    from aiguide.usecases.spreadsheets import Difference
    from aiguide.usecases.trail import Verification
    from aiguide.usecases.upgrading import Upgraded
    from aiguide.usecases.versions import Unusable

Data = dict[str, Any]


def classification(words: Words, guideline: Guideline, id: str | None, judged: Judged) -> Data:
    """Give a classification (schema `classification`); `stance` is of the first candidate.

    Where a language model was to be asked, the engine that decided and the local one's opinion.
    """
    data = _result(words, guideline, id, judged.result)
    if judged.local:
        second = {"engine": "local", "cell": judged.local.cell, "agrees": judged.agrees}
        data |= {"engine": judged.engine, "second_opinion": second if judged.opinion else None}
    return data


def _result(words: Words, guideline: Guideline, id: str | None, result: Result) -> Data:
    first = guideline.cell(result.candidates[0].cell)
    return {
        "id": id,
        "cell": result.cell,
        "stance": first.stance_id if result.cell else None,
        "abstained": result.cell is None,
        "reason": result.doubt.value if result.doubt else None,
        "candidates": [
            {"cell": one.cell, "confidence": round(one.confidence, 4)} for one in result.candidates
        ],
        "evidence": [
            {
                "text": clue.text,
                "start": clue.start,
                "end": clue.end,
                "speaks_for": f"{clue.question}={clue.option}",
            }
            for clue in result.clues
        ],
        "questions": [
            {
                "id": question.id,
                "text": words.pick(question.text),
                "options": [
                    {"id": option.id, "label": words.pick(option.label)}
                    for option in question.options
                ],
            }
            for question in result.questions
        ],
    }


def evaluation(found: Evaluation) -> Data:
    """Give how classification did (schema `evaluation`)."""
    return {
        "cases": found.cases,
        "rates": {name: _rate(rate) for name, rate in found.rates.items()},
        "calibration": [
            {
                "from": step.low,
                "to": step.high,
                "confidence": round(step.confidence, 4),
                "right": _rate(step.right),
            }
            for step in found.calibration
        ],
        "calibration_error": round(found.calibration_error, 4),
        "confusion": [
            {"label": label, "taken_for": taken, "count": count}
            for (label, taken), count in found.confusion.items()
        ],
    }


def _rate(rate: Rate) -> Data:
    return {
        "hits": rate.hits,
        "total": rate.total,
        "value": round(rate.value, 4),
        "interval": [round(bound, 4) for bound in rate.interval],
    }


def status(checklist: Checklist, judgement: Judgement) -> Data:
    """Give a project's state (schema `status`): every phase, also those not counted yet."""
    project = checklist.project
    stance = checklist.guideline.highest_stance(project.cells)
    return {
        "id": project.id,
        "cells": list(project.cells),
        "stance": stance.id if stance else None,
        "verdict": judgement.verdict.value,
        "phases": [
            {
                "id": state.phase.id,
                "required": _tally(state.required),
                "recommended": _tally(state.recommended),
                "gate": "clear" if state.gate_clear else "blocked",
            }
            for state in judgement.phases
        ],
    }


def projects(folder: ProjectFolder, surveyed: Portfolio) -> Data:
    """Give the projects of a folder, and what of it cannot be read (schema `projects`)."""
    from dataclasses import asdict

    return {
        "projects": [
            {
                **folder.named(one.file),
                "id": one.id,
                "name": one.name,
                "organization": one.bureau,
                "owner": one.owner,
                "cells": list(one.cells),
                "stance": one.stance,
                "phase": one.phase,
                "verdict": one.verdict,
            }
            for one in surveyed.standings
        ],
        "unreadable": [asdict(one) | folder.named(one.file) for one in surveyed.unreadable],
    }


def facts(checklist: Checklist) -> Data:
    """Give the facts of a project (schema `facts`)."""
    from aiguide.core.checklist import current_phase

    project = checklist.project
    return {
        "name": project.name,
        "organization": project.organization,
        "owner": project.owner,
        "description": project.description,
        "phase": current_phase(checklist.guideline, project),
        "cells": list(project.cells),
        "conditions": dict(project.conditions),
    }


def findings(words: Words, found: Sequence[Finding]) -> list[Data]:
    """Give findings (schema `validation`)."""
    from aiguide.core.validation import told

    return [dict(told(words, one).data()) for one in found]


def pack(words: Words, guideline: Guideline, newest: bool) -> Data:
    """Give what a pack is (schema `pack`); the texts are in the language asked for."""
    return {
        "name": guideline.name,
        "id": guideline.id,
        "version": guideline.version,
        "newest": newest,
        "released": guideline.released or None,
        "title": words.pick(guideline.title),
        "edition": words.pick(guideline.edition),
        "publisher": words.pick(guideline.publisher),
        "status": words.pick(guideline.status),
        "since": guideline.since,
        "changes": guideline.declared,
        "cells": len(guideline.cells),
        "items": len(guideline.items),
        "phases": [
            {"id": one.id, "items": sum(item.phase == one.id for item in guideline.items)}
            for one in guideline.phases
        ],
        "conditions": [
            {"id": one.id, "title": words.pick(one.title)} for one in guideline.conditions
        ],
    }


def packs(listed: list[Data], unusable: Sequence[Unusable]) -> Data:
    """Give the packs there are, and those that cannot be used (schema `packs`)."""
    broken = [
        {"name": one.name, "folder": one.folder, "findings": one.first.findings}
        | _first_finding(one.first)
        for one in unusable
    ]
    return {"guidelines": listed, "unusable": broken}


def changes(log: ChangeLog) -> Data:
    """Give what changed between versions of a pack (schema `changelog`)."""
    from dataclasses import asdict

    return asdict(log)


def upgrade(done: Upgraded, dry_run: bool) -> Data:
    """Give what an upgrade does, or did, to a project (schema `upgrade`)."""
    return {**_upgraded(done), "dry_run": dry_run}


def upgrades(read: Sequence[Upgraded], refused: Sequence[Unreadable]) -> Data:
    """Give what an upgrade would ask of many projects (schema `upgrades`)."""
    unreadable = [_first_finding(one) for one in refused]
    return {"projects": [_upgraded(one) for one in read], "unreadable": unreadable}


def _first_finding(one: Unreadable) -> Data:
    place: Data = {"file": one.file, "line": one.line, "column": one.column}
    return {**place, "code": one.code, "message": one.message}


def _upgraded(done: Upgraded) -> Data:
    bill, name = done.bill, done.opened.guideline.name
    before, after = done.verdicts or (None, None)
    return {
        "id": done.opened.project.id,
        "file": str(done.path),
        "from": bill.old.name if bill else name,
        "to": bill.new.name if bill else name,
        "again": [item.id for item in bill.again] if bill else [],
        "new": [item.id for item in bill.new_items] if bill else [],
        "carried": bill.carried if bill else len(done.opened.project.answers),
        "corrected": [item.id for item in bill.corrected] if bill else [],
        "retired": [item.id for item in bill.retired] if bill else [],
        "renamed": dict(bill.renamed) if bill else {},
        "asked_anew": list(bill.asked_anew) if bill else [],
        "left_out": list(bill.left_out) if bill else [],
        "verdict": {"before": before.value, "after": after.value} if before and after else None,
    }


def _tally(tally: Tally) -> Data:
    return {"total": tally.total, "clear": tally.clear}


def log(project: Project, steps: tuple[Step, ...]) -> Data:
    """Give the audit trail (schema `log`)."""
    from aiguide.core.manifest import entry_data

    entries = [{"number": one.number, **entry_data(one.entry)} for one in steps]
    return {"id": project.id, "head": project.head or None, "entries": entries}


def verification(project: Project, found: Verification) -> Data:
    """Give whether a history holds (schema `verification`)."""
    return {
        "id": project.id,
        "entries": found.entries,
        "head": found.head or None,
        "intact": found.first_broken is None,
        "first_broken": None if found.first_broken is None else found.first_broken + 1,
        "unattested": list(found.unattested),
        "differing": [
            {
                "pointer": json_pointer(one.part),
                "number": one.word.number,
                "at": one.word.entry.at,
                "by": one.word.entry.by,
                "recorded": one.word.value,
                "stands": one.stands,
            }
            for one in found.mismatches
        ],
        "kept": _kept(found) if found.asked else None,
    }


def _kept(found: Verification) -> Data:
    number, since = (found.kept.number, found.kept.since) if found.kept else (None, None)
    return {"hash": found.asked, "number": number, "since": since}


def evidence(project: Project, states: tuple[EvidenceState, ...]) -> Data:
    """Give what became of a project's evidence (schema `evidence`)."""
    from aiguide.core.manifest import evidence_data

    return {
        "id": project.id,
        "evidence": [
            {
                "item": one.item,
                **evidence_data(one.evidence),
                "state": one.state.value,
                "found": one.found or None,
            }
            for one in states
        ],
    }


def difference(words: Words, found: Difference) -> Data:
    """Give what a spreadsheet changes, or what of it cannot be taken (schema `import`)."""
    return {
        "id": found.opened.project.id,
        "applied": found.saved,
        "changes": [
            {
                "cell": one.at,
                "item": one.item.id,
                "field": one.field,
                "before": one.before,
                "after": one.after,
            }
            for one in found.changes
        ],
        "refused": [
            {"cell": one.at, "code": one.error.code, "message": wording.complaint(words, one.error)}
            for one in found.misfits
        ],
    }


def checklist(words: Words, listed: Checklist, questions: tuple[Question, ...]) -> Data:
    """Give a checklist (schema `checklist`): the items that apply, with the answers that stand."""
    return {
        "id": listed.project.id,
        "name": listed.project.name,
        "items": [asked(words, listed, question) for question in questions],
    }


def asked(words: Words, listed: Checklist, question: Question) -> Data:
    """Give an item of a checklist (schema `checklist`), with the answer that stands."""
    from aiguide.core.manifest import answer_data

    item = question.item
    why = wording.why_sentence(words, listed.guideline, listed.situation, question.why)
    return {
        **item_data(words, listed.guideline, item, listed.project.cells),
        "why": why,
        "status": question.status.value,
        "clear": question.clear,
        "stale": question.stale,
        "attested": question.attested,
        "answer": answer_data(question.answer) if question.answer else None,
    }


def item_data(words: Words, guideline: Guideline, item: Item, cells: tuple[str, ...]) -> Data:
    """Give a check item, its sources with their basis for `cells` (none: as the source stands)."""
    basis = item.level_basis.basis_for(cells) if cells else item.level_basis.basis
    return {
        "id": item.id,
        "phase": item.phase,
        "title": words.pick(item.title),
        "level": item.level.value,
        "level_basis": basis.value,
        "considerations": list(item.considerations),
        "check": words.pick(item.check),
        "evidence_examples": [words.pick(one) for one in item.evidence],
        "sources": [_source(words, guideline, source, cells) for source in item.sources],
        "note": words.pick(item.note) if item.note else None,
    }


def matrix(words: Words, guideline: Guideline) -> Data:
    """Give the cells of a guideline (schema `matrix`)."""
    cells = [cell_data(words, guideline, cell) for cell in guideline.cells]
    return {"guideline": guideline.name, "cells": cells}


def catalogue(words: Words, guideline: Guideline) -> Data:
    """Give the check items of a guideline (schema `catalogue`)."""
    items = [shown_item(words, guideline, item) for item in guideline.items]
    return {"guideline": guideline.name, "items": items}


def shown_item(words: Words, guideline: Guideline, item: Item) -> Data:
    """Give a check item by itself (schema `show`)."""
    clause = item.drafting
    drafting = clause and {
        "place": clause.place.value,
        "title": words.pick(clause.title),
        "text": words.pick(clause.text),
    }
    return {"kind": "item", **item_data(words, guideline, item, ()), "drafting": drafting}


def cell_data(words: Words, guideline: Guideline, cell: Cell) -> Data:
    """Give a cell, as `matrix` has it."""
    stance = cell.stance
    return {
        "id": cell.id,
        "domain": cell.domain,
        "number": cell.number,
        "title": words.pick(cell.title),
        "stance": cell.stance_id,
        "stance_inferred": cell.inferred,
        "other_reading": stance.other_reading if stance else None,
        "considerations": list(cell.considerations),
        "summary": words.pick(cell.summary.text),
    }


def _source(words: Words, guideline: Guideline, source: Source, cells: tuple[str, ...]) -> Data:
    document = guideline.document(source.document)
    return {
        "document": source.document,
        "title": words.pick(document.title),
        "locator": words.pick(source.locator),
        "basis": (source.basis_for(cells) if cells else source.basis).value,
        "url": document.url,
    }
