"""`aiguide undo`: take back the last step of a project, as a new entry."""

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import USUAL, By, Lang, ProjectFile, project_path
from aiguide.cli.session import session_of, stamp
from aiguide.core import trail
from aiguide.core.dates import in_tokyo
from aiguide.usecases import projects
from aiguide.usecases.trail import lexicon

app = new_app()


@app.command(cls=Command)
def undo(ctx: typer.Context, project: ProjectFile = USUAL, by: By = "", lang: Lang = "") -> None:
    words = session_of(ctx).words
    opened, taken_back = projects.undo(project_path(project), stamp(by))
    step = trail.step(words, lexicon(opened), 0, opened.project.history[-1])
    subject = words.say("undo.done", kind=words.say(f"entry.{taken_back.kind.value}"))
    whose = f"{in_tokyo(taken_back.at)} {taken_back.by}"
    console.say(layout.indented(f"{subject} {step.subject}  {whose}", 0, layout.columns()))
    console.say(layout.indented(step.change, 2, layout.columns()))
