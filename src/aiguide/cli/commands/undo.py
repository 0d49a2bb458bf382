"""`aiguide undo`: take back the last step of a project, or all of an import, as new entries."""

from pathlib import Path
from typing import Annotated, Any

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.as_commands import signed
from aiguide.cli.lacking_told import lacking, remember, warn_of_lacking
from aiguide.cli.login_name_told import warn_of_login_name
from aiguide.cli.options import USUAL, By, Lang, ProjectFile, command, project_path
from aiguide.cli.prompts import agreed
from aiguide.cli.session import at_terminal, session_of, stamp
from aiguide.cli.undone import steps_in_brief, steps_in_full, undone_lines
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Item
from aiguide.core.history import last_steps
from aiguide.core.project import Entry
from aiguide.core.words import Worded, Words
from aiguide.usecases import projects
from aiguide.usecases.projects import Opened
from aiguide.usecases.trail import last_merged, lexicon

app = new_app()


@app.command(cls=Command)
def undo(
    ctx: typer.Context,
    project: ProjectFile = USUAL,
    yes: Annotated[bool, typer.Option("--yes", help="option.undo-yes")] = False,
    by: By = "",
    lang: Lang = "",
) -> None:
    words, path, who = session_of(ctx).words, project_path(project), stamp(by)
    meant = None  # whatever is last
    if at_terminal() and not yes:
        opened, _ = projects.open_known(path)
        meant = last_steps(opened.project.history)
        if meant and not _sure(words, opened, meant, who.by):
            console.say("  " + words.say("undo.kept"))
            return
    try:
        opened, steps = projects.undo(path, who, meant)
    except AiguideError as error:
        raise _refused(path, error, by) from None
    remember(opened, by)
    warn_of_login_name(words, opened, by)
    warn_of_lacking(words, opened, by)
    words = words.of_pack(opened.guideline.words)
    first, *rest = undone_lines(words, lexicon(opened), path, opened.project.history, steps)
    console.say(layout.indented(first, 0, layout.columns()))
    for line in rest:
        console.say(layout.indented(line, 2, layout.columns()))
    console.talk(console.laid_out(_what_is_next(words, opened, by), 0))


def _refused(path: Path, error: AiguideError, by: str) -> AiguideError:
    """Give an error with the command that leads on: to what is last now, or to answer anew."""
    if error.code == "undo-overtaken":
        return AiguideError(error.code, command=command("log", path))
    if error.code == "nothing-to-undo":
        opened, _ = projects.open_known(path)
        if anew := _anew(opened, by):
            return AiguideError("undo-merged", **anew)
    return error


def _anew(opened: Opened, by: str) -> dict[str, Any]:
    """Give what was answered last before a merge, and the command that answers it anew, if any."""
    item = last_merged(opened)
    return {"item": item.title, "command": _at(opened.path, item, by)} if item else {}


def _at(path: Path, item: Item, by: str) -> Worded:
    return Worded(command("check", path, f"--at {item.id}", *signed(by)))


def _sure(words: Words, opened: Opened, meant: tuple[Entry, ...], by: str) -> bool:
    """Ask before taking back what somebody else did, or what is last in an older file."""
    older = len(lacking(opened, by).latest())
    if meant[0].by == by and not older:
        return True
    words = words.of_pack(opened.guideline.words)
    what = steps_in_full(words, lexicon(opened), opened.path, meant)
    key = "undo.ask-others" if meant[0].by != by else "undo.ask-older"
    said = words.say(key, what=what, count=older)
    console.say(layout.indented(said, 2, layout.columns()))
    return agreed(words, words.say("prompt.sure"))


def _what_is_next(words: Words, opened: Opened, by: str) -> str:
    """Say what another undo would take back: never what was just taken back."""
    following = last_steps(opened.project.history)
    if not following:
        anew = _anew(opened, by)
        return words.say("undo.no-next.merged", **anew) if anew else words.say("undo.no-next")
    return words.say("undo.next", what=steps_in_brief(words, lexicon(opened), following))
