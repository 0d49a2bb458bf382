"""The only JSON reader for files that people write: strict, and exact about where it fails."""

import json
import math
import re
from pathlib import Path
from typing import Any

from aiguide.core.errors import UnreadableError
from aiguide.core.findings import Finding, Pointer
from aiguide.store.files import read_text
from aiguide.store.positions import DEEPEST, Positions, place_of, scan, too_deep

LONGEST_NUMBER = 40

_CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_BEGUN = re.compile(r"-|tr?u?|fa?l?s?|nu?l?")
_TRAILING_COMMA = re.compile(r",\s*$")


class _Refused(Exception):
    """Something that `json` takes and JSON does not, or that would lose a value."""


def read(path: Path) -> tuple[Any, str]:
    """Read a JSON file; returns its data and its text (for `scan`).

    Raises: UnreadableError (AG101-AG109, AG114, AG119).
    """
    text = read_text(path)
    return parse(path, text), text


def parse(path: Path, text: str) -> Any:
    """Read the JSON text of a file. Raises: UnreadableError (AG104-AG109, AG114, AG119)."""
    try:
        data = _DECODER.decode(text)
        if "\\" in text and ("\\ud" in text or "\\uD" in text):  # perhaps half a character
            raise _Refused
    except json.JSONDecodeError as error:
        raise UnreadableError.at(path, _syntax(text, error)) from None
    except RecursionError:
        raise UnreadableError.at(path, _deep(text)) from None
    except _Refused:
        data = _parsed_or_explained(path, text)
    if text.count("{") + text.count("[") > DEEPEST and _deeper_than(data, DEEPEST):
        raise UnreadableError.at(path, _deep(text))
    return data


def _parsed_or_explained(path: Path, text: str) -> Any:
    """Explain what was refused; a text that is no JSON at all for its syntax first."""
    try:
        json.loads(text, parse_int=str)  # a number of any length
    except json.JSONDecodeError as error:
        raise UnreadableError.at(path, _syntax(text, error)) from None
    except RecursionError:
        raise UnreadableError.at(path, _deep(text)) from None
    findings = _refusals(text)
    if findings:
        raise UnreadableError.at(path, *findings)
    return json.loads(text)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused
    return found


def _refuse(constant: str) -> Any:
    raise _Refused(constant)


def _short_number(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise _Refused(digits)
    return int(digits)


def _finite(number: str) -> float:
    if len(number) > LONGEST_NUMBER or math.isinf(float(number)):
        raise _Refused(number)
    return float(number)


# Made once: making one takes a fifth of the time of reading a manifest.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_constant=_refuse,
    parse_int=_short_number,
    parse_float=_finite,
)


def _refusals(text: str) -> tuple[Finding, ...]:
    """Find repeated names, numbers that JSON does not know, and halves of characters."""
    positions = scan(text)
    found = [
        Finding("AG106", {"key": pointer[-1]}, pointer, line=at[0], column=at[1])
        for pointer, at in positions.repeated
    ]
    for pointer, word, at in positions.words:
        if word.lstrip("-") in ("NaN", "Infinity") or _overflows(word):
            found.append(Finding("AG107", {"value": word}, pointer, line=at[0], column=at[1]))
        elif len(word) > LONGEST_NUMBER:
            found.append(_malformed(positions, pointer, word, "number"))
    for pointer, word, _ in positions.broken:
        found.append(_malformed(positions, pointer, word, "half-character"))
    return tuple(found)


def _overflows(word: str) -> bool:
    return word[-1:].isdigit() and "e" in word.lower() and math.isinf(float(word))


def _malformed(positions: Positions, pointer: Pointer, word: str, rule: str) -> Finding:
    line, column = positions.keys.get(pointer) or positions.values[pointer]
    return Finding("AG114", {"value": word, "rule": rule}, pointer, line=line, column=column)


def _deep(text: str) -> Finding:
    line, column = too_deep(text) or (1, 1)
    return Finding("AG108", line=line, column=column)


def _deeper_than(data: Any, most: int) -> bool:
    """Tell whether containers nest deeper than `most`, without recursion."""
    level = [data]
    for _ in range(most + 1):
        level = [one for one in level if isinstance(one, (dict, list))]
        if not level:
            return False
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return True


def _syntax(text: str, error: json.JSONDecodeError) -> Finding:
    """Say what stands where the text stops being JSON: a conflict mark, the end, or what."""
    offset = _blamed(text, error)
    line, column = place_of(text, offset)
    at_line = text.split("\n")[line - 1]
    if at_line.startswith(_CONFLICT):
        code = "AG109"
    elif cut_off(text, error):
        code = "AG119"
    else:
        code = "AG104"
    return Finding(code, {"seen": _visible(text[offset : offset + 20])}, line=line, column=column)


def _blamed(text: str, error: json.JSONDecodeError) -> int:
    """Blame a comma too many, not the bracket after it; and a string cut off, not its end."""
    offset = error.pos
    if "escape" in error.msg and cut_off(text, error):
        return text.rfind('"', 0, offset)
    if text[offset : offset + 1] in ("}", "]"):
        comma = _TRAILING_COMMA.search(text[:offset])
        if comma:
            return comma.start()
    return offset


def cut_off(text: str, error: json.JSONDecodeError) -> bool:
    """Tell whether the text breaks only because it ends."""
    rest = text[error.pos :].strip()
    return (
        not rest
        or error.msg.startswith("Unterminated string")
        or bool(_BEGUN.fullmatch(rest))
        or ("escape" in error.msg and len(rest) < len('uXXXX"'))
    )


def _visible(text: str) -> str:
    """Show what stands there; a blank or an invisible character by its code point."""
    shown = text.split("\n")[0].strip("\r")
    first = text[:1]
    if not shown:
        return "\\n" if first else ""
    return shown if first.isprintable() and not first.isspace() else f"U+{ord(first):04X}"
