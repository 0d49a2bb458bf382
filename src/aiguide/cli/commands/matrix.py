"""`aiguide matrix`: the table of business domains and classes of use."""

import typer

from aiguide.cli import console, layout, results
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Format, GuidelineName, Lang, one_of
from aiguide.cli.session import session_of
from aiguide.core import wording
from aiguide.core.guideline import Cell, Consideration, Guideline
from aiguide.core.words import Words
from aiguide.usecases import guidelines

app = new_app()


@app.command(cls=Command)
def matrix(
    ctx: typer.Context,
    guideline: GuidelineName = guidelines.DEFAULT_PACK,
    format: Format = "text",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    pack, _ = guidelines.load_pack(guideline)
    if format == "json":
        cells = [results.cell_data(words, pack, cell) for cell in pack.cells]
        console.put_json({"guideline": pack.name, "cells": cells})
        return
    console.say("\n  " + layout.paint(wording.pack_line(words, pack), "bold"))
    for domain in pack.domains:
        console.say("\n  " + layout.paint(words.pick(domain.title), "bold"))
        console.say(layout.indented(words.pick(domain.description), 2, layout.columns()))
        for cell in pack.cells_of(domain.id):
            console.say(_row(words, pack, cell))
    console.say()
    for stance in pack.stances:
        meaning = words.pick(stance.description)
        name = wording.stance_name(words, stance)
        console.say(layout.hanging(name, meaning, 2, 10, layout.columns()))
    console.say(layout.hanging("?", words.say("matrix.inferred"), 2, 10, layout.columns()))
    legend = [f"{words.pick(one.mark)} {words.pick(one.title)}" for one in _marked(pack)]
    console.say(layout.indented("  ".join(legend), 2, layout.columns()))
    console.say("\n" + layout.indented(words.say("matrix.next"), 2, layout.columns()))


def _marked(pack: Guideline) -> list[Consideration]:
    """Give the considerations that the table's marks stand for."""
    used = {id for cell in pack.cells for id in cell.considerations}
    return [one for one in pack.considerations if one.id in used]


def _row(words: Words, pack: Guideline, cell: Cell) -> str:
    stance = pack.stance(cell.stance.id)
    mark = wording.stance_name(words, stance) + ("?" if cell.stance.inferred else "")
    marks = [words.pick(pack.consideration(id).mark) for id in cell.considerations]
    head = layout.pad(f"{cell.number} {cell.id}", _ID)
    head += layout.paint(layout.pad(mark, _STANCE), stance.id)
    head += layout.pad(" ".join(marks) or "—", _MARKS)
    title = words.pick(cell.title)
    return layout.hanging(head, title, 2, _ID + _STANCE + _MARKS, layout.columns())


_ID, _STANCE, _MARKS = 26, 10, 16
