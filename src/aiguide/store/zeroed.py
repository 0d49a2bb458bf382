"""What stands whole in a manifest of which zeros took a part, as a power failure leaves it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

MOST_READ = 1_000_000_000  # characters in all, of what turns out not to be whole

_ZEROS = re.compile("\0+")
# The rest of a character in UTF-8 of which zeros took an end.
_CUT = re.compile(
    rb"(?:[\xc0-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf7][\x80-\xbf]{0,2})(?=\0)"
    rb"|(?<=\0)[\x80-\xbf]{1,3}"
)
_BEGIN = re.compile(r'"(?P<name>[^"\\\n]+)"\s*:\s*|(?=\{)')
_DECODER = json.JSONDecoder()
_HISTORY = re.compile(r'"history"\s*:')
_OF_A_STEP = re.compile(r'"(?:hash|parents)"\s*:')
_STEP = {"kind", "hash", "parents"}
_OF_STEPS = ("before", "after")
_CONDITIONS = ("project", "conditions")
# The parts of a manifest, and the fields that tell which of them holds them.
_HOLDERS = {
    "guideline": ("version",),
    "project": (
        *("name", "organization", "owner", "description", "phase"),
        *("example", "conditions", "ai"),
    ),
    "classification": ("cells", "engine", "confidence", "confirmed_by", "alternatives"),
    "answers": (),
    "retired": (),
}
_HOLDER = {name: holder for holder, names in _HOLDERS.items() for name in names}
_ALONE = ("$schema", "format")


@dataclass(frozen=True, slots=True)
class _Whole:
    """A value that stands whole: its name, empty in a list, and the name of what it stands in.

    That is empty where zeros stand between, and of what stands in nothing.
    """

    name: str
    value: Any
    inside: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands whole in a text; `before_history`: the part of it that comes before that.

    Zeros are `in_history`, or nothing of it is there; they may have taken its last steps where they
    go `to_its_end`.
    """

    data: dict[str, Any]
    before_history: str
    in_history: bool
    to_its_end: bool


def widened(raw: bytes) -> bytes:
    """Let zeros take all of a character of which they took a part."""
    return _CUT.sub(lambda cut: b"\0" * len(cut[0]), raw) if b"\0" in raw else raw


def runs(text: str) -> Iterator[int]:
    """Give where each run of zeros begins."""
    return (run.start() for run in _ZEROS.finditer(text))


def standing(text: str) -> Standing:
    """Give what stands whole in the text of a manifest, laid out as there.

    Where zeros cut a part of the manifest, it goes on with the next of its members that is whole;
    nothing stands for half an answer, or half a step of the history.
    """
    begins, data = _history_begins(text), dict[str, Any]()
    for one in _whole(text[:begins]):
        _put(data, one)
    *earlier, last = ([*_steps(stretch)] for stretch in _ZEROS.split(text[begins:]))
    steps = [*chain(*earlier), *last]
    return Standing(
        data | {"history": steps},
        before_history=text[:begins],
        in_history=bool(earlier) or not steps,
        to_its_end=not last,
    )


def _history_begins(text: str) -> int:
    """Give where the history begins in a text: where it is named, or the last zero over that."""
    named, step = _HISTORY.search(text), _OF_A_STEP.search(text)
    if named:
        return named.start()
    return max(text.rfind("\0", 0, step.start()), 0) if step else len(text)


def _steps(stretch: str) -> Iterator[Any]:
    """Give the steps of a history that stand whole in a stretch of it."""
    for one in _whole(stretch):
        if one.name == "history" and isinstance(one.value, list):
            yield from one.value
        elif not one.name and isinstance(one.value, dict) and one.value.keys() >= _STEP:
            yield one.value


def _whole(text: str) -> Iterator[_Whole]:
    """Give what stands whole, and nothing that stands in it."""
    read = 0
    for stretch in _ZEROS.split(text):
        at, inside = 0, ""
        while read < MOST_READ and (found := _BEGIN.search(stretch, at)):
            begins, name = found.end(), found["name"] or ""
            try:
                value, at = _DECODER.raw_decode(stretch, begins)
            except (ValueError, RecursionError):
                read += len(stretch)
                at, inside = begins + (not name), name or inside
                continue
            if at < len(stretch) or isinstance(value, (str, dict, list)):
                yield _Whole(name, value, inside)


def _put(data: dict[str, Any], one: _Whole) -> None:
    """Put what stands whole where it belongs, as far as its name or its form tell where."""
    if one.name in _ALONE or (one.name in _HOLDERS and isinstance(one.value, dict)):
        data.setdefault(one.name, one.value)
    elif holder := _holder(data, one):
        held = data
        for name in holder:
            held = held.setdefault(name, {})
        if isinstance(held, dict):
            held.setdefault(one.name, one.value)


def _holder(data: dict[str, Any], one: _Whole) -> tuple[str, ...]:
    """Give the way to what holds a value; nothing where that cannot be told."""
    if one.inside == "conditions":
        return _CONDITIONS
    if one.inside or not one.name:
        return (one.inside,) if one.inside in _HOLDERS and one.name else ()
    if one.name in _HOLDER:
        return (_HOLDER[one.name],)
    if isinstance(one.value, bool):
        return _CONDITIONS
    if isinstance(one.value, dict) and "status" in one.value and one.name not in _OF_STEPS:
        return ("retired" if "retired" in data else "answers",)
    return ()
