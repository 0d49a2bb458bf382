"""`aiguide schema`: print a JSON Schema."""

from typing import Annotated

import typer

from aiguide.cli import console
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Lang
from aiguide.cli.session import session_of
from aiguide.usecases import schemas

app = new_app()


@app.command(cls=Command)
def schema(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="argument.schema")] = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    if name:
        console.put(schemas.schema_text(name).encode())
        return
    console.talk(words.say("schema.list"))
    for known in schemas.schema_names():
        console.say(known)
