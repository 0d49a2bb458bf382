"""`aiguide guideline lint`: what is wrong with a guideline pack."""

import shlex
from typing import Annotated

import typer

from aiguide.cli import console, findings_list
from aiguide.cli.app import Command, new_app
from aiguide.cli.exits import ExitCode
from aiguide.cli.options import Format, Lang
from aiguide.cli.session import session_of
from aiguide.core.suggest import one_of
from aiguide.usecases import linting, validating
from aiguide.usecases.validating import TEXT

app = new_app()


@app.command(cls=Command)
def lint(
    ctx: typer.Context,
    pack: Annotated[str, typer.Argument(metavar="PATH|NAME", help="argument.pack-place")],
    strict: Annotated[bool, typer.Option("--strict", help="option.strict")] = False,
    format: Format = TEXT,
    lang: Lang = "",
) -> None:
    one_of("--format", format, (TEXT, "json"))
    run = linting.judge(pack, session_of(ctx).words, strict=strict)
    if format == TEXT:
        findings_list.show(run)
    else:
        console.put_pieces(validating.written(run, format))
    findings_list.sum_up(run, console.say if format == TEXT else console.talk)
    folder, others = linting.beside(pack)
    if others:
        words = session_of(ctx).words
        console.talk(words.say("lint.beside", known=list(others)))
        console.talk("    " + shlex.join(["aiguide", "guideline", "lint", folder]))
    if run.failed:
        raise typer.Exit(ExitCode.NO)
