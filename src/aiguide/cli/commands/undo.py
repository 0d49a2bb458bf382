"""`aiguide undo`: take back the last step of a project, or all of an import, as new entries."""

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import USUAL, By, Lang, ProjectFile, project_path
from aiguide.cli.session import session_of, stamp
from aiguide.cli.undone import undone_lines
from aiguide.usecases import projects
from aiguide.usecases.trail import lexicon

app = new_app()


@app.command(cls=Command)
def undo(ctx: typer.Context, project: ProjectFile = USUAL, by: By = "", lang: Lang = "") -> None:
    words = session_of(ctx).words
    opened, steps = projects.undo(project_path(project), stamp(by))
    first, *rest = undone_lines(words, lexicon(opened), opened.project.history, steps)
    console.say(layout.indented(first, 0, layout.columns()))
    for line in rest:
        console.say(layout.indented(line, 2, layout.columns()))
