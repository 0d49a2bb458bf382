"""Where a value of a JSON text stands, found without looking at what it does not lie in."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

from aiguide.core.findings import Finding, Pointer
from aiguide.store.positions import places

_Members = dict[str | int, tuple[int, int]]

_blanks = re.compile(r"[ \t\n\r]*").match
# Numbers as texts, for one may have more digits than Python takes.
_value_from = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode


class Places:
    """The places of a JSON text that parses: pointer to line and column.

    A container is gone through when something in it is asked for, and the values in it are passed
    over as fast as they can be read; a scan of all takes thirty times as long.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._place: Callable[[int], tuple[int, int]] = places(text)
        self._known: dict[int, _Members] = {}

    def of(self, pointer: Pointer) -> tuple[int, int]:
        """Give the place of a value, or of the nearest thing around it where it is not there.

        What has a name stands where its name does; of a name given twice, the first counts.
        """
        shown = at = self._after_blanks(0)
        for step in pointer:
            members = self._members_of(at)
            if step not in members:
                break
            shown, at = members[step]
        return self._place(shown)

    def _members_of(self, at: int) -> _Members:
        """Give the members of the container at an offset: where each is shown, and its value."""
        if at not in self._known:
            read = {"{": self._read_object, "[": self._read_list}.get(self._text[at])
            self._known[at] = read(at) if read else {}
        return self._known[at]

    def _read_object(self, at: int) -> _Members:
        found: _Members = {}
        here = self._after_blanks(at + 1)
        while self._text[here] != "}":
            name, end = _value_from(self._text, here)
            value = self._after_blanks(self._after_blanks(end) + 1)
            found.setdefault(name, (here, value))
            here = self._after(value)
        return found

    def _read_list(self, at: int) -> _Members:
        found: _Members = {}
        here = self._after_blanks(at + 1)
        while self._text[here] != "]":
            found[len(found)] = (here, here)
            here = self._after(here)
        return found

    def _after(self, value: int) -> int:
        """Give where the next member begins, or the bracket that ends the container."""
        _, end = _value_from(self._text, value)
        here = self._after_blanks(end)
        return self._after_blanks(here + 1) if self._text[here] == "," else here

    def _after_blanks(self, at: int) -> int:
        blanks = _blanks(self._text, at)
        return blanks.end() if blanks else at


def placed_in(file: object, text: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Give findings in a JSON text their file, line and column, in the order of their places."""
    places, placed = Places(text), []
    for finding in findings:
        line, column = places.of(finding.pointer)
        placed.append(replace(finding, file=str(file), line=line, column=column))
    return tuple(sorted(placed, key=lambda one: (one.line, one.column, one.code)))
