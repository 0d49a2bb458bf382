"""What a person recorded and is gone from the file: noticed, and given back as commands.

Somebody has put an older file in its place, with an editor or with git; nothing in it says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiguide.cli.as_commands import answer_command, part_command, quoted
from aiguide.cli.draft import BESIDE, EVIDENCE
from aiguide.cli.form import KEY_OF, KEYS
from aiguide.cli.session import stamp
from aiguide.core import step_parts, trail
from aiguide.core.answers import OF_ANY_STATUS, OF_ONE_STATUS, untaken
from aiguide.core.attestation import ANSWERED, WHOLE, Part, mapping
from aiguide.core.project import Entry, Status
from aiguide.core.words import Worded, Words
from aiguide.usecases.projects import Opened
from aiguide.usecases.remembered import standing
from aiguide.usecases.trail import lexicon
from aiguide.usecases.untold import Told

SHOWN = 3  # items of others' steps


@dataclass(slots=True)
class Vanished:
    """Watches over the steps that a walk has `made`, and takes those out that are `gone`.

    It watches over those of before, too, that the person made, and that stand by the history as it
    was read last (`seen`). `by` is who that is, where it was given by an option. `before` are the
    hashes of those that were made before one of the same part that is gone.
    """

    words: Words
    made: list[Entry]
    seen: Sequence[Entry]
    by: str
    gone: list[Entry] = field(default_factory=list)
    before: set[str] = field(default_factory=set)

    def noticed(self, opened: Opened, *, at_end: bool = False) -> str:
        """Say how many steps are gone from the project as it is by now, once; else nothing."""
        there = {entry.hash for entry in opened.project.history}
        seen, self.seen = self.seen, opened.project.history
        self.gone[:] = [entry for entry in self.gone if entry.hash not in there]
        if there.issuperset(one.hash for one in (*seen, *self.made)):
            return ""
        new = [entry for entry in self._own(seen) if entry.hash not in there]
        others = [one for one in seen if one.hash not in there and not self._is_one_of(new, one)]
        for at, one in enumerate(self.made):
            if one in new:
                self.before |= {entry.hash for entry in self.made[:at] if _meet(entry, one)}
        self.made[:] = [entry for entry in self.made if entry.hash in there]
        self.gone += new
        told = list[str]()
        if new:
            named = self._named(opened, new)
            told.append(self.words.say("check.vanished", count=len(new), items=named))
            told += [] if at_end else [self._how_to_record(opened)]
        if others:
            told.append(self._of_others(opened, others, is_all=not new))
        return "\n".join(told)

    def settle(self, id: str) -> None:
        """Take what is gone of an item as dealt with: it was offered, and taken or not."""
        self.gone[:] = [entry for entry in self.gone if entry.subject != id]

    def lacking(self, opened: Opened, steps: Sequence[Entry]) -> str:
        """Say that steps of before are not in the file, though they were when the person left."""
        self.gone += steps
        told = self.words.say("check.lacking", count=len(steps), items=self._named(opened, steps))
        return f"{told}\n{self._how_to_record(opened)}"

    def _own(self, seen: Sequence[Entry]) -> list[Entry]:
        """Give the person's own steps, those of the walk and those that stood, in their order."""
        own = {one.hash for one in (*standing(seen, stamp(self.by).by), *self.made)}
        return [
            *(one for one in seen if one.hash in own),
            *(one for one in self.made if one not in seen),
        ]

    def _is_one_of(self, new: Sequence[Entry], one: Entry) -> bool:
        """Tell whether a step is one of those to be told, or one's own from before such a one."""
        return one in new or (
            one.by == stamp(self.by).by and any(_meet(one, other) for other in new)
        )

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

    def _named(self, opened: Opened, steps: Iterable[Entry]) -> list[Worded]:
        """Name what some steps are about, an item with the status that it was given last."""
        known, found = lexicon(opened), dict[str, str]()
        for step in steps:
            subject = trail.step(self.words, known, 0, step).subject
            status = mapping(step.after).get("status", "") if step.subject not in WHOLE else ""
            found[subject] = subject
            if status:
                told = {"item": subject, "status": self.words.say(f"status.{status}")}
                found[subject] = self.words.say("check.vanished.item", **told)
        return [Worded(one) for one in found.values()]

    def told(self, opened: Opened) -> list[Told]:
        """Give the commands that record it again; where it was said anew, what that lacks."""
        last = {part: value for entry in self.gone for part, value in step_parts.said(entry)}
        later = (entry for entry in self.made if entry.hash not in self.before)
        anew = {part for entry in later for part, _ in step_parts.said(entry)}
        found = list[Told]()
        for part, value in last.items():
            now, is_anew = step_parts.standing(opened.project, part), part in anew
            if step_parts.are_alike(value, now):
                continue
            if given := self._again(opened.path, part, value, now, is_anew=is_anew):
                is_answer = part[0] == ANSWERED
                offered = _offered(value, now, is_anew=is_anew) if is_answer else {}
                found.append(Told((given,), item=part[-1], steps=self._steps(part), **offered))
        return found

    def _how_to_record(self, opened: Opened) -> str:
        """Say where what is gone is offered again, and where the commands are."""
        if any(one.key for one in self.told(opened)):
            return self.words.say("check.vanished.offered")
        return self.words.say("check.vanished.later")

    def _again(self, path: Path, part: Part, value: Any, now: Any, *, is_anew: bool) -> str:
        """Write the command that records a part again, beside what was said `anew` of it."""
        return (_added if is_anew else part_command)(path, part, value, now, self.by)

    def _steps(self, part: Part) -> str:
        """Give the hashes of the steps to a part that are gone, one after the other."""
        return " ".join(
            one.hash for one in self.gone if part in (at for at, _ in step_parts.said(one))
        )


def _meet(one: Entry, other: Entry) -> bool:
    """Tell whether two steps say something of the same part."""
    return not {part for part, _ in step_parts.said(one)}.isdisjoint(
        part for part, _ in step_parts.said(other)
    )


def _offered(value: Any, stands: Any, *, is_anew: bool) -> dict[str, Any]:
    """Give what an answer says and what stands does not, and the key that asks for all of that.

    No key does where it was said anew, or says more or less than one asks for.
    """
    said, now = mapping(value), mapping(stands)
    typed = {name: text for name, text in _texts(value).items() if text != now.get(name)}
    shown, there = said.get(EVIDENCE, ()), now.get(EVIDENCE, ())
    named = [one["target"] for one in shown if one not in there]
    if named:
        typed[EVIDENCE] = named[0]
    key = KEY_OF.get(said.get("status", ""), "")
    drops = any(now.get(name) and not said.get(name) for name in OF_ANY_STATUS)
    drops = drops or any(one not in shown for one in there)
    asks = key and typed.keys() <= {*KEYS[key][1]} and len(named) < 2 and not is_anew
    return {"typed": typed, "key": key if asks and not drops else ""}


def _texts(value: Any) -> dict[str, str]:
    """Give the texts of an answer that people write."""
    names = (*OF_ANY_STATUS, *OF_ONE_STATUS)
    return {name: value[name] for name in names if value.get(name)} if mapping(value) else {}


def _added(path: Path, part: Part, value: Any, stands: Any, by: str) -> str:
    """Write the command that adds to an answer what it lacks of another one; nothing where none."""
    if part[0] != ANSWERED or not value or not stands:
        return ""
    status = stands["status"]
    texts = {name: text for name, text in _texts(value).items() if not stands.get(name)}
    for name in untaken(texts, Status(status)):
        del texts[name]
    note, now = value.get("note", ""), stands.get("note", "")
    if now and note not in now:
        texts["note"] = f"{now}{BESIDE}{note}"
    known = [one["target"] for one in stands.get("evidence", ())]
    others = [one["target"] for one in value.get("evidence", ()) if one["target"] not in known]
    options = [f"--{name} {quoted(text)}" for name, text in texts.items()]
    options += [f"--evidence {quoted(target)}" for target in others]
    return answer_command(path, part[1], status, options, by) if options else ""
