"""`aiguide set`: change a project's facts, conditions, phase or cells."""

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.facts import (
    Cells,
    Conditions,
    Description,
    Name,
    Organization,
    Owner,
    PhaseOption,
    facts,
)
from aiguide.cli.options import USUAL, By, Lang, ProjectFile, project_path
from aiguide.cli.session import session_of, stamp
from aiguide.core import trail
from aiguide.core.errors import AiguideError
from aiguide.usecases import projects

app = new_app()


@app.command(cls=Command)
def set(
    ctx: typer.Context,
    project: ProjectFile = USUAL,
    name: Name = "",
    organization: Organization = None,
    owner: Owner = None,
    description: Description = None,
    cell: Cells = None,
    condition: Conditions = None,
    phase: PhaseOption = "",
    by: By = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    said = facts(name, organization, owner, description, phase, cell, condition)
    if not said:
        raise AiguideError("nothing-to-set")
    path = project_path(project)
    opened = projects.open_project(path)
    steps = projects.change_project(opened, said, stamp(by))
    console.say(words.say("set.done" if steps else "set.unchanged", file=str(path)))
    for one in steps:
        change = trail.step(words, opened.guideline, 0, one).change
        console.say(layout.indented(change, 2, layout.columns()))
