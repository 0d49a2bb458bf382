"""Reading `aiguide.toml`, or `[tool.aiguide]` of `pyproject.toml`, in the first folder with one."""

import re
import tomllib
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
_FILES = {NAME: (), "pyproject.toml": ("tool", "aiguide")}

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read(folders: Sequence[Path]) -> tuple[Mapping[str, Any], Path | None]:
    """Read the settings in the first of some folders that has them; gives them and their file.

    Raises: UnreadableError with every finding (AG101-AG114).
    """
    for path, table in ((folder / name, _FILES[name]) for folder in folders for name in _FILES):
        if path.exists():
            data = _read(path, table)
            if data is not None:
                return data, path
    return {}, None


def _read(path: Path, table: Sequence[str]) -> Mapping[str, Any] | None:
    """Read the settings in a table of a file; None where a file of others has no such table."""
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
    """Find the line of a key: its table's head, or else its first line in the table."""
    first, *rest = [re.escape(str(part)) for part in finding.pointer] or [""]
    table = r"\s*\.\s*".join([*within, first])
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*\[\s*{table}\s*\]", line) or re.match(rf"\s*{table}\s*=", line):
            if not rest:
                return replace(finding, line=number, column=1)
            inside = True
        elif line.lstrip().startswith("["):
            inside = False
        elif inside and re.match(rf"\s*{rest[0]}\s*=", line):
            return replace(finding, line=number, column=1)
    return replace(finding, line=1, column=1)
