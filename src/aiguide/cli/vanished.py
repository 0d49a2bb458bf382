"""What a person recorded and is gone from the file: noticed, and kept until it is there again.

Somebody has put an older file in its place, with an editor or with git; nothing in it says so.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from aiguide.cli.gone import Gone
from aiguide.cli.merge_told import subject_of
from aiguide.cli.session import stamp
from aiguide.core import trail
from aiguide.core.attestation import Part
from aiguide.core.lost import Lost, Word, hashes, stood_by
from aiguide.core.mismatch_view import Told as Name
from aiguide.core.project import Entry
from aiguide.core.step_parts import said
from aiguide.core.words import Worded, Words
from aiguide.usecases.projects import Opened
from aiguide.usecases.remembered import Seen
from aiguide.usecases.trail import lexicon

SHOWN = 3  # items of others' steps


@dataclass(slots=True)
class Vanished:
    """Watches over the steps that a walk has `made`, and takes those out that are `lost`.

    It watches over those of before, too, that the person made, and that stand by the history as it
    was read last (`seen`). `by` is who that is, where it was given by an option. `order` are the
    hashes of all steps that they have seen in the file, or in one before it, in that order;
    `told_of` of those that it has told of as lost; `spoken` are the parts of which the walk has
    said something.
    """

    words: Words
    made: list[Entry]
    seen: Sequence[Entry]
    by: str
    order: dict[str, int]
    lost: Lost = field(default_factory=Lost)
    told_of: set[str] = field(default_factory=set)
    spoken: set[Part] = field(default_factory=set)

    def gone(self, opened: Opened) -> Gone:
        """Give what is gone from the project as it is by now, to be told and given back."""
        return Gone(self.words, opened, self.lost, self.by)

    def noticed(self, opened: Opened, *, at_end: bool = False) -> str:
        """Say what is gone from the project as it is by now, once; else nothing."""
        there = hashes(opened.project.history)
        seen, self.seen = self.seen, opened.project.history
        self._see(seen)
        self.spoken |= {part for step in self.made for part, _ in said(step)}
        own = stamp(self.by).by
        before, self.lost = self.lost, self.lost.without(there).unsettled(opened.project, own)
        if there >= hashes((*seen, *self.made)):
            return ""
        gone = self._gone(seen, there).after(before)
        others = [one for one in seen if one.hash not in there and one.by != own]
        self.made[:] = [entry for entry in self.made if entry.hash in there]
        self._take(gone.beside(self.lost))
        told = list[str]()
        new = Gone(self.words, opened, gone, self.by)
        if is_own := bool(new.parts()):
            told.append(new.counted("check.vanished", anew=True))
            told += [] if at_end else [self.gone(opened).how_to_record()]
        if others:
            whose = {entry.by for entry in others}
            about = self._about(opened, others)
            told.append(self._of_others(about, whose, len(others), is_all=not is_own))
        return "\n".join(filter(None, told))

    def lacking(self, opened: Opened, lost: Lost) -> str:
        """Say that steps of before are not in the file, though they were when the person left.

        Nothing where none of what is `lost` is lacking now.
        """
        self._take(lost)
        gone = self.gone(opened)
        counted = gone.counted("check.lacking", anew=False)
        return "\n".join(filter(None, (counted, gone.how_to_record())))

    def lacking_of_others(self, opened: Opened, seen: Sequence[Seen], *, is_all: bool) -> str:
        """Say what of others' was there when the person left, and is not; alone if that is all."""
        known = lexicon(opened)
        about = [subject_of(known, part) for part, _, _ in seen]
        return self._of_others(about, {who for _, who, _ in seen}, len(seen), is_all=is_all)

    def left(self, opened: Opened, lost: Lost) -> Lost:
        """Give what is gone, to be told next time, and what else is `lost` and not told of yet.

        Of what the walk has seen, and has said something of itself, it knows better.
        """
        left = self.lost.unsettled(opened.project, stamp(self.by).by)
        seen = [one for one in lost.words if one.step.hash in self.order]
        known = [one for one in seen if one.part in self.spoken]
        return left.beside(lost.without(self.told_of).less(known))

    def settle(self, words: Collection[Word]) -> None:
        """Take some words as dealt with."""
        self.lost = self.lost.less(words)

    def let_go(self, part: Part) -> None:
        """Take all that is gone of a part as dealt with."""
        self.settle([word for word in self.lost.words if word.part == part])

    def _gone(self, seen: Sequence[Entry], there: Collection[str]) -> Lost:
        """Give what stood by the person's word when it was read or saved last, and is not there."""
        last = max((at for at, one in enumerate(self.made, 1) if one.hash not in there), default=0)
        until = self.made[:last]  # what follows came since
        history = (*seen, *(one for one in until if one not in seen))
        self._see(history)
        return stood_by(history, stamp(self.by).by, self.order).without(there)

    def _see(self, history: Iterable[Entry]) -> None:
        """Take steps as seen, after all that were before."""
        for one in history:
            self.order.setdefault(one.hash, len(self.order))

    def _take(self, lost: Lost) -> None:
        self.lost = lost
        self.told_of |= {word.step.hash for word in lost.words}

    def _of_others(
        self, about: Sequence[Name], whose: Collection[str], count: int, *, is_all: bool
    ) -> str:
        """Say which other steps are gone, too, or alone if that is all: whose, and about what."""
        more = len(about) - SHOWN
        left = [Worded(self.words.say("status.more", count=more))] if more > 0 else []
        key = "check.vanished.alone" if is_all else "check.vanished.others"
        people = self.words.listing(sorted(whose))
        return self.words.say(key, count=count, people=people, items=[*about[:SHOWN], *left])

    def _about(self, opened: Opened, steps: Iterable[Entry]) -> list[Name]:
        """Name what some steps are about, each thing once."""
        known = lexicon(opened)
        subjects = {trail.step(self.words, known, 0, one).subject: None for one in steps}
        return [Worded(one) for one in subjects]
