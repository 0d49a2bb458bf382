"""The only JSON reader for files that people write: strict, and exact about where it fails."""

import json
from pathlib import Path
from typing import Any

from aiguide.core.errors import UnreadableError
from aiguide.core.findings import Finding
from aiguide.store.files import read_text
from aiguide.store.positions import Positions, scan, too_deep


class _Refused(Exception):
    """Something that `json` takes and JSON does not, or that would lose a value."""


def read(path: Path) -> tuple[Any, str]:
    """Read a JSON file; returns its data and its text (for `scan`).

    Raises: UnreadableError (AG101-AG108).
    """
    text = read_text(path)
    try:
        return parse(text), text
    except json.JSONDecodeError as error:
        finding = _syntax(text, error)
    except RecursionError:
        line, column = too_deep(text) or (1, 1)
        finding = Finding("AG108", line=line, column=column)
    except _Refused:
        raise UnreadableError(str(path), _refusals(scan(text))) from None
    raise UnreadableError(str(path), (finding,))


def parse(text: str) -> Any:
    """Parse a JSON text, refusing repeated names, NaN and Infinity."""
    return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused
    return found


def _refuse(constant: str) -> Any:
    raise _Refused(constant)


def _refusals(positions: Positions) -> tuple[Finding, ...]:
    repeated = [
        Finding("AG106", {"key": pointer[-1]}, pointer, line=at[0], column=at[1])
        for pointer, at in positions.repeated
    ]
    odd = [
        Finding("AG107", {"value": word}, pointer, line=at[0], column=at[1])
        for pointer, word, at in positions.words
        if word.lstrip("-") in ("NaN", "Infinity")
    ]
    return tuple(repeated + odd)


def _syntax(text: str, error: json.JSONDecodeError) -> Finding:
    """Say what stands where the text stops being JSON, git's conflict marks by their name."""
    line = text.splitlines()[error.lineno - 1] if error.pos < len(text) else ""
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        code = "AG109"
    elif error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        code = "AG119"
    else:
        code = "AG104"
    shown = text[error.pos : error.pos + 20].split("\n")[0]
    return Finding(code, {"seen": shown}, line=error.lineno, column=error.colno)
