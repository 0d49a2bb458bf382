"""`aiguide import`: take a filled-in spreadsheet back, after showing what it changes."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from aiguide.cli import complaints, console, layout
from aiguide.cli.app import Command, new_app
from aiguide.cli.as_commands import signed
from aiguide.cli.exits import ExitCode
from aiguide.cli.input_files import opened
from aiguide.cli.login_name_told import warn_of_login_name
from aiguide.cli.options import By, Format, Lang, command, project_path
from aiguide.cli.options import path as path_of
from aiguide.cli.prompts import agreed
from aiguide.cli.session import at_terminal, session_of, stamp, today_or
from aiguide.core.spreadsheet import shown, standing
from aiguide.core.suggest import one_of
from aiguide.core.words import Words
from aiguide.usecases import projects, results, spreadsheets
from aiguide.usecases.spreadsheet_rows import Change
from aiguide.usecases.spreadsheets import Difference

# Records what a person has seen: the marks of what it overrides; None is all of it.
Recording = Callable[[Mapping[str, str] | None], Difference]

app = new_app()


@app.command(cls=Command)
def import_(
    ctx: typer.Context,
    workbook: Annotated[
        Path, typer.Argument(metavar="FILE", help="argument.workbook", parser=path_of)
    ],
    into: Annotated[
        Path, typer.Option("--into", metavar="PROJECT", help="option.into", parser=path_of)
    ],
    yes: Annotated[bool, typer.Option("--yes", help="option.yes")] = False,
    by: By = "",
    format: Format = "text",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    as_json = one_of("--format", format, ("text", "json")) == "json"
    path = project_path(into)
    project = projects.open_project(path)
    with opened(workbook) as stream:
        file = Path(complaints.file_name(words, workbook))
        returned = spreadsheets.read(project, stream, file, words)
    today = today_or("")
    found = spreadsheets.compare(project, returned, words, stamp(by, of_many=True), today)
    for one in found.passed_over:
        complaints.show_cell_error(words, one.at, one.error)

    def record(seen: Mapping[str, str] | None) -> Difference:
        return spreadsheets.record(path, returned, words, stamp(by, of_many=True), today, seen)

    if not as_json:
        _show(words, found, stamp(by).by, today)
    if yes and found.is_welcome:
        found = record(None)
    elif not as_json and at_terminal():
        found = _asked(words, found, record, stamp(by).by, today)
    if as_json:
        console.put_json(results.difference(words, found))
    if found.saved:
        warn_of_login_name(words, projects.open_project(path), by)
    raise typer.Exit(_end(words, path, found, by, as_json=as_json))


def _asked(words: Words, found: Difference, record: Recording, by: str, today: str) -> Difference:
    """Record what a person agrees to; what others settled meanwhile is shown and asked for anew."""
    while found.awaits_consent and agreed(words, words.say("import.ask")):
        seen = found.marks(by, today)
        found = record(seen)
        if found.awaits_consent:
            titles = [words.pick(one.title) for one in found.unseen(seen, by, today)]
            said = words.say("answers.meanwhile", items=titles)
            console.say(layout.indented(said, 2, layout.columns()))
            _show(words, found, by, today)
    return found


def _show(words: Words, found: Difference, by: str, today: str) -> None:
    """Show what would change, item by item; nothing where anything cannot be taken."""
    if not found.is_welcome:
        return
    items = {change.item.id: change.item for change in found.changes}
    name, columns = found.opened.project.name, layout.columns()
    overridden = found.overridden(by, today)
    head = words.say("import.head", name=name, items=len(items), count=len(found.changes))
    console.say("\n" + layout.indented(head, 2, columns))
    for id, item in items.items():
        title = layout.paint(words.pick(item.title), "bold")
        console.say("\n" + layout.ends(f"  {title}", id, columns - 2))
        if stands := overridden.get(id):
            console.say(layout.indented(standing(words, stands), 4, columns))
        for change in found.changes:
            if change.item.id == id:
                line = _line(words, change)
                console.say(layout.hanging(change.at, line, 4, 14, columns))
    console.say()


def _line(words: Words, change: Change) -> str:
    return words.say(
        "import.change",
        field=words.say(f"sheet.column.{change.field}"),
        before=shown(words, change.field, change.before),
        after=shown(words, change.field, change.after),
    )


def _end(words: Words, path: Path, found: Difference, by: str, *, as_json: bool) -> ExitCode:
    """Say how it ended, and give the exit code for that."""
    tell = console.talk if as_json else console.say
    if found.misfits:
        for misfit in found.misfits:
            complaints.show_cell_error(words, misfit.at, misfit.error)
        console.talk(words.say("import.refused", count=len(found.misfits)))
        return ExitCode.NO
    if not found.changes:
        tell(layout.indented(_unchanged(words, str(path), found.behind), 0, layout.columns()))
    elif found.saved:
        tell(words.say("import.done", count=len(found.changes), file=str(path)))
        tell("  " + words.say("check.from.undo", command=command("undo", path, *signed(by))))
    elif at_terminal() and not as_json:
        tell(words.say("import.left"))
    else:
        console.talk(words.say("import.not-asked"))
        return ExitCode.COULD_NOT
    return ExitCode.DONE


def _unchanged(words: Words, file: str, behind: Sequence[str]) -> str:
    """Say that nothing changes, and which cells the project has left behind."""
    if not behind:
        return words.say("import.nothing", file=file)
    return words.say("import.nothing-behind", file=file, count=len(behind), first=behind[0])
