"""`aiguide answer`: one answer from a script."""

from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console
from aiguide.cli.app import Command, new_app
from aiguide.cli.options import By, Lang, NamedProject, one_of, project_path
from aiguide.cli.session import checked_date, session_of, stamp
from aiguide.core.answers import is_web_address
from aiguide.core.project import Answer, Evidence, EvidenceKind, Status
from aiguide.usecases import guidelines, projects

app = new_app()


@app.command(cls=Command)
def answer(
    ctx: typer.Context,
    project: NamedProject,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="argument.item")],
    status: Annotated[str, typer.Argument(metavar="STATUS", help="argument.status")],
    evidence: Annotated[
        list[str] | None, typer.Option("--evidence", metavar="FILE|URL", help="option.evidence")
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="option.note")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="option.reason")] = "",
    approver: Annotated[
        str, typer.Option("--approver", metavar="NAME", help="option.approver")
    ] = "",
    until: Annotated[str, typer.Option("--until", metavar="YYYY-MM-DD", help="option.until")] = "",
    assignee: Annotated[
        str, typer.Option("--assignee", metavar="NAME", help="option.assignee")
    ] = "",
    due: Annotated[str, typer.Option("--due", metavar="YYYY-MM-DD", help="option.due")] = "",
    by: By = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("STATUS", status, tuple(one.value for one in Status))
    path = project_path(project)
    opened = projects.open_project(path)
    found = guidelines.find_item(opened.guideline, item)
    given = Answer(
        status=Status(status),
        note=note,
        evidence=tuple(_evidence(path, one) for one in evidence or ()),
        reason=reason,
        approver=approver,
        until=checked_date(until) if until else None,
        assignee=assignee,
        due=checked_date(due) if due else None,
    )
    projects.record_answer(opened, found, given, stamp(by))
    label = words.say(f"status.{status}")
    console.say(words.say("answer.saved", item=found.title, status=label, file=str(path)))


def _evidence(path: Path, target: str) -> Evidence:
    """Make evidence: a web address is a link, anything else a file in the project's folder."""
    if is_web_address(target):
        return Evidence(EvidenceKind.LINK, target)
    return projects.attach_file(path, target)
