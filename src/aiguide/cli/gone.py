"""What a person recorded and a file lacks: told at its item, and as commands to record it again."""

from collections.abc import Mapping
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
from aiguide.core import step_parts
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
from aiguide.core.lost import Lost, Word, addable, can_hold
from aiguide.core.manifest import read_answer
from aiguide.core.mismatch_view import Told as Name
from aiguide.core.project import Answer, Entry, Status
from aiguide.core.words import Words
from aiguide.usecases import versions
from aiguide.usecases.projects import Opened
from aiguide.usecases.trail import lexicon
from aiguide.usecases.untold import Told


@dataclass(slots=True)
class Gone:
    """What is `lost` of a project as it is by now; `by` is whose, where an option says so.

    Of each part the `latest` word on it is told and given back: an earlier one comes after that.
    """

    words: Words
    opened: Opened
    lost: Lost
    by: str
    latest: Mapping[Part, Word] = field(init=False)

    def __post_init__(self) -> None:
        """Take what is still lacking."""
        self.lost = self.lost.lacking(self.opened.project, stamp(self.by).by)
        self.latest = self.lost.latest()

    def parts(self) -> dict[Part, Entry]:
        """Map the parts of which something is gone to the step that said it last."""
        return {part: word.step for part, word in self.latest.items()}

    def free(self) -> dict[Part, Entry]:
        """Map the parts of which the file says nothing else to the step that is gone.

        Only such as the guideline knows.
        """
        unknown = self._unknown()
        return {
            part: step
            for part, step in self.parts().items()
            if part not in unknown and not self._against(part)
        }

    def at_item(self, id: str) -> str:
        """Say at an item that its answer is gone, and how to get it back; else nothing."""
        part = (ANSWERED, id)
        if (step := self.parts().get(part)) is None:
            return ""
        item = self.opened.guideline.item(id).title
        if part not in self.free():
            return self.words.say("check.vanished.here.later", item=item)
        if self.latest[part].is_blank:
            return self.words.say("check.vanished.here.undone", item=item)
        return self.words.say("check.vanished.here", item=item, status=self._status(step))

    def counted(self, key: str, *, anew: bool) -> str:
        """Say how much is gone, and what it is about; also of what was answered `anew` since."""
        left_out = () if anew else self._anew()
        parts = {part: step for part, step in self.parts().items() if part not in left_out}
        return self.words.say(key, count=len(parts), items=self.named(parts)) if parts else ""

    def how_to_record(self) -> str:
        """Say what records again what is gone, and of what is not so why."""
        parts, free, anew = self.parts(), self.free(), self._anew()
        if len(free) == len(parts):
            return self.words.say("check.vanished.back") if free else ""
        unknown, later = self._unknown(), self._later()
        waiting = [part for part in unknown if self._fits_in(later, part)]
        dealt_with = (*free, *anew, *unknown)
        told = {
            "some": free,
            "later": [part for part in parts if part not in dealt_with],
            "anew": [part for part in anew if part not in unknown],
            "unknown": waiting,
            "no-more": [part for part in unknown if part not in waiting],
        }
        names = {"version": self.opened.guideline.name, "later": later.name if later else ""}
        return "\n".join(
            self.words.say(
                f"check.vanished.{key}",
                count=len(some),
                items=self.named({part: parts[part] for part in some}),
                **names,
            )
            for key, some in told.items()
            if some
        )

    def named(self, parts: Mapping[Part, Entry]) -> list[Name]:
        """Name parts, an answer with the status that the step of it says."""
        known = lexicon(self.opened)
        return [self._name(known, part, step) for part, step in parts.items()]

    def commands(self) -> list[Told]:
        """Give the commands that record it again, or add it to what the person said anew."""
        written = ((part, self.command(part)) for part in self.parts())
        return [Told((lines,), item=part[-1]) for part, lines in written if lines]

    def command(self, part: Part) -> str:
        """Give the command that records one part again or adds to it, if one can; what to know."""
        path, now = self.opened.path, self._stands(part)
        if self._is_added(part):
            given = _added(path, part, self._kept(part), now, self.by)
        else:
            given = part_command(path, part, self.latest[part].value, now, self.by)
        below = self._unusable(part) or self._compared(part) if given else ()
        return "\n".join((given, *(layout.indented(one, 6, layout.columns()) for one in below)))

    def _unusable(self, part: Part) -> list[str]:
        """Say of a command that the version in use does not know of what it speaks."""
        if part not in self._unknown():
            return []
        later, names = self._later(), {"version": self.opened.guideline.name}
        if later and self._fits_in(later, part):
            return [self.words.say("check.vanished.not-yet", later=later.name, **names)]
        return [self.words.say("check.vanished.not-any-more", **names)]

    def _compared(self, part: Part) -> list[str]:
        """Say what an answer said in whose place another one stands.

        And which one the command replaces, if it does, and what was said before it.
        """
        if part[0] != ANSWERED:
            return []
        word = self.latest[part]
        before = [one for one in self.lost.earlier(word) if one.adds_to(word)]
        said: list[str] = [
            self.words.say("check.vanished.before", answer=self._in_brief(one)) for one in before
        ]
        stands = self.opened.project.answers.get(part[-1]) or Answer(Status.OPEN)
        now = self.words.say("check.vanished.now", answer=told_in_brief(self.words, stands))
        if not (against := self._against(part)):
            return [*said, now] if word.is_blank else said
        said.insert(0, self.words.say("check.vanished.was", answer=self._in_brief(word)))
        if self._is_added(part):
            return [self.words.say("check.vanished.adds"), *said, now]
        status = self.words.say(f"status.{stands.status.value}")
        told = {"status": status, "name": against[-1].by}
        return [self.words.say("check.vanished.replaces", **told), *said, now]

    def _in_brief(self, word: Word) -> str:
        """Say in brief what an answer said; of one that was taken back that there is none."""
        after = word.step.after
        return told_in_brief(self.words, read_answer(after) if after else Answer(Status.OPEN))

    def _name(self, known: Guideline, part: Part, step: Entry) -> Name:
        name = subject_of(known, part)
        if part[0] != ANSWERED:
            return name
        told = {"item": name, "status": self._status(step)}
        now = self.words.say(f"status.{mapping(self._stands(part)).get('status', Status.OPEN)}")
        if part in self.latest and self.latest[part].is_blank:
            return self.words.say("check.vanished.item.undone", item=name, now=now)
        if part in self._anew() and now != told["status"]:
            return self.words.say("check.vanished.item.anew", now=now, **told)
        return self.words.say("check.vanished.item", **told)

    def _status(self, step: Entry) -> str:
        return self.words.say(f"status.{mapping(step.after).get('status', Status.OPEN.value)}")

    def _is_added(self, part: Part) -> bool:
        """Tell whether what is gone can be added to what the person has answered since."""
        return part in self._anew() and can_hold(self._stands(part), self._kept(part))

    def _kept(self, part: Part) -> Any:
        """Give what is gone of a part, without what the person has replaced since."""
        return self.lost.kept(self.opened.project, self.latest[part], stamp(self.by).by)

    def _against(self, part: Part) -> list[Entry]:
        own = stamp(self.by).by
        return self.lost.against(self.opened.project, self.latest[part], own)

    def _anew(self) -> list[Part]:
        """Give the parts of which something is gone that the person has answered anew since."""
        project, own = self.opened.project, stamp(self.by).by
        return [part for part, word in self.latest.items() if self.lost.is_anew(project, word, own)]

    def _stands(self, part: Part) -> Any:
        return step_parts.standing(self.opened.project, part)

    def _unknown(self) -> list[Part]:
        """Give the parts of which something is gone that the version in use does not know."""
        return [part for part in self.parts() if not self._fits_in(self.opened.guideline, part)]

    def _fits_in(self, guideline: Guideline | None, part: Part) -> bool:
        return guideline is not None and _fits(guideline, part, self.latest[part].step)

    def _later(self) -> Guideline | None:
        """Give the version that the project could go on to, if there is one that can be used."""
        guideline, near = self.opened.guideline, self.opened.path.parent
        if versions.later_name(guideline, near):
            with suppress(AiguideError):
                return versions.newest(guideline, near)
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
