"""`aiguide merge-driver`: merge two branches of a manifest, called by git."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, layout, merge_told
from aiguide.cli.app import Command, new_app
from aiguide.cli.complaints import show_error, tell
from aiguide.cli.driver_line import driver_line
from aiguide.cli.exits import ExitCode
from aiguide.cli.merge_by_hand import BASE, THEIRS, ending, finishing, listing, merging, seen
from aiguide.cli.options import By, Lang, command
from aiguide.cli.session import session_of, stamp
from aiguide.core.errors import AiguideError
from aiguide.core.words import Words
from aiguide.usecases.merging import is_for_git_alone, is_unmerged, merge_files

ATTRIBUTES = "echo '*project.json merge=aiguide' >> .gitattributes"
SIDES = ("merge-base", "merge-ours", "merge-theirs")
app = new_app()


@app.command(cls=Command)
def merge_driver(
    ctx: typer.Context,
    base: Annotated[Path | None, typer.Argument(metavar="[BASE]", help="argument.base")] = None,
    ours: Annotated[Path | None, typer.Argument(metavar="[OURS]", help="argument.ours")] = None,
    theirs: Annotated[
        Path | None, typer.Argument(metavar="[THEIRS]", help="argument.theirs")
    ] = None,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="argument.merged-name")] = "",
    marks: Annotated[int, typer.Argument(metavar="[MARKS]", help="argument.marks")] = 0,
    by: By = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    if base is None:
        _show_how(words)
        return
    if ours is None or theirs is None:
        raise AiguideError("merge-three")
    project = seen(name) if name else str(ours)
    unheard = is_for_git_alone(name, marks)
    try:
        guideline, merged = merge_files(base, ours, theirs, stamp(by), name and project)
    except AiguideError as error:
        if unheard:
            raise typer.Exit(ExitCode.COULD_NOT) from None
        # a side is mended in a copy that is made first: the lines below say so
        show_error(words, error, fixes=error.code not in SIDES)
        _show_way_out(words, error.code, (str(base), project, str(theirs)), name)
        raise typer.Exit(ExitCode.COULD_NOT) from None
    if unheard:
        return
    words = words.of_pack(guideline.words)
    merge_told.tell(words, guideline, merged, Path(project))
    if not name:
        answers, entries = len(merged.project.answers), len(merged.project.history)
        tell(words.say("merge.done", file=str(ours), answers=answers, entries=entries))


def _show_way_out(words: Words, code: str, files: tuple[str, str, str], name: str) -> None:
    """Show how to merge by hand once the side that cannot be used is mended, if it is one.

    What git hands over as files under a `name` of the repository is gone by then. Of projects that
    began apart it names the command that says how to keep both; outside of git, what lists theirs.
    """
    if code == "merge-different" and (name or is_unmerged(Path(files[1]))):
        tell(words.say("merge.apart"), 2)
        _show_lines([command("doctor", Path(files[1]))])
    elif code == "merge-different":
        _show_lines([listing(files[2])])
    if code not in SIDES:
        return
    damaged, project = SIDES.index(code), files[1]
    if name:
        tell(words.say("merge.untouched"), 2)
        lines = finishing(project, name, (BASE, project, THEIRS)[damaged])
    elif files[::2] == (BASE, THEIRS):
        lines = ending(project, files[damaged])
    else:
        lines = merging(files, files[damaged])
    tell(words.say("merge.mend-first"), 2)
    _show_lines(lines)


def _show_lines(lines: Iterable[str]) -> None:
    for line in lines:
        console.talk("    " + line)


def _show_how(words: Words) -> None:
    console.say(layout.indented(words.say("merge.how"), 0, layout.columns()))
    console.say(f"\n  {ATTRIBUTES}\n  {driver_line()}")
