"""Findings as annotations of GitHub Actions: workflow commands, a line for each."""

from collections.abc import Iterator
from pathlib import PurePath

from aiguide.core.validation import Run, Said

# What would steer the terminal that shows the log has no escape there.
_STEERING = {chr(code): "\ufffd" for code in (*range(32), *range(0x7F, 0xA0))}
_DATA = str.maketrans(_STEERING | {"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(run: Run) -> Iterator[str]:
    """Write an annotation for each finding."""
    for view in run:
        yield from (_annotation(said) for said in view.findings)


def _annotation(said: Said) -> str:
    properties = {"file": PurePath(said.file).as_posix()}
    if said.line:
        properties |= {"line": str(said.line), "col": str(said.column)}
    properties["title"] = f"{said.code} {said.title}"
    listed = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in properties.items())
    message = f"{said.message}\n{said.fix}".translate(_DATA)
    return f"::{said.severity.value} {listed}::{message}\n"
