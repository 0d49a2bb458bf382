"""What a walk has not saved at its end: told, kept for the next walk, and taken up by that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiguide.cli import layout
from aiguide.cli.answering import Answering
from aiguide.cli.form import KEYS
from aiguide.cli.last_time import keep_untold
from aiguide.cli.session import stamp
from aiguide.cli.settling import Settling
from aiguide.cli.unsaved_told import half_typed, not_saved, put_by, taken_up, told_by_item
from aiguide.cli.vanished import Vanished
from aiguide.core.words import Words
from aiguide.usecases.projects import Opened
from aiguide.usecases.remembered import Remembered
from aiguide.usecases.untold import Told, Untold


@dataclass(slots=True)
class Unsaved:
    """Looks after what was said in a walk and is not in the file.

    `answering`, `settling` and `vanished` know of it, `untold` keeps it; `remembered` is what stood
    when the person left the project last.
    `resumed` are the items of the last walk's of which something is offered again, the latest
    first.
    """

    words: Words
    answering: Answering
    settling: Settling
    vanished: Vanished
    untold: Untold
    remembered: Remembered
    resumed: Sequence[str] = ()

    def take_up(self, opened: Opened) -> None:
        """Let what was typed in the last walk be offered again."""
        found = taken_up(opened, self.untold.kept())
        self.answering.leftover.put_by |= found
        self.resumed = [id for id, _ in reversed(found)]

    def noticed_first(self, opened: Opened) -> str:
        """Say what is gone from the file since the person left it last, if anything is."""
        own = self.vanished.lacking(opened, self.remembered.lost(opened.project))
        others = self.remembered.others(opened.project)
        told = self.vanished.lacking_of_others(opened, others, is_all=not own) if others else ""
        return "\n".join(filter(None, (own, told)))

    def settle(self, opened: Opened, id: str, key: str) -> None:
        """Take what a key offered again for an item as dealt with, once it is recorded or let go.

        What another key is to offer of the last walk's, it still offers.
        """
        self.untold.settle(id, key, KEYS[key][1])
        self.untold.forget_recorded(opened.project)
        left = taken_up(opened, self.untold.kept())
        kept = {at: draft for at, draft in left.items() if at[0] == id}
        self.answering.leftover.put_by = kept | self.answering.leftover.put_by

    def half_typed_lines(self, opened: Opened) -> list[str]:
        """Say what was typed and is not saved, nor to be."""
        lines = told_by_item(self.words, opened, self._half_typed(opened))
        if not lines and (cut := self.answering.cut_item()):
            said = self.words.say("check.half-typed", item=cut.title)
            lines = [layout.indented(said, 2, layout.columns())]
        return lines

    def still_untold(self, opened: Opened) -> str:
        """Say how much is kept from before that the end of this walk does not tell, if any is."""
        told = [one.what for one in (*self._half_typed(opened), *self._lost(opened))]
        left = [one for one in self.untold.kept() if one.what not in told]
        return self.words.say("check.still-untold", count=len(left)) if left else ""

    def commands(self, opened: Opened) -> list[str]:
        """Write the commands that record what was said and could not be saved."""
        half = {told.item for told in self._half_typed(opened)}
        said = layout.indented(self.words.say("check.same-item"), 6, layout.columns())
        return [
            f"{line}\n{said}" if told.item in half else line
            for told in self._lost(opened)
            for line in told.lines
        ]

    def keep(self, opened: Opened) -> None:
        """Keep it to be told at the next walk, from whichever folder that begins.

        Its commands say who it is: the next walk may know the name otherwise than this one.
        """
        self.remember(opened)
        opened = replace(opened, path=opened.path.absolute())
        self.untold.forget_recorded(opened.project)
        who = stamp(self.answering.by)
        named = self._named(who.by)
        keep_untold(self.untold, [*named._half_typed(opened), *named._unrecorded(opened)], who.at)

    def remember(self, opened: Opened) -> None:
        """Keep what stands by now, and what is gone, to be given back by the next walk."""
        lost = self.remembered.lost(opened.project)
        self.remembered.keep(opened.project, self.vanished.left(opened, lost))

    def _named(self, by: str) -> "Unsaved":
        """Give the same, with commands that all say who it is."""
        answering, settling = replace(self.answering, by=by), replace(self.settling, by=by)
        return replace(self, answering=answering, settling=settling)

    def _half_typed(self, opened: Opened) -> list[Told]:
        """Give what was typed and not answered; what was typed anew since is told once."""
        told = [*put_by(self.answering, opened), *half_typed(self.answering, opened)]
        return [one for at, one in enumerate(told) if not any(map(one.is_in, told[at + 1 :]))]

    def _lost(self, opened: Opened) -> list[Told]:
        """Give what could not be saved, or is gone from the file, each with its command."""
        return [*self._unrecorded(opened), *self.vanished.gone(opened).commands()]

    def _unrecorded(self, opened: Opened) -> list[Told]:
        """Give what could not be saved, each with its command."""
        conditions = [Told((one,)) for one in self.settling.not_saved(opened)]
        return [*conditions, *not_saved(self.answering, opened)]
