"""`aiguide guideline`: the packs and their versions; a module for each command below it."""

import typer

from aiguide.cli import console
from aiguide.cli.app import Group
from aiguide.cli.options import Lang


class Commands(Group):
    """The commands of `aiguide guideline`, in the order of the help."""

    names = ("list", "show", "diff", "lint", "new", "freeze")
    package = "aiguide.cli.commands.guideline"


app = typer.Typer(
    cls=Commands, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)


@app.callback(invoke_without_command=True)
def guideline(ctx: typer.Context, lang: Lang = "") -> None:
    if ctx.invoked_subcommand is None:
        console.say(ctx.get_help())
