"""Telling that what was recorded carries the login name, where the project did not know it."""

from itertools import dropwhile
from typing import TYPE_CHECKING

from aiguide.cli import complaints
from aiguide.cli.options import command
from aiguide.cli.session import is_named, stamp
from aiguide.core.project import EntryKind
from aiguide.core.words import Words

if TYPE_CHECKING:
    from aiguide.usecases.projects import Opened


def warn_of_login_name(words: Words, opened: "Opened", by: str) -> None:
    """Say on stderr whose name the last steps carry, where nobody has given it.

    Nothing where that name has recorded something before, or nobody else has.
    """
    history, name = opened.project.history, stamp(by).by
    if is_named(by) or not history or history[-1].by != name:
        return
    now = (name, history[-1].at)  # steps that were recorded together have one time
    earlier = dropwhile(lambda one: (one.by, one.at) == now, reversed(history))
    before = {one.by for one in earlier}
    if before and name not in before:
        is_undo = history[-1].kind is EntryKind.UNDONE  # which nothing takes back
        key = "login-name.undone" if is_undo else "login-name"
        complaints.tell(words.say(key, name=name, command=command("undo", opened.path)))
