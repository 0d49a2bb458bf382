"""`aiguide check`: the walk through a phase's checklist; without a terminal, the list itself."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aiguide.cli import console, interrupts, layout
from aiguide.cli.answer_files import take
from aiguide.cli.app import Command, new_app
from aiguide.cli.as_commands import narrowed, signed
from aiguide.cli.completion import items, phases
from aiguide.cli.conditions import nothing_applies
from aiguide.cli.exits import ExitCode
from aiguide.cli.farewell import again, for_evidence
from aiguide.cli.git_told import warn_first
from aiguide.cli.options import (
    USUAL,
    By,
    Format,
    Lang,
    ProjectFile,
    Today,
    alone,
    command,
    project_path,
)
from aiguide.cli.prompts import folded
from aiguide.cli.question import progress_lines, question_lines
from aiguide.cli.session import Session, at_terminal, session_of, settings_folder, stamp, today_or
from aiguide.core.checklist import Asked, current_phase, numbered
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.guideline import Item
from aiguide.core.suggest import one_of
from aiguide.core.wording import none_asked
from aiguide.core.words import Words
from aiguide.usecases import guidelines, projects, results
from aiguide.usecases.projects import Opened
from aiguide.usecases.untold import Untold

if TYPE_CHECKING:
    from aiguide.cli.ending import Ending

app = new_app()


@app.command(cls=Command)
def check(
    ctx: typer.Context,
    project: ProjectFile = USUAL,
    phase: Annotated[
        str, typer.Option("--phase", metavar="PHASE", help="option.phase", autocompletion=phases)
    ] = "",
    answers_file: Annotated[
        Path | None, typer.Option("--from", metavar="FILE|-", help="option.from")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="option.from-yes")] = False,
    required: Annotated[bool, typer.Option("--required", help="option.required")] = False,
    open: Annotated[bool, typer.Option("--open", help="option.open")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="option.stale")] = False,
    assignee: Annotated[
        str | None, typer.Option("--assignee", metavar="NAME", help="option.of-assignee")
    ] = None,
    at: Annotated[
        str, typer.Option("--at", metavar="ITEM", help="option.at", autocompletion=items)
    ] = "",
    today: Today = "",
    by: By = "",
    format: Format = "text",
    lang: Lang = "",
) -> None:
    words = session_of(ctx).words
    one_of("--format", format, ("text", "json"))
    path = project_path(project)
    if assignee is not None and not assignee.strip():
        raise AiguideError("blank-name", option="--assignee")
    wanted, day = Asked(required, open, stale, assignee or ""), today_or(today)
    placed = {"--phase": phase, "--format json": format == "json"}
    if answers_file is not None:
        filters = {"--required": required, "--open": open, "--stale": stale}
        alone("--from", {**placed, **filters, "--assignee": assignee, "--at": at})
        raise typer.Exit(take(words, path, answers_file, by, day, sure=yes))
    if yes:
        raise AiguideError("only-with", option="--yes", other="--from")
    opened = _opened(path)
    pack, words = opened.guideline, words.of_pack(opened.guideline.words)
    asked = guidelines.phase_meant(pack, phase) if phase else current_phase(pack, opened.project)
    if at:
        alone("--at", {"--format json": format == "json"})
        first = _first(words, opened, at, asked, day)
        if phase and first.phase != asked:
            there = pack.phase(first.phase)
            raise AiguideError("at-other-phase", item=first.title, phase=there.title)
        at, asked = first.id, first.phase
    elif not phase and format == "text" and at_terminal():
        asked = _half_way(opened, by) or asked
    warned = format == "text" and warn_first(words, opened, by)
    if format == "json":
        listed = opened.inspected(day)
        console.put_json(results.checklist(words, listed, listed.of_phase(asked, wanted)))
    elif at_terminal():
        _walk(session_of(ctx), words, opened, asked, wanted, day, by, at, warned=warned)
    else:
        _print(words, opened, asked, wanted, day)
    if not (phase or at) and (stale or assignee):
        rest = [*narrowed(wanted), *signed(by)]
        _tell_elsewhere(words, opened.path, day, asked, wanted, rest)


def _opened(path: Path) -> Opened:
    """Open the project. Raises: as `open_project`; AiguideError `phase-as-file`."""
    try:
        return projects.open_project(path)
    except UnreadableError:
        phases = () if path.exists() else guidelines.load_pack()[0].phases
        named = next((one for one in phases if str(path) in (one.id, *one.title.both())), None)
        if named is None:
            raise
        meant = command("check", USUAL, f"--phase {named.id}")
        told = {"file": str(path), "phase": named.title, "command": meant}
        raise AiguideError("phase-as-file", **told) from None


def _half_way(opened: Opened, by: str) -> str:
    """Give the phase of what was left half-way in the last walk, if anything was."""
    from aiguide.cli.unsaved_told import taken_up

    untold = Untold(settings_folder(), opened.path, stamp(by).by)
    untold.forget_recorded(opened.project)
    left = (id for id, _ in reversed(taken_up(opened, untold.kept())))
    return next((opened.guideline.item(id).phase for id in left), "")


def _first(words: Words, opened: Opened, given: str, phase: str, day: str) -> Item:
    """Find the item at which a walk is to begin: named, or by its number in the phase.

    A part of its title names it where no other item of the phase has that, or else no other at all.

    Raises: AiguideError `no-walk` where nobody walks, `no-such-item-number`, `not-asked`, and what
    `find_item` raises.
    """
    if not at_terminal():
        raise AiguideError("no-walk", option="--at")
    listed, number = opened.checklist(day), folded(given)
    if number.isdecimal():
        questions = listed.of_phase(phase)
        if found := numbered(questions, number):
            return found.item
        raise AiguideError("no-such-item-number", value=number, most=len(questions))
    item = _named(words, opened, [one.item for one in listed.of_phase(phase)], given)
    if listed.question(item.id) is None:
        raise AiguideError("not-asked", item=item.title)
    return item


def _named(words: Words, opened: Opened, items: Sequence[Item], given: str) -> Item:
    from aiguide.cli.item_meant import several, titled

    try:
        return guidelines.find_item(opened.guideline, given)
    except AiguideError as error:
        here = titled(words, items, given)
        found = here or titled(words, opened.guideline.items, given)
        if error.code == "unknown-item" and len(found) == 1:
            return found[0]
        if error.code == "unknown-item" and here:
            raise several(words, items, given, here) from None
        raise


def _walk(
    session: Session,
    words: Words,
    opened: Opened,
    phase: str,
    wanted: Asked,
    day: str,
    by: str,
    first: str,
    *,
    warned: bool,
) -> None:
    from aiguide.cli.walk import Walk
    from aiguide.usecases.route import Route

    walk = Walk(words, Route(opened, phase, wanted, day), by, first, warned)
    try:
        with interrupts.also_from_outside():
            if not walk.run():
                raise typer.Exit(ExitCode.COULD_NOT)
    except (KeyboardInterrupt, EOFError):
        session.told = True
        there = again(opened.path, phase, walk.route.at_hand(), *narrowed(wanted), *signed(by))
        _end(walk.ending, there)
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    except OSError as error:  # the window was closed while something was being shown
        interrupts.heed_no_more()
        walk.ending.look_again()
        walk.ending.keep()
        if error.filename is not None:
            raise
        session.told = True
        console.give_up(sys.stdout, error)
        raise typer.Exit(ExitCode.INTERRUPTED) from None


def _end(ending: "Ending", there: str) -> None:
    """Keep what is not saved, to be said at the next walk, and say it now if anybody is there."""
    with interrupts.put_off():
        became = ending.look_again()
        ending.keep()
    try:
        ending.tell_interrupted(became, there)
    except OSError as error:  # the window is closed
        console.give_up(sys.stdout, error)


def _tell_elsewhere(
    words: Words, path: Path, day: str, shown: str, wanted: Asked, rest: Sequence[str]
) -> None:
    """Say in which other phases there are items as were asked for, and how to see them.

    `rest` is what such a command was given beside the phase.
    """
    listed = projects.open_project(path).checklist(day)
    counts = {one.id: len(listed.of_phase(one.id, wanted)) for one in listed.guideline.phases}
    rows = [
        (
            command("check", path, f"--phase {id}", *rest),
            words.say("check.items", count=n),
        )
        for id, n in counts.items()
        if n and id != shown
    ]
    if rows:
        console.talk(layout.indented(words.say("check.elsewhere"), 2, layout.columns()))
        console.talk("\n".join(layout.table(rows, indent=4)))


def _print(words: Words, opened: Opened, phase: str, wanted: Asked, day: str) -> None:
    listed = opened.inspected(day)
    console.say()
    for line in progress_lines(words, listed, phase):
        console.say(line)
    questions = listed.of_phase(phase, wanted)
    for question in questions:
        for line in question_lines(words, listed, question):
            console.say(line)
        console.say()
    if not questions:
        applies = bool(listed.of_phase(phase))
        said = (
            none_asked(words, listed, phase, wanted)
            if applies
            else nothing_applies(words, listed, phase)
        )
        console.say(layout.indented(said, 2, layout.columns()))
    if instead := for_evidence(wanted, listed.of_phase(phase)):
        said = words.say("check.none-asked.evidence")
        console.say(layout.indented(said, 2, layout.columns()))
        console.say("    " + again(opened.path, phase, "", *narrowed(instead)))
