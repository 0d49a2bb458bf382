"""Telling of projects that began apart under one name, and the lines that keep both."""

import os
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from aiguide.cli import console, layout
from aiguide.cli.merge_by_hand import SIDES, going_on, keeping_both
from aiguide.cli.options import BLANK, command
from aiguide.cli.whose_steps import people
from aiguide.core.project import Project
from aiguide.core.words import Worded, Words
from aiguide.usecases import earlier_versions, other_projects, recovering, unmerged
from aiguide.usecases.earlier_versions import Versions
from aiguide.usecases.other_projects import Other

if TYPE_CHECKING:
    from aiguide.usecases.projects import Opened

COMMIT = 12  # characters by which git finds one


def warn_of_apart(
    words: Words, opened: "Opened", name: str, versions: Versions | None = None
) -> bool:
    """Say on stderr where git has another project under this name, and `name` may not know of it.

    `versions` are what git has, where that was looked for. Tells whether anything was said.
    """
    versions = earlier_versions.in_git(opened.path) if versions is None else versions
    found = other_projects.others(opened.path, opened.project, versions)
    told = [*other_projects.untold(opened.project, found, name)]
    doctor = Worded(command("doctor", opened.path))
    for one in told:
        said = words.say("git.apart", **_whose(words, one.project), command=doctor)
        console.talk(console.laid_out(said, 0))
    if told:
        console.talk(layout.indented(words.say("git.apart.until", name=name), 2, layout.columns()))
    return bool(told)


def tell_in_git(words: Words, path: Path, project: Project) -> None:
    """Say which other projects git has under the name of one, and how to have each as a file."""
    aside = other_projects.free_name(path)
    for one in other_projects.others(path, project, earlier_versions.in_git(path)):
        _say(words, "doctor.apart.in-git", **_whose(words, one.project), commit=_short(one))
        console.say(f"    {_taking_out(path, one, aside)}")
        console.say("    " + command("log", aside))
        if _pack(one.project) == _pack(project):
            _say(words, "doctor.apart.take-over")
            for line in _taking_over(path, aside):
                console.say(f"    {line}")


def tell_sides(words: Words, path: Path, sides: unmerged.Held) -> None:
    """Write on stderr the lines that keep either side of a merge, and put the other beside it."""
    columns = layout.columns()
    here, in_git = names(path)
    aside = other_projects.free_name(Path(here))
    for mixed, line in _out_of_the_way(path, here):
        said = words.say("doctor.apart.mixed", aside=mixed)
        console.talk(layout.indented(said, 2, columns))
        console.talk(f"    {line}")
    lacking = unmerged.lacking(path, path)
    by_side = {unmerged.OURS: sides.ours, unmerged.THEIRS: sides.theirs}
    for kept, project in by_side.items():
        (other,) = (one for one in by_side if one != kept)
        whose = {
            "project": project.name,
            "people": people(words, project.history),
            "other": by_side[other].name,
            "others": people(words, by_side[other].history),
        }
        said = words.say("doctor.apart.keep", **whose, git=SIDES[kept], aside=str(aside))
        console.talk(layout.indented(said, 2, columns))
        for line in keeping_both(here, in_git, str(aside), kept, other, lacking):
            console.talk(f"    {line}")
        console.talk(going_on(words, path))
    if _pack(sides.ours) == _pack(sides.theirs):
        console.talk(layout.indented(words.say("doctor.apart.then"), 2, columns))
        for line in _taking_over(Path(here), aside):
            console.talk(f"    {line}")


def names(path: Path) -> tuple[str, str]:
    """Give how a manifest is called from here, and how git finds it."""
    here = os.path.relpath(path).replace(os.sep, "/")
    return here, here if here.startswith("../") else f"./{here}"


def _out_of_the_way(path: Path, here: str) -> Iterator[tuple[str, str]]:
    """Give where a file goes that is neither side, and not just as git left it, and the line."""
    is_mixed = len(unmerged.lacking(path, path)) > 1 and path.exists()
    if is_mixed and not unmerged.has_marks(path):
        aside = os.path.relpath(recovering.free_name(path, "damaged"))
        yield aside, shlex.join(["mv", here, aside])


def _taking_out(path: Path, other: Other, aside: Path) -> str:
    """Write the line that takes a version from git into a file of its own."""
    there = [] if path.parent == Path() else ["-C", str(path.parent)]
    shown = shlex.join(["git", *there, "show", f"{_short(other)}:./{path.name}"])
    return f"{shown} > {shlex.quote(str(aside))}"


def _taking_over(project: Path, other: Path) -> Iterator[str]:
    """Write the lines that take answers of another project over, by a table that a person saves."""
    book = other.with_name(other.name.removesuffix(".project.json") + ".xlsx")
    yield shlex.join(["aiguide", "export", str(other), "-o", str(book)])
    yield f"aiguide check {shlex.quote(str(project))} --from {BLANK}"


def _whose(words: Words, other: Project) -> Mapping[str, object]:
    return {
        "project": other.name,
        "count": len(other.history),
        "people": people(words, other.history),
    }


def _short(other: Other) -> str:
    return other.commit[:COMMIT]


def _pack(project: Project) -> tuple[str, int]:
    return project.guideline_id, project.guideline_version


def _say(words: Words, key: str, **args: object) -> None:
    console.say(layout.indented(words.say(key, **args), 2, layout.columns()))
