"""`aiguide guideline list`: the packs that aiguide knows, and their versions."""

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Format, Lang, one_of
from aiguide.cli.session import HERE, session_of
from aiguide.core import wording
from aiguide.core.guideline import Guideline
from aiguide.core.words import Words
from aiguide.usecases import results, versions

app = new_app()


@app.command(cls=Command)
def list(ctx: typer.Context, format: Format = "text", lang: Lang = "") -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    known = versions.all_packs(HERE)
    if format == "json":
        data = [results.pack(words, one, versions.is_newest(one, HERE)) for one in known]
        console.put_json(results.packs(data))
        return
    for one in known:
        _show(words, one)


def _show(words: Words, pack: Guideline) -> None:
    columns = layout.columns()
    mark = wording.pack_standing(words, pack, versions.is_newest(pack, HERE))
    console.say("\n" + layout.ends("  " + layout.paint(pack.name, "bold"), mark, columns))
    console.say(layout.indented(wording.pack_line(words, pack), 4, columns))
    console.say(layout.indented(wording.pack_size(words, pack), 4, columns))
