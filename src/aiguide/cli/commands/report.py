"""`aiguide report`: the proof for a manager or a reviewer."""

from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Lang, NamedProject, Today, one_of, project_path
from aiguide.cli.session import session_of, today_or
from aiguide.core.errors import AiguideError
from aiguide.usecases import projects, reports

app = new_app()
STDOUT = Path("-")


@app.command(cls=Command)
def report(
    ctx: typer.Context,
    project: NamedProject,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="option.output")],
    format: Annotated[
        str,
        typer.Option(
            "--format", metavar="|".join(reports.REPORT_FORMATS), help="option.report-format"
        ),
    ] = "",
    template: Annotated[
        str,
        typer.Option(
            "--template", metavar="|".join(reports.REPORT_TEMPLATES), help="option.template"
        ),
    ] = "compliance",
    today: Today = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--template", template, reports.REPORT_TEMPLATES)
    opened = projects.open_project(project_path(project))
    asked = _format(output, format)
    rendered = reports.report(opened, words, today_or(today), asked, template)
    if rendered.missing:
        console.talk(words.say("report.missing-glyphs", chars="".join(rendered.missing)))
    if output == STDOUT:
        console.put(rendered.content)
        return
    reports.write_report(opened, output, rendered.content)
    console.say(words.say("report.done", file=str(output)))


def _format(output: Path, asked: str) -> str:
    """Take the format that was asked for, else the one that the file's ending names."""
    if asked:
        return one_of("--format", asked, reports.REPORT_FORMATS)
    ending = output.suffix.lower().lstrip(".")
    if ending not in reports.REPORT_FORMATS:
        raise AiguideError("unknown-format", ending=output.suffix, known=reports.REPORT_FORMATS)
    return ending
