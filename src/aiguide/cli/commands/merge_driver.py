"""`aiguide merge-driver`: merge two branches of a manifest, called by git."""

from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import By, Lang
from aiguide.cli.session import session_of, stamp
from aiguide.core import trail
from aiguide.core.errors import AiguideError
from aiguide.core.words import Words
from aiguide.usecases.merging import merge_files

ATTRIBUTES = "echo '*project.json merge=aiguide' >> .gitattributes"
CONFIG = 'git config merge.aiguide.driver "aiguide merge-driver %O %A %B"'

app = new_app()


@app.command(cls=Command)
def merge_driver(
    ctx: typer.Context,
    base: Annotated[Path | None, typer.Argument(metavar="[BASE]", help="argument.base")] = None,
    ours: Annotated[Path | None, typer.Argument(metavar="[OURS]", help="argument.ours")] = None,
    theirs: Annotated[
        Path | None, typer.Argument(metavar="[THEIRS]", help="argument.theirs")
    ] = None,
    by: By = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    if base is None:
        _show_how(words)
        return
    if ours is None or theirs is None:
        raise AiguideError("merge-three")
    guideline, conflicts = merge_files(base, ours, theirs, stamp(by))
    for one in conflicts:
        side = "tied" if one.is_tied else "ours" if one.ours_stands else "theirs"
        console.talk(
            words.say(f"merge.{side}", subject=trail.part_name(words, guideline, one.part))
        )


def _show_how(words: Words) -> None:
    console.say(layout.indented(words.say("merge.how"), 0, layout.columns()))
    console.say(f"\n  {ATTRIBUTES}\n  {CONFIG}")
