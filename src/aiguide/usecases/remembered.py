"""What a person said in a project when they left it, in their own folder: a file may lack it."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any

from aiguide.core.errors import AiguideError
from aiguide.core.history import start
from aiguide.core.lost import Lost, Word, hashes, stood_by
from aiguide.core.manifest import entry_data
from aiguide.core.project import Project
from aiguide.core.step_parts import said
from aiguide.store import git_index, kept_steps
from aiguide.store.files import read_text
from aiguide.usecases.earlier_versions import named_steps
from aiguide.usecases.own_files import file_of, write

FOLDER = "remembered"


class Remembered:
    """Keeps a copy of a person's steps that answers, cells and facts stand by, to give it back.

    Each project has its own, also where another one is put under its name.
    """

    def __init__(self, own: Path, project: Path, by: str) -> None:
        """Take the person's `own` folder, the manifest, and who walks through it."""
        self._own, self._project, self._by = own, project, by

    def lacking(self, project: Project) -> Lost:
        """Give what the project as it is by now lacks."""
        return self.lost(project).lacking(project, self._by)

    def lost(self, project: Project) -> Lost:
        """Give what is not in the history of the project as it is by now, nor was said again since.

        What another branch of git has is not lost.
        """
        kept = self._kept(project)
        both = kept.stood.beside(kept.lost)
        there = set(hashes(project.history))
        if not there.issuperset(word.step.hash for word in both.words):
            there.update(*map(named_steps, git_index.tips(self._project)))
        return both.without(there).unsettled(project, self._by)

    def keep(self, project: Project, gone: Lost | None = None) -> None:
        """Keep what stands by now, for its owner alone; a folder that takes no file keeps none.

        And what is `gone`: all that is lost, unless it is said what.
        """
        lost = self.lost(project) if gone is None else gone
        known = hashes(project.history) | self.known(project)
        stood = stood_by(project.history, self._by, known).after(lost)
        write(self._file(project), json.dumps(_Kept(stood, lost, known).data()))

    def known(self, project: Project) -> frozenset[str]:
        """Give the hashes of the steps that the person has seen in the file, or in one before it.

        None of them was made since, though the file may have lacked them for a while.
        """
        kept = self._kept(project)
        words = (*kept.stood.words, *kept.lost.words)
        return kept.known.union(*(word.known for word in words), (word.step.hash for word in words))

    def _file(self, project: Project) -> Path:
        return file_of(self._own / FOLDER, self._project, f"{self._by}\n{start(project.history)}")

    def _kept(self, project: Project) -> "_Kept":
        """Give what was kept when the person left last; nothing where that is damaged."""
        with suppress(AiguideError, ValueError, TypeError, KeyError, RecursionError):
            return _Kept.read(json.loads(read_text(self._file(project))), self._by)
        return _Kept()


@dataclass(frozen=True, slots=True)
class _Kept:
    """What stood when a person left, what was lacking already then, and all that they had seen."""

    stood: Lost = field(default_factory=Lost)
    lost: Lost = field(default_factory=Lost)
    known: frozenset[str] = frozenset()

    def data(self) -> dict[str, Any]:
        """Give it as plain data; words that know the same stand together, for that may be much."""
        groups: dict[frozenset[str], list[Any]] = {}
        for word in self.lost.words:
            groups.setdefault(word.known, []).append(_data(word))
        return {
            "known": sorted(self.known),
            "stood": [_data(word) for word in self.stood.words],
            "lost": [{"known": sorted(known), "words": one} for known, one in groups.items()],
        }

    @classmethod
    def read(cls, data: Any, by: str) -> "_Kept":
        """Read the steps that are as the person recorded them. Raises: as damaged data does."""
        known = frozenset(map(str, data["known"]))
        lost = (_read(one["words"], by, frozenset(map(str, one["known"]))) for one in data["lost"])
        together = reduce(lambda all_of, some: some.beside(all_of), lost, Lost())
        return cls(_read(data["stood"], by, known), together, known)


def _data(word: Word) -> list[Any]:
    return [word.part, entry_data(word.step)]


def _read(data: Any, by: str, known: frozenset[str]) -> Lost:
    """Read the words that are as a person recorded them. Raises: as damaged data does."""
    steps = [(tuple(part), kept_steps.read(step)) for part, step in data]
    return Lost(
        tuple(
            Word(part, step, known)
            for part, step in steps
            if step and step.by == by and part in dict(said(step))
        )
    )
