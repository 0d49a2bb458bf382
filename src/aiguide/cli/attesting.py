"""The commands that record what stands where the history says otherwise."""

from collections.abc import Iterator, Sequence
from typing import Any

from aiguide.cli import layout
from aiguide.cli.as_commands import (
    TEXTS,
    UNCLEARABLE,
    answer_command,
    fact_options,
    quoted,
    set_command,
)
from aiguide.cli.options import BLANK, command
from aiguide.core.answers import is_stale
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


def remedy_lines(words: Words, opened: Opened, found: Sequence[Mismatch]) -> Iterator[str]:
    """Say how to record what differs, what has to be answered anew, what only written back."""
    stale = [one for one in found if _is_stale(opened, one)]
    commands = {one.part: _command(opened, one) for one in found if one not in stale}
    if given := [*dict.fromkeys(filter(None, commands.values()))]:
        blank = any(one.endswith(BLANK) for one in given)
        yield _indented(words.say("verify.differs.fix.blank" if blank else "verify.differs.fix"))
        yield from (f"    {one}" for one in given)
    yield from _stale_lines(words, opened, [one.part[1] for one in stale])
    if left := [one for one in found if commands.get(one.part) == ""]:
        parts = [part_name(opened.guideline, one.part) for one in left]
        yield _indented(words.say("verify.differs.by-hand", parts=parts))


def unrecorded_lines(words: Words, opened: Opened, ids: Sequence[str]) -> Iterator[str]:
    """Say how to record answers of which the history never speaks; other items have no answer."""
    answers, known = opened.project.answers, {item.id: item for item in opened.guideline.items}
    stale = [id for id in ids if id in known and is_stale(answers[id], known[id])]
    fresh = [id for id in ids if id in known and id not in stale]
    if fresh:
        yield _indented(words.say("verify.unattested.fix"))
        yield from (f"    {answer_command(opened.path, id, answers[id].status)}" for id in fresh)
    yield from _stale_lines(words, opened, stale)


def _stale_lines(words: Words, opened: Opened, ids: Sequence[str]) -> Iterator[str]:
    """Say how to answer anew to wordings that have changed."""
    if ids:
        yield _indented(words.say("verify.differs.stale"))
        yield from (f"    {command('check', opened.path, f'--at {id}')}" for id in ids)


def _indented(said: str) -> str:
    return layout.indented(said, 2, layout.columns())


def _is_stale(opened: Opened, found: Mismatch) -> bool:
    """Tell whether a part is an answer to another wording than today's.

    A command with its status would affirm the wording of today, which nobody may have read.
    """
    answer = opened.project.answers.get(found.part[-1]) if found.part[0] == ANSWERED else None
    if answer is None:
        return False
    return any(one.id == found.part[-1] and is_stale(answer, one) for one in opened.guideline.items)


def _command(opened: Opened, found: Mismatch) -> str:
    """Write the command that records a part as it stands; nothing where none does."""
    if found.part[0] == ANSWERED:
        status = found.stands["status"] if found.stands else Status.OPEN.value
        return answer_command(opened.path, found.part[1], status)
    options = fact_options(_facts(opened.project, found), quoted)
    return set_command(opened.path, options) if options else ""


def _facts(project: Project, found: Mismatch) -> dict[str, Any]:
    """Give what stands as facts that `set` records; none where that cannot say it."""
    part, stands = found.part, found.stands
    if part[:-1] == (FACTS, CONDITIONS):
        return {"conditions": {part[-1]: stands}}
    if part == (FACTS, "ai"):
        return {"ai": project.ai}
    if part == (CLASSIFICATION, "reason") and project.cells:
        return {"cell_reason": stands or ""}
    if part[0] == CLASSIFICATION:
        return {"cells": project.cells}
    if part[0] == FACTS and part[1] in TEXTS and (stands or part[1] not in UNCLEARABLE):
        return {part[1]: stands or ""}
    return {}
