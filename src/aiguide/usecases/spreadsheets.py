"""A project's checklist as a spreadsheet, and back: what changed in it is recorded in one save."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from aiguide.core import spreadsheet, spreadsheet_view
from aiguide.core.answers import mark, overrides
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Item
from aiguide.core.project import Answer, Project
from aiguide.core.stamp import Stamp
from aiguide.core.text import LANGS
from aiguide.core.words import Words
from aiguide.store import projects, workbook
from aiguide.store.workbook import Misfit, Returned
from aiguide.usecases.projects import Opened, open_project, save_many
from aiguide.usecases.spreadsheet_rows import Change, Comparison


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """What a spreadsheet changes of a project.

    `project` is the one after all of it, which is only to be saved where there are no misfits.
    `passed_over` are the places that were changed and are not taken; `behind`: the cells in which
    nothing was filled in, and the project says another thing than when they were written. `saved`
    tells whether it is.
    """

    opened: Opened
    project: Project
    changes: tuple[Change, ...]
    misfits: tuple[Misfit, ...]
    passed_over: tuple[Misfit, ...] = ()
    behind: tuple[str, ...] = ()
    saved: bool = False

    @property
    def is_welcome(self) -> bool:
        """Tell whether there is something to record and nothing in its way."""
        return bool(self.changes) and not self.misfits

    @property
    def awaits_consent(self) -> bool:
        """Tell whether nothing but a person's agreement is lacking."""
        return self.is_welcome and not self.saved

    def overridden(self, by: str, today: str) -> dict[str, Answer]:
        """Map the items that change to what stands there, where that should not go unseen."""
        given, stood = self.project.answers, self.opened.project.answers
        stands = {one.item.id: stood.get(one.item.id) for one in self.changes}
        return {
            id: one for id, one in stands.items() if one and overrides(one, given[id], by, today)
        }

    def marks(self, by: str, today: str) -> dict[str, str]:
        """Map the items that are `overridden` to marks of what stands there."""
        return {id: mark(stands) for id, stands in self.overridden(by, today).items()}

    def unseen(self, seen: Mapping[str, str], by: str, today: str) -> tuple[Item, ...]:
        """Give the items that are `overridden` otherwise than in `seen`, earlier `marks`."""
        marks = self.marks(by, today)
        items = {one.item.id: one.item for one in self.changes}
        return tuple(items[id] for id, one in marks.items() if seen.get(id) != one)


def export(opened: Opened, words: Words, today: str) -> bytes:
    """Make the spreadsheet of a project's checklist. Raises: AiguideError `no-xlsx`."""
    from aiguide.render import workbook as rendering

    words = words.of_pack(opened.guideline.words)
    book = spreadsheet_view.build(opened.checklist(today), words, today)
    return rendering.render(book, today)


def read(opened: Opened, stream: BinaryIO, file: Path, words: Words) -> Returned:
    """Read a spreadsheet that came back.

    Raises: AiguideError `no-xlsx`, `too-large`, `workbook-...`.
    """
    names = {
        name
        for lang in LANGS
        for name in spreadsheet.sheet_names(opened.guideline, words.spoken(lang)).values()
    }
    return workbook.read(stream, str(file), spreadsheet.headings(words), frozenset(names))


def require_replaceable(opened: Opened, output: Path, words: Words, today: str) -> None:
    """Insist that a file to be written over holds nothing that somebody may still need.

    That is so for a checklist of this project of which an import would change nothing. Raises:
    AiguideError `overwrites-other`, `overwrites-answers`, `no-xlsx`.
    """
    if not output.is_file():
        return
    try:
        with output.open("rb") as stream:
            returned = read(opened, stream, output, words)
        nobody = Stamp("", "")  # it is not recorded
        found = compare(opened, returned, words, nobody, today)
    except AiguideError as error:
        if error.code == "no-xlsx":
            raise
        raise AiguideError("overwrites-other", file=str(output)) from None
    places = [*(one.at for one in found.misfits), *(one.at for one in found.changes)]
    if places:
        count = len(places)
        raise AiguideError("overwrites-answers", file=str(output), count=count, first=places[0])


def _require_same(project: Project, given: Mapping[str, str], file: str) -> None:
    """Insist on the same pack and project; its beginning tells, else its id, else its name."""
    own = spreadsheet_view.facts_of(project)
    told = next((key for key in ("began", "project") if own[key] and given[key]), "name")
    if own[told] != given[told]:
        raise AiguideError("workbook-project", file=file, name=given["name"])
    if any(own[key] != given[key] for key in ("guideline", "version")):
        pack = f"{given['guideline']}@{given['version']}"
        own_pack = f"{project.guideline_id}@{project.guideline_version}"
        raise AiguideError("workbook-pack", file=file, given=pack, known=own_pack)


def compare(
    opened: Opened, returned: Returned, words: Words, stamp: Stamp, today: str
) -> Difference:
    """Find out what a spreadsheet changes, and everything that stands in its way.

    A day without its year is the next such day from `today` on, unless it was taken in before.
    Raises: AiguideError `workbook-project`, `workbook-pack` where it is of another one.
    """
    _require_same(opened.project, returned.facts, returned.file)
    comparison = Comparison(opened, returned, words, stamp, today)
    for row in returned.rows:
        comparison.take(row)
    misfits = (*returned.misfits, *comparison.misfits)
    changes, passed_over = tuple(comparison.changes), tuple(comparison.passed_over)
    project, behind = comparison.project, tuple(comparison.behind)
    return Difference(opened, project, changes, misfits, passed_over, behind)


def record(
    path: Path,
    returned: Returned,
    words: Words,
    stamp: Stamp,
    today: str,
    seen: Mapping[str, str] | None,
) -> Difference:
    """Record what a spreadsheet changes in one save, or nothing where there are misfits.

    The manifest is read again first, so that what others answered meanwhile shows as a conflict.
    `seen` are the `marks` of what a person agreed to see overridden; None is all of it.
    Raises: AiguideError and UnreadableError, as `compare` and `save_many` do.
    """
    with projects.held(path):
        found = compare(open_project(path), returned, words, stamp, today)
        is_agreed = seen is None or not found.unseen(seen, stamp.by, today)
        if not (found.is_welcome and is_agreed):
            return found
        save_many(path, found.project, stamp)
        return replace(found, saved=True)
