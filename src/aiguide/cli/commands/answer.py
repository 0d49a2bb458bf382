"""`aiguide answer`: one answer from a script."""

from collections.abc import Mapping
from typing import Annotated

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.completion import items, statuses
from aiguide.cli.options import By, Lang, NamedProject, project_path
from aiguide.cli.replacing import sure_to_replace, tell_replaced
from aiguide.cli.session import at_terminal, session_of, stamp, today_or
from aiguide.core import wording
from aiguide.core.answers import Said, at_stake, displaces, mark
from aiguide.core.dates import checked_date, is_plain_date
from aiguide.core.project import Answer
from aiguide.core.words import Words
from aiguide.usecases import guidelines, projects

app = new_app()


@app.command(cls=Command)
def answer(
    ctx: typer.Context,
    project: NamedProject,
    item: Annotated[
        str, typer.Argument(metavar="ITEM", help="argument.item", autocompletion=items)
    ],
    status: Annotated[
        str, typer.Argument(metavar="STATUS", help="argument.status", autocompletion=statuses)
    ],
    evidence: Annotated[
        list[str] | None, typer.Option("--evidence", metavar="FILE|URL", help="option.evidence")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="option.note")] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="option.reason")
    ] = None,
    approver: Annotated[
        str | None, typer.Option("--approver", metavar="NAME", help="option.approver")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="option.until")
    ] = None,
    assignee: Annotated[
        str | None, typer.Option("--assignee", metavar="NAME", help="option.assignee")
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="YYYY-MM-DD", help="option.due")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="option.answer-yes")] = False,
    by: By = "",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    given = wording.status_of(words, status, "STATUS")
    path, today = project_path(project), today_or("")
    opened = projects.open_project(path)
    found = guidelines.find_item(opened.guideline, item)
    said = Said(
        status=given,
        note=note,
        evidence=tuple(projects.evidence_typed(path, one) for one in evidence or () if one),
        only_evidence="" in (evidence or ()),
        reason=reason,
        approver=approver,
        until=checked_date(until, today) if until else until,
        assignee=assignee,
        due=checked_date(due, today) if due else due,
    )
    who, seen, standing = stamp(by), None, opened.project.answers.get(found.id)
    asks = at_terminal() and not yes
    if asks:
        seen = mark(standing)
        if not sure_to_replace(words, standing, given, who.by, today):
            console.say(words.say("check.cancelled"))
            return
    recorded = projects.record_answer(opened, found, said, who, seen)
    answered, stood = recorded.project.answers[found.id], recorded.overtaken or standing
    label = words.say(f"status.{given.value}")
    key = "answer.unchanged" if answered == stood else "answer.saved"
    console.say(words.say(key, item=found.title, status=label, file=str(path)))
    known = asks and at_stake(standing, given, who.by, today)
    if stood and not known and displaces(stood, answered, who.by, today):
        tell_replaced(words, stood, path)
    _tell_dates(words, {"until": until, "due": due}, answered)
    if recorded.checklist(today).is_expired(found.id):
        console.talk(words.say("answer.expired"))


def _tell_dates(words: Words, typed: Mapping[str, str | None], answered: Answer) -> None:
    """Say how a date was read that does not name its day in full."""
    for name, given in typed.items():
        read = getattr(answered, name)
        if given and read and not is_plain_date(given):
            field = words.say(f"answer.{name}")
            told = words.say("answer.understood-as", field=field, given=given, date=read)
            console.say(layout.indented(told, 2, layout.columns()))
