"""`aiguide log`: the audit trail of a project, and its verification."""

import shlex
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.attesting import remedy_lines, unrecorded_lines
from aiguide.cli.completion import items, phases
from aiguide.cli.exits import ExitCode
from aiguide.cli.git_told import warn_of_git
from aiguide.cli.options import USUAL, Lang, ProjectFile, Today, alone, project_path
from aiguide.cli.question import answer_lines
from aiguide.cli.session import session_of, today_or
from aiguide.core import trail, wording
from aiguide.core.dates import is_plain_date
from aiguide.core.history import whole_second
from aiguide.core.suggest import one_of
from aiguide.core.trail import Step, Wanted
from aiguide.core.words import Worded, Words
from aiguide.usecases import projects, results
from aiguide.usecases.projects import Opened
from aiguide.usecases.trail import (
    Verification,
    has_versions,
    lexicon,
    none_found,
    said_of,
    said_of_kept,
    verify,
    wanted_meant,
)

# of a text in a table for auditors, or of one item: all of it
WHOLE = sys.maxsize
FORMATS = ("text", "json", "csv")
CSV_COLUMNS = ("number", "at", "by", "kind", "subject", "title", "change", "hash")

app = new_app()


@app.command(cls=Command)
def log(
    ctx: typer.Context,
    project: ProjectFile = USUAL,
    item: Annotated[
        str, typer.Option("--item", metavar="ITEM", help="option.item", autocompletion=items)
    ] = "",
    person: Annotated[str, typer.Option("--person", metavar="NAME", help="option.person")] = "",
    phase: Annotated[
        str,
        typer.Option("--phase", metavar="PHASE", help="option.log-phase", autocompletion=phases),
    ] = "",
    since: Annotated[str, typer.Option("--since", metavar="YYYY-MM-DD", help="option.since")] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="YYYY-MM-DD", help="option.log-until")
    ] = "",
    verify_it: Annotated[bool, typer.Option("--verify", help="option.verify")] = False,
    head: Annotated[str | None, typer.Option("--head", metavar="HASH", help="option.head")] = None,
    format: Annotated[
        str, typer.Option("--format", metavar="text|json|csv", help="option.format")
    ] = "text",
    today: Today = "",
    lang: Lang = "",
) -> None:
    one_of("--format", format, FORMATS)
    opened = projects.open_project(project_path(project))
    words = session_of(ctx).words.of_pack(opened.guideline.words)
    known = lexicon(opened)
    wanted = wanted_meant(known, Wanted(item, person, phase, since, until), today_or(today))
    if verify_it or head is not None:
        given = {"--item": item, "--person": person, "--phase": phase}
        alone("--verify" if verify_it else "--head", {**given, "--since": since, "--until": until})
        raise typer.Exit(_verify(words, opened, head, format))
    _tell_date(words, "--since", since, wanted.since)
    _tell_date(words, "--until", until, wanted.until)
    of_item = trail.IN_FULL if item else trail.QUOTED
    most = WHOLE if format == "csv" else of_item
    steps = tuple(trail.steps(words, known, opened.project, wanted, most))
    if format == "json":
        console.put_json(results.log(opened.project, steps))
    elif format == "csv":
        _put_csv(words, steps)
    else:
        _show(words, opened, steps)
        if wanted.item:
            _show_standing(words, opened, wanted.item, today_or(today))
        warn_of_git(words, opened)
    if opened.project.history and not steps:
        console.talk(
            layout.indented(none_found(words, opened.project, wanted), 2, layout.columns())
        )


def _tell_date(words: Words, option: str, given: str, read: str) -> None:
    """Say how a date was read that does not name its day in full."""
    if given and not is_plain_date(given):
        told = words.say("answer.understood-as", field=option, given=given, date=read)
        console.talk(layout.indented(told, 2, layout.columns()))


def _show(words: Words, opened: Opened, steps: tuple[Step, ...]) -> None:
    columns = layout.columns()
    console.say()
    name = layout.fit(opened.project.name, columns - 4)
    console.say("  " + layout.paint(name, "bold"))
    console.say("  " + words.say("log.count", count=len(steps), all=len(opened.project.history)))
    if any(later.number < one.number for one, later in pairwise(steps)):
        console.say(layout.indented(words.say("log.by-time"), 2, columns))
    for one in steps:
        head = f"{one.number:>4}  {one.at}  {one.entry.by}"
        console.say("\n" + layout.fit(head, columns))
        what = "  ".join(filter(None, (one.kind, one.subject, one.together)))
        console.say(layout.indented(what, 6, columns))
        if one.change:
            apart = "\n" if "\n" in one.change else "  "
            console.say(layout.indented(apart.join(one.changes), 8, columns))


def _show_standing(words: Words, opened: Opened, id: str, day: str) -> None:
    """Say what stands for an item now: in a merged history it need not be what the last step says.

    Of an item that only other versions have, nothing.
    """
    if all(one.id != id for one in opened.guideline.items):
        return
    listed, answer, columns = (
        opened.checklist(day),
        opened.project.answers.get(id),
        layout.columns(),
    )
    question = listed.question(id)
    if question:
        status = wording.status_name(words, question)
    else:  # an answer stays where its item does not apply any more
        status = words.say(f"status.{answer.status.value if answer else 'open'}")
    unattested = words.say("answer.unattested") if id in listed.standing.unattested else ""
    what = Worded("  ".join(filter(None, (status, unattested))))
    console.say("\n" + layout.indented(words.say("answer.now", what=what), 2, columns))
    for line in answer_lines(words, answer, overdue=bool(question and question.overdue)):
        console.say("    " + layout.fit(" / ".join(line.splitlines()), columns - 4))


def _put_csv(words: Words, steps: tuple[Step, ...]) -> None:
    console.put_csv_row([words.say(f"log.column.{name}") for name in CSV_COLUMNS], first=True)
    for one in steps:
        entry = one.entry
        at = whole_second(entry.at)  # one form for all rows
        cells = (at, entry.by, one.kind, entry.subject, one.subject, one.change)
        console.put_csv_row((f"{one.number}", *cells, entry.hash))


def _verify(words: Words, opened: Opened, head: str | None, format: str) -> ExitCode:
    one_of("--format", format, ("text", "json"))
    found = verify(opened.project, head)
    if format == "json":
        console.put_json(results.verification(opened.project, found))
    else:
        _show_verification(words, opened, found)
    return ExitCode.DONE if found.holds else ExitCode.NO


def _show_verification(words: Words, opened: Opened, found: Verification) -> None:
    columns = layout.columns()
    lacks = warn_of_git(words, opened)
    said = said_of(words, opened, found)
    console.say()
    for line in said:
        console.say(layout.indented(line, 2, columns))
    if found.first_broken is not None:
        console.say("\n" + "\n".join(_mending(words, opened.path)))
    if not lacks:  # until that is mended a command would record what is lost as meant
        _show_commands(words, opened, found)
    if found.head:
        console.say("\n  " + words.say("verify.head"))
        console.say("    " + found.head)
    beyond = said_of_kept(words, opened, found) if found.asked else words.say("verify.blind")
    console.say("\n" + layout.indented(beyond, 2, columns))


def _show_commands(words: Words, opened: Opened, found: Verification) -> None:
    """Write the commands that record what stands and is not in the history."""
    if found.mismatches:
        console.say("\n" + "\n".join(remedy_lines(words, opened, found.mismatches)))
    if unrecorded := [*unrecorded_lines(words, opened, found.unrecorded)]:
        console.say("\n" + "\n".join(unrecorded))


def _mending(words: Words, path: Path) -> Iterator[str]:
    """Say what helps where a history does not fit, and how to see what git still has of it."""
    yield layout.indented(words.say("verify.broken.fix"), 2, layout.columns())
    if has_versions(path):
        there = [] if path.parent == Path() else ["-C", str(path.parent)]
        yield layout.indented(words.say("verify.broken.git"), 2, layout.columns())
        yield "    " + shlex.join(["git", *there, "log", "-p", "--", path.name])
