"""`aiguide show`: anything of a guideline, or a finding code, in full."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, layout, passed_over, things
from aiguide.cli.app import Command, new_app
from aiguide.cli.completion import things as completions
from aiguide.cli.options import Format, GuidelineName, Lang, Today, alone
from aiguide.cli.session import build_day, session_of
from aiguide.cli.things import Thing
from aiguide.core.findings import FindingKind
from aiguide.core.guideline import Cell, Guideline, Item
from aiguide.core.suggest import one_of
from aiguide.core.words import Words
from aiguide.usecases import guidelines, results

app = new_app()


@app.command(cls=Command)
def show(
    ctx: typer.Context,
    id: Annotated[
        str, typer.Argument(metavar="ID", help="argument.id", autocompletion=completions)
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="option.card")
    ] = None,
    guideline: GuidelineName = "",
    today: Today = "",
    format: Format = "text",
    lang: Lang = "",
) -> None:
    one_of("--format", format, ("text", "json"))
    pack, _ = guidelines.load_pack(guideline)
    passed_over.warn(session_of(ctx).words, pack, guideline)
    words = session_of(ctx).words.of_pack(pack.words)
    if output is not None:
        alone("--output", {"--format": format != "text"})
        _write_card(words, pack, id, output, build_day(today))
        return
    showers = _showers(pack)
    titles = {id: thing.title for id, (_, thing) in showers.items()}
    codes = {code: kind.message for code, kind in words.kinds.items()}
    guidelines.refuse_earlier(pack, id)
    id = guidelines.meant("id", id, titles | codes)
    if id in words.kinds:
        (_code_json if format == "json" else _code)(words, words.kinds[id])
        return
    kind, thing = showers[id]
    if format == "json":
        console.put_json(_data(words, pack, kind, thing))
        return
    things.show(words, pack, kind, thing)


def _write_card(words: Words, pack: Guideline, id: str, output: Path, today: str) -> None:
    """Write the guidance of a cell to a file. Raises: AiguideError `unknown-cell`."""
    from aiguide.cli import output_files
    from aiguide.usecases import reports

    cell = pack.cell(guidelines.cell_meant(pack, id))
    format = output_files.format_of(output, "")
    output_files.tell_making(words, format)
    rendered = reports.card(pack, cell, words, today, format)
    output_files.deliver(words, output, rendered)


def _showers(pack: Guideline) -> dict[str, tuple[str, Thing]]:
    """Map every id to its kind and thing."""
    kinds: dict[str, Iterable[Thing]] = {
        "domain": pack.domains,
        "stance": pack.stances,
        "consideration": pack.considerations,
        "condition": pack.conditions,
        "phase": pack.phases,
        "cell": pack.cells,
        "item": pack.items,
    }
    return {one.id: (kind, one) for kind, things in kinds.items() for one in things}


def _code(words: Words, kind: FindingKind) -> None:
    console.say()
    things.heading(words, words.pick(kind.title), kind.code)
    console.say("  " + words.say(f"severity.{kind.severity.value}"))
    console.say(layout.indented(words.pick(kind.explanation), 2, layout.columns()))
    console.say()
    things.row(words.say("show.example"), words.pick(kind.example))
    things.row(words.say("show.remedy"), words.remedy(kind))


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
        chosen = {"choose_when": words.pick(thing.choose_when.text)}
        return {"kind": kind, **results.cell_data(words, pack, thing), **chosen}
    if isinstance(thing, Item):
        return results.shown_item(words, pack, thing)
    return {
        "kind": kind,
        "id": thing.id,
        "title": words.pick(thing.title),
        "description": words.pick(thing.description),
    }
