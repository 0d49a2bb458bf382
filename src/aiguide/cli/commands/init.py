"""`aiguide init`: start a project."""

from pathlib import Path

import typer

from aiguide.cli import console, layout, passed_over
from aiguide.cli.app import Command, new_app
from aiguide.cli.exits import ExitCode
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
from aiguide.cli.interview import Interview
from aiguide.cli.options import USUAL, By, GuidelineName, Lang, ProjectFile, command, project_path
from aiguide.cli.session import at_terminal, session_of, stamp
from aiguide.core import wording
from aiguide.core.errors import AiguideError
from aiguide.usecases import guidelines, projects

app = new_app()


@app.command(cls=Command)
def init(
    ctx: typer.Context,
    project: ProjectFile = USUAL,
    name: Name = "",
    organization: Organization = None,
    owner: Owner = None,
    description: Description = None,
    cell: Cells = None,
    condition: Conditions = None,
    ai: Ai = None,
    cell_reason: CellReason = None,
    phase: PhaseOption = "",
    guideline: GuidelineName = "",
    by: By = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    path = project_path(project)
    if path.exists():
        raise AiguideError("exists", file=str(path))
    said = facts(name, organization, owner, description, phase, cell, condition, ai, cell_reason)
    pack, policy = guidelines.load_pack(guideline, path.parent)
    passed_over.warn(words, pack, guideline, path.parent)
    guideline = pack.name
    words = words.of_pack(pack.words)
    said = guidelines.facts_meant(pack, said)
    if path.name != USUAL.name and not path.name.endswith(".project.json"):
        console.say(layout.indented(words.say("init.unusual-name"), 2, layout.columns()))
    if at_terminal():
        signed = words.say("check.signed", name=stamp(by).by)
        console.say("\n" + layout.indented(signed, 2, layout.columns()))
        interview = Interview(words, pack, policy, said)
        try:
            interview.run()
        except (KeyboardInterrupt, EOFError):
            session_of(ctx).told = True
            console.talk("\n\n  " + words.say("init.interrupted", file=str(path)))
            console.talk("    " + command("init", path, *interview.options()))
            raise typer.Exit(ExitCode.INTERRUPTED) from None
    elif not name:
        raise AiguideError("name-needed")
    started = projects.start_project(path, guideline, {"id": _id(path), **said}, stamp(by))
    if draft := wording.draft_warning(words, pack):
        console.talk(layout.indented(draft, 0, layout.columns()))
    console.say(words.say("init.done", file=str(path), name=started.name))
    next_step = command("check", path, f"--phase {started.phase}")
    console.say("  " + words.say("init.next", command=next_step))


def _id(path: Path) -> str:
    """Take the project's id from the file's name, or from its folder's for the usual name."""
    stem = path.name.removesuffix(".json").removesuffix(".project")
    return path.resolve().parent.name if path.name == USUAL.name else stem
