"""`aiguide set`: change a project's facts, conditions, phase or cells."""

from typing import Annotated

import typer

from aiguide.cli import console, layout, onward
from aiguide.cli.apart_told import warn_of_apart
from aiguide.cli.app import Command, new_app
from aiguide.cli.as_commands import signed
from aiguide.cli.conditions import tell_moved, tell_set_aside
from aiguide.cli.facts import (
    Ai,
    CellReason,
    Cells,
    Conditions,
    Description,
    Name,
    Organization,
    Owner,
    PhaseOption,
    facts,
)
from aiguide.cli.lacking_told import remember, warn_of_lacking
from aiguide.cli.login_name_told import warn_of_login_name
from aiguide.cli.options import USUAL, By, Lang, ProjectFile, command, project_path
from aiguide.cli.overruled_told import tell_overruled
from aiguide.cli.session import session_of, stamp, today_or
from aiguide.cli.superseded_told import tell_superseded
from aiguide.core import trail
from aiguide.core.attestation import CLASSIFICATION, FACTS, Mismatch, replaced
from aiguide.core.checklist import Checklist, current_phase
from aiguide.core.dates import in_tokyo
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.mismatch_view import part_name
from aiguide.core.project import EntryKind
from aiguide.core.words import Words
from aiguide.usecases import project_facts, projects
from aiguide.usecases.projects import Opened

_CHOSEN = ((CLASSIFICATION, "cells"), (CLASSIFICATION, "reason"))  # what a person says of cells

app = new_app()


@app.command(cls=Command)
def set(
    ctx: typer.Context,
    project: ProjectFile = USUAL,
    name: Name = None,
    organization: Organization = None,
    owner: Owner = None,
    description: Description = None,
    cell: Cells = None,
    condition: Conditions = None,
    ai: Ai = None,
    cell_reason: CellReason = None,
    phase: PhaseOption = "",
    id: Annotated[str, typer.Option("--id", metavar="TEXT", help="option.id")] = "",
    by: By = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    said = facts(
        words, name, organization, owner, description, phase, cell, condition, ai, cell_reason
    )
    said |= {"id": id} if id else {}
    if not said:
        raise AiguideError("nothing-to-set")
    path = project_path(project)
    opened = projects.open_project(path)
    words = session_of(ctx).words.of_pack(opened.guideline.words)
    fresh, steps = project_facts.change(opened, said, stamp(by))
    remember(fresh, by)
    console.say(words.say("set.done" if steps else "set.unchanged", file=str(path)))
    for one in steps:
        for change in trail.step(words, opened.guideline, 0, one).changes:
            console.say(layout.indented(change, 2, layout.columns()))
    _tell_whose(words, fresh, len(steps), stamp(by).by)
    today = today_or("")
    before, after = opened.checklist(today), fresh.checklist(today)
    if steps and None in said.get("conditions", {}).values():
        console.say(layout.indented(words.say("set.unknown"), 2, layout.columns()))
    moved = tell_moved(words, before, after)
    tell_set_aside(words, before, after)
    if moved or (steps and "phase" in said):
        _tell_next(words, fresh, after, by)
    warn_of_login_name(words, fresh, by)
    warn_of_lacking(words, fresh, by)
    warn_of_apart(words, opened, stamp(by).by)
    tell_overruled(words, opened, fresh, by)
    tell_superseded(words, opened, fresh, stamp(by).by)


def _tell_whose(words: Words, opened: Opened, steps: int, by: str) -> None:
    """Say who else had recorded what the last `steps` have replaced."""
    theirs: dict[str, list[Mismatch]] = {}
    for one in replaced(opened.project, steps):
        told = one.part[0] == FACTS or one.part in _CHOSEN
        if (
            told
            and not _is_where_all_begin(opened.guideline, one)
            and one.word.value not in (None, "")
            and one.word.entry.by != by
        ):
            theirs.setdefault(one.word.entry.hash, []).append(one)
    for found in theirs.values():
        entry, what = found[0].word.entry, [part_name(opened.guideline, one.part) for one in found]
        said = words.say("set.replaced", what=what, name=entry.by, at=in_tokyo(entry.at))
        console.say(layout.indented(said, 2, layout.columns()))


def _is_where_all_begin(guideline: Guideline, one: Mismatch) -> bool:
    """Tell whether it is the first phase as `init` puts it in, which nobody has chosen."""
    first = one.part == (FACTS, "phase") and one.word.value == guideline.stages[0]
    return first and one.word.entry.kind is EntryKind.STARTED


def _tell_next(words: Words, opened: Opened, checklist: Checklist, by: str) -> None:
    """Say how to go on, and what is required beside the phase that the project is in now."""
    guideline, here = checklist.guideline, current_phase(checklist.guideline, checklist.project)
    counts = opened.judge(checklist).left_by_phase()
    for line in onward.begin(words, guideline, checklist.project, opened.path, by):
        console.say(line)
    rows = [
        (
            command("check", opened.path, f"--phase {id}", *signed(by)),
            words.say("set.left", phase=guideline.phase(id).title, count=count),
        )
        for id, count in counts.items()
        if id != here
    ]
    if rows:
        console.say(layout.indented(words.say("set.left-behind"), 2, layout.columns()))
        console.say("\n".join(layout.table(rows, indent=4)))
