"""`aiguide guideline freeze`: release a version of a guideline pack, which then never changes."""

from typing import Annotated

import typer

from aiguide.cli import console
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Lang, Today
from aiguide.cli.session import session_of, today_or
from aiguide.usecases import releasing

app = new_app()


@app.command(cls=Command)
def freeze(
    ctx: typer.Context,
    pack: Annotated[str, typer.Argument(metavar="PATH|NAME", help="argument.pack-place")],
    allow_warnings: Annotated[
        bool, typer.Option("--allow-warnings", help="option.allow-warnings")
    ] = False,
    today: Today = "",
    lang: Lang = "",
) -> None:
    words, date = session_of(ctx).words, today_or(today)
    frozen = releasing.freeze(pack, date, allow_warnings=allow_warnings)
    console.say(words.say("freeze.done", name=frozen.name, date=date, file=str(frozen.file)))
    console.say(words.say("freeze.digest", digest=frozen.digest))
    console.say(words.say("freeze.next"))
