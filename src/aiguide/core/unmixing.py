"""Giving each side of a git conflict what is its own again, where git took lines of the other."""

from collections.abc import Collection
from typing import Any

from aiguide.core.attestation import FACTS, Part, Record
from aiguide.core.merge_parts import Data, apart, said_of, together
from aiguide.core.project import Project


def unmixed(side: Project, other: Project, damaged: Collection[Part] = ()) -> Project:
    """Take out of the answers and cells of a git conflict's side what is the other side's.

    Outside the marks of a conflict git takes the lines that either side changed, so that an answer
    can read as nobody gave it. What its own history says of such a field stands; what was changed
    by hand stays, and so does what is in the `damaged` parts.
    """
    records = Record(side.history), Record(other.history)
    parts = apart(side)
    for part, value in parts.items():
        if part[0] == FACTS or part in damaged or not isinstance(value, dict):
            continue
        own, foreign = (said_of(record, part, value) for record in records)
        if own and foreign and value not in (own, foreign):
            parts[part] = _own(value, own, foreign)
    return together(side, parts)


def _own(value: Data, own: Data, foreign: Data) -> Data:
    """Give fields as they stand, but as their own side recorded them where git took others."""
    fields = {
        name: own.get(name)
        if _is_foreign(value.get(name), own.get(name), foreign.get(name))
        else value.get(name)
        for name in {**own, **value}
    }
    return {name: one for name, one in fields.items() if one is not None}


def _is_foreign(value: Any, own: Any, foreign: Any) -> bool:
    """Tell whether a field is the other side's, or a list is made of what both recorded."""
    if isinstance(value, list):
        return all(one in (*(own or ()), *(foreign or ())) for one in value)
    return bool(value == foreign)
