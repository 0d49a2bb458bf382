"""A finding: one thing to mend, with its code and its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from aiguide.core.text import Text

Pointer = tuple[str | int, ...]


class Severity(StrEnum):
    """How grave a finding is; only errors make `validate` say no."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Named:
    """An id in a finding that people know by a name: the sentence `<kind>.<id>`."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True, init=False)
class Phrase:
    """A sentence of the catalogue inside of another, with what fills it in."""

    key: str
    args: Mapping[str, Any]

    def __init__(self, key: str, /, **args: Any) -> None:
        """Take the sentence's key and what fills it in."""
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "args", args)


@dataclass(frozen=True, slots=True)
class Titled:
    """An id that people know by a title of its pack."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One row of the code table; of a `recoverable` one, something of the file can be saved."""

    code: str
    severity: Severity
    title: Text
    message: Text
    fix: Text
    explanation: Text
    example: Text
    recoverable: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend.

    `pointer` leads to the value in the file; `line` and `column` count from 1, 0 is unknown.
    """

    code: str
    args: Mapping[str, Any] = field(default_factory=dict)
    pointer: Pointer = ()
    file: str = ""
    line: int = 0
    column: int = 0


def json_pointer(pointer: Pointer) -> str:
    """Write a pointer as RFC 6901 does."""
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in pointer]
    return "".join("/" + part for part in parts)
