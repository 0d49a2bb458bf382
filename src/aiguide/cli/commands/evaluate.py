"""`aiguide evaluate`: say how well classification does on labelled cases."""

from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Format, GuidelineName, Lang
from aiguide.cli.options import path as path_of
from aiguide.cli.session import session_of
from aiguide.core.evaluation import Evaluation, Rate
from aiguide.core.suggest import one_of
from aiguide.core.words import Words
from aiguide.usecases import evaluating, results

app = new_app()


@app.command(cls=Command)
def evaluate(
    ctx: typer.Context,
    cases: Annotated[
        Path, typer.Argument(metavar="CASES.jsonl", help="argument.cases", parser=path_of)
    ],
    guideline: GuidelineName = "",
    format: Format = "text",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    found = evaluating.measure(cases, guideline)
    if format == "json":
        console.put_json(results.evaluation(found))
        return
    console.say("\n  " + words.say("evaluate.head", count=found.cases, file=str(cases)))
    rows = [(words.say(f"rate.{name}"), _figures(rate)) for name, rate in found.rates.items()]
    console.say("\n".join(layout.table(rows, indent=4)))
    if found.calibration:
        console.say("\n" + layout.indented(words.say("evaluate.meaning"), 2, layout.columns()))
        _show_calibration(words, found)
    if found.confusion:
        _show_confusion(words, found)


def _figures(rate: Rate) -> str:
    low, high = rate.interval
    return f"{rate.value:.3f}  ({rate.hits}/{rate.total}, {low:.2f}-{high:.2f})"


def _show_calibration(words: Words, found: Evaluation) -> None:
    error = f"{found.calibration_error:.3f}"
    console.say("\n  " + words.say("evaluate.calibration", error=error))
    rows = [
        (f"{step.low:.2f}-{step.high:.2f}", f"{step.confidence:.2f}", _figures(step.right))
        for step in found.calibration
    ]
    heads = (words.say("evaluate.range"), words.say("evaluate.mean"), words.say("evaluate.right"))
    console.say("\n".join(layout.table([heads, *rows], indent=4)))


def _show_confusion(words: Words, found: Evaluation) -> None:
    console.say("\n  " + words.say("evaluate.confusion"))
    heads = (
        words.say("evaluate.label"),
        words.say("evaluate.taken-for"),
        words.say("evaluate.count"),
    )
    rows = [(label, taken, f"{count}") for (label, taken), count in found.confusion.items()]
    console.say("\n".join(layout.table([heads, *rows], indent=4)))
