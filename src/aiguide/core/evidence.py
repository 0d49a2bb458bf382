"""What becomes of evidence after it was recorded."""

from dataclasses import dataclass
from enum import StrEnum

from aiguide.core.project import Evidence


class State(StrEnum):
    """What became of a piece of evidence since it was recorded."""

    INTACT = "intact"
    CHANGED = "changed"
    MOVED = "moved"
    MISSING = "missing"
    OUTSIDE = "outside"
    UNCHECKED = "unchecked"  # a link, a note, or a file recorded without its digest


@dataclass(frozen=True, slots=True)
class EvidenceState:
    """A piece of evidence of an item; `found` is where a moved file is now, from the folder."""

    item: str
    index: int
    evidence: Evidence
    state: State
    found: str

    @property
    def is_bad(self) -> bool:
        """Tell whether it no longer shows what was recorded."""
        return self.state not in (State.INTACT, State.UNCHECKED)
