"""What is taken back, in words: one step, or all of an import."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from aiguide.cli import layout
from aiguide.cli.options import command
from aiguide.core import trail
from aiguide.core.dates import day_in_tokyo, in_tokyo
from aiguide.core.guideline import Guideline
from aiguide.core.project import Entry
from aiguide.core.words import Worded, Words

# Lines of a screen beside the list of an import's answers: the question, what was typed before.
BESIDE, SHOWN_AT_LEAST = 10, 3


def steps_in_brief(words: Words, guideline: Guideline, steps: Sequence[Entry]) -> Worded:
    """Say in a line what taking back would take back: who did what, and when."""
    told = trail.step(words, guideline, 0, steps[0])
    if len(steps) > 1:
        count = words.say("undo.at-once", count=len(steps))
        return Worded(f"{told.at} {steps[0].by} {count}")
    return Worded(f"{told.at} {steps[0].by} {told.kind} {told.subject} {told.change}".rstrip())


def steps_in_full(words: Words, guideline: Guideline, path: Path, steps: Sequence[Entry]) -> Worded:
    """Say what taking back would take back; of an import each answer, as far as a screen goes."""
    brief = steps_in_brief(words, guideline, steps)
    listed = _listed(words, guideline, path, steps[::-1]) if len(steps) > 1 else ()
    return Worded("\n".join([brief, *listed]))


def undone_lines(
    words: Words,
    guideline: Guideline,
    path: Path,
    history: Sequence[Entry],
    steps: Sequence[Entry],
) -> Iterator[str]:
    """Say what was taken back, whose it was, and what that changed, on a line each.

    The history ends with the taking back.
    """
    undone = history[-len(steps) :]
    whose = f"{in_tokyo(steps[0].at)} {steps[0].by}"
    if len(steps) == 1:
        told = trail.step(words, guideline, 0, undone[0])
        kind = words.say(f"entry.{steps[0].kind.value}")
        yield f"{words.say('undo.done', kind=kind)} {told.subject}  {whose}"
        yield from told.changes
        return
    yield f"{words.say('undo.done-at-once', count=len(steps))} {whose}"
    yield from _listed(words, guideline, path, undone)


def _listed(
    words: Words, guideline: Guideline, path: Path, entries: Sequence[Entry]
) -> Iterator[str]:
    """Give a line for each entry of one person and time, as far as a screen goes."""
    room = max(SHOWN_AT_LEAST, layout.rows() - BESIDE)
    columns = layout.columns() - 2
    for entry in entries[:room]:
        told = trail.step(words, guideline, 0, entry)
        beside = columns - layout.width(told.change) - len(": ")
        title = layout.fit(told.subject, max(columns // 2, beside))
        yield layout.fit(f"{title}: {told.change}", columns)
    if (more := len(entries) - room) > 0:
        yield words.say("undo.more", count=more)
        yield "  " + _log(path, entries[0])


def _log(path: Path, entry: Entry) -> str:
    """Write the command that shows what was recorded with an entry."""
    since = day_in_tokyo(entry.at)
    return command("log", path, f"--person {shlex.quote(entry.by)}", f"--since {since}")
