"""The plain data of a project's parts, as `project.json` holds them.

Empty fields are left out, and keys come in a fixed order, so that one change is a small diff.
"""

from collections.abc import Mapping
from typing import Any

from aiguide.core.project import (
    FORMAT,
    SCHEMA_URL,
    AiSystem,
    Answer,
    Classification,
    Entry,
    EntryKind,
    Evidence,
    EvidenceKind,
    Project,
    Status,
)

Data = dict[str, Any]

# Looked up in a third of the time that calling the enumeration takes.
_STATUSES = {one.value: one for one in Status}
_EVIDENCE_KINDS = {one.value: one for one in EvidenceKind}
_ENTRY_KINDS = {one.value: one for one in EntryKind}


def _filled(pairs: Mapping[str, Any]) -> Data:
    """Leave out what says nothing; False and 0 say something."""
    return {key: value for key, value in pairs.items() if value or value == 0}


def evidence_data(evidence: Evidence) -> Data:
    """Give one piece of evidence as plain data."""
    return _filled(
        {"kind": evidence.kind.value, "target": evidence.target, "sha256": evidence.sha256}
    )


def answer_data(answer: Answer) -> Data:
    """Give an answer as plain data."""
    data = {
        "status": answer.status.value,
        "note": answer.note,
        "evidence": [evidence_data(one) for one in answer.evidence],
        "reason": answer.reason,
        "approver": answer.approver,
        "until": answer.until,
        "assignee": answer.assignee,
        "due": answer.due,
        "by": answer.by,
        "at": answer.at,
        "item_digest": answer.item_digest,
    }
    return {key: value for key, value in data.items() if value}


def classification_data(classification: Classification) -> Data:
    """Give a classification as plain data."""
    return _filled(
        {
            "cells": list(classification.cells),
            "engine": classification.engine,
            "confidence": classification.confidence,
            "confirmed_by": classification.confirmed_by,
            "reason": classification.reason,
            "alternatives": list(classification.alternatives),
            "at": classification.at,
        }
    )


def guideline_data(project: Project) -> Data:
    """Give which version of which pack a project goes by as plain data."""
    return {"id": project.guideline_id, "version": project.guideline_version}


def facts_data(project: Project) -> Data:
    """Give the facts of a project (the manifest's `project`) as plain data."""
    return _filled(
        {
            "id": project.id,
            "name": project.name,
            "organization": project.organization,
            "owner": project.owner,
            "description": project.description,
            "phase": project.phase,
            "example": project.example or None,
            "conditions": dict(project.conditions),
            "ai": [
                _filled({"product": ai.product, "model": ai.model, "vendor": ai.vendor})
                for ai in project.ai
            ],
        }
    )


def entry_data(entry: Entry) -> Data:
    """Give a history entry as plain data; every key is there, for the hash covers them."""
    return {
        "at": entry.at,
        "by": entry.by,
        "kind": entry.kind.value,
        "subject": entry.subject,
        "before": entry.before,
        "after": entry.after,
        "parents": list(entry.parents),
        "hash": entry.hash,
    }


def project_data(project: Project) -> Data:
    """Give a whole manifest as plain data."""
    return {
        "$schema": project.schema,
        "format": FORMAT,
        "guideline": guideline_data(project),
        "project": facts_data(project),
    } | _filled(
        {
            "classification": classification_data(project.classification),
            "answers": {id: answer_data(answer) for id, answer in project.answers.items()},
            "retired": {id: answer_data(answer) for id, answer in project.retired.items()},
            "history": [entry_data(entry) for entry in project.history],
        }
    )


def read_evidence(data: Mapping[str, Any]) -> Evidence:
    """Read one piece of evidence from data that fits the schema."""
    return Evidence(_EVIDENCE_KINDS[data["kind"]], data["target"], data.get("sha256", ""))


def read_answer(data: Mapping[str, Any]) -> Answer:
    """Read an answer from data that fits the schema."""
    plain = dict(data)
    plain["status"] = _STATUSES[plain["status"]]
    if "evidence" in plain:
        plain["evidence"] = tuple(map(read_evidence, plain["evidence"]))
    return Answer(**plain)


def read_classification(data: Mapping[str, Any]) -> Classification:
    """Read a classification from data that fits the schema."""
    plain = {key: value for key, value in data.items() if key not in ("cells", "alternatives")}
    return Classification(
        cells=tuple(data.get("cells", ())),
        alternatives=tuple(data.get("alternatives", ())),
        **plain,
    )


def read_entry(data: Mapping[str, Any]) -> Entry:
    """Read a history entry from data that fits the schema."""
    return Entry(
        at=data["at"],
        by=data["by"],
        kind=_ENTRY_KINDS[data["kind"]],
        subject=data["subject"],
        before=data["before"],
        after=data["after"],
        parents=tuple(data["parents"]),
        hash=data["hash"],
    )


def read_project(data: Mapping[str, Any]) -> Project:
    """Read a project from a manifest's data that fits the schema; an empty AI is none."""
    facts = {key: value for key, value in data["project"].items() if key != "ai"}
    return Project(
        schema=data.get("$schema", SCHEMA_URL),
        guideline_id=data["guideline"]["id"],
        guideline_version=int(data["guideline"]["version"]),
        ai=tuple(AiSystem(**ai) for ai in data["project"].get("ai", ()) if any(ai.values())),
        classification=read_classification(data.get("classification", {})),
        answers={id: read_answer(answer) for id, answer in data.get("answers", {}).items()},
        retired={id: read_answer(answer) for id, answer in data.get("retired", {}).items()},
        history=tuple(read_entry(entry) for entry in data.get("history", ())),
        **facts,
    )
