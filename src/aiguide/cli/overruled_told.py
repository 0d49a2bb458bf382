"""Telling who may not know that a merge chose another's words: git speaks only to who merges."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from aiguide.cli import complaints, console
from aiguide.cli.as_commands import part_command
from aiguide.cli.merge_told import subject_of
from aiguide.cli.options import command
from aiguide.cli.session import stamp
from aiguide.core import trail
from aiguide.core.attestation import ANSWERED
from aiguide.core.dates import in_tokyo
from aiguide.core.merge_parts import apart
from aiguide.core.overruled import Overruled, unaware
from aiguide.core.words import Words

if TYPE_CHECKING:
    from aiguide.usecases.projects import Opened

SHOWN = 3  # of what others had recorded; of one's own, nothing is left out


def warn_of_overruled(words: Words, opened: "Opened", by: str) -> bool:
    """Say on stderr what of anybody's a merge passed over; all that is of whoever is there.

    Tells whether anything was said.
    """
    found, name = unaware(opened.project), stamp(by).by
    own = [one for one in found if one.said.by == name]
    others = [one for one in found if one.said.by != name]
    _tell_own(words, opened, own, by)
    if own:
        complaints.tell(words.say("merge.overruled.until", name=name), 2)
    for one in others[:SHOWN]:
        complaints.tell(words.say("merge.overruled", **_told(opened, one)))
    if (more := len(others) - SHOWN) > 0:
        complaints.tell(words.say("merge.overruled.more", count=more))
        console.talk("    " + command("log", opened.path))
    return bool(found)


def tell_overruled(words: Words, before: "Opened", after: "Opened", by: str) -> None:
    """Say what is still so of theirs to who has recorded something: it is said no more."""
    now, name = apart(after.project), stamp(by).by
    own = [one for one in unaware(before.project) if one.said.by == name]
    _tell_own(words, after, [one for one in own if now.get(one.part) == one.standing], by)


def _tell_own(words: Words, opened: "Opened", own: Sequence[Overruled], by: str) -> None:
    """Say what somebody had recorded, what stands instead, and how to record it again."""
    for one in own:
        complaints.tell(words.say("merge.overruled.yours", **_told(opened, one)))
        complaints.tell(trail.change(words, opened.guideline, one.step), 2)
        if back := part_command(opened.path, one.part, one.passed_over, one.standing, by):
            complaints.tell(words.say("merge.other"), 2)
            console.talk("    " + back)
    if own:
        complaints.tell(words.say("merge.see"), 2)
        is_one = len(own) == 1 and own[0].part[0] == ANSWERED
        item = [f"--item {own[0].part[1]}"] if is_one else []
        console.talk("    " + command("log", opened.path, *item))


def _told(opened: "Opened", one: Overruled) -> dict[str, Any]:
    return {
        "subject": subject_of(opened.guideline, one.part),
        "name": one.said.by,
        "at": in_tokyo(one.said.at),
        "merged": in_tokyo(one.merged.at),
    }
