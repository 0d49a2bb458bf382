"""`aiguide report`: the proof for a manager or a reviewer."""

from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, output_files
from aiguide.cli.app import Command, new_app
from aiguide.cli.git_told import warn_of_git
from aiguide.cli.lacking_told import warn_of_lacking
from aiguide.cli.options import USUAL, Lang, ProjectFile, Today, alone, command, project_path
from aiguide.cli.session import build_day, session_of, settings_folder
from aiguide.core.suggest import one_of
from aiguide.core.verdict import GOING_ON
from aiguide.core.words import Words
from aiguide.usecases import projects, reports
from aiguide.usecases.projects import Opened

Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE|FOLDER", help="option.output")]
ReportFormat = Annotated[
    str,
    typer.Option("--format", metavar="|".join(reports.REPORT_FORMATS), help="option.report-format"),
]
Template = Annotated[
    str,
    typer.Option(
        "--template", metavar="|".join((*reports.REPORT_TEMPLATES, "NAME")), help="option.template"
    ),
]
Framework = Annotated[str, typer.Option("--framework", metavar="NAME", help="option.framework")]
PdfVariant = Annotated[
    str,
    typer.Option(
        "--pdf-variant", metavar="|".join(reports.PDF_VARIANTS), help="option.pdf-variant"
    ),
]

app = new_app()


@app.command(cls=Command)
def report(
    ctx: typer.Context,
    output: Output,
    project: ProjectFile = USUAL,
    format: ReportFormat = "",
    template: Template = "",
    framework: Framework = "",
    pdf_variant: PdfVariant = reports.PDF_VARIANTS[0],
    today: Today = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--pdf-variant", pdf_variant, reports.PDF_VARIANTS)
    if framework:
        alone("--framework", {f"--template {template}": template})
    template = template or reports.REPORT_TEMPLATES[0]
    day = build_day(today)
    if project.is_dir() and output_files.is_folder(output):
        from aiguide.cli import report_batch

        one_of("--format", format or "pdf", reports.REPORT_FORMATS)
        order = reports.Order(
            day, format or "pdf", template, pdf_variant, settings_folder(), framework
        )
        raise typer.Exit(report_batch.run(session_of(ctx), project, Path(output), order))
    file = Path(output)
    asked = output_files.format_of(file, format, or_folder=project.is_dir())
    if asked != "pdf":
        variant = "" if pdf_variant == reports.PDF_VARIANTS[0] else pdf_variant
        alone(f"--format {asked}", {f"--pdf-variant {variant}": variant})
    order = reports.Order(day, asked, template, pdf_variant, settings_folder(), framework)
    opened = projects.open_project(project_path(project))
    output_files.tell_making(words, asked)
    made = reports.report(opened, words, order)
    output_files.deliver(words, file, made, source=opened.path)
    _warn(
        words,
        opened,
        day,
        signed=asked != "json" and not framework and template in reports.SIGNED_TEMPLATES,
    )


def _warn(words: Words, opened: Opened, day: str, *, signed: bool) -> None:
    """Say what the reader of the report will miss: evidence as it was, and where to sign."""
    warn_of_git(words, opened)
    warn_of_lacking(words, opened, "")
    checklist = opened.inspected(day)
    if bad := checklist.bad_evidence():
        look = command("evidence", opened.path)
        console.talk(words.say("status.bad-evidence", count=bad, command=look))
    verdict = opened.judge(checklist).verdict
    if signed and verdict not in GOING_ON:
        label = words.say(f"verdict.{verdict.value}")
        console.talk(words.say("report.unsigned", verdict=label))
