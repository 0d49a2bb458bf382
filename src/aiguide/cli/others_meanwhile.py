"""What others did to an item while its answer was typed: asked about first, or told after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from aiguide.cli.meanwhile import step_lines
from aiguide.cli.replacing import labelled
from aiguide.core.answers import Said, anew, answered, overrides, same_answer, turns, writes_over
from aiguide.core.checklist import Question
from aiguide.core.dates import in_tokyo
from aiguide.core.project import Answer, Entry
from aiguide.core.words import Words
from aiguide.usecases.projects import Opened
from aiguide.usecases.trail import lexicon


@dataclass(slots=True)
class OthersMeanwhile:
    """Tells of each thing once; `opened` and `question` are as they were on the screen.

    `typed_over` is what stood when the text was typed that was offered again. `accepted` maps the
    fields that were left as they were shown to what was shown. `made` are the steps of the walk
    itself, `by` is who answers, `today` is `YYYY-MM-DD`. `heard` are the steps that were told of,
    `is_asked`: the answer was agreed to over them.
    """

    words: Words
    opened: Opened
    question: Question
    typed_over: Answer | None
    accepted: Mapping[str, str]
    made: Sequence[Entry]
    by: str
    today: str
    heard: set[str] = field(default_factory=set)
    is_asked: bool = False

    def with_emptied(self, stands: Answer | None, said: Said) -> Said:
        """Give what was said, with what was left as it was shown and others have emptied since.

        Who says nothing else has said nothing.
        """
        given = answered(stands, said, self.question.item.digest)
        if stands == self.question.answer or (stands and same_answer(stands, given)):
            return said
        emptied: dict[str, Any] = {
            name: text for name, text in self.accepted.items() if not getattr(given, name)
        }
        return replace(said, **emptied)

    def asked_about(
        self, now: Opened, stands: Answer | None, said: Said, *, is_more: bool
    ) -> str | None:
        """Say what others did, where an answer is to be asked about for it; None where it is not.

        That is one that writes over what has come to stand since it was shown, or typed, or gives
        that another status, and one that `is_more` than was typed. What was on the screen needs no
        telling.
        """
        given, shown = answered(stands, said, self.question.item.digest), self.question.answer
        if stands and same_answer(stands, given):
            return None
        is_new = stands != shown
        over = turns(shown, stands, given) or any(
            writes_over(one, stands, given) for one in (shown, self.typed_over)
        )
        if not (over or (is_new and (is_more or overrides(stands, given, self.by, self.today)))):
            return None
        self.is_asked = True
        return self._changed(now, self._steps(now)) if is_new else ""

    def unchanged(self, now: Opened) -> str:
        """Say that an answer stood already; since when, if another has just recorded the same.

        It is not the same, and stands, where what was accepted is another by now.
        """
        stands = now.project.answers[self.question.item.id]
        label = self.words.say(f"status.{stands.status.value}")
        if any(text != getattr(stands, name) for name, text in self.accepted.items()):
            return self.words.say("check.unchanged.left", status=label)
        if stands == self.question.answer:
            return self.words.say("check.unchanged", status=label)
        self._steps(now)
        self.is_asked = True  # there is nothing more to tell
        alike = {"name": stands.by, "what": label, "at": in_tokyo(stands.at)}
        return self.words.say("check.condition-alike", **alike)

    def told(self, saved: Opened, stood: Answer | None) -> str:
        """Say what others did to the item, where that was not asked about; `stood` is what of it.

        Gives nothing where they did nothing.
        """
        steps = self._steps(saved)
        if not steps and (self.is_asked or stood == self.question.answer or self._lacks_own(saved)):
            return ""
        other = None if self.is_asked else saved.overtaken
        stays = other and other.status is saved.project.answers[self.question.item.id].status
        if other and stays and (new := anew(self.question.answer, other)):
            return self._joined(other, new, by_hand=not steps)
        return self._changed(saved, steps)

    def _steps(self, now: Opened) -> list[Entry]:
        """Give the steps of others to the item since it was shown, each once."""
        known = self.heard | {one.hash for one in (*self.opened.project.history, *self.made)}
        own = (one for one in now.project.history if one.subject == self.question.item.id)
        new = [one for one in own if one.hash not in known]
        self.heard |= {one.hash for one in new}
        return new

    def _changed(self, now: Opened, steps: Sequence[Entry]) -> str:
        """Say what others did to the item: step by step, or that none of it is in the history."""
        if steps:
            lines = step_lines(self.words, lexicon(now), steps)
            return "\n".join((self.words.say("check.meanwhile"), *lines))
        is_older = _lacks(now, self.opened.project.history)
        return self.words.say("check.older-file" if is_older else "check.rewritten")

    def _lacks_own(self, now: Opened) -> bool:
        """Tell whether what the walk recorded is gone, which it tells itself."""
        return _lacks(now, self.made)

    def _joined(self, other: Answer, new: Sequence[str], *, by_hand: bool) -> str:
        """Say what `new` somebody else had answered meanwhile: it stands beside what was typed."""
        seen = self.question.answer.evidence if self.question.answer else ()
        added = tuple(one for one in other.evidence if one not in seen)
        what = labelled(self.words, replace(other, evidence=added), new)
        key = "check.joined.by-hand" if by_hand else "check.joined"
        return self.words.say(key, name=other.by, what=what)


def _lacks(now: Opened, steps: Sequence[Entry]) -> bool:
    there = {one.hash for one in now.project.history}
    return any(one.hash not in there for one in steps)
