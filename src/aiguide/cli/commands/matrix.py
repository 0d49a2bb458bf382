"""`aiguide matrix`: the table of business domains and classes of use."""

import typer

from aiguide.cli import console, layout, passed_over, stances
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Format, GuidelineName, Lang, about
from aiguide.cli.session import session_of
from aiguide.core import wording
from aiguide.core.guideline import Cell, Consideration, Guideline
from aiguide.core.suggest import one_of
from aiguide.core.words import Worded, Words
from aiguide.usecases import guidelines, results

app = new_app()


@app.command(cls=Command)
def matrix(
    ctx: typer.Context,
    guideline: GuidelineName = "",
    format: Format = "text",
    lang: Lang = "",
) -> None:
    one_of("--format", format, ("text", "json"))
    pack, policy = guidelines.load_pack(guideline)
    passed_over.warn(session_of(ctx).words, pack, guideline)
    words = session_of(ctx).words.of_pack(pack.words)
    if format == "json":
        console.put_json(results.matrix(words, pack))
        return
    console.say("\n  " + layout.paint(wording.pack_line(words, pack), "bold"))
    rooms = _rooms(words, pack)
    for domain in pack.domains:
        console.say("\n  " + layout.paint(words.pick(domain.title), "bold"))
        console.say(layout.indented(words.pick(domain.description), 2, layout.columns()))
        for cell in pack.cells_of(domain.id):
            console.say(_row(words, pack, cell, rooms))
    console.say()
    _stances(words, pack)
    legend = [f"{words.pick(one.mark)} {words.pick(one.title)}" for one in _marked(pack)]
    console.say(layout.indented("  ".join(legend), 2, layout.columns()))
    console.say("\n" + layout.indented(_then(words, pack, bool(policy)), 2, layout.columns()))


def _then(words: Words, pack: Guideline, classifies: bool) -> str:
    """Say how to read a cell in full, and how to find one where the guideline can tell."""
    command = about("show", pack, "ID")
    if not classifies:
        return words.say("matrix.next.show", command=command)
    classify = about("classify", pack, f'"{words.say("matrix.idea")}"')
    return words.say("matrix.next", command=command, classify=Worded(classify))


def _stances(words: Words, pack: Guideline) -> None:
    """Say what the stances mean, and what doubt of them means where there is any."""
    told = [(wording.stance_name(words, one), words.pick(one.description)) for one in pack.stances]
    if any(cell.inferred for cell in pack.cells):
        told.append((wording.INFERRED, words.say("matrix.inferred")))
    for name, meaning in told:
        console.say(layout.hanging(name, meaning, 2, _STANCE, layout.columns()))


def _marked(pack: Guideline) -> list[Consideration]:
    """Give the considerations that the table's marks stand for."""
    used = {id for cell in pack.cells for id in cell.considerations}
    return [one for one in pack.considerations if one.id in used]


def _row(words: Words, pack: Guideline, cell: Cell, rooms: tuple[int, ...]) -> str:
    id, stance, marks = map(layout.pad, _columns(words, pack, cell), rooms)
    head = id + stances.painted(stance, pack.stance_of(cell)) + marks
    return layout.hanging(head, words.pick(cell.title), 2, sum(rooms), layout.columns())


def _columns(words: Words, pack: Guideline, cell: Cell) -> tuple[str, str, str]:
    """Give what stands before a cell's title: its id, its stance, the marks of what needs care."""
    stance = wording.cell_stance(words, pack, cell)
    marks = [words.pick(pack.consideration(id).mark) for id in cell.considerations]
    return f"{cell.number} {cell.id}", stance, " ".join(marks) or "—"


def _rooms(words: Words, pack: Guideline) -> tuple[int, ...]:
    """Give the columns that all cells need for these; none where nothing is to show."""
    shown = zip(*(_columns(words, pack, cell) for cell in pack.cells), strict=True)
    widest = [max(map(layout.width, column)) for column in shown]
    return tuple(need and max(least, need + 1) for need, least in zip(widest, _LEAST, strict=True))


_LEAST = _ID, _STANCE, _MARKS = 26, 10, 16
