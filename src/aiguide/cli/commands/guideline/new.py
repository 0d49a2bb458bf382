"""`aiguide guideline new`: the beginnings of a guideline pack of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Lang, path
from aiguide.cli.session import session_of
from aiguide.usecases import starting_packs

app = new_app()


@app.command(cls=Command)
def new(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="argument.pack-id")],
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="argument.packs-folder", parser=path)
    ] = None,
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    made = starting_packs.start(id, folder)
    console.say(words.say("new.done", id=id, folder=str(made.folder)))
    if made.line:
        key = "new.settings-more" if made.replaces else "new.settings-needed"
        console.say(words.say(key, file=str(made.settings), table=made.table))
        console.say(f"\n{made.line}\n" if made.replaces else f"\n{made.table}\n{made.line}\n")
    elif made.settings:
        console.say(words.say("new.settings", file=str(made.settings)))
    command = f"aiguide guideline lint {id}"
    console.say(words.say("new.next", folder=str(made.folder), command=command))
