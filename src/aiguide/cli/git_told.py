"""Telling what is to be known before all else: answers that are lacking, or stand no more.

It goes to stderr, for what a command is asked for stays as it is.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aiguide.cli import console, layout
from aiguide.cli.apart_told import warn_of_apart
from aiguide.cli.driver_line import driver_line
from aiguide.cli.merge_by_hand import telling_git
from aiguide.cli.options import command
from aiguide.cli.overruled_told import warn_of_overruled
from aiguide.cli.session import stamp
from aiguide.cli.superseded_told import warn_of_superseded
from aiguide.core.words import Worded, Words

if TYPE_CHECKING:
    from aiguide.core.project import Entry
    from aiguide.usecases.projects import Opened

SHOWN = 3  # of what git has and a file lacks


def warn_first(words: Words, opened: "Opened", by: str) -> bool:
    """Say all that there is to whoever is there; tells whether there was anything."""
    name = stamp(by).by
    told = [
        warn_of_git(words, opened, name),
        warn_of_no_driver(words, opened.path),
        warn_of_overruled(words, opened, by),
        warn_of_superseded(words, opened, name),
    ]
    return any(told)


def warn_of_git(words: Words, opened: "Opened", name: str = "") -> bool:
    """Say what `warn_of_unmerged` says, and where versions in git have steps that the file lacks.

    To who has a `name` also where git has another project under that of the file. Tells whether
    anything was said.
    """
    from aiguide.usecases.earlier_versions import in_git, steps_lacked

    if warn_of_unmerged(words, opened.path):
        return True
    versions = in_git(opened.path)
    lacked = steps_lacked(versions, opened.project)
    if lacked:
        _tell_lacked(words, opened, lacked)
    apart = bool(name) and warn_of_apart(words, opened, name, versions)
    return bool(lacked) or apart


def _tell_lacked(words: Words, opened: "Opened", lacked: Sequence["Entry"]) -> None:
    """Say how many steps git has and the file lacks, the last ones, and what brings all back."""
    from aiguide.core import trail
    from aiguide.core.dates import in_tokyo
    from aiguide.core.history import in_time, recovered
    from aiguide.usecases.trail import lexicon

    by_part = {entry.subject: entry for _, entry in in_time(tuple(lacked))}
    known, last = lexicon(opened), [*reversed(by_part.values())][:SHOWN]
    marks = trail.Marks(repairs=recovered((*opened.project.history, *lacked)))
    console.talk(console.laid_out(words.say("git.lacking", count=len(lacked)), 0))
    for one in last:
        step = trail.step(words, known, 0, one, marks=marks)
        told = {"at": in_tokyo(one.at), "name": one.by, "what": step.kind}
        line = words.say("superseded.step", subject=step.subject, **told)
        console.talk(layout.indented(line, 2, layout.columns()))
    if (more := len(by_part) - len(last)) > 0:
        line = words.say("superseded.more", count=more)
        console.talk(layout.indented(line, 2, layout.columns()))
    doctor = Worded(command("doctor", opened.path))
    console.talk(console.laid_out(words.say("git.lacking.fix", command=doctor), 0))


def warn_of_unmerged(words: Words, project: Path) -> bool:
    """Say where git has not finished a merge of a manifest: one side may be lacking, or none is.

    Tells whether that is so.
    """
    from aiguide.usecases.merging import is_unmerged
    from aiguide.usecases.unmerged import is_whole

    if not is_unmerged(project):
        return False
    if is_whole(project):
        console.talk(console.laid_out(words.say("merge.unmerged.whole"), 0))
        for line in telling_git(words, project):
            console.talk(line)
    else:
        said = words.say("merge.unmerged", command=Worded(command("doctor", project)))
        console.talk(console.laid_out(said, 0))
    return True


def warn_of_no_driver(words: Words, project: Path) -> bool:
    """Say where git is asked to merge a manifest by aiguide, and this clone does not say how.

    Tells whether that is so.
    """
    from aiguide.usecases.merging import lacks_driver

    if lacking := lacks_driver(project):
        console.talk(console.laid_out(words.say("git.no-driver"), 0))
        console.talk("    " + driver_line())
    return lacking
