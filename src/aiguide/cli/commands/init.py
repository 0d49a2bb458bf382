"""`aiguide init`: start a project."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any, NoReturn

import typer

from aiguide.cli import console, interrupts, layout, onward, passed_over
from aiguide.cli.app import Command, new_app
from aiguide.cli.as_commands import fact_options, set_command, signed
from aiguide.cli.exits import ExitCode
from aiguide.cli.facts import (
    Ai,
    CellReason,
    Cells,
    Conditions,
    Description,
    Name,
    Organization,
    Owner,
    PhaseOption,
    facts,
)
from aiguide.cli.half_answered import HalfAnswered
from aiguide.cli.interview import Interview
from aiguide.cli.meanwhile import Meanwhile
from aiguide.cli.options import USUAL, By, GuidelineName, Lang, ProjectFile, command, project_path
from aiguide.cli.prompts import Cancelled, agreed
from aiguide.cli.session import Session, at_terminal, session_of, stamp
from aiguide.core import trail, wording
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.joining import unbegun
from aiguide.core.lost import hashes
from aiguide.core.project import Entry, Project
from aiguide.core.words import Words
from aiguide.usecases import guidelines, project_facts, projects
from aiguide.usecases.projects import Opened

app = new_app()


@app.command(cls=Command)
def init(
    ctx: typer.Context,
    project: ProjectFile = USUAL,
    name: Name = None,
    organization: Organization = None,
    owner: Owner = None,
    description: Description = None,
    cell: Cells = None,
    condition: Conditions = None,
    ai: Ai = None,
    cell_reason: CellReason = None,
    phase: PhaseOption = "",
    guideline: GuidelineName = "",
    by: By = "",
    lang: Lang = "",
) -> None:
    session, path = session_of(ctx), project_path(project)
    said = facts(
        session.words,
        name,
        organization,
        owner,
        description,
        phase,
        cell,
        condition,
        ai,
        cell_reason,
    )
    if path.exists():
        opened = projects.open_project(path)  # what cannot be used is told as such
        same = _stands(opened, said)
        if guideline or not at_terminal() or not same:
            raise AiguideError("exists" if same else "exists-in-part", file=str(path))
        _go_on(session, opened, by)
        return
    pack, policy = guidelines.load_pack(guideline, path.parent)
    passed_over.warn(session.words, pack, guideline, path.parent)
    words = session.words.of_pack(pack.words)
    said = guidelines.facts_meant(pack, said)
    if path.name != USUAL.name and not path.name.endswith(".project.json"):
        console.say(layout.indented(words.say("init.unusual-name"), 2, layout.columns()))
    if at_terminal():
        named = [f"--guideline {pack.name}"] if guideline else []
        _ask_and_start(session, Interview(words, pack, policy, said), path, named, by)
    elif not name:
        raise AiguideError("name-needed")
    else:
        _tell_started(words, pack, path, _start(words, pack, path, said, by), by)


def _ask_and_start(
    session: Session, interview: Interview, path: Path, named: Sequence[str], by: str
) -> None:
    """Ask for what was not said; who leaves before the end finds the project with what was said.

    `named`: the guideline, where it was given by an option.
    """
    words = interview.words
    nothing = "  " + words.say("init.left.nothing", file=str(path))
    half = HalfAnswered(path, by)
    # of a project that is not there only its name can have been cut off
    if not (interview.said.get("name") or half.is_told(words)):
        console.say(nothing)
        raise typer.Exit(ExitCode.DONE)
    half.offer(interview)
    left = _asked(session, interview, by)
    options = (*fact_options(interview.told()), *named)
    if left is not None and not interview.said.get("name"):
        session.told = True
        half.starting = options
        half.keep(interview)
        _tell_left(left, nothing, *half.lines(interview))
        raise typer.Exit(ExitCode.INTERRUPTED)
    started, is_ours = _begun(interview, half, options)
    half.settle(interview)
    if left is not None:
        _leave(interview, half, left, "init.left" if is_ours else "init.left.again")
    interview.sum_up()
    _tell_started(words, interview.pack, path, started, by, is_ours=is_ours)


def _begun(
    interview: Interview, half: HalfAnswered, options: Sequence[str]
) -> tuple[Project, bool]:
    """Start a project, or join the one that somebody else has started meanwhile (False)."""
    words, pack, said = interview.words, interview.pack, interview.said
    path, by = half.path, half.by
    with _rescued(words, lambda: command("init", _free(path), *options, *signed(by))):
        try:
            return _start(words, pack, path, said, by), True
        except AiguideError as error:
            if error.code != "exists" or projects.open_project(path).guideline.name != pack.name:
                raise
    opened, _ = _joined(interview, half, unbegun(pack), said)
    return opened.project, False


def _start(words: Words, pack: Guideline, path: Path, said: dict[str, Any], by: str) -> Project:
    started = project_facts.start(path, pack.name, {"id": _id(path), **said}, stamp(by))
    if draft := wording.draft_warning(words, pack):
        console.talk(layout.indented(draft, 0, layout.columns()))
    return started


def _tell_started(
    words: Words, pack: Guideline, path: Path, started: Project, by: str, *, is_ours: bool = True
) -> None:
    """Say how to go on with a project, and that it was started where it was us who did."""
    if is_ours:
        console.say(words.say("init.done", file=str(path), name=started.name))
    _tell_next(words, pack, started, path, by, f"--phase {started.phase}")


def _stands(opened: Opened, said: dict[str, Any]) -> bool:
    """Tell whether a project is recorded just as `said`."""
    known = project_facts.known(opened)
    meant = guidelines.facts_meant(opened.guideline, said)
    conditions = meant.pop("conditions", {})
    same = all(known.get(name) == value for name, value in meant.items())
    return same and conditions.items() <= known["conditions"].items()


def _go_on(session: Session, opened: Opened, by: str) -> None:
    """Ask what is open of a project that is there already. Raises: AiguideError `exists`."""
    path = opened.path
    words = session.words.of_pack(opened.guideline.words)
    interview = Interview(words, opened.guideline, opened.policy, project_facts.known(opened))
    interview.changing = command("set", path, *signed(by))
    before = {**interview.said, "conditions": dict(interview.said["conditions"])}
    if not (count := interview.open_count()):
        raise AiguideError("exists", file=str(path))
    half = HalfAnswered(path, by)
    half.forget_recorded(opened.project)
    question = words.say("init.go-on", file=str(path), count=count)
    if not half.is_told(words):
        _leave(interview, half, ExitCode.DONE, "init.left.again")
    if not _agreed_to(words, question):
        console.say("  " + words.say("init.declined"))
        _tell_next(words, opened.guideline, opened.project, path, by)
        return
    half.offer(interview)
    left = _asked(session, interview, by)
    new = {name: one for name, one in interview.said.items() if one and one != before.get(name)}
    if held := new.get("conditions"):
        known = before["conditions"]
        new["conditions"] = {id: one for id, one in held.items() if known.get(id) is not one}
    joined, steps = _joined(interview, half, opened.project, new)
    half.settle(interview)
    if "cell_reason" in new and left is not ExitCode.INTERRUPTED:  # a closed window shows nothing
        _tell_decider(words, joined.project, path, by)
    if left is not None:
        _leave(interview, half, left, "init.left.again")
    interview.sum_up()
    console.say(words.say("set.done" if steps else "set.unchanged", file=str(path)))
    _tell_next(words, joined.guideline, joined.project, path, by)


def _agreed_to(words: Words, question: str) -> bool:
    """Ask whether to go on."""
    console.say("\n" + layout.indented(question, 2, layout.columns()))
    return agreed(words, words.say("prompt.go-on"), enter=True)


def _tell_decider(words: Words, project: Project, path: Path, by: str) -> None:
    """Name who decided on the cells for which somebody else now gave the reason."""
    decider = project.classification.confirmed_by
    if decider not in ("", stamp(by).by):
        console.say(words.say("init.decider", name=decider))
        console.say("  " + set_command(path, fact_options({"cells": project.cells}), by))


def _joined(
    interview: Interview, half: HalfAnswered, known: Project, said: dict[str, Any]
) -> tuple[Opened, tuple[Entry, ...]]:
    """Save of what was said what nobody else has changed since the project was `known`.

    Where somebody else was there meanwhile, says what they did, what of this was saved, and the
    command for the rest; who has a rest exits then.
    """
    words, path, by = interview.words, half.path, half.by
    facts = {name: one for name, one in said.items() if one}
    options = fact_options(facts | interview.kept())
    with _rescued(words, lambda: set_command(path, options, by) if options else ""):
        opened, steps, left = project_facts.join(path, known, facts, stamp(by))
    told = Meanwhile(words, hashes(known.history), steps, stamp(by).by).told(opened)
    try:
        if told or left:
            _tell_joined(words, opened, told, steps)
        if left:
            rest = set_command(path, fact_options(left), by)
            _tell_rescue(words, "init.not-saved.rest", rest)
            for line in half.lines(interview):
                console.talk(line)
    except OSError:  # the window is closed: there is nobody to be told
        half.keep(interview, left)
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    if left:
        half.keep(interview)
        raise typer.Exit(ExitCode.COULD_NOT)
    return opened, steps


def _tell_joined(words: Words, opened: Opened, told: str, steps: Sequence[Entry]) -> None:
    """Say what others did meanwhile (`told`), and what of ours was saved beside it."""
    key = "init.joined" if steps else "init.joined.nothing"
    for said in filter(None, (told, words.say(key))):
        console.talk("\n" + layout.indented(said, 2, layout.columns()))
    for one in steps:
        for change in trail.step(words, opened.guideline, 0, one).changes:
            console.talk(layout.indented(change, 4, layout.columns()))


def _asked(session: Session, interview: Interview, by: str) -> ExitCode | None:
    """Ask; gives how to exit where somebody left before the end.

    Says nothing of that: the window may be closed, and what was said is not saved yet.
    """
    signed = interview.words.say("check.signed", name=stamp(by).by)
    console.say("\n" + layout.indented(signed, 2, layout.columns()))
    try:
        with interrupts.also_from_outside():
            interview.run()
    except Cancelled:
        return ExitCode.DONE
    except (KeyboardInterrupt, EOFError, OSError) as error:
        if isinstance(error, OSError):
            if error.filename is not None:  # of a file, not of the terminal
                raise
            console.give_up(sys.stdout, error)
        session.told = True
        return ExitCode.INTERRUPTED
    return None


@contextlib.contextmanager
def _rescued(words: Words, rescue: Callable[[], str]) -> Iterator[None]:
    """Show the command that records what was said, if there is one, where it cannot be saved."""
    try:
        yield
    except (AiguideError, OSError):
        if shown := rescue():
            _tell_rescue(words, "init.not-saved", shown)
        raise


def _tell_rescue(words: Words, key: str, rescue: str) -> None:
    console.talk("\n" + layout.indented(words.say(key), 2, layout.columns()))
    console.talk(f"    {rescue}\n")


def _leave(interview: Interview, half: HalfAnswered, left: ExitCode, key: str) -> NoReturn:
    """Say where the answers are, how to go on, and what became of what was being typed."""
    half.keep(interview)
    told = interview.words.say(key, file=str(half.path))
    said = layout.indented(told, 2, layout.columns())
    again = "    " + command("init", half.path, *signed(half.by))
    _tell_left(left, f"{said}\n{again}", *half.lines(interview))
    raise typer.Exit(left)


def _tell_left(left: ExitCode, *lines: str) -> None:
    """Say something below the question that somebody left, if the terminal is still there."""
    with contextlib.suppress(OSError):
        console.talk("" if left is ExitCode.DONE else "\n")
        for line in lines:
            console.talk(line)


def _tell_next(
    words: Words, pack: Guideline, project: Project, path: Path, by: str, *rest: str
) -> None:
    for line in onward.begin(words, pack, project, path, by, *rest):
        console.say(line)


def _free(path: Path) -> Path:
    """Give the file of a new project: the one that was meant, or one beside it if that is taken."""
    stem = path.name.removesuffix(".json").removesuffix(".project")
    beside = (path.with_name(f"{stem}-{number}.project.json") for number in count(2))
    return next(file for file in chain([path], beside) if not os.path.lexists(file))


def _id(path: Path) -> str:
    """Take the project's id from the file's name, or from its folder's for the usual name."""
    stem = path.name.removesuffix(".json").removesuffix(".project")
    return path.resolve().parent.name if path.name == USUAL.name else stem
