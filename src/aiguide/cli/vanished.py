"""What a walk recorded and is gone from the file: noticed, and given back as commands.

Somebody has put an older file in its place, with an editor or with git; nothing in it says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from aiguide.cli.as_commands import part_command
from aiguide.core.attestation import ANSWERED, CONDITIONS, FACTS, Part
from aiguide.core.manifest import answer_data
from aiguide.core.project import Entry
from aiguide.core.words import Words
from aiguide.usecases.projects import Opened


@dataclass(slots=True)
class Vanished:
    """Watches over the steps that a walk has `made`, and takes those out that are `gone`."""

    words: Words
    made: list[Entry]
    gone: list[Entry] = field(default_factory=list)

    def noticed(self, opened: Opened) -> str:
        """Say how many steps are gone from the project as it is by now, once; else nothing."""
        there = {entry.hash for entry in opened.project.history}
        new = [entry for entry in self.made if entry.hash not in there]
        self.made[:] = [entry for entry in self.made if entry.hash in there]
        self.gone += new
        return self.words.say("check.vanished", count=len(new)) if new else ""

    def commands(self, opened: Opened) -> list[str]:
        """Write the commands that record it again, but for what has been said anew since."""
        last = {part: value for entry in self.gone for part, value in _parts(entry)}
        anew = {part for entry in self.made for part, _ in _parts(entry)}
        stands = {id: answer_data(one) for id, one in opened.project.answers.items()}
        told = (
            part_command(opened.path, part, value, stands.get(part[-1]))
            for part, value in last.items()
            if part not in anew
        )
        return [*filter(None, told)]


def _parts(entry: Entry) -> Iterator[tuple[Part, object]]:
    """Give what a step of a walk says: an answer, or conditions."""
    if entry.subject != FACTS:
        yield (ANSWERED, entry.subject), entry.after
        return
    before, after = ((side or {}).get(CONDITIONS, {}) for side in (entry.before, entry.after))
    for id in {**before, **after}:
        if before.get(id) != after.get(id):
            yield (FACTS, CONDITIONS, id), after.get(id)
