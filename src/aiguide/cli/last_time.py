"""What could be told nobody last time, for the window was closed, is told before anything else."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from aiguide.cli import console, layout
from aiguide.cli.pausing import Pausing
from aiguide.cli.prompts import CLEAR, LEAVE, Cancelled, sure
from aiguide.cli.unsaved_told import told_by_item
from aiguide.core.dates import in_tokyo
from aiguide.core.words import Words
from aiguide.usecases.projects import Opened
from aiguide.usecases.untold import Told, Untold


def keep_untold(untold: Untold, told: Iterable[Told], at: str) -> None:
    """Keep what could be told nobody `at` a time (ISO 8601 UTC), to be told next time."""
    untold.add([replace(one, lines=_apart(one.lines), at=at) for one in told])


def tell_untold(words: Words, opened: Opened | None, untold: Untold, pausing: Pausing) -> bool:
    """Say what was left unsaved, and wait; it is said until it is recorded, or wanted no more.

    `opened` is the project, where there is one yet. False where the person leaves, to run the
    commands that stay on the screen.
    """
    if not (kept := untold.kept()):
        return True
    _say(words.say("check.untold"), above="\n")
    for at, told in groupby(kept, lambda one: one.at):
        if at:
            _say(words.say("check.untold.at", at=in_tokyo(at)))
        for are_commands, some in groupby(told, lambda one: one.is_command):
            _tell_some(words, opened, [*some], are_commands=are_commands)
    pausing.wait_untold()
    key = pausing.taken()
    if key == CLEAR:
        return _forgotten(words, untold, kept)
    return key != LEAVE


def _tell_some(
    words: Words, opened: Opened | None, told: Sequence[Told], *, are_commands: bool
) -> None:
    """Say some things, with where each is offered again; one head is enough for all commands."""
    if are_commands:
        _say(words.say("check.unsaved", count=len(told)))
    for line in told_by_item(words, opened, told, names_keys=True):
        console.say(f"    {line}" if are_commands and not line.startswith(" ") else line)


def _show(told: Told) -> None:
    """Show the lines of one thing; a command is indented below what introduces it."""
    for line in told.lines:
        console.say(f"    {line}" if told.is_command else line)


def _apart(lines: Sequence[str]) -> tuple[str, ...]:
    """Give lines as they are read again: each line end ends one."""
    return tuple(line for one in lines for line in one.split("\n"))


def _forgotten(words: Words, untold: Untold, kept: Sequence[Told]) -> bool:
    """Ask of each thing whether it need not be told again. False leaves."""
    for told in kept:
        _show(told)
        try:
            if sure(words, "prompt.forget"):
                untold.forget_one(told)
        except Cancelled:
            return False
    return True


def _say(said: str, *, indent: int = 2, above: str = "") -> None:
    console.say(above + layout.indented(said, indent, layout.columns()))
