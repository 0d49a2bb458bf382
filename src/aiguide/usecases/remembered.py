"""What a person said in a project when they left it, in their own folder: a file may lack it."""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from aiguide.core.attestation import ANSWERED, CLASSIFICATION, FACTS, Part, Record
from aiguide.core.errors import AiguideError
from aiguide.core.history import entry_hash, made_at_once
from aiguide.core.manifest import entry_data, read_entry
from aiguide.core.project import Entry, EntryKind, Project
from aiguide.core.step_parts import lacked, said_since, says_more
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

    def lacking(self, project: Project) -> list[Entry]:
        """Give the steps that the project as it is by now lacks, the oldest first.

        Of what was recorded again or otherwise since nothing is lacking, what another branch of git
        has is not lost, and another project under the name has its own.
        """
        begun, kept = self._kept()
        there = {entry.hash for entry in project.history}
        if begun != start(project) or there.issuperset(entry.hash for entry in kept):
            return []
        there.update(*map(named_steps, git_index.tips(self._project)))
        parts = lacked(project, (entry for entry in kept if entry.hash not in there))
        wanted = [one for part, one in parts.items() if self._is_lacking(project, part, one)]
        return [entry for entry in kept if entry in wanted]

    def keep(self, project: Project, gone: Sequence[Entry] = (), *, told: bool = False) -> None:
        """Keep what stands by now, for its owner alone; a folder that takes no file keeps none.

        And what is `gone`, and what is lacking unless that was `told`: it is among the gone then.
        """
        kept = gone if told else [*self.lacking(project), *gone]
        steps = [entry_data(one) for one in (*kept, *standing(project.history, self._by))]
        write(self._file, json.dumps({"start": start(project), "steps": steps}))

    def _is_lacking(self, project: Project, part: Part, step: Entry) -> bool:
        """Tell whether the person has said nothing else since, and others did not say as much."""
        since = said_since(project, part, step)
        if any(one.by == self._by for one in since):
            return False
        return not since or says_more(project, part, step)

    def _kept(self) -> tuple[str, Sequence[Entry]]:
        """Give what was kept, and of the project that begins so; nothing where that is damaged."""
        with suppress(AiguideError, ValueError, TypeError, KeyError, RecursionError):
            kept = json.loads(read_text(self._file))
            steps = [read_entry(one) for one in kept["steps"]]
            return kept["start"], [one for one in steps if entry_hash(one) == one.hash]
        return "", ()


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
