"""Telling who may not know that a merge chose another's words: git speaks only to who merges."""

from typing import TYPE_CHECKING

from aiguide.cli import complaints, console
from aiguide.cli.as_commands import part_command
from aiguide.cli.merge_told import subject_of
from aiguide.cli.options import command
from aiguide.core import trail
from aiguide.core.attestation import ANSWERED
from aiguide.core.dates import in_tokyo
from aiguide.core.overruled import Overruled, overruled
from aiguide.core.words import Words

if TYPE_CHECKING:
    from aiguide.usecases.projects import Opened

SHOWN = 3


def warn_of_overruled(words: Words, opened: "Opened", name: str) -> bool:
    """Say on stderr what of anybody's a merge passed over; to who has that `name`, all of it.

    Tells whether anything was said.
    """
    found = overruled(opened.project)
    for one in found[:SHOWN]:
        _tell(words, opened, one, in_full=one.said.by == name)
    if (more := len(found) - SHOWN) > 0:
        complaints.tell(words.say("merge.overruled.more", count=more))
        console.talk("    " + command("log", opened.path))
    return bool(found)


def tell_overruled(words: Words, opened: "Opened", name: str, but: str = "") -> None:
    """Say so to who records something over what is `opened`, of their own: it is said no more.

    `but`: the item that they record.
    """
    for one in overruled(opened.project):
        if one.said.by == name and one.part[-1] != but:
            _tell(words, opened, one, in_full=True)


def _tell(words: Words, opened: "Opened", one: Overruled, *, in_full: bool) -> None:
    told = {
        "subject": subject_of(opened.guideline, one.part),
        "name": one.said.by,
        "at": in_tokyo(one.said.at),
        "merged": in_tokyo(one.merged.at),
    }
    complaints.tell(words.say("merge.overruled.yours" if in_full else "merge.overruled", **told))
    if not in_full:
        return
    complaints.tell(trail.change(words, opened.guideline, one.merged), 2)
    if back := part_command(opened.path, one.part, one.passed_over, one.standing):
        complaints.tell(words.say("merge.other"), 2)
        console.talk("    " + back)
    if one.part[0] == ANSWERED:
        complaints.tell(words.say("merge.see"), 2)
        console.talk("    " + command("log", opened.path, f"--item {one.part[1]}"))
