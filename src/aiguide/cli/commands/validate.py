"""`aiguide validate`: every finding of every manifest."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, layout, results
from aiguide.cli.app import Command, new_app
from aiguide.cli.exits import ExitCode
from aiguide.cli.options import Format, Lang, Today, one_of, path
from aiguide.cli.session import session_of, today_or
from aiguide.core.findings import Finding, Severity
from aiguide.core.words import Words
from aiguide.usecases import validating

app = new_app()


@app.command(cls=Command)
def validate(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="argument.paths",
            parser=path,
        ),
    ],
    gate: Annotated[str, typer.Option("--gate", metavar="PHASE|all", help="option.gate")] = "",
    today: Today = "",
    format: Format = "text",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    files, found = validating.validate(paths, gate or None, today_or(today))
    if format == "json":
        console.put_json(results.findings(words, files, found))
    else:
        _show(words, files, found)
    if any(words.severity(one) is Severity.ERROR for one in found):
        raise typer.Exit(ExitCode.NO)


def _show(words: Words, files: int, found: tuple[Finding, ...]) -> None:
    for file, group in groupby(found, key=lambda one: one.file):
        console.say("\n" + layout.paint(file, "bold"))
        for finding in group:
            _show_one(words, finding)
    counts = {severity: _count(words, found, severity) for severity in Severity}
    console.say()
    console.say(
        words.say(
            "validate.summary",
            files=files,
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
        )
    )


def _show_one(words: Words, finding: Finding) -> None:
    severity = words.severity(finding)
    colour = "red" if severity is Severity.ERROR else "yellow"
    label = layout.paint(layout.pad(words.say(f"severity.{severity.value}"), _SEVERITY), colour)
    place = f"{finding.line}:{finding.column}" if finding.line else "-"
    head = f"{layout.pad(place, 8)} {label} {finding.code}"
    columns = layout.columns()
    console.say(layout.hanging(head, words.message(finding), 2, _HEAD_COLUMNS, columns))
    console.say(layout.indented(words.fix(finding), 2 + _HEAD_COLUMNS, columns))


_HEAD_COLUMNS = 25
_SEVERITY = 7


def _count(words: Words, found: Iterable[Finding], severity: Severity) -> int:
    return sum(words.severity(one) is severity for one in found)
