"""Reading `aiguide.toml`, or `[tool.aiguide]` of `pyproject.toml`, in the first folder with one."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiguide.core.errors import UnreadableError
from aiguide.core.findings import Finding
from aiguide.store import schemas
from aiguide.store.files import read_text

NAME = "aiguide.toml"
# Of each file that may hold settings, the table that they are in.
FILES = {NAME: (), "pyproject.toml": ("tool", "aiguide")}

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read(folders: Sequence[Path]) -> tuple[Mapping[str, Any], Path | None]:
    """Read the settings in the first of some folders that has them; gives them and their file.

    Raises: UnreadableError with every finding (AG101-AG114).
    """
    for path, table in ((folder / name, FILES[name]) for folder in folders for name in FILES):
        if os.path.exists(path):  # noqa: PTH110 (Path raises where it may not look)
            data = _read(path, table)
            if data is not None:
                return data, path
    return {}, None


def _read(path: Path, table: Sequence[str]) -> Mapping[str, Any] | None:
    """Read the settings in a table of a file; None where a file of others has no such table."""
    import tomllib  # most folders have no settings

    text = read_text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError.at(path, _syntax(text, str(error))) from None
    except RecursionError:
        raise UnreadableError.at(path, Finding("AG104", {"seen": "[["}, line=1, column=1)) from None
    for name in table:
        data = data.get(name, {}) if isinstance(data, dict) else {}
    if table and not data:
        return None
    findings = schemas.check("settings", data)
    if findings:
        raise UnreadableError.at(path, *(_placed(text, table, finding) for finding in findings))
    return data


def _syntax(text: str, said: str) -> Finding:
    lines = text.splitlines() or [""]
    place = _PLACE.search(said)
    line, column = (int(place[1]), int(place[2])) if place else (len(lines), len(lines[-1]) + 1)
    seen = lines[line - 1][column - 1 :] if line <= len(lines) else ""
    return Finding(
        "AG104", {"seen": seen or lines[min(line, len(lines)) - 1]}, (), "", line, column
    )


def _placed(text: str, within: Sequence[str], finding: Finding) -> Finding:
    """Find the line of a key, or of what is around it: a table's head, or a key in a table."""
    steps = [re.escape(str(step)) for step in (*within, *finding.pointer)]
    for length in range(len(steps), -1, -1):
        line = _line_of(text.splitlines(), steps[:length], steps[length:])
        if line:
            return replace(finding, line=line, column=1)
    return replace(finding, line=1, column=1)


def _line_of(lines: Sequence[str], table: Sequence[str], rest: Sequence[str]) -> int:
    """Give the line of the first of `rest` in a table, or of the table's head; 0 for none."""
    head = re.compile(r"\s*\[\s*" + r"\s*\.\s*".join(table) + r"\s*\]")
    key = re.compile(rf"\s*{rest[0]}\s*=") if rest else None
    inside = not table
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("["):
            inside = bool(table and head.match(line))
            if inside and key is None:
                return number
        elif inside and key is not None and key.match(line):
            return number
    return 0
