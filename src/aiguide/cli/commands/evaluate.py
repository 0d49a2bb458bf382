"""`aiguide evaluate`: say how well classification does on labelled cases."""

from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Format, GuidelineName, Lang, one_of
from aiguide.cli.options import path as path_of
from aiguide.cli.session import session_of
from aiguide.usecases import evaluating, guidelines

app = new_app()


@app.command(cls=Command)
def evaluate(
    ctx: typer.Context,
    cases: Annotated[
        Path, typer.Argument(metavar="CASES.jsonl", help="argument.cases", parser=path_of)
    ],
    guideline: GuidelineName = guidelines.DEFAULT_PACK,
    format: Format = "text",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    total, rates = evaluating.measure(cases, guideline)
    if format == "json":
        shown = {
            name: {
                "hits": rate.hits,
                "total": rate.total,
                "value": round(rate.value, 4),
                "interval": [round(bound, 4) for bound in rate.interval],
            }
            for name, rate in rates.items()
        }
        console.put_json({"cases": total, "rates": shown})
        return
    console.say("\n  " + words.say("evaluate.head", count=total, file=str(cases)))
    rows = []
    for name, rate in rates.items():
        low, high = rate.interval
        figures = f"{rate.value:.3f}  ({rate.hits}/{rate.total}, {low:.2f}-{high:.2f})"
        rows.append((words.say(f"rate.{name}"), figures))
    console.say("\n".join(layout.table(rows, indent=4)))
    console.say("\n" + layout.indented(words.say("evaluate.meaning"), 2, layout.columns()))
