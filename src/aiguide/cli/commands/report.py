"""`aiguide report`: the proof for a manager or a reviewer."""

from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import output_files
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Lang, NamedProject, Today, one_of, project_path
from aiguide.cli.session import session_of, today_or
from aiguide.usecases import projects, reports

app = new_app()


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
    asked = output_files.format_of(output, format)
    rendered = reports.report(opened, words, today_or(today), asked, template)
    output_files.deliver(words, output, rendered, source=opened.path)
