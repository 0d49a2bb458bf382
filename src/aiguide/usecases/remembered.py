"""What a person said in a project when they left it, in their own folder: a file may lack it."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aiguide.core.attestation import Part
from aiguide.core.errors import AiguideError
from aiguide.core.history import start
from aiguide.core.lost import Lost, Word, hashes, in_order, words_on
from aiguide.core.manifest import entry_data
from aiguide.core.project import Project
from aiguide.core.step_parts import said
from aiguide.store import git_index, kept_steps
from aiguide.store.files import read_text
from aiguide.usecases.earlier_versions import named_steps
from aiguide.usecases.own_files import file_of, write

FOLDER = "remembered"
Seen = tuple[Part, str, str]  # a part, whose word it stood by, and that step's hash


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

    def others(self, project: Project) -> list[Seen]:
        """Give what the person saw of others', and is not there; nothing on it was said since."""
        kept = self._kept(project)
        there = set(hashes(project.history))
        if not there.issuperset(hash for _, _, hash in kept.others):
            there.update(*map(named_steps, git_index.tips(self._project)))
        later = (one for one in project.history if one.hash not in kept.stood.order)
        since = {part for one in later for part, _ in said(one)}
        return [one for one in kept.others if one[2] not in there and one[0] not in since]

    def keep(self, project: Project, gone: Lost | None = None) -> None:
        """Keep what stands by now, for its owner alone; a folder that takes no file keeps none.

        And what is `gone`: all that is lost, others' too, unless it is said what; then the person
        was told of theirs.
        """
        lost, untold = (self.lost(project), self.others(project)) if gone is None else (gone, [])
        order = in_order(self.order(project), lost.order, (one.hash for one in project.history))
        own, others = list[Word](), list[Seen](untold)
        for word in words_on(project.history):
            if word.step.by == self._by:
                own.append(word)
            else:
                others.append((word.part, word.step.by, word.step.hash))
        kept = _Kept(Lost(tuple(own), order), replace(lost, order=order), tuple(others))
        write(self._file(project), json.dumps(kept.data()))

    def order(self, project: Project) -> Mapping[str, int]:
        """Give the steps that the person has seen in the file, or in one before it, by their hash.

        None of them was made since, though the file may have lacked them for a while.
        """
        return self._kept(project).stood.order

    def _file(self, project: Project) -> Path:
        return file_of(self._own / FOLDER, self._project, f"{self._by}\n{start(project.history)}")

    def _kept(self, project: Project) -> "_Kept":
        """Give what was kept when the person left last; nothing where that is damaged."""
        with suppress(AiguideError, ValueError, TypeError, KeyError, RecursionError):
            return _Kept.read(json.loads(read_text(self._file(project))), self._by)
        return _Kept()


@dataclass(frozen=True, slots=True)
class _Kept:
    """What stood when a person left, and what was lacking already then; both in the same order.

    `others` is what stood by the word of others.
    """

    stood: Lost = field(default_factory=Lost)
    lost: Lost = field(default_factory=Lost)
    others: tuple[Seen, ...] = ()

    def data(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "seen": [*self.stood.order],
            "stood": [_data(word) for word in self.stood.words],
            "lost": [_data(word) for word in self.lost.words],
            "others": self.others,
        }

    @classmethod
    def read(cls, data: Any, by: str) -> "_Kept":
        """Read the words that are as the person recorded them. Raises: as damaged data does."""
        stood, lost = (_read(data[name], by) for name in ("stood", "lost"))
        words = (word.step.hash for word in (*stood, *lost))
        order = in_order(map(str, data["seen"]), words)
        others = tuple(
            (tuple(map(str, part)), str(who), str(hash))
            for part, who, hash in data["others"]
            if part
        )
        return cls(Lost(stood, order), Lost(lost, order), others)


def _data(word: Word) -> list[Any]:
    return [word.part, entry_data(word.step), sorted(word.past)]


def _read(data: Any, by: str) -> tuple[Word, ...]:
    """Read the words that are as a person recorded them. Raises: as damaged data does."""
    words = [(tuple(part), kept_steps.read(step), past) for part, step, past in data]
    return tuple(
        Word(part, step, frozenset(map(str, past)))
        for part, step, past in words
        if step and step.by == by and part in dict(said(step))
    )
