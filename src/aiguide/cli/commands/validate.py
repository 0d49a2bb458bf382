"""`aiguide validate`: every finding of every manifest."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, findings_list
from aiguide.cli.app import Command, new_app
from aiguide.cli.exits import ExitCode
from aiguide.cli.git_told import warn_of_git, warn_of_unmerged
from aiguide.cli.options import Lang, Today, alone, path
from aiguide.cli.session import session_of, settings_folder, stamp, today_or
from aiguide.core.suggest import one_of
from aiguide.core.validation import Choice, Run
from aiguide.core.words import Words
from aiguide.usecases import validating
from aiguide.usecases.merging import unmerged_among
from aiguide.usecases.validating import FINDINGS_FORMATS, TEXT
from aiguide.usecases.validation_order import Order, settled

Codes = Annotated[list[str] | None, typer.Option("--select", metavar="CODE", help="option.select")]
Ignored = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="CODE", help="option.ignore")
]
FindingsFormat = Annotated[
    str,
    typer.Option("--format", metavar="|".join(FINDINGS_FORMATS), help="option.findings-format"),
]
STDOUT = Path("-")

app = new_app()


@app.command(cls=Command)
def validate(
    ctx: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="argument.paths", parser=path)
    ],
    gate: Annotated[str, typer.Option("--gate", metavar="PHASE|all", help="option.gate")] = "",
    select: Codes = None,
    ignore: Ignored = None,
    strict: Annotated[bool, typer.Option("--strict", help="option.strict")] = False,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="option.baseline")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", metavar="FILE", help="option.write-baseline")
    ] = None,
    format: FindingsFormat = TEXT,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="option.findings-output")
    ] = STDOUT,
    today: Today = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--format", format, FINDINGS_FORMATS)
    choice = Choice(_split(select), _split(ignore), strict)
    order = settled(Order(today_or(today), gate, choice, baseline), paths, settings_folder())
    if write_baseline is not None:
        others = {"--baseline": baseline, "--output": output != STDOUT, "--format": format != TEXT}
        alone("--write-baseline", others)
        # what was accepted earlier has no say in what is accepted now
        run = validating.validate(paths, words, replace(order, baseline=None))
        _write_baseline(run, write_baseline, paths)
        return
    run = validating.validate(paths, words, order)
    if output != STDOUT:
        alone("--output", {"--format text": format == TEXT})
        validating.write(output, validating.written(run, format), paths)
    elif format != TEXT:
        console.put_pieces(validating.written(run, format))
    else:
        findings_list.show(run)
    findings_list.sum_up(run, console.say if format == TEXT else console.talk)
    _tell_of_git(words, paths)
    if run.failed:
        raise typer.Exit(ExitCode.NO)


def _tell_of_git(words: Words, paths: list[Path]) -> None:
    """Say of manifests what git has not merged yet, or has and they lack."""
    unmerged = unmerged_among(paths)
    for project in unmerged:
        warn_of_unmerged(words, project)
    known = {project.resolve() for project in unmerged}
    for opened in validating.readable(paths):
        if opened.path.resolve() not in known:
            warn_of_git(words, opened, stamp("").by)


def _write_baseline(run: Run, file: Path, paths: list[Path]) -> None:
    """Accept what is found today; what cannot be accepted is shown, and the answer is no."""
    count, refused = validating.write_baseline(file, run, paths)
    for view in refused:
        findings_list.show_file(run, view)
    console.say(run.words.say("validate.baseline-written", file=str(file), count=count))
    if refused:
        console.say(run.words.say("validate.not-accepted", count=len(refused)))
        raise typer.Exit(ExitCode.NO)


def _split(codes: list[str] | None) -> tuple[str, ...]:
    """Take codes given one by one or with commas."""
    return tuple(code.strip() for given in codes or () for code in given.split(","))
