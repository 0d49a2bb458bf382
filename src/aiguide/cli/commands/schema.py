"""`aiguide schema`: print a JSON Schema."""

from typing import Annotated

import typer

from aiguide.cli import console
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Lang
from aiguide.cli.session import session_of
from aiguide.core.errors import AiguideError
from aiguide.usecases import schemas

app = new_app()
WITH_IDS = "project"


@app.command(cls=Command)
def schema(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="argument.schema")] = "",
    guideline: Annotated[
        str, typer.Option("--guideline", metavar="NAME@N", help="option.schema-guideline")
    ] = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    if guideline:
        if name != WITH_IDS:
            raise AiguideError("schema-without-ids", id=name)
        console.put(schemas.project_schema(guideline).encode())
        return
    if name:
        console.put(schemas.schema_text(name).encode())
        return
    console.talk(words.say("schema.list"))
    for known in schemas.schema_names():
        console.say(known)
