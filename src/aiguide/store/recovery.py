"""What can be saved of a damaged manifest: mistyped, cut, overwritten, in conflict, not fitting."""

import codecs
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiguide.core.attestation import Part, Record
from aiguide.core.description import is_whole
from aiguide.core.findings import Pointer
from aiguide.core.history import GUIDELINE, last_gap
from aiguide.core.manifest import read_entry, read_project
from aiguide.core.project import FORMAT, Entry, Project, Status
from aiguide.store import conflicts, json_slips, schemas, zeroed
from aiguide.store.files import read_bytes
from aiguide.store.json_slips import Slip
from aiguide.store.positions import places

TRIES = 500
DEEPEST_CUT = 2  # the manifest, and its facts, answers or history
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],]')
# An answer begins with its name; no other part between the facts and the history does.
_ANSWER = re.compile(r'"(?P<id>[^"\\\n]+)"\s*:\s*\{')
_NO_ANSWER = {"guideline", "project", "conditions", "classification", "answers", "retired"}
_NO_ANSWER |= {"before", "after"}
_OF_A_STEP = ("hash", "parents")
_CLOSER = {"{": "}", "[": "]"}
# A file that names none of these is no manifest.
_PARTS = {"guideline", "project", "answers", "history"}
_NAMED = re.compile(rf'"(?:{"|".join(_PARTS)})"')
# Without these there is no manifest; nothing stands in for them.
_NEEDED: set[Pointer] = {(), ("format",), ("guideline",), ("project",), ("project", "name")}
# How many steps lead to the smallest part that can be left out by itself; one otherwise.
_STEPS = {"answers": 3, "retired": 3, "history": 2, "project": 2, "classification": 2}
_HOLD_MORE = ("conditions", "ai", "evidence")  # parts that are left out one by one
_ANSWERS = ("answers", "retired")


@dataclass(frozen=True, slots=True)
class Lost:
    """A part that was left out: the way to it, and its JSON; `value` is empty where it lacked."""

    part: Pointer
    value: str

    @property
    def of_answer(self) -> bool:
        """Tell whether the answer that it is a field of was kept."""
        return self.part[0] in _ANSWERS and len(self.part) > 2


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a manifest still holds, and the parts that were left out.

    An answer whose status was left out is open. `slips` are mended in it. `cut`: only the beginning
    of the text could be read, for it ends too early, or `breaks` at that line and column. Where it
    is that or was mended, it shows the answers `unread` and `unread_steps` of the history besides.
    `unlinked`: how many steps of the history were left out, as one of them did not fit. `zeros`:
    where some of it is overwritten with them, if it is.
    """

    project: Project
    lost: tuple[Lost, ...] = ()
    slips: tuple[Slip, ...] = ()
    cut: bool = False
    breaks: tuple[int, int] | None = None
    unread: tuple[str, ...] = ()
    unread_steps: int = 0
    unlinked: int = 0
    zeros: "Zeros | None" = None

    @property
    def is_shortened(self) -> bool:
        """Tell whether some of its history is lost."""
        overwritten = self.zeros is not None and self.zeros.in_history
        return self.cut or self.unlinked > 0 or overwritten

    @property
    def holds_less(self) -> bool:
        """Tell whether the damaged file still shows more than what was saved of it.

        Of a file that only ends too early, it does not; one whose parts do not fit any more once it
        was mended may have been mended otherwise than it was.
        """
        if self.breaks or self.cut or not self.slips:
            return self.breaks is not None
        return bool(self.unread or self.unread_steps or self.unlinked or self.lost)


@dataclass(frozen=True, slots=True)
class Zeros:
    """Where a manifest is overwritten with zeros: the line and column where each run begins.

    `put_back`: the parts that the history still had; of that itself some may be lost, too
    (`in_history`).
    """

    places: tuple[tuple[int, int], ...]
    in_history: bool
    put_back: tuple[Part, ...]


def sides(path: Path) -> tuple[Side, ...]:
    """Save what can be saved: one side, or both of a git conflict; none where nothing holds.

    Raises: UnreadableError (AG101, AG102) where the file cannot be read at all.
    """
    said = texts(path)
    found = [side for one in said if (side := _side(one))]
    return tuple(found) if len(found) == len(said) else ()


def texts(path: Path) -> tuple[str, ...]:
    """Give what a file says, as it stands: each side of a git conflict, or the one that there is.

    Raises: UnreadableError (AG101, AG102) where the file cannot be read at all.
    """
    return conflicts.sides(_decoded(read_bytes(path)))


def is_foreign(path: Path) -> bool:
    """Tell whether a file says something, and has no part that is named as one of a manifest.

    Raises: UnreadableError (AG101, AG102) where the file cannot be read at all.
    """
    text = _decoded(read_bytes(path))
    data = _loaded(text)
    if data is None:
        return bool(text.strip()) and not _NAMED.search(text)
    return not isinstance(data, dict) or _PARTS.isdisjoint(data)


def _decoded(raw: bytes) -> str:
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    first = ("utf-16", raw) if marked else ("utf-8-sig", zeroed.widened(raw))
    for encoding, held in (first, ("cp932", raw)):
        try:
            return held.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "ignore")


def _side(text: str) -> Side | None:
    text = text.rstrip("\0")
    return _around_zeros(text) if "\0" in text else _mended(text)


def _around_zeros(text: str) -> Side | None:
    """Save what zeros left, and what of the rest the history still says."""
    found = zeroed.standing(text)
    data = {"format": FORMAT} | found.data
    steps = _steps(data)
    put_back = tuple(_put_back(data, to_its_end=found.to_its_end))
    lost = _pruned(data)
    if lost is None:
        return None
    project = read_project(data)
    zeros = Zeros(
        tuple(map(places(text), zeroed.runs(text))),
        in_history=found.in_history,
        put_back=put_back,
    )
    return Side(
        project,
        tuple(lost),
        slips=(),
        cut=False,
        breaks=None,
        unread=tuple(_unread(found.before_history, project)),
        unread_steps=0,
        unlinked=steps - len(project.history),
        zeros=zeros,
    )


def _put_back(data: dict[str, Any], *, to_its_end: bool) -> Iterator[Part]:
    """Put back what lacks and the history last says; gives what.

    What was said before steps that are lost need not be the last word: it is only put back where
    there is no manifest without. `to_its_end`: the last steps are lost.
    """
    history = _fitting(data["history"])
    since = len(history) if to_its_end else last_gap(history)
    for part, word in Record(history).words.items():
        needed = part[0] == GUIDELINE or part in _NEEDED
        if word.value is None or not (needed or word.number > since):
            continue
        holder = data
        for name in part[:-1]:
            holder = holder.setdefault(name, {})
        if isinstance(holder, dict) and part[-1] not in holder:
            holder[part[-1]] = word.value
            yield part


def _fitting(steps: Any) -> tuple[Entry, ...]:
    """Read the steps of a history up to the first that does not fit."""
    ways = (way for way in _misfits({"history": steps}) if way[0] == "history")
    bad = min((int(way[1]) if way[1:] else 0 for way in ways), default=len(steps))
    return tuple(map(read_entry, steps[:bad]))


def _mended(text: str) -> Side | None:
    mended = json_slips.mend(text)
    whole = _loaded(mended.text)
    data = whole if whole is not None else _cut_short(mended.text)
    steps = _steps(data)
    lost = _pruned(data)
    if lost is None:
        return None
    project = read_project(data)
    doubtful = whole is None or bool(mended.slips)
    return Side(
        project,
        tuple(lost),
        slips=mended.slips,
        cut=whole is None,
        breaks=mended.breaks,
        unread=tuple(_unread(mended.text, project)) if doubtful else (),
        unread_steps=max(_seen_steps(mended.text) - steps, 0) if doubtful else 0,
        unlinked=steps - len(project.history),
    )


def _unread(text: str, project: Project) -> Iterator[str]:
    """Give the ids of the answers that a text shows and that are not in a project."""
    begins = text.find('"history"')
    known = {*_NO_ANSWER, *project.answers, *project.retired}
    found = (one["id"] for one in _ANSWER.finditer(text, 0, begins if begins >= 0 else len(text)))
    yield from dict.fromkeys(id for id in found if id not in known)


def _seen_steps(text: str) -> int:
    """Count the steps of the history that a text shows."""
    return max(len(re.findall(rf'"{name}"\s*:', text)) for name in _OF_A_STEP)


def _steps(data: Any) -> int:
    """Count the steps of a history."""
    history = data.get("history") if isinstance(data, dict) else None
    return len(history) if isinstance(history, list) else 0


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _cut_short(text: str) -> Any:
    """Read as much of a text as is whole: up to the last fact, answer or step of the history.

    Half an answer would be another answer, so nothing is cut inside one.
    """
    stack: list[str] = []
    ends: list[tuple[int, str]] = []
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in _CLOSER:
            stack.append(_CLOSER[token])
        elif stack and token == stack[-1]:
            stack.pop()
            if len(stack) <= DEEPEST_CUT:
                ends.append((match.end(), "".join(reversed(stack))))
        elif token == "," and len(stack) <= DEEPEST_CUT:
            ends.append((match.start(), "".join(reversed(stack))))
        elif token in "}]":
            break
    for end, closers in reversed(ends[-TRIES:]):
        data = _loaded(text[:end] + closers)
        if data is not None:
            return data
    return None


def _pruned(data: Any) -> list[Lost] | None:
    """Take out what doesn't fit a manifest; gives what, or None where too little is left."""
    lost: list[Lost] = []
    while parts := {_part(way) for way in (*_misfits(data), *_unwritable(data))}:
        if not isinstance(data, dict) or parts & _NEEDED:
            return None
        # from the end of a list to its beginning, so that no place moves before its turn
        ordered = sorted(parts, key=lambda part: [(len(str(one)), str(one)) for one in part])
        taken = [one for part in reversed(ordered) if (one := _taken_out(data, part))]
        if not taken:
            return None
        lost += reversed(taken)
    return lost


def _misfits(data: Any) -> Iterator[Pointer]:
    """Lead to all that does not fit, and to what lacks."""
    for finding in schemas.find("project", data):
        lacking = (str(finding.args["name"]),) if finding.code == "AG110" else ()
        yield (*finding.pointer, *lacking)


def _unwritable(data: Any) -> Iterator[Pointer]:
    """Lead to what no file can hold: half a character, a number without end."""
    waiting: list[tuple[Pointer, Any]] = [((), data)]
    while waiting:
        way, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*way, key), one) for key, one in value.items()]
            yield from ((*way, key) for key in value if not is_whole(key))
        elif isinstance(value, list):
            waiting += [((*way, at), one) for at, one in enumerate(value)]
        elif not _writable(value):
            yield way


def _writable(value: Any) -> bool:
    if isinstance(value, str):
        return is_whole(value)
    return not isinstance(value, float) or math.isfinite(value)


def _part(way: Pointer) -> Pointer:
    """Give the smallest part that can be left out: a field, an answer, a step."""
    steps = _STEPS.get(str(way[0]), 1) if way else 0
    more = len(way) > steps and way[steps - 1] in _HOLD_MORE
    return way[: steps + more]


def _taken_out(data: dict[str, Any], part: Pointer) -> Lost | None:
    """Take a part out of a manifest's data; None where it went with another one."""
    holder: Any = data
    try:
        for step in part[:-1]:
            holder = holder[step]
        value = _json(holder[part[-1]])
    except (KeyError, IndexError):
        value = ""
    if part[0] in _ANSWERS and part[2:] == ("status",) and isinstance(holder, dict):
        holder["status"] = Status.OPEN.value
    elif not value:
        return None
    elif part[0] == "history" and isinstance(holder, list):
        del holder[int(part[-1]) :]  # later steps hang on the one that is lost
    else:
        del holder[part[-1]]
    return Lost(part, value)


def _json(value: Any) -> str:
    """Write a value as it stood in the file; half a character as its escape."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
