"""What a person said in a project when they left it, in their own folder: a file may lack it."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiguide.core.errors import AiguideError
from aiguide.core.history import start
from aiguide.core.lost import Lost, hashes, stood_by
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
        """Give what the project as it is by now lacks; what another branch of git has is not lost.

        Of what as much was said again since nothing is lacking.
        """
        stood, lost = self._kept(project)
        there = set(hashes(project.history))
        if not there.issuperset(hashes((*stood.words.values(), *lost.words.values()))):
            there.update(*map(named_steps, git_index.tips(self._project)))
        found = stood.without(there).beside(lost.without(there))
        return found.only(found.parts(project, self._by))

    def keep(self, project: Project, gone: Lost | None = None) -> None:
        """Keep what stands by now, for its owner alone; a folder that takes no file keeps none.

        And what is `gone`: all that is lacking, unless it is said what.
        """
        lost = self.lacking(project) if gone is None else gone
        known = hashes(project.history) | self.known(project)
        stood = Lost(stood_by(project.history, self._by), known).after(lost)
        kept = {"stood": _data(stood), "lost": _data(lost)}
        write(self._file(project), json.dumps(kept))

    def known(self, project: Project) -> frozenset[str]:
        """Give the hashes of the steps that the person has seen in the file, or in one before it.

        None of them was made since, though the file may have lacked them for a while.
        """
        stood, lost = self._kept(project)
        return stood.known | lost.known | hashes((*stood.words.values(), *lost.words.values()))

    def _file(self, project: Project) -> Path:
        return file_of(self._own / FOLDER, self._project, f"{self._by}\n{start(project.history)}")

    def _kept(self, project: Project) -> tuple[Lost, Lost]:
        """Give what stood when the person left, and what was lacking already then.

        Nothing where that is damaged.
        """
        with suppress(AiguideError, ValueError, TypeError, KeyError, RecursionError):
            kept = json.loads(read_text(self._file(project)))
            return _read(kept["stood"], self._by), _read(kept["lost"], self._by)
        return Lost(), Lost()


def _data(lost: Lost) -> dict[str, Any]:
    words = [[part, entry_data(step)] for part, step in lost.words.items()]
    return {"words": words, "known": sorted(lost.known)}


def _read(data: Any, by: str) -> Lost:
    """Read the steps that are as the person recorded them. Raises: as damaged data does."""
    words = {tuple(part): kept_steps.read(step) for part, step in data["words"]}
    sound = {
        part: step
        for part, step in words.items()
        if step and step.by == by and part in dict(said(step))
    }
    return Lost(sound, frozenset(map(str, data["known"])))
