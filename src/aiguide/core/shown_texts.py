"""The texts that the file of a manifest shows, be it damaged, and that a project does not hold."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aiguide.core.attestation import ANSWERS, CONDITIONS
from aiguide.core.manifest import project_data
from aiguide.core.project import Project

# No file that is damaged is JSON: a text, and behind it, if it is a name, a text or the beginning
# of what it names. One that does not end ends with its line: no place of a file is read twice.
_TEXT = r'"((?:[^"\\\n]|\\.)*)(?:"|\\?$)'
_NAMED = re.compile(rf"{_TEXT}(?:\s*:\s*(?:{_TEXT}|([{{\[])))?", re.MULTILINE)
# What programs write: nobody has anything to say in these.
_NO_WORDS = {"$schema", "id", "at", "status", "kind", "subject", "engine", "hash", "sha256"}
_NO_WORDS |= {"item_digest"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A text of a file: where it begins, its field, and the part `within` which that is, if known.

    The line and the column count from 1.
    """

    line: int
    column: int
    within: str
    field: str
    text: str


def unheld(texts: Sequence[str], held: Iterable[Project], told: Iterable[str]) -> tuple[Shown, ...]:
    """Give what the sides of a file say, each once, and neither projects hold nor JSON has `told`.

    What its history alone says is none of that: the answers and facts are what somebody wrote.
    """
    known = {text for one in held for text in texts_in(json.dumps(project_data(one)))}
    known |= {text for one in told for text in texts_in(one)}
    found = dict[str, Shown]()
    for text in texts:
        begins = [0, *(one.end() for one in re.finditer("\n", text))]
        for at, within, field, said in _shown(text):
            if said.strip() and said not in known and said not in found:
                line = bisect_right(begins, at)
                found[said] = Shown(line, at - begins[line - 1] + 1, within, field, said)
    return tuple(sorted(found.values(), key=lambda one: one.line))


def texts_in(text: str) -> set[str]:
    """Give all that stands in quotes."""
    return {_read(one[1]) for one in re.finditer(_TEXT, text, re.MULTILINE)}


def _shown(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Give the texts outside of the history: where they begin, within what, which field, and what.

    What is no JSON does not say for sure within what a text stands.
    """
    is_whole, within, in_history = _is_json(text), "", False
    for found in _NAMED.finditer(text):
        name, said, opens = found.groups()
        if opens:
            in_history = name == "history" or (in_history and name not in ANSWERS)
            within = name if opens == "{" and name != CONDITIONS else within
        elif said is not None and not in_history and name not in _NO_WORDS:
            yield found.start(2) - 1, within if is_whole else "", name, _read(said)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _read(quoted: str) -> str:
    try:
        return str(json.loads(f'"{quoted}"', strict=False))
    except ValueError:
        return quoted
