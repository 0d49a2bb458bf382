"""Telling somebody that an answer of theirs, which they think settled, stands no more."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aiguide.cli import complaints, console
from aiguide.cli.options import command
from aiguide.core import trail
from aiguide.core.dates import in_tokyo
from aiguide.core.superseded import superseded
from aiguide.core.words import Words
from aiguide.usecases.trail import lexicon

if TYPE_CHECKING:
    from aiguide.core.project import Entry
    from aiguide.usecases.projects import Opened

SHOWN = 3  # answers that are told of at once


def warn_of_superseded(words: Words, opened: "Opened", name: str) -> bool:
    """Say on stderr which answers of whoever has that `name` are theirs no more.

    Tells whether there are any.
    """
    if found := superseded(opened.project, name):
        _tell(words, opened, found, name)
        complaints.tell(words.say("superseded.until", name=name), 2)
    return bool(found)


def tell_superseded(words: Words, before: "Opened", after: "Opened", name: str) -> None:
    """Say what is still so to who has recorded something: it is said no more."""
    stand = after.project.answers
    found = [
        one
        for one in superseded(before.project, name)
        if one.subject not in stand or stand[one.subject].by != name
    ]
    if found:
        _tell(words, after, found, name)


def _tell(words: Words, opened: "Opened", found: Sequence["Entry"], name: str) -> None:
    known = lexicon(opened)
    complaints.tell(words.say("superseded", name=name, count=len(found)))
    for one in found[:SHOWN]:
        step = trail.step(words, known, 0, one)
        told = {"at": in_tokyo(one.at), "name": one.by, "what": step.kind}
        complaints.tell(words.say("superseded.step", subject=step.subject, **told), 2)
        complaints.tell(step.change, 4)
    if (more := len(found) - SHOWN) > 0:
        complaints.tell(words.say("superseded.more", count=more), 2)
    complaints.tell(words.say("merge.see"), 2)
    item = [f"--item {found[0].subject}"] if len(found) == 1 else []
    console.talk("    " + command("log", opened.path, *item))
