"""`aiguide export`: the checklist as an Excel workbook, to be filled in and taken back."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, output_files
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import Lang, NamedProject, Today, alone, project_path
from aiguide.cli.output_files import STDOUT
from aiguide.cli.session import build_day, session_of
from aiguide.core.errors import AiguideError
from aiguide.core.spreadsheet import SUFFIX
from aiguide.usecases import projects, spreadsheets

app = new_app()


@app.command(cls=Command)
def export(
    ctx: typer.Context,
    project: NamedProject,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="option.workbook")],
    force: Annotated[bool, typer.Option("--force", help="option.force")] = False,
    today: Today = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    day = build_day(today)
    if output == STDOUT:
        alone("-o -", {"--force": force})
    elif output.suffix.lower() != SUFFIX:
        raise AiguideError("not-xlsx", file=str(output))
    opened = projects.open_project(project_path(project))
    if output != STDOUT and not force:
        spreadsheets.require_replaceable(opened, output, words, day)
    content = spreadsheets.export(opened, words, day)
    output_files.put(words, output, content, "export.done", opened.path)
    if output != STDOUT:
        book, into = shlex.quote(str(output)), shlex.quote(str(opened.path))
        command = f"aiguide import {book} --into {into}"
        console.say("  " + words.say("export.next", command=command))
