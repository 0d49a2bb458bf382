"""What a person said in a project when they left it, in their own folder: a file may lack it."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiguide.core.attestation import ANSWERED, CLASSIFICATION, FACTS, Part, Record
from aiguide.core.errors import AiguideError
from aiguide.core.history import entry_hash, made_at_once
from aiguide.core.lost import Lost
from aiguide.core.manifest import entry_data, read_entry
from aiguide.core.project import Entry, EntryKind, Project
from aiguide.store import git_index
from aiguide.store.files import read_text
from aiguide.usecases.earlier_versions import named_steps, start
from aiguide.usecases.own_files import file_of, write

FOLDER = "remembered"
_SAYING = (
    *(EntryKind.CHANGED, EntryKind.CLASSIFIED, EntryKind.ANSWERED),
    *(EntryKind.UNDONE, EntryKind.MERGED),
)


class Remembered:
    """Keeps a copy of a person's steps that answers, cells and facts stand by, to give it back."""

    def __init__(self, own: Path, project: Path, by: str) -> None:
        """Take the person's `own` folder, the manifest, and who walks through it."""
        self._project, self._by = project, by
        self._file = file_of(own / FOLDER, project, by)

    def lacking(self, project: Project) -> Lost:
        """Give what the project as it is by now lacks.

        Of what the person said again or otherwise since nothing is lacking, what another branch of
        git has is not lost, and another project under the name has its own.
        """
        kept = self._kept()
        there = {entry.hash for entry in project.history}
        if kept is None or kept.start != start(project):
            return Lost()
        lost, stood = kept.lost, kept.stood
        if not there.issuperset(step.hash for step in (*lost.steps, *stood.steps)):
            there.update(*map(named_steps, git_index.tips(self._project)))
        gone = stood.only(step for step in stood.steps if step.hash not in there)
        found = gone.beside(lost.only(step for step in lost.steps if step.hash not in there))
        return found.only(
            step
            for part, step in found.parts(project).items()
            if not found.is_said_by(project, part, self._by)
        )

    def keep(self, project: Project, gone: Lost | None = None) -> None:
        """Keep what stands by now, for its owner alone; a folder that takes no file keeps none.

        And what is `gone`: all that is lacking, unless it is said what.
        """
        lost = self.lacking(project) if gone is None else gone
        stood = Lost(
            tuple(standing(project.history, self._by)),
            frozenset(entry.hash for entry in project.history),
        )
        kept = {"start": start(project), "stood": _data(stood), "lost": _data(lost)}
        write(self._file, json.dumps(kept))

    def _kept(self) -> "_Kept | None":
        """Give what was kept; nothing where that is damaged."""
        with suppress(AiguideError, ValueError, TypeError, KeyError, RecursionError):
            kept = json.loads(read_text(self._file))
            return _Kept(kept["start"], _read(kept["stood"]), _read(kept["lost"]))
        return None


@dataclass(frozen=True, slots=True)
class _Kept:
    """What stood when a person left a project that begins so, and what it lacked already then."""

    start: str
    stood: Lost
    lost: Lost


def _data(lost: Lost) -> dict[str, Any]:
    return {"steps": [entry_data(one) for one in lost.steps], "known": sorted(lost.known)}


def _read(data: Any) -> Lost:
    """Read steps that are as they were recorded. Raises: as what it is read from may be."""
    steps = (read_entry(one) for one in data["steps"])
    sound = tuple(one for one in steps if entry_hash(one) == one.hash)
    return Lost(sound, frozenset(data["known"]))


def standing(history: Iterable[Entry], by: str) -> list[Entry]:
    """Give the steps of a person that an answer, cells or a fact stand by, the oldest first.

    Those are left out that were recorded as one of many: they come from a file.
    """
    words = Record(history).words
    said = {word.number: word.entry for part, word in words.items() if _says(part, word.entry)}
    return [said[number] for number in sorted(said) if said[number].by == by]


def _says(part: Part, entry: Entry) -> bool:
    """Tell whether a step says something of an answer, of cells or of a fact, by itself."""
    is_part = part[0] in (ANSWERED, CLASSIFICATION, FACTS)
    is_step = entry.kind in _SAYING and not made_at_once(entry)
    return is_part and is_step and entry.subject in part
