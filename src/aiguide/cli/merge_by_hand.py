"""Merging by hand what git leaves to a person: where it is, and the lines that finish it."""

import os
import shlex
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from aiguide.cli import layout
from aiguide.core.words import Worded, Words

# What git holds of the other sides, as files to work on; nobody has any of these names.
BASE, THEIRS, LEFT_OVER = (f"aiguide-merge-{part}.json" for part in ("base", "theirs", "*"))
SIDES = {2: "ours", 3: "theirs"}  # as git numbers and as it calls them


def going_on(words: Words, project: Path) -> str:
    """Write the command by which git goes on once a manifest is added; later, if others wait."""
    from aiguide.usecases.merging import others_unmerged, under_way

    waiting = under_way(project)
    line = f"git {waiting} --continue" if waiting else _committing(words, project)
    if others := others_unmerged(project):
        said = words.say("doctor.others-first", count=others, command=Worded(line))
        return layout.indented(said, 2, layout.columns())
    return f"    {line}"


def _committing(words: Words, project: Path) -> str:
    """Write the command that commits, with what the commit is called where git does not know."""
    from aiguide.usecases.merging import has_message, is_unmerged

    if has_message(project):
        return "git commit"
    key = "doctor.commit.merged" if is_unmerged(project) else "doctor.commit.recovered"
    return shlex.join(["git", "commit", "-m", words.say(key, file=project.name)])


def telling_git(words: Words, project: Path) -> Iterator[str]:
    """Write the lines that tell git that a manifest is merged, and let it go on."""
    yield f"    git add {shlex.quote(str(project))}"
    yield going_on(words, project)


def seen(name: str) -> str:
    """Give a path in a repository as seen from where git was called: it runs drivers at the top."""
    return os.path.relpath(name, os.environ.get("GIT_PREFIX") or ".").replace(os.sep, "/")


def merging(sides: Sequence[str], damaged: str = "") -> Iterator[str]:
    """Write the lines that merge three files; the `damaged` one is to be mended before."""
    if damaged:
        yield shlex.join(["aiguide", "doctor", damaged])
    yield shlex.join(["aiguide", "merge-driver", *sides])


def finishing(
    project: str,
    in_git: str,
    damaged: str = "",
    aside: str = "",
    other: int = 3,
    *,
    anew: bool = False,
) -> Iterator[str]:
    """Write the lines that finish a merge which git left to a person.

    `project` is the manifest, `in_git` how git finds it; `damaged` is the file to be mended first,
    where there is one. With `aside` it is moved there. `anew`: our side is taken from git.
    `other` is the side that is merged into it, as git numbers it.
    """
    if aside:
        yield shlex.join(["mv", project, aside])
    if anew:
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


def keeping_both(
    project: str, in_git: str, aside: str, kept: int, other: int, lacking: Collection[int]
) -> Iterator[str]:
    """Write the lines that keep one side of what cannot be merged, and put the other `aside`.

    A side that the file is not `lacking` may have gone on since: it is taken from there.
    """
    if other in lacking:
        yield f"git show {shlex.quote(f':{other}:{in_git}')} > {shlex.quote(aside)}"
    else:
        yield shlex.join(["mv", project, aside])
    if kept in lacking:
        yield f"git checkout --{SIDES[kept]} -- {shlex.quote(project)}"
    yield shlex.join(["git", "add", project, aside])


def keeping(project: str, side: int | None) -> Iterator[str]:
    """Write the lines that keep a file which one side deleted; first take it from the other."""
    if side:
        yield f"git checkout --{SIDES[side]} -- {shlex.quote(project)}"
    yield f"git add {shlex.quote(project)}"


def deleting(project: str) -> str:
    """Write the line that deletes a file which one side deleted."""
    return f"git rm {shlex.quote(project)}"


def listing(theirs: str) -> str:
    """Write the line that makes a checklist of theirs, for what cannot be merged."""
    return shlex.join(["aiguide", "export", theirs, "-o", str(Path(theirs).with_suffix(".xlsx"))])


def _fetching(side: int, in_git: str) -> str:
    return f"git show {shlex.quote(f':{side}:{in_git}')} > {THEIRS}"
