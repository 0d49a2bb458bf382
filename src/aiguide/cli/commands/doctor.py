"""`aiguide doctor`: what is missing on this machine, or wrong with a file, and the remedy."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from aiguide import __version__
from aiguide.cli import console, layout, results
from aiguide.cli.app import Command, new_app
from aiguide.cli.complaints import place
from aiguide.cli.exits import ExitCode
from aiguide.cli.options import Format, Lang, Today, one_of, project_path
from aiguide.cli.options import path as path_of
from aiguide.cli.session import session_of, today_or
from aiguide.core.findings import Finding
from aiguide.core.words import Words
from aiguide.usecases import reports, validating

Check = dict[str, object]

app = new_app()


@app.command(cls=Command)
def doctor(
    ctx: typer.Context,
    project: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PROJECT]", help="argument.doctor", show_default=False, parser=path_of
        ),
    ] = None,
    today: Today = "",
    format: Format = "text",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    checks = _checks(words)
    findings: tuple[Finding, ...] = ()
    if project is not None:
        path = project_path(project)
        _, findings = validating.validate([path], None, today_or(today))
    if format == "json":
        found = results.findings(words, int(project is not None), findings)["findings"]
        console.put_json({"checks": checks, "findings": found})
    else:
        _show(words, checks, findings, project)
    if any(not check["ok"] for check in checks):
        raise typer.Exit(ExitCode.COULD_NOT)


def _show(
    words: Words, checks: list[Check], findings: tuple[Finding, ...], project: Path | None
) -> None:
    for check in checks:
        mark = words.say("doctor.ok" if check["ok"] else "doctor.bad")
        console.say(layout.hanging(mark, str(check["what"]), 2, 8, layout.columns()))
        if not check["ok"]:
            console.say(layout.indented(str(check["remedy"]), 10, layout.columns()))
    for finding in findings:
        console.say(f"  {place(finding)} {finding.code} {words.message(finding)}")
        console.say(layout.indented(words.fix(finding), 4, layout.columns()))
    if project is not None and not findings:
        console.say("  " + words.say("doctor.file-ok", file=str(project)))


def _checks(words: Words) -> list[Check]:
    """Try what a report needs, and say what this is."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    told = words.say("doctor.versions", aiguide=__version__, python=version)
    checks: list[Check] = [{"id": "versions", "ok": True, "what": told, "remedy": ""}]
    for id, error in reports.pdf_obstacles():
        checks.append(
            {
                "id": id,
                "ok": error is None,
                "what": words.say(f"doctor.{id}"),
                "remedy": words.say(f"error.{error.code}.fix", **error.args_said) if error else "",
            }
        )
    return checks
