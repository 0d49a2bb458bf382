"""What others do to a project while somebody walks through it, as far as it concerns the walk."""

from collections.abc import Callable, Container, Iterable, Sequence

from aiguide.cli import console, layout
from aiguide.cli.prompts import sure
from aiguide.core import trail
from aiguide.core.attestation import CONDITIONS, FACTS, WHOLE, Record, mapping
from aiguide.core.dates import in_tokyo
from aiguide.core.guideline import Guideline
from aiguide.core.project import Entry
from aiguide.core.wording import truth_key
from aiguide.core.words import Words
from aiguide.usecases.projects import Opened
from aiguide.usecases.trail import lexicon

SHOWN = 5  # steps of others that are told at once


class Meanwhile:
    """Tells what others did since the walk began, once.

    That is what they did to the facts, to the items of the steps that the walk has `made`, to the
    one that is on the screen, and to what stood as the person's own answer.
    """

    def __init__(
        self,
        words: Words,
        known: Container[str],
        made: Sequence[Entry],
        name: str,
        gone: Callable[[], Sequence[Entry]] = tuple,
    ) -> None:
        """Take what knows the steps of before by hash, those that the walk makes, and who walks.

        `gone` gives those of theirs that an older file has wiped out.
        """
        self._words = words
        self._name = name
        self._before = known
        self._known = set[str]()
        self._made = made
        self._gone = gone

    def knows(self, opened: Opened, id: str) -> None:
        """Take the steps of an item as told: whoever answered it was shown them."""
        self._known |= {one.hash for one in opened.project.history if one.subject == id}

    def told(self, opened: Opened, shown: str = "") -> str:
        """Say what is new and concerns the walk, whose screen has the item `shown`, if any."""
        new = self._new(opened, shown)
        self._known |= {entry.hash for entry in opened.project.history}
        if not new:
            return ""
        lines = step_lines(self._words, lexicon(opened), new[:SHOWN])
        if (more := len(new) - SHOWN) > 0:
            lines.append(self._words.say("check.meanwhile.more", count=more))
        is_own = any(entry.by == self._name for entry in new)
        head = "check.meanwhile.elsewhere" if is_own else "check.meanwhile"
        return "\n".join([self._words.say(head), *lines])

    def sure_to_replace(self, opened: Opened, id: str, holds: bool | None) -> bool:
        """Tell whose answer to a condition stands by now; ask whether another one replaces it."""
        stands = opened.project.conditions.get(id)
        word = Record(opened.project.history).words.get((FACTS, CONDITIONS, id))
        self._known |= {word.entry.hash} if word else set()
        told = {
            "name": word.entry.by if word else "",
            "at": in_tokyo(word.entry.at) if word else "",
            "what": self._words.say(truth_key(stands)),
            "answer": self._words.say(truth_key(holds)),
        }
        key = "check.condition-alike" if stands is holds else "check.condition-overtaken"
        console.say(layout.indented(self._words.say(key, **told), 2, layout.columns()))
        if stands is holds:
            return False
        if sure(self._words):
            return True
        left = self._words.say("check.condition-left", **told)
        console.say(layout.indented(left, 2, layout.columns()))
        return False

    def _new(self, opened: Opened, shown: str) -> list[Entry]:
        """Give the steps of others that concern the walk, unless it has answered after them."""
        made = {entry.hash for entry in self._made}
        given = {shown, *(entry.subject for entry in (*self._made, *self._gone()))}
        found: list[Entry] = []
        for entry in opened.project.history:
            if entry.hash in made:
                found = [one for one in found if one.subject != entry.subject or _decides(one)]
            elif not self._knows(entry) and self._concerns(entry, given):
                found.append(entry)
                given.add(entry.subject)  # what follows on a step that is told is told, too
        return found

    def _knows(self, entry: Entry) -> bool:
        return entry.hash in self._known or entry.hash in self._before

    def _concerns(self, entry: Entry, given: Container[str]) -> bool:
        whose = mapping(entry.before).get("by")
        return _decides(entry) or entry.subject in given or whose == self._name != entry.by


def step_lines(words: Words, known: Guideline, entries: Iterable[Entry]) -> list[str]:
    """Say on a line each who did what; `known` names the items."""
    told = ((entry, trail.step(words, known, 0, entry)) for entry in entries)
    return [
        f"  {step.at} {entry.by}: {step.kind} {step.subject} {step.change}".rstrip()
        for entry, step in told
    ]


def _decides(entry: Entry) -> bool:
    """Tell whether a step decides which items there are."""
    return entry.subject in WHOLE
