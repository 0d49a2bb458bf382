"""`aiguide doctor`: what is missing on this machine, or wrong with a file, and the remedy."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from aiguide import __version__, usecases
from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.complaints import message, place
from aiguide.cli.exits import ExitCode
from aiguide.cli.options import Format, Lang, one_of, project_path
from aiguide.cli.session import session_of, today_or
from aiguide.core.words import Words

app = new_app()


@app.command(cls=Command)
def doctor(
    ctx: typer.Context,
    project: Annotated[
        Path | None, typer.Argument(metavar="[PROJECT]", help="argument.doctor", show_default=False)
    ] = None,
    format: Format = "text",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    checks = _checks(words)
    findings = ()
    if project is not None:
        _, findings = usecases.validate([project_path(project)], None, today_or(""))
    if format == "json":
        console.put_json({"checks": checks, "findings": [
            {"file": one.file, "line": one.line, "column": one.column, "code": one.code,
             "message": message(words, one), "fix": words.fix(one)} for one in findings]})
    else:
        for check in checks:
            mark = words.say("doctor.ok" if check["ok"] else "doctor.bad")
            console.say(layout.hanging(mark, str(check["what"]), 2, 8, layout.columns()))
            if not check["ok"]:
                console.say(layout.indented(str(check["remedy"]), 10, layout.columns()))
        for finding in findings:
            console.say(f"  {place(finding)} {finding.code} {message(words, finding)}")
            console.say("    " + words.fix(finding))
        if project is not None and not findings:
            console.say("  " + words.say("doctor.file-ok", file=str(project)))
    if any(not check["ok"] for check in checks):
        raise typer.Exit(ExitCode.COULD_NOT)


def _checks(words: Words) -> list[dict[str, object]]:
    """Try what a report needs, and say what this is."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    told = words.say("doctor.versions", aiguide=__version__, python=version)
    checks: list[dict[str, object]] = [{"id": "versions", "ok": True, "what": told, "remedy": ""}]
    for id, error in usecases.pdf_obstacles():
        checks.append(
            {
                "id": id,
                "ok": error is None,
                "what": words.say(f"doctor.{id}"),
                "remedy": words.say(f"error.{error.code}.fix", **error.args_said) if error else "",
            }
        )
    return checks
