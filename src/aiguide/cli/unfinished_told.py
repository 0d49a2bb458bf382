"""Telling that git waits for a merge of a manifest, and the lines that finish it."""

import os
from pathlib import Path

from aiguide.cli import console, layout, unheld_told
from aiguide.cli.apart_told import names
from aiguide.cli.merge_by_hand import (
    THEIRS,
    deleting,
    finishing,
    going_on,
    keeping,
    telling_git,
)
from aiguide.cli.options import command
from aiguide.core.errors import UnreadableError
from aiguide.core.words import Words
from aiguide.usecases import projects, recovering, unmerged


def tell(words: Words, path: Path, file: Path) -> None:
    """Write the lines that merge both sides; they begin with `file`, in its place by then."""
    if side := unmerged.only_side(path):
        _tell_deleted(words, path, side)
        return
    here, in_git = names(path)
    lacking, gone = unmerged.lacking(path, file), not path.exists()
    if not lacking and file == path:
        _tell_whole(words, path)
        return
    anew = len(lacking) > 1
    aside = os.path.relpath(recovering.free_name(path, "damaged")) if anew and not gone else ""
    key = "doctor.unfinished.mixed" if aside else "doctor.unfinished.gone" if gone else ""
    console.say()
    if aside:
        _tell_unheld(words, path, file)
    damaged = THEIRS if unmerged.is_damaged(path) else ""
    _say(
        words, key or ("doctor.unfinished.damaged" if damaged else "doctor.unfinished"), aside=aside
    )
    other = unmerged.OURS if lacking == (unmerged.OURS,) else unmerged.THEIRS
    for line in finishing(here, in_git, damaged, aside=aside, other=other, anew=anew):
        console.say(f"    {line}")
    console.say(going_on(words, path))


def _tell_deleted(words: Words, path: Path, side: int) -> None:
    """Say that one side deleted the file, and write the lines that keep it, and that do not."""
    here, _ = names(path)
    then = going_on(words, path)
    console.say()
    _say(words, "doctor.deleted")
    for line in keeping(here, None if path.exists() else side):
        console.say(f"    {line}")
    console.say(then)
    console.say("    " + command("doctor", path))
    _say(words, "doctor.deleted.too")
    console.say(f"    {deleting(here)}")
    console.say(then)


def _tell_whole(words: Words, path: Path) -> None:
    """Say that nothing is left but to tell git."""
    console.say()
    _say(words, "doctor.unfinished.whole")
    for line in telling_git(words, path):
        console.say(line)


def _tell_unheld(words: Words, path: Path, file: Path) -> None:
    """Name the texts of a file that neither side has: somebody wrote them by hand."""
    sides = unmerged.held(path)
    unheld = recovering.unheld(file, (sides.ours, sides.theirs)) if sides else ()
    if not unheld:
        return
    _say(words, "doctor.unheld.mixed")
    try:
        opened = projects.open_project(file)
    except UnreadableError:
        unheld_told.tell(words, None, None, unheld, path)
    else:
        unheld_told.tell(words, opened.guideline, opened.project, unheld, path)


def _say(words: Words, key: str, **args: object) -> None:
    console.say(layout.indented(words.say(key, **args), 2, layout.columns()))
