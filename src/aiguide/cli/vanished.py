"""What a person recorded and is gone from the file: noticed, and given back as commands.

Somebody has put an older file in its place, with an editor or with git; nothing in it says so.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiguide.cli import layout
from aiguide.cli.as_commands import answer_command, part_command, quoted
from aiguide.cli.draft import BESIDE, EVIDENCE
from aiguide.cli.form import NOTE
from aiguide.cli.merge_told import subject_of
from aiguide.cli.replacing import told_in_brief
from aiguide.cli.session import stamp
from aiguide.core import step_parts, trail
from aiguide.core.attestation import (
    ANSWERED,
    CLASSIFICATION,
    CONDITIONS,
    FACTS,
    Part,
    mapping,
)
from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Guideline
from aiguide.core.lost import Lost, addable, can_hold, hashes, stood_by
from aiguide.core.manifest import read_answer
from aiguide.core.mismatch_view import Told as Name
from aiguide.core.project import Answer, Entry, EntryKind, Status
from aiguide.core.words import Worded, Words
from aiguide.usecases import versions
from aiguide.usecases.projects import Opened
from aiguide.usecases.trail import lexicon
from aiguide.usecases.untold import Told

SHOWN = 3  # items of others' steps


@dataclass(slots=True)
class Vanished:
    """Watches over the steps that a walk has `made`, and takes those out that are `lost`.

    It watches over those of before, too, that the person made, and that stand by the history as it
    was read last (`seen`). `by` is who that is, where it was given by an option. `told_of` are the
    hashes of all steps that it has told of as lost.
    """

    words: Words
    made: list[Entry]
    seen: Sequence[Entry]
    by: str
    lost: Lost = field(default_factory=Lost)
    told_of: set[str] = field(default_factory=set)

    def noticed(self, opened: Opened, *, at_end: bool = False) -> str:
        """Say what is gone from the project as it is by now, once; else nothing."""
        there = hashes(opened.project.history)
        seen, self.seen = self.seen, opened.project.history
        self.lost = self.lost.without(there)
        if there >= hashes((*seen, *self.made)):
            return ""
        gone, own = self._gone(seen, there), stamp(self.by).by
        others = [one for one in seen if one.hash not in there and one.by != own]
        self.made[:] = [entry for entry in self.made if entry.hash in there]
        self._take(gone.beside(self.lost))
        told = list[str]()
        if is_own := bool(gone.parts(opened.project, own)):
            told.append(self._told_of(opened, "check.vanished", gone))
            told += [] if at_end else [self.how_to_record(opened)]
        if others:
            told.append(self._of_others(opened, others, is_all=not is_own))
        return "\n".join(filter(None, told))

    def lacking(self, opened: Opened, lost: Lost) -> str:
        """Say that steps of before are not in the file, though they were when the person left."""
        self._take(lost)
        told = self._told_of(opened, "check.lacking", lost)
        return f"{told}\n{self.how_to_record(opened)}"

    def left(self, opened: Opened, lacking: Lost) -> Lost:
        """Give what is gone, to be told next time, and what is `lacking` and not told of yet."""
        left = self.lost.only(self._parts(opened))
        return left.beside(lacking.without(self.told_of))

    def free(self, opened: Opened) -> dict[Part, Entry]:
        """Map the parts of which nobody has said anything since to the step that is gone.

        Only such as the guideline knows.
        """
        unknown = self._unknown(opened)
        return {
            part: step
            for part, step in self._parts(opened).items()
            if part not in unknown and not self.lost.since(opened.project, part)
        }

    def at_item(self, opened: Opened, id: str) -> str:
        """Say at an item that its answer is gone, and how to get it back; else nothing."""
        part = (ANSWERED, id)
        if (step := self._parts(opened).get(part)) is None:
            return ""
        if part not in self.free(opened):
            return self.words.say("check.vanished.here.later")
        if step.kind is EntryKind.UNDONE:
            return self.words.say("check.vanished.here.undone")
        status = mapping(step.after).get("status", Status.OPEN.value)
        return self.words.say("check.vanished.here", status=self.words.say(f"status.{status}"))

    def settle(self, parts: Collection[Part]) -> None:
        """Take what is gone of some parts as dealt with."""
        self.lost = self.lost.only([part for part in self.lost.words if part not in parts])

    def _gone(self, seen: Sequence[Entry], there: Collection[str]) -> Lost:
        """Give what stood by the person's word when it was read or saved last, and is not there."""
        last = max((at for at, one in enumerate(self.made, 1) if one.hash not in there), default=0)
        until = self.made[:last]  # what follows came since
        history = (*seen, *(one for one in until if one not in seen))
        stood = Lost(stood_by(history, stamp(self.by).by), hashes(history))
        return stood.without(there)

    def _take(self, lost: Lost) -> None:
        self.lost = lost
        self.told_of |= hashes(lost.words.values())

    def _of_others(self, opened: Opened, gone: Sequence[Entry], *, is_all: bool) -> str:
        """Say which other steps are gone, too, or alone if that is all: whose, and about what."""
        whose = self.words.listing(sorted({entry.by for entry in gone}))
        about = self._about(opened, gone)
        items, more = about[:SHOWN], len(about) - SHOWN
        items += [self.words.say("status.more", count=more)] if more > 0 else []
        key = "check.vanished.alone" if is_all else "check.vanished.others"
        named = [Worded(one) for one in items]
        return self.words.say(key, count=len(gone), people=whose, items=named)

    def _about(self, opened: Opened, steps: Iterable[Entry]) -> list[str]:
        """Name what some steps are about, each thing once."""
        known = lexicon(opened)
        return [*{trail.step(self.words, known, 0, one).subject: None for one in steps}]

    def named(self, opened: Opened, parts: Mapping[Part, Entry]) -> list[Name]:
        """Name parts, an answer with the status that the step of it says."""
        known = lexicon(opened)
        return [self._name(known, part, step) for part, step in parts.items()]

    def _name(self, known: Guideline, part: Part, step: Entry) -> Name:
        name = subject_of(known, part)
        if part[0] != ANSWERED:
            return name
        status = mapping(step.after).get("status", Status.OPEN.value)
        told = self.words.say(f"status.{status}")
        return self.words.say("check.vanished.item", item=name, status=told)

    def told(self, opened: Opened) -> list[Told]:
        """Give the commands that record it again, or add it to what the person said anew."""
        found = list[Told]()
        for part, step in self._parts(opened).items():
            value, now = step_parts.word_on(step, part), step_parts.standing(opened.project, part)
            write = _added if self._is_added(opened, part) else part_command
            if given := write(opened.path, part, value, now, self.by):
                below = self._unusable(opened, part) or self._compared(opened, part)
                found.append(Told((given + below,), item=part[-1]))
        return found

    def _unusable(self, opened: Opened, part: Part) -> str:
        """Say below a command that the version in use does not know of what it speaks."""
        if part not in self._unknown(opened):
            return ""
        later, version = _later(opened), opened.guideline.name
        if later and self._fits_in(later, part):
            said = self.words.say("check.vanished.not-yet", version=version, later=later.name)
        else:
            said = self.words.say("check.vanished.not-any-more", version=version)
        return self._below(said)

    def _fits_in(self, guideline: Guideline | None, part: Part) -> bool:
        return guideline is not None and _fits(guideline, part, self.lost.words[part])

    def _compared(self, opened: Opened, part: Part) -> str:
        """Say below a command what an answer said that others have been given for since.

        And whose answer the command replaces.
        """
        since = self.lost.since(opened.project, part)
        if part[0] != ANSWERED or not since:
            return ""
        after, stands = self.lost.words[part].after, opened.project.answers.get(part[-1])
        was = told_in_brief(self.words, read_answer(after) if after else Answer(Status.OPEN))
        said = self._below(self.words.say("check.vanished.was", answer=was))
        if self._is_added(opened, part):
            return said
        status = self.words.say(f"status.{(stands.status if stands else Status.OPEN).value}")
        told = {"status": status, "name": since[-1].by}
        return self._below(self.words.say("check.vanished.replaces", **told)) + said

    @staticmethod
    def _below(said: str) -> str:
        return "\n" + layout.indented(said, 6, layout.columns())

    def _told_of(self, opened: Opened, key: str, lost: Lost) -> str:
        """Say how much is gone, and what it is about."""
        parts = lost.parts(opened.project, stamp(self.by).by)
        return self.words.say(key, count=len(parts), items=self.named(opened, parts))

    def how_to_record(self, opened: Opened) -> str:
        """Say what records again what is gone, and of what is not so why."""
        free, lost = len(self.free(opened)), len(self._parts(opened))
        if free == lost:
            return self.words.say("check.vanished.back") if free else ""
        unknown = self._unknown(opened)
        later = _later(opened)
        waiting = sum(self._fits_in(later, part) for part in unknown)
        counts = {"some": free, "later": lost - free - len(unknown)}
        counts |= {"unknown": waiting, "no-more": len(unknown) - waiting}
        names = {"version": opened.guideline.name, "later": later.name if later else ""}
        return "\n".join(
            self.words.say(f"check.vanished.{key}", count=count, **names)
            for key, count in counts.items()
            if count
        )

    def _unknown(self, opened: Opened) -> list[Part]:
        """Give the parts of which something is gone that the version in use does not know."""
        parts = self._parts(opened).items()
        return [part for part, step in parts if not _fits(opened.guideline, part, step)]

    def _parts(self, opened: Opened) -> dict[Part, Entry]:
        """Map the parts of which something is gone to the step that said it."""
        return self.lost.parts(opened.project, stamp(self.by).by)

    def _is_added(self, opened: Opened, part: Part) -> bool:
        """Tell whether what is gone can be added to what the person has answered since."""
        if part[0] != ANSWERED or not self.lost.is_said_by(opened.project, part, stamp(self.by).by):
            return False
        return can_hold(step_parts.standing(opened.project, part), self.lost.words[part].after)


def _later(opened: Opened) -> Guideline | None:
    """Give the version that a project could go on to, if there is one that can be used."""
    near = opened.path.parent
    if versions.later_name(opened.guideline, near) is None:
        return None
    with suppress(AiguideError):
        return versions.newest(opened.guideline, near)
    return None


def _fits(guideline: Guideline, part: Part, step: Entry) -> bool:
    """Tell whether a guideline has the item, the condition, the phase or the cells of a step."""
    if part[0] == ANSWERED:
        return part[-1] in {one.id for one in guideline.items}
    if part[:-1] == (FACTS, CONDITIONS):
        return part[-1] in {one.id for one in guideline.conditions}
    value = step_parts.word_on(step, part)
    if part == (CLASSIFICATION,):
        return {one.id for one in guideline.cells}.issuperset(value["cells"])
    return part[-1] != "phase" or value in {one.id for one in guideline.phases}


def _added(path: Path, part: Part, value: Any, stands: Any, by: str) -> str:
    """Write the command that adds to an answer what it does not say of another one, if any."""
    left = addable(value, stands)
    shown = left.pop(EVIDENCE, ())
    if NOTE in left and (now := stands.get(NOTE)):
        left[NOTE] = f"{now}{BESIDE}{left[NOTE]}"
    options = [f"--{name} {quoted(text)}" for name, text in left.items()]
    options += [f"--evidence {quoted(one['target'])}" for one in shown]
    return answer_command(path, part[-1], stands["status"], options, by) if options else ""
