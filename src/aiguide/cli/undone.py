"""What is taken back, in words: one step, or all of an import."""

from collections.abc import Iterator, Sequence

from aiguide.core import trail
from aiguide.core.dates import in_tokyo
from aiguide.core.guideline import Guideline
from aiguide.core.project import Entry
from aiguide.core.words import Worded, Words

SHOWN_AT_MOST = 10


def steps_in_brief(words: Words, guideline: Guideline, steps: Sequence[Entry]) -> Worded:
    """Say in a line what taking back would take back: who did what, and when."""
    told = trail.step(words, guideline, 0, steps[0])
    if len(steps) > 1:
        count = words.say("undo.at-once", count=len(steps))
        return Worded(f"{told.at} {steps[0].by} {count}")
    return Worded(f"{told.at} {steps[0].by} {told.kind} {told.subject} {told.change}".rstrip())


def undone_lines(
    words: Words, guideline: Guideline, history: Sequence[Entry], steps: Sequence[Entry]
) -> Iterator[str]:
    """Say what was taken back, whose it was, and what that changed, on a line each.

    The history ends with the taking back.
    """
    undone = history[-len(steps) :]
    told = [trail.step(words, guideline, 0, entry) for entry in undone[:SHOWN_AT_MOST]]
    whose = f"{in_tokyo(steps[0].at)} {steps[0].by}"
    if len(steps) == 1:
        kind = words.say(f"entry.{steps[0].kind.value}")
        yield f"{words.say('undo.done', kind=kind)} {told[0].subject}  {whose}"
        yield from told[0].changes
        return
    yield f"{words.say('undo.done-at-once', count=len(steps))} {whose}"
    for one in told:
        yield f"{one.subject}  {one.change}"
    if (more := len(steps) - len(told)) > 0:
        yield words.say("undo.more", count=more)
