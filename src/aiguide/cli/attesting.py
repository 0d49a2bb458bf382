"""The commands that record what stands where the history says otherwise."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from aiguide.cli import layout
from aiguide.cli.options import command
from aiguide.core import ai_systems
from aiguide.core.attestation import (
    ANSWERED,
    CLASSIFICATION,
    CONDITIONS,
    FACTS,
    Mismatch,
)
from aiguide.core.mismatch_view import part_name
from aiguide.core.project import Project, Status
from aiguide.core.words import Words
from aiguide.usecases.projects import Opened

SHORT = 80  # a text that is longer is not written into a command
_TEXTS = ("id", "name", "organization", "owner", "description", "phase")
_NEEDED = ("id", "name", "phase")  # cannot be cleared


def remedy_lines(words: Words, opened: Opened, found: Sequence[Mismatch]) -> Iterator[str]:
    """Say how to record what differs, and what can only be written back."""
    columns = layout.columns()
    commands = {one.part: _command(opened.path, opened.project, one) for one in found}
    if any(commands.values()):
        yield layout.indented(words.say("verify.differs.fix"), 2, columns)
        yield from (f"    {one}" for one in dict.fromkeys(filter(None, commands.values())))
    if left := [part_name(opened.guideline, one.part) for one in found if not commands[one.part]]:
        said = words.say("verify.differs.by-hand", parts=left)
        yield layout.indented(said, 2, columns)


def unrecorded_lines(words: Words, opened: Opened, ids: Sequence[str]) -> Iterator[str]:
    """Say how to record answers of which the history never speaks; other items have no answer."""
    answers, known = opened.project.answers, {item.id for item in opened.guideline.items}
    file = shlex.quote(str(opened.path))
    commands = [f"aiguide answer {file} {id} {answers[id].status}" for id in ids if id in known]
    if commands:
        yield layout.indented(words.say("verify.unattested.fix"), 2, layout.columns())
        yield from (f"    {one}" for one in commands)


def _command(path: Path, project: Project, found: Mismatch) -> str:
    """Write the command that records a part as it stands; nothing where none does."""
    if found.part[0] == ANSWERED:
        status = found.stands["status"] if found.stands else Status.OPEN.value
        return f"aiguide answer {shlex.quote(str(path))} {found.part[1]} {status}"
    options = _options(project, found)
    return command("set", path, *options) if options else ""


def _options(project: Project, found: Mismatch) -> list[str]:
    """Write what stands as options of `set`; none where that cannot say it."""
    part, stands = found.part, found.stands
    if part[:-1] == (FACTS, CONDITIONS) and stands is not None:
        return [f"--condition {part[-1]}={'yes' if stands else 'no'}"]
    if part == (FACTS, "ai"):
        return [f"--ai {_quoted(ai_systems.written(one))}" for one in project.ai] or ["--ai ''"]
    if part == (CLASSIFICATION, "reason") and project.cells:
        return [f"--cell-reason {_quoted(stands or '')}"]
    if part[0] == CLASSIFICATION:
        return [f"--cell {id}" for id in project.cells]
    if part[0] == FACTS and part[1] in _TEXTS and (stands or part[1] not in _NEEDED):
        return [f"--{part[1]} {_quoted(stands or '')}"]
    return []


def _quoted(text: Any) -> str:
    """Quote a text for a shell; one that a line does not hold is a blank to be filled in."""
    return shlex.quote(text) if len(text) <= SHORT and text.isprintable() else "..."
