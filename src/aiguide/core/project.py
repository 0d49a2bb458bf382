"""A project as its manifest records it: facts, classification, answers and history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

FORMAT = 1
SCHEMA_URL = "https://aiguide.example/schemas/project.schema.json"


class Status(StrEnum):
    """Where a check item stands; no answer is the same as open."""

    OPEN = "open"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    NOT_APPLICABLE = "not-applicable"
    EXCEPTION = "exception"


class EvidenceKind(StrEnum):
    """What a piece of evidence is; a file lies inside the project's folder."""

    FILE = "file"
    LINK = "link"
    NOTE = "note"


class EntryKind(StrEnum):
    """What a step of the history did."""

    STARTED = "started"
    CHANGED = "changed"
    CLASSIFIED = "classified"
    ANSWERED = "answered"
    UNDONE = "undone"
    UPGRADED = "upgraded"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that shows that an item was checked; `sha256` is hex, for files."""

    kind: EvidenceKind
    target: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands for one item.

    `until` and `due` are calendar dates `YYYY-MM-DD` in Asia/Tokyo; `at` is ISO 8601 UTC.
    """

    status: Status
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    approver: str = ""
    until: str | None = None
    assignee: str = ""
    due: str | None = None
    by: str = ""
    at: str = ""
    item_digest: str = ""


@dataclass(frozen=True, slots=True)
class AiSystem:
    """A product, model or vendor that the project uses."""

    product: str = ""
    model: str = ""
    vendor: str = ""


# Who chose the cells where an upgrade left some out: nobody, until a person confirms them.
BY_UPGRADE = "upgrade"


@dataclass(frozen=True, slots=True)
class Classification:
    """Which cells the project is in, who or what said so, and how sure."""

    cells: tuple[str, ...] = ()
    engine: str = ""
    confidence: float | None = None
    confirmed_by: str = ""
    reason: str = ""
    alternatives: tuple[str, ...] = ()
    at: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the history; `parents` and `hash` chain it to the entries before it."""

    at: str
    by: str
    kind: EntryKind
    subject: str
    before: Any
    after: Any
    parents: tuple[str, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class Project:
    """One `project.json`.

    `conditions` maps condition id to True or False; one not named is not yet answered.
    `answers` maps item id to its answer, `retired` likewise for items that an
    upgrade left behind. `schema` is the manifest's `$schema`, for editors.
    """

    guideline_id: str
    guideline_version: int
    name: str
    schema: str = SCHEMA_URL
    id: str = ""
    organization: str = ""
    owner: str = ""
    description: str = ""
    phase: str = ""
    example: bool = False
    conditions: Mapping[str, bool] = field(default_factory=dict)
    ai: tuple[AiSystem, ...] = ()
    classification: Classification = Classification()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    retired: Mapping[str, Answer] = field(default_factory=dict)
    history: tuple[Entry, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """Give the cells that the project is classified into."""
        return self.classification.cells

    @property
    def head(self) -> str:
        """Give the hash of the last history entry, or an empty string."""
        return self.history[-1].hash if self.history else ""
