"""Policy that is one YAML file: compiled strictly, by the schema of its name."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from aiguide.core.errors import UnreadableError


def compile_file(file: Path) -> dict[str, Any]:
    """Compile a policy's YAML into plain data. Raises: UnreadableError with every finding."""
    from aiguide.store import schemas, strict_yaml

    document = strict_yaml.read(file)
    findings = schemas.check(file.stem, document.data)
    if findings:
        placed = []
        for one in findings:
            line, column = document.place(one.pointer)
            placed.append(replace(one, line=line, column=column))
        raise UnreadableError.at(file, *placed)
    data: dict[str, Any] = document.data
    return data
