"""`aiguide guideline freeze`: release a version of a guideline pack, which then never changes."""

from typing import Annotated

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.exits import ExitCode
from aiguide.cli.options import Lang, Today
from aiguide.cli.prompts import agreed
from aiguide.cli.session import at_terminal, session_of, today_or
from aiguide.core import wording
from aiguide.core.words import Words
from aiguide.usecases import releasing
from aiguide.usecases.releasing import Ready

app = new_app()


@app.command(cls=Command)
def freeze(
    ctx: typer.Context,
    pack: Annotated[str, typer.Argument(metavar="PATH|NAME", help="argument.pack-place")],
    allow_warnings: Annotated[
        bool, typer.Option("--allow-warnings", help="option.allow-warnings")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="option.freeze-yes")] = False,
    today: Today = "",
    lang: Lang = "",
) -> None:
    words, date = session_of(ctx).words, today_or(today)
    ready = releasing.ready(pack, allow_warnings=allow_warnings)
    if not yes:
        _show(words, ready, date)
        if not at_terminal():
            console.talk(words.say("freeze.not-asked"))
            raise typer.Exit(ExitCode.COULD_NOT)
        if not agreed(words, words.say("freeze.ask")):
            console.say(words.say("freeze.left"))
            return
    file = ready.freeze(date)
    for said in (
        words.say("freeze.done", name=ready.pack.name, date=date, file=str(file)),
        words.say("freeze.digest", digest=ready.digest),
        words.say("freeze.next"),
    ):
        console.say(layout.indented(said, 0, layout.columns()))


def _show(words: Words, ready: Ready, date: str) -> None:
    """Show what would be frozen: it cannot be taken back."""
    columns = layout.columns()
    console.say("\n" + layout.ends("  " + layout.paint(ready.pack.name, "bold"), date, columns))
    console.say(layout.indented(wording.pack_title(words, ready.pack), 2, columns))
    console.say(layout.indented(wording.pack_size(words, ready.pack), 2, columns))
    console.say(layout.indented(words.say("freeze.digest", digest=ready.digest), 2, columns))
    console.say("\n" + layout.indented(words.say("freeze.for-good"), 2, columns))
