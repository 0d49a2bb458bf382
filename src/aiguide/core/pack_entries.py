"""In which entry of a pack's file something stands, as its author knows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aiguide.core.findings import Pointer
from aiguide.core.text import LANGS, Text

CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Entry:
    """Where in a pack's file something stands.

    `kind` is that of the entry, "" outside of any; `name` its id, its title or its number, from 1.
    `steps` lead from there to what is meant; `field` are the names that say what it is for.
    """

    kind: str
    name: str | Text | int
    steps: str
    field: tuple[str, ...]


def entry_of(stem: str, data: Any, pointer: Pointer) -> Entry:
    """Tell in which entry of a file something is; `stem` is the file's name without its ending."""
    names = (stem, *(one for one in pointer if isinstance(one, str) and one not in LANGS))
    if len(pointer) < 2 or not isinstance(pointer[1], int):
        return Entry("", "", _steps(data, pointer), names)
    kind, number = str(pointer[0]), pointer[1]
    entry = _at(_at(data, kind), number)
    name = _name(entry) if isinstance(entry, Mapping) else ""
    return Entry(
        CHANGES if stem == CHANGES else kind,
        name or number + 1,
        _steps(entry, pointer[2:]),
        names,
    )


def _name(entry: Mapping[str, Any]) -> str | Text:
    """Give what an author knows an entry by; a change by the ids that it is about."""
    ends = [entry.get("from"), entry.get("to")]
    if all(isinstance(one, list) for one in ends) and any(ends):
        return " → ".join(", ".join(map(str, one or ["—"])) for one in ends)
    for key in ("id", "of"):
        if isinstance(entry.get(key), str) and entry[key].strip():
            return str(entry[key])
    title = entry.get("title")
    said = [title.get(lang) for lang in LANGS] if isinstance(title, Mapping) else []
    given = [one for one in said if isinstance(one, str) and one.strip()]
    return Text(given[0], given[-1]) if given else ""


def _steps(data: Any, pointer: Pointer) -> str:
    """Write the way to a value; an entry of a list is counted where there are several."""
    return " > ".join(_written(data, pointer))


def _written(data: Any, pointer: Pointer) -> Iterator[str]:
    step = ""
    for one in pointer:
        if isinstance(one, int):
            step += f" {one + 1}" if isinstance(data, list) and len(data) > 1 else ""
        else:
            if step:
                yield step
            step = one
        data = _at(data, one)
    if step:
        yield step.strip()


def _at(data: Any, step: str | int) -> Any:
    """Give what stands under a name, or in a place of a list; what is missing is nothing."""
    if isinstance(step, int):
        return data[step] if isinstance(data, list) and step < len(data) else None
    return data.get(step) if isinstance(data, Mapping) else None
