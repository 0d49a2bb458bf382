"""`aiguide answer`: one answer from a script."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.completion import items, statuses
from aiguide.cli.git_told import warn_of_git
from aiguide.cli.lacking_told import remember, warn_of_lacking
from aiguide.cli.login_name_told import warn_of_login_name
from aiguide.cli.options import By, Lang, NamedProject, project_path, refuse_blanks
from aiguide.cli.overruled_told import tell_overruled
from aiguide.cli.prompts import Cancelled
from aiguide.cli.replacing import carried, sure_to_overwrite, tell_replaced
from aiguide.cli.session import at_terminal, session_of, stamp, today_or
from aiguide.cli.superseded_told import tell_superseded
from aiguide.core import wording
from aiguide.core.answers import (
    OF_ANY_STATUS,
    OF_ONE_STATUS,
    Said,
    answered,
    displaces,
    mark,
    overrides,
    same_answer,
    untaken,
)
from aiguide.core.attestation import compared
from aiguide.core.checklist import Checklist
from aiguide.core.dates import checked_date, is_plain_date
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Item
from aiguide.core.project import Answer, Status
from aiguide.core.words import Words
from aiguide.usecases import guidelines, project_evidence, projects
from aiguide.usecases.projects import Opened

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
    words, path, today = session_of(ctx).words, project_path(project), today_or("")
    given = wording.status_of(words, status, "STATUS")
    opened, who = projects.open_project(path), stamp(by)
    found = guidelines.find_item(opened.guideline, item)
    names = {"approver": approver, "assignee": assignee}
    texts = {"note": note, "reason": reason, **{one: n and n.strip() for one, n in names.items()}}
    dates = {"until": until, "due": due}
    _refuse_untaken(words, given, {**texts, **dates})
    said = _said(path, given, texts, dates, evidence or (), today)
    standing, asks = opened.project.answers.get(found.id), at_terminal() and not yes
    meant = answered(standing, said, found.digest)
    try:
        sure = not asks or sure_to_overwrite(words, standing, meant, who.by, today)
    except Cancelled:
        sure = False
    if not sure:
        console.say(words.say("check.cancelled"))
        return
    recorded = projects.record_answer(opened, found, said, who, mark(standing) if asks else None)
    remember(recorded, by)
    warn_of_login_name(words, recorded, by)
    now, stood = recorded.project.answers[found.id], recorded.overtaken or standing
    by_hand = stood is not None and found.id in compared(opened.project).unattested
    _tell_recorded(words, recorded, found, stood, by_hand=by_hand)
    warn_of_git(words, opened, who.by)  # as it was before: who has recorded something is told once
    warn_of_lacking(words, recorded, by)
    tell_overruled(words, opened, recorded, by)
    tell_superseded(words, opened, recorded, who.by)
    was_asked = asks and overrides(standing, meant, who.by, today)
    by_hand = by_hand and not same_answer(stood, now)
    if stood and not was_asked and (by_hand or displaces(stood, now, who.by, today)):
        tell_replaced(words, stood, path, by)
    if by_hand:
        console.talk(words.say("answer.replaced-by-hand"))
    if stood and stood.by not in ("", who.by) and stood != now:
        _tell_carried(words, said, now)
    _tell_dates(words, dates, now)
    if due and now.due and now.due < today:
        console.talk(words.say("answer.due-past", date=now.due))
    _tell_uncounted(words, recorded.checklist(today), found)


def _tell_uncounted(words: Words, checklist: Checklist, item: Item) -> None:
    """Say why an answer does not count for now, where it does not."""
    if checklist.is_expired(item.id):
        console.talk(words.say("answer.expired"))
    if checklist.question(item.id) is None:
        why = wording.why_not(words, checklist.guideline, checklist.situation, item)
        console.talk(words.say("answer.not-asked", why=why))


def _refuse_untaken(words: Words, status: Status, given: Mapping[str, str | None]) -> None:
    """Refuse what was not filled in, and what the answer would not keep.

    Raises: AiguideError `blank-left`, `field-not-taken`.
    """
    refuse_blanks(given)
    for name in untaken(given, status):
        told = words.say(f"status.{status.value}")
        raise AiguideError("field-not-taken", option=f"--{name}", status=told)


def _said(
    path: Path,
    status: Status,
    texts: Mapping[str, str | None],
    dates: Mapping[str, str | None],
    evidence: Sequence[str],
    today: str,
) -> Said:
    """Read what the options say; an empty one takes away what stood. Raises: AiguideError."""
    read = {name: given and checked_date(given, today) for name, given in dates.items()}
    told: dict[str, Any] = {**texts, **read}
    attached = tuple(project_evidence.typed(path, one) for one in evidence if one)
    return Said(status, **told, evidence=attached, only_evidence="" in evidence)


def _tell_recorded(
    words: Words, recorded: Opened, item: Item, stood: Answer | None, *, by_hand: bool
) -> None:
    """Say what stands now, and whether it stood already, be it but written `by_hand`."""
    now = recorded.project.answers[item.id]
    key = "answer.unchanged" if now == stood else "answer.saved"
    if by_hand and same_answer(stood, now):
        key = "answer.as-it-stood"
    label = words.say(f"status.{now.status.value}")
    console.say(words.say(key, item=item.title, status=label, file=str(recorded.path)))


def _tell_carried(words: Words, said: Said, now: Answer) -> None:
    """Say on stderr what stands on of somebody else's answer, and now carries another name."""
    if fields := carried(words, said, now, (*OF_ONE_STATUS, *OF_ANY_STATUS)):
        console.talk(words.say("answer.carried", fields=fields))


def _tell_dates(words: Words, typed: Mapping[str, str | None], now: Answer) -> None:
    """Say how a date was read that does not name its day in full."""
    for name, given in typed.items():
        read = getattr(now, name)
        if given and read and not is_plain_date(given):
            field = words.say(f"answer.{name}")
            told = words.say("answer.understood-as", field=field, given=given, date=read)
            console.say(layout.indented(told, 2, layout.columns()))
