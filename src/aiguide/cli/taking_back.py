"""Taking back the last step during a walk: asked first where a person may have another in mind."""

from collections.abc import Sequence

from aiguide.cli import console, layout
from aiguide.cli.options import command
from aiguide.cli.prompts import sure
from aiguide.cli.session import stamp
from aiguide.cli.undone import steps_in_full, undone_lines
from aiguide.core.history import last_steps
from aiguide.core.project import Entry
from aiguide.core.words import Worded, Words
from aiguide.usecases import projects
from aiguide.usecases.projects import Opened
from aiguide.usecases.trail import lexicon


def take_back(
    words: Words, opened: Opened, before: Sequence[Entry], by: str
) -> tuple[Opened, Entry, str] | None:
    """Take back the last step; None where the person thinks better of it.

    `before` are the steps from before this walk. Gives the project, the step, and what to say.
    Raises: as `projects.undo` does; Cancelled.
    """
    meant = last_steps(opened.project.history)
    if not _sure(words, opened, meant, before, by):
        return None
    fresh, steps = projects.undo(opened.path, stamp(by), meant)
    told = [*undone_lines(words, lexicon(fresh), fresh.path, fresh.project.history, steps)]
    told.append(words.say("check.undone"))
    if len(steps) == 1 and steps[0].subject in (item.id for item in fresh.guideline.items):
        log = command("log", fresh.path, f"--item {steps[0].subject}")
        told.append(words.say("check.undone.log", command=Worded(log)))
    return fresh, steps[-1], "\n".join(told)


def _sure(
    words: Words, opened: Opened, meant: Sequence[Entry], before: Sequence[Entry], by: str
) -> bool:
    """Show the step and ask, where it is somebody else's, from before, or a whole import."""
    if not meant:
        return True
    own = meant[0].by == stamp(by).by
    if len(meant) == 1 and own and meant[0] not in before:
        return True
    kind = "import" if len(meant) > 1 else "earlier" if own else "others-here"
    what = steps_in_full(words, lexicon(opened), opened.path, meant)
    said = words.say(f"undo.ask-{kind}", what=what)
    console.say(layout.indented(said, 2, layout.columns()))
    return sure(words)
