"""`aiguide guideline list`: the packs that aiguide knows, and their versions."""

import shlex

import typer

from aiguide.cli import console, layout, portfolio_table
from aiguide.cli.app import Command, new_app
from aiguide.cli.exits import ExitCode
from aiguide.cli.options import Format, Lang
from aiguide.cli.session import HERE, session_of
from aiguide.core import wording
from aiguide.core.guideline import Guideline
from aiguide.core.suggest import one_of
from aiguide.core.words import Words
from aiguide.usecases import results, versions
from aiguide.usecases.versions import Unusable

app = new_app()


@app.command(cls=Command)
def list(ctx: typer.Context, format: Format = "text", lang: Lang = "") -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    known = tuple(versions.all_packs(words, HERE))
    usable = [one for one in known if isinstance(one, Guideline)]
    unusable = [one for one in known if isinstance(one, Unusable)]
    if format == "json":
        data = [results.pack(words, one, versions.is_newest(one, HERE)) for one in usable]
        console.put_json(results.packs(data, unusable))
    else:
        for one in usable:
            _show(words, one)
    for broken in unusable:
        _tell(words, broken)
    if unusable:
        raise typer.Exit(ExitCode.NO)


def _tell(words: Words, pack: Unusable) -> None:
    """Say what is wrong with a pack first, and how to see the rest."""
    console.talk("\n  " + words.say("list.unusable", name=pack.name, folder=pack.folder))
    console.talk(portfolio_table.unreadable(words, pack.first))
    console.talk(f"    aiguide guideline lint {shlex.quote(pack.folder)}")


def _show(words: Words, pack: Guideline) -> None:
    columns = layout.columns()
    mark = wording.pack_standing(words, pack, versions.is_newest(pack, HERE))
    console.say("\n" + layout.ends("  " + layout.paint(pack.name, "bold"), mark, columns))
    console.say(layout.indented(wording.pack_title(words, pack), 4, columns))
    console.say(layout.indented(wording.pack_size(words, pack), 4, columns))
