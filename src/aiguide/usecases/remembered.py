"""Which steps of a person stood in a project when they left it: an older file may lack them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from aiguide.core.attestation import ANSWERED, CONDITIONS, FACTS, WHOLE, Part, Record, mapping
from aiguide.core.errors import AiguideError
from aiguide.core.history import made_at_once
from aiguide.core.project import Entry, EntryKind, Project
from aiguide.store import git_index
from aiguide.store.files import read_text
from aiguide.usecases.earlier_versions import named_steps, start
from aiguide.usecases.own_files import file_of, write

FOLDER = "remembered"
_SAYING = (EntryKind.CHANGED, EntryKind.ANSWERED, EntryKind.UNDONE, EntryKind.MERGED)


class Remembered:
    """Keeps the hashes of those steps in the person's own folder, and no word of what they say."""

    def __init__(self, own: Path, project: Path, by: str) -> None:
        """Take the person's `own` folder, the manifest, and who walks through it."""
        self._project, self._by = project, by
        self._file = file_of(own / FOLDER, project, by)

    def lacking(self, project: Project) -> list[Part]:
        """Give the parts of which the project as it is by now lacks the step, the oldest first.

        What another branch of git has is not lost, and another project under the name has its own.
        """
        begun, kept = self._kept()
        there = {entry.hash for entry in project.history}
        if begun != start(project) or there.issuperset(kept):
            return []
        there.update(*map(named_steps, git_index.tips(self._project)))
        return [part for hash, part in kept.items() if hash not in there]

    def keep(self, project: Project) -> None:
        """Keep what stands by now, for its owner alone; a folder that takes no file keeps none."""
        steps = {one.hash: part for part, one in standing(project.history, self._by).items()}
        write(self._file, json.dumps({"start": start(project), "steps": steps}))

    def _kept(self) -> tuple[str, Mapping[str, Part]]:
        """Give what was kept, and of the project that begins so; nothing where that is damaged."""
        with suppress(AiguideError, ValueError, TypeError, KeyError, RecursionError):
            kept = json.loads(read_text(self._file))
            parts = {hash: (*part,) for hash, part in mapping(kept["steps"]).items()}
            return kept["start"], {hash: part for hash, part in parts.items() if _is_part(part)}
        return "", {}


def standing(history: Iterable[Entry], by: str) -> dict[Part, Entry]:
    """Map answers and conditions to the steps of a person that they stand by, the oldest first.

    Those are left out that were recorded as one of many: they come from a file.
    """
    words = [*Record(history).words.items()]
    said = [(part, one.entry) for part, one in sorted(words, key=lambda word: word[1].number)]
    return {part: entry for part, entry in said if entry.by == by and _says(part, entry)}


def _is_part(part: Sequence[object]) -> bool:
    """Tell whether what was kept leads to a part of a project."""
    return bool(part) and all(isinstance(one, str) for one in part)


def _says(part: Sequence[str], entry: Entry) -> bool:
    """Tell whether a step says something of an answer or a condition, by itself."""
    is_part = part[0] == ANSWERED or tuple(part[:2]) == (FACTS, CONDITIONS)
    is_step = entry.subject == FACTS or entry.subject not in WHOLE
    return is_part and is_step and entry.kind in _SAYING and not made_at_once(entry)
