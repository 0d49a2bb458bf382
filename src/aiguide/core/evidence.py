"""What becomes of evidence after it was recorded."""

from collections.abc import Iterator, Sequence
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


class Fate(StrEnum):
    """What an answer makes of evidence that stood before it."""

    RENEWED = "renewed"  # attached as it is now, its content another one
    MOVED = "moved"  # attached where the same content is now
    REMOVED = "removed"


def fates(before: Sequence[Evidence], after: Sequence[Evidence]) -> Iterator[tuple[Fate, str, str]]:
    """Give the evidence that stands otherwise than before: its fate, its old and its new target."""
    stands = {one.target: one.sha256.lower() for one in after}
    known = {one.target for one in before}
    new = {one.sha256: one.target for one in after if one.sha256 and one.target not in known}
    for one in before:
        if one.target in stands:
            if one.sha256 and stands[one.target] != one.sha256.lower():
                yield Fate.RENEWED, one.target, one.target
        elif target := new.get(one.sha256.lower()):
            yield Fate.MOVED, one.target, target
        else:
            yield Fate.REMOVED, one.target, ""
