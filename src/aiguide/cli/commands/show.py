"""`aiguide show`: a cell, phase, item, consideration, condition or finding code in full."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, layout, stances
from aiguide.cli.app import Command, new_app
from aiguide.cli.completion import things
from aiguide.cli.options import Format, GuidelineName, Lang, Today, alone
from aiguide.cli.session import build_day, session_of
from aiguide.core import wording
from aiguide.core.applicability import Situation, Truth, why
from aiguide.core.findings import FindingKind
from aiguide.core.guideline import Cell, Condition, Consideration, Guideline, Item, Phase, Source
from aiguide.core.suggest import one_of
from aiguide.core.words import Words
from aiguide.usecases import guidelines, results

Thing = Cell | Phase | Item | Consideration | Condition

app = new_app()


@app.command(cls=Command)
def show(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="argument.id", autocompletion=things)],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="option.card")
    ] = None,
    guideline: GuidelineName = guidelines.DEFAULT_PACK,
    today: Today = "",
    format: Format = "text",
    lang: Lang = "",
) -> None:
    one_of("--format", format, ("text", "json"))
    pack, _ = guidelines.load_pack(guideline)
    words = session_of(ctx).words.of_pack(pack.words)
    if output is not None:
        alone("--output", {"--format": format != "text"})
        _write_card(words, pack, id, output, build_day(today))
        return
    showers = _showers(pack)
    titles = {id: thing.title for id, (_, thing) in showers.items()}
    codes = {code: kind.message for code, kind in words.kinds.items()}
    id = guidelines.meant("id", id, titles | codes)
    if id in words.kinds:
        (_code_json if format == "json" else _code)(words, words.kinds[id])
        return
    kind, thing = showers[id]
    if format == "json":
        console.put_json(_data(words, pack, kind, thing))
        return
    console.say()
    _TEXT[kind](words, pack, thing)


def _write_card(words: Words, pack: Guideline, id: str, output: Path, today: str) -> None:
    """Write the guidance of a cell to a file. Raises: AiguideError `unknown-cell`."""
    from aiguide.cli import output_files
    from aiguide.usecases import reports

    cell = pack.cell(guidelines.cell_meant(pack, id))
    format = output_files.format_of(output, "")
    rendered = reports.card(pack, cell, words, today, format)
    output_files.deliver(words, output, rendered)


def _showers(pack: Guideline) -> dict[str, tuple[str, Thing]]:
    """Map every id to its kind and thing."""
    kinds: dict[str, Iterable[Thing]] = {
        "consideration": pack.considerations,
        "condition": pack.conditions,
        "phase": pack.phases,
        "cell": pack.cells,
        "item": pack.items,
    }
    return {one.id: (kind, one) for kind, things in kinds.items() for one in things}


def _heading(words: Words, title: str, id: str) -> None:
    console.say(layout.ends("  " + layout.paint(title, "bold"), id, layout.columns() - 2))


def _row(label: str, text: str) -> None:
    console.say(layout.hanging(label, text, 2, 14, layout.columns()))


def _sources(
    words: Words, pack: Guideline, sources: Iterable[Source], cells: tuple[str, ...] = ()
) -> None:
    for source in sources:
        shown = cells or source.cells
        _row(words.say("report.source"), wording.source_line(words, pack, source, shown))


def _cell(words: Words, pack: Guideline, cell: Cell) -> None:
    _heading(words, wording.cell_name(words, pack, cell.id), cell.id)
    if cell.stance:
        console.say("  " + stances.mark(words, pack, cell))
        for line in stances.lines(words, pack, cell):
            console.say(layout.indented(line, 2, layout.columns()))
        if cell.stance.note:
            console.say(layout.indented(words.pick(cell.stance.note), 2, layout.columns()))
        console.say()
    console.say(layout.indented(words.pick(cell.summary.text), 2, layout.columns()))
    _row(words.say("classify.considerations"), wording.cell_considerations(words, pack, cell))
    for label, facts in (("show.features", cell.features), ("show.scenes", cell.scenes)):
        console.say("\n  " + layout.paint(words.say(label), "bold"))
        for fact in facts:
            console.say(layout.hanging("-", words.pick(fact.text), 4, 2, layout.columns()))
            for source in fact.sources:
                line = wording.source_line(words, pack, source, (cell.id,))
                console.say(layout.paint(layout.indented(line, 6, layout.columns()), "dim"))
    _items_of_cell(words, pack, cell)
    for heading, sources in (
        ("show.stance-sources", cell.stance_sources),
        ("show.considerations-sources", cell.considerations_sources),
    ):
        if sources:
            console.say("\n  " + layout.paint(words.say(heading), "bold"))
            _sources(words, pack, sources, (cell.id,))


def _items_of_cell(words: Words, pack: Guideline, cell: Cell) -> None:
    """List what a use in this cell has to check; what hangs on a condition says so."""
    now = _situation(pack, cell)
    for phase in pack.phases:
        console.say("\n  " + layout.paint(words.pick(phase.title), "bold"))
        applying = [(item, why(item, now)) for item in pack.items_of(phase.id)]
        starred = [
            (item, any(now.conditions[id] is Truth.UNANSWERED for id in reason.conditions))
            for item, reason in applying
            if reason
        ]
        _list_items(words, starred, (cell.id,))
    console.say("\n  " + words.say("show.star"))


def _list_items(words: Words, items: Iterable[tuple[Item, bool]], cells: tuple[str, ...]) -> None:
    """List items under their levels; one that hangs on an unanswered condition has a star."""
    levels: dict[str, list[tuple[Item, bool]]] = {}
    for item, starred in items:
        basis = item.level_basis.basis_for(cells) if cells else item.level_basis.basis
        levels.setdefault(wording.plain_level(words, item.level, basis), []).append((item, starred))
    for level, listed in levels.items():
        console.say(f"    {level}")
        for item, starred in listed:
            head = ("* " if starred else "  ") + item.id
            console.say(layout.hanging(head, words.pick(item.title), 4, 38, layout.columns()))


def _situation(pack: Guideline, cell: Cell) -> Situation:
    from aiguide.core.applicability import situation
    from aiguide.core.project import Classification, Project

    project = Project(pack.id, pack.version, "", classification=Classification(cells=(cell.id,)))
    return situation(pack, project)


def _phase(words: Words, pack: Guideline, phase: Phase) -> None:
    _heading(words, words.pick(phase.title), phase.id)
    console.say(layout.indented(words.pick(phase.description), 2, layout.columns()))
    console.say()
    _list_items(words, ((item, False) for item in pack.items_of(phase.id)), ())
    console.say()
    _sources(words, pack, phase.sources)


def _item(words: Words, pack: Guideline, item: Item) -> None:
    _heading(words, words.pick(item.title), item.id)
    level = wording.plain_level(words, item.level, item.level_basis.basis)
    phase = words.pick(pack.phase(item.phase).title)
    named = wording.considerations(words, pack, item.considerations)
    console.say("  " + "  ".join(filter(None, (phase, level, named))))
    console.say()
    console.say(layout.indented(words.pick(item.check), 2, layout.columns()))
    console.say()
    examples = " / ".join(words.pick(one) for one in item.evidence)
    _row(words.say("check.evidence-examples"), examples)
    _row(words.say("show.applies"), wording.applies(words, pack, item))
    _sources(words, pack, item.sources)
    for alias in item.aliases:
        _row(words.say("show.alias"), words.pick(alias))
    if item.note:
        _row(words.say("show.note"), words.pick(item.note))


def _consideration(words: Words, pack: Guideline, one: Consideration) -> None:
    _heading(words, words.pick(one.title), one.id)
    console.say(layout.indented(words.pick(one.description), 2, layout.columns()))
    console.say()
    for item in pack.items:
        if one.id in item.considerations:
            console.say(layout.hanging(item.id, words.pick(item.title), 2, 36, layout.columns()))
    console.say()
    _sources(words, pack, one.sources)


def _condition(words: Words, pack: Guideline, one: Condition) -> None:
    _heading(words, words.pick(one.title), one.id)
    console.say(layout.indented(words.pick(one.question), 2, layout.columns()))
    console.say(layout.indented(words.pick(one.description), 2, layout.columns()))
    console.say()
    _sources(words, pack, one.sources)


def _code(words: Words, kind: FindingKind) -> None:
    console.say()
    _heading(words, words.pick(kind.title), kind.code)
    console.say("  " + words.say(f"severity.{kind.severity.value}"))
    console.say(layout.indented(words.pick(kind.explanation), 2, layout.columns()))
    console.say()
    _row(words.say("show.example"), words.pick(kind.example))
    _row(words.say("show.remedy"), words.remedy(kind))


def _code_json(words: Words, kind: FindingKind) -> None:
    console.put_json(
        {
            "id": kind.code,
            "kind": "finding",
            "severity": kind.severity.value,
            "title": words.pick(kind.title),
            "explanation": words.pick(kind.explanation),
            "example": words.pick(kind.example),
            "remedy": words.remedy(kind),
        }
    )


def _data(words: Words, pack: Guideline, kind: str, thing: Thing) -> dict[str, object]:
    if isinstance(thing, Cell):
        return {"kind": kind, **results.cell_data(words, pack, thing)}
    if isinstance(thing, Item):
        return results.shown_item(words, pack, thing)
    return {
        "kind": kind,
        "id": thing.id,
        "title": words.pick(thing.title),
        "description": words.pick(thing.description),
    }


_TEXT: dict[str, Callable[..., None]] = {
    "cell": _cell,
    "phase": _phase,
    "item": _item,
    "consideration": _consideration,
    "condition": _condition,
}
