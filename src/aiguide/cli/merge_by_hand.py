"""Merging by hand what git leaves to a person: where it is, and the lines that finish it."""

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aiguide.cli import console
from aiguide.cli.options import command
from aiguide.core.words import Worded, Words

if TYPE_CHECKING:
    from aiguide.usecases.projects import Opened

# What git holds of the other sides, as files to work on; nobody has any of these names.
BASE, THEIRS, LEFT_OVER = (f"aiguide-merge-{part}.json" for part in ("base", "theirs", "*"))


def warn_of_unmerged(words: Words, project: Path) -> bool:
    """Say on stderr where git has not finished a merge of a manifest: one side may be lacking.

    Tells whether that is so.
    """
    from aiguide.usecases.merging import is_unmerged

    if unfinished := is_unmerged(project):
        said = words.say("merge.unmerged", command=Worded(command("doctor", project)))
        console.talk(console.laid_out(said, 0))
    return unfinished


def warn_of_git(words: Words, opened: "Opened") -> bool:
    """Say on stderr, too, where versions in git have steps of the history that a manifest lacks.

    Tells whether anything was said.
    """
    from aiguide.usecases.earlier_versions import steps_lacked

    if warn_of_unmerged(words, opened.path):
        return True
    if count := len(steps_lacked(opened.path, opened.project)):
        doctor = Worded(command("doctor", opened.path))
        console.talk(console.laid_out(words.say("git.lacking", count=count, command=doctor), 0))
    return count > 0


def going_on(project: Path) -> str:
    """Write the command by which git goes on once a manifest is added."""
    from aiguide.usecases.merging import under_way

    waiting = under_way(project)
    return f"git {waiting} --continue" if waiting else "git commit"


def seen(name: str) -> str:
    """Give a path in a repository as seen from where git was called: it runs drivers at the top."""
    return os.path.relpath(name, os.environ.get("GIT_PREFIX") or ".").replace(os.sep, "/")


def merging(sides: Sequence[str], damaged: str = "") -> Iterator[str]:
    """Write the lines that merge three files; the `damaged` one is to be mended before."""
    if damaged:
        yield shlex.join(["aiguide", "doctor", damaged])
    yield shlex.join(["aiguide", "merge-driver", *sides])


def finishing(
    project: str, in_git: str, damaged: str = "", aside: str = "", other: int = 3
) -> Iterator[str]:
    """Write the lines that finish a merge which git left to a person.

    `project` is the manifest, `in_git` how git finds it; `damaged` is the file to be mended first,
    where there is one. With `aside` the manifest is moved there, and our side taken from git, too.
    `other` is the side that is merged into it, as git numbers it.
    """
    if aside:
        yield shlex.join(["mv", project, aside])
        yield f"git show {shlex.quote(f':2:{in_git}')} > {shlex.quote(project)}"
    # without a base, as where both branches added the file, git would call that fatal
    yield f"git show {shlex.quote(f':1:{in_git}')} > {BASE} 2>/dev/null"
    yield _fetching(other, in_git)
    yield from ending(project, damaged)


def ending(project: str, damaged: str = "") -> Iterator[str]:
    """Write the lines that merge what git held; run all at once, they stop where it does not."""
    *mending, merge = merging((BASE, project, THEIRS), damaged)
    yield from mending
    yield f"{merge} &&"
    yield f"  git add {shlex.quote(project)} &&"
    yield f"  rm {LEFT_OVER}"


def listing(theirs: str, in_git: str = "") -> Iterator[str]:
    """Write the lines that make a checklist of theirs, for what cannot be merged.

    `in_git` is how git finds it, where it has handed over a copy that is gone by then.
    """
    if in_git:
        yield _fetching(3, in_git)
        theirs = THEIRS
    yield shlex.join(["aiguide", "export", theirs, "-o", str(Path(theirs).with_suffix(".xlsx"))])


def _fetching(side: int, in_git: str) -> str:
    return f"git show {shlex.quote(f':{side}:{in_git}')} > {THEIRS}"
