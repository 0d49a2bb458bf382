"""`aiguide completion`: the script that lets a shell complete commands, options and ids."""

from typing import Annotated

import typer

from aiguide.cli import completion as completions
from aiguide.cli import console
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Lang
from aiguide.core.suggest import one_of

app = new_app()


@app.command(cls=Command)
def completion(
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help="argument.shell")],
    lang: Lang = "",
) -> None:
    one_of("SHELL", shell, completions.SHELLS)
    console.put(completions.script(shell).encode())
