"""What could be told nobody last time, for the window was closed, is told before anything else."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from aiguide.cli import console, layout
from aiguide.cli.pausing import Pausing
from aiguide.cli.prompts import CLEAR, LEAVE
from aiguide.core.dates import in_tokyo
from aiguide.core.words import Words
from aiguide.usecases.untold import Told, Untold

NONE: Mapping[str, Sequence[str]] = MappingProxyType({})


def keep_untold(
    words: Words,
    untold: Untold,
    lines: Sequence[str],
    at: str,
    texts: Mapping[str, Sequence[str]] = NONE,
) -> None:
    """Keep what could be told nobody `at` a time (ISO 8601 UTC), to be told next time.

    `texts` maps items to what was typed, where that is all there is.
    """
    if lines:
        head = words.say("check.untold.at", at=in_tokyo(at))
        laid_out = layout.indented(head, 2, layout.columns())
        told = "\n".join((laid_out, *lines)).split("\n")
        untold.add(Told(tuple(told), texts, at))


def tell_untold(words: Words, untold: Untold, pausing: Pausing) -> bool:
    """Say what was left unsaved, and wait; it is said until it is recorded, or wanted no more.

    False where the person leaves, to run the commands that stay on the screen.
    """
    if not (lines := untold.lines()):
        return True
    console.say("\n" + layout.indented(words.say("check.untold"), 2, layout.columns()))
    for line in lines:
        console.say(line)
    pausing.wait_untold()
    key = pausing.taken()
    if key == CLEAR:
        untold.forget()
    return key != LEAVE
