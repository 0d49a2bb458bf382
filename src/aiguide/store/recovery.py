"""What can be saved from a damaged manifest: cut short, in conflict, with parts that don't fit."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiguide.core.findings import Pointer
from aiguide.core.manifest import read_project
from aiguide.core.project import Project
from aiguide.store import schemas
from aiguide.store.files import read_bytes

TRIES = 500
DEEPEST_CUT = 2  # the manifest, and its facts, answers or history
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],]')
_CONFLICT = re.compile(
    r"^<{7}[^\n]*\n(?P<ours>.*?)(?:^\|{7}[^\n]*\n.*?)?^={7}[^\n]*\n(?P<theirs>.*?)^>{7}[^\n]*\n?",
    re.DOTALL | re.MULTILINE,
)
_SIDES = ("ours", "theirs")
_CLOSER = {"{": "}", "[": "]"}
# Without these there is no manifest; nothing stands in for them.
_NEEDED = {("format",), ("guideline",), ("project",), ("project", "name")}


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a manifest still holds; `lost` leads to the parts that were left out.

    `cut`: the text ended, or broke, before its end.
    """

    project: Project
    lost: tuple[Pointer, ...]
    cut: bool


def sides(path: Path) -> tuple[Side, ...]:
    """Save what can be saved: one side, or both of a git conflict; none where nothing holds.

    Raises: UnreadableError (AG101, AG102) where the file cannot be read at all.
    """
    text = _decoded(read_bytes(path))
    texts = [text]
    if _CONFLICT.search(text):
        texts = [_CONFLICT.sub(rf"\g<{side}>", text) for side in _SIDES]
    found = [side for one in texts if (side := _side(one))]
    return tuple(found) if len(found) == len(texts) else ()


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "ignore")


def _side(text: str) -> Side | None:
    whole = _loaded(text)
    data = whole if whole is not None else _cut_short(text)
    lost = _pruned(data)
    if lost is None:
        return None
    return Side(read_project(data), tuple(lost), cut=whole is None)


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


def _pruned(data: Any) -> list[Pointer] | None:
    """Take out what doesn't fit a manifest; gives what, or None where too little is left."""
    lost: list[Pointer] = []
    for _ in range(TRIES):
        findings = schemas.find("project", data)
        if not findings:
            return lost
        part = _part(findings[0].pointer)
        if part is None or not isinstance(data, dict) or part in _NEEDED:
            return None
        _remove(data, part)
        lost.append(part)
    return None


def _part(pointer: Pointer) -> Pointer | None:
    """Give the part to take out for a finding: an answer, a step and all after it, a fact."""
    if not pointer:
        return None
    return (
        pointer[:2] if pointer[0] in ("answers", "retired", "history", "project") else pointer[:1]
    )


def _remove(data: dict[str, Any], part: Pointer) -> None:
    holder: Any = data
    for step in part[:-1]:
        holder = holder[step]
    if isinstance(holder, list):
        del holder[int(part[-1]) :]  # later steps hang on the one that is lost
    else:
        holder.pop(part[-1], None)
