"""Steps of a project's history that are kept beside its manifest: read as strictly as in it."""

from typing import Any

from aiguide.core.attestation import FACTS
from aiguide.core.history import entry_hash
from aiguide.core.manifest import read_entry
from aiguide.core.project import FORMAT, Entry
from aiguide.store import schemas


def read(data: Any) -> Entry | None:
    """Read a step from plain data; None where it is not as a step was recorded.

    Raises: TypeError, KeyError, ValueError as data does that is none of a step.
    """
    if not schemas.fits("project", _manifest_with(data)):
        return None
    step = read_entry(data)
    return step if entry_hash(step) == step.hash else None


def _manifest_with(step: Any) -> dict[str, Any]:
    """Give the smallest manifest with a step in its history, and with the facts that it says."""
    facts = step["after"] if step["subject"] == FACTS else None
    return {
        "format": FORMAT,
        "guideline": {"id": "-", "version": 1},
        "project": {"name": "-", **(facts or {})},
        "history": [step],
    }
