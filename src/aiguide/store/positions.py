"""Where each value of a JSON text stands: pointer to line and column, without recursion."""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from aiguide.core.findings import Pointer

DEEPEST = 100

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


@dataclass(frozen=True, slots=True)
class Positions:
    """What a scan of a JSON text found.

    `values` maps pointer to (line, column) of the value; `keys` the same of a member's name.
    With their place: `repeated`, the names given twice; `words`, all numbers and literals;
    `broken`, strings with half a surrogate pair.
    """

    values: dict[Pointer, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Pointer, tuple[int, int]] = field(default_factory=dict)
    repeated: list[tuple[Pointer, tuple[int, int]]] = field(default_factory=list)
    words: list[tuple[Pointer, str, tuple[int, int]]] = field(default_factory=list)
    broken: list[tuple[Pointer, str, tuple[int, int]]] = field(default_factory=list)


@dataclass(slots=True)
class _Frame:
    """An open container: where it is, the member or index at hand, and whether a name comes next.

    `again` is set inside the second value of a name: its members are no repetitions.
    """

    at: Pointer
    step: str | int
    naming: bool
    again: bool

    @property
    def pointer(self) -> Pointer:
        return (*self.at, self.step)

    def advance(self) -> None:
        if isinstance(self.step, int):
            self.step += 1
        else:
            self.naming = True


def scan(text: str) -> Positions:
    """Scan a JSON text that parses, but for repeated names and numbers that JSON does not know."""
    found = Positions()
    place = places(text)
    stack: list[_Frame] = []
    for token, offset in _tokens(text):
        if token in "}]":
            stack.pop()
        elif token == ",":
            stack[-1].advance()
        elif token == ":":
            stack[-1].naming = False
        elif stack and stack[-1].naming:
            stack[-1].step = json.loads(token) if "\\" in token else token[1:-1]
            pointer = stack[-1].pointer
            _note_broken(found, pointer, token, place(offset))
            if not stack[-1].again:
                _note_name(found, pointer, place(offset))
        else:
            pointer = stack[-1].pointer if stack else ()
            _note_value(found, pointer, token, place(offset))
            if token in "{[":
                again = bool(found.repeated) and found.repeated[-1][0] == pointer
                again = again or bool(stack and stack[-1].again)
                stack.append(_Frame(pointer, "" if token == "{" else 0, token == "{", again))
    return found


def too_deep(text: str) -> tuple[int, int] | None:
    """Find where a text nests brackets deeper than `DEEPEST`: (line, column), or None."""
    depth = 0
    for token, offset in _tokens(text):
        if token in "{[":
            depth += 1
            if depth > DEEPEST:
                return place_of(text, offset)
        elif token in "}]":
            depth -= 1
    return None


def _note_name(found: Positions, pointer: Pointer, at: tuple[int, int]) -> None:
    if pointer in found.keys:
        found.repeated.append((pointer, at))
    found.keys.setdefault(pointer, at)


def _note_value(found: Positions, pointer: Pointer, token: str, at: tuple[int, int]) -> None:
    found.values.setdefault(pointer, at)
    if token[0] == '"':
        _note_broken(found, pointer, token, at)
    elif token[0] not in "{[":
        found.words.append((pointer, token, at))


def _note_broken(found: Positions, pointer: Pointer, token: str, at: tuple[int, int]) -> None:
    """Note a string that holds half a surrogate pair, which no file can keep."""
    if "\\u" in token and any("\ud800" <= char <= "\udfff" for char in json.loads(token)):
        found.broken.append((pointer, token, at))


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Give the line and column of an offset, both from 1."""
    return places(text)(offset)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    for match in _TOKEN.finditer(text):
        yield match.group(), match.start()


def places(text: str) -> Callable[[int], tuple[int, int]]:
    """Give a function from an offset of a text to its (line, column), both from 1."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    return place
