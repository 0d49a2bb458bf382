"""Reading from when `guideline lint` speaks up."""

from pathlib import Path
from typing import Any

from aiguide.core.errors import UnreadableError
from aiguide.core.lint import LintPolicy
from aiguide.store import compiled, resources

NAME = "lint"


def load() -> LintPolicy:
    """Load the policy. Raises: UnreadableError."""
    data = compiled.load(NAME, resources.DATA / f"{NAME}.yaml", compile_file)
    return LintPolicy(data["longest"], data["alike"], tuple(data["unwritten"]))


def compile_file(file: Path) -> dict[str, Any]:
    """Compile the policy's YAML into plain data. Raises: UnreadableError with every finding."""
    from dataclasses import replace

    from aiguide.store import schemas, strict_yaml

    document = strict_yaml.read(file)
    findings = schemas.check(NAME, document.data)
    if findings:
        placed = []
        for one in findings:
            line, column = document.place(one.pointer)
            placed.append(replace(one, line=line, column=column))
        raise UnreadableError.at(file, *placed)
    data: dict[str, Any] = document.data
    return data
