"""`aiguide merge-driver`: merge two branches of a manifest, called by git."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, layout, merge_told
from aiguide.cli.app import Command, new_app
from aiguide.cli.complaints import show_error, tell
from aiguide.cli.exits import ExitCode
from aiguide.cli.options import By, Lang
from aiguide.cli.session import session_of, stamp
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.words import Words
from aiguide.usecases.merging import merge_files

ATTRIBUTES = "echo '*project.json merge=aiguide' >> .gitattributes"
CONFIG = 'git config merge.aiguide.driver "aiguide merge-driver %O %A %B %P"'

# What git holds of the other sides, as files to work on; no names of manifests.
BASE, THEIRS = "base.json", "theirs.json"

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
    by: By = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    if base is None:
        _show_how(words)
        return
    if ours is None or theirs is None:
        raise AiguideError("merge-three")
    try:
        guideline, merged = merge_files(base, ours, theirs, stamp(by), name)
    except UnreadableError as error:
        show_error(words, error)
        _show_way_out(error.code, name)
        raise typer.Exit(ExitCode.COULD_NOT) from None
    words = words.of_pack(guideline.words)
    merge_told.tell(words, guideline, merged, Path(name or ours))
    if not name:
        answers, entries = len(merged.project.answers), len(merged.project.history)
        tell(words.say("merge.done", file=str(ours), answers=answers, entries=entries))


def _show_way_out(code: str, name: str) -> None:
    """Show how to merge by hand once the side that cannot be used is mended, if it is one."""
    project = shlex.quote(name or "PROJECT")
    files = {"merge-base": BASE, "merge-ours": project, "merge-theirs": THEIRS}
    if code not in files:
        return
    for line in (
        f"git show :1:{project} > {BASE}",
        f"git show :3:{project} > {THEIRS}",
        f"aiguide doctor {files[code]}",
        f"aiguide merge-driver {BASE} {project} {THEIRS}",
        f"git add {project}",
    ):
        console.talk("    " + line)


def _show_how(words: Words) -> None:
    console.say(layout.indented(words.say("merge.how"), 0, layout.columns()))
    console.say(f"\n  {ATTRIBUTES}\n  {CONFIG}")
