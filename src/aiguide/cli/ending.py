"""Telling that a walk ends: what became of the file, what is not saved, how the phase stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aiguide.cli import console, layout
from aiguide.cli.complaints import show_at_prompt
from aiguide.cli.farewell import farewell_lines, unsaved_lines
from aiguide.cli.meanwhile import Meanwhile
from aiguide.cli.options import command
from aiguide.cli.unsaved import Unsaved
from aiguide.cli.vanished import Vanished
from aiguide.core.errors import AiguideError, UnreadableError
from aiguide.core.words import Words
from aiguide.usecases import projects
from aiguide.usecases.route import Route


@dataclass(frozen=True, slots=True)
class Became:
    """What has become of the file meanwhile: what is to be told, or why it cannot be read."""

    told: Sequence[str] = ()
    error: AiguideError | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """Tells the end of the walk along `route`, in which `by` answers where an option says so.

    `unsaved` is what is not in the file, `vanished` what is gone from it, `meanwhile` what others
    do.
    """

    words: Words
    route: Route
    by: str
    unsaved: Unsaved
    vanished: Vanished
    meanwhile: Meanwhile

    def tell(self) -> bool:
        """Say how the phase stands and what is not saved, and keep that for the next walk.

        Tells whether all that was said is saved, and the file can still be read.
        """
        at = self.route.at_hand()
        became = self.look_again()
        self.keep()
        self._tell_became(became)
        lost, half = self.unsaved.commands(self.route.opened), self._half_typed()
        if not became.error:
            self._show(at, "onward" if lost else "onward.but" if half else "onward.saved")
        # What matters most stands last, where a screen that is too short still shows it.
        for line in ["", *half] if half else ():
            console.say(line)
        return self.tell_lost() and not became.error

    def tell_lost(self) -> bool:
        """Give the commands for what is not saved; tells whether nothing is."""
        lost = self.unsaved.commands(self.route.opened)
        for line in unsaved_lines(self.words, lost):
            console.say(line)
        return not lost

    def tell_interrupted(self, became: Became, there: str) -> None:
        """Say what is not saved, which may fill the screen, and then how to go on (`there`)."""
        lost = self.unsaved.commands(self.route.opened)
        console.say("\n")
        half = self._half_typed()
        for line in half:
            console.say(line)
        self._tell_became(became)
        for line in unsaved_lines(self.words, lost):
            console.say(line)
        key = "check.interrupted.but" if half else "check.interrupted"
        if lost or became.error:
            key = "check.interrupted.again"
        if lost or half or became.error:
            console.say()
        console.say(layout.indented(self.words.say(key), 2, layout.columns()))
        console.say(f"    {there}")

    def look_again(self) -> Became:
        """Take in the file as it is by now; what is gone from it is not saved any more."""
        at = self.route.at_hand()
        try:
            self.route.see(projects.open_again(self.route.opened))
        except AiguideError as error:
            return Became(error=error)
        gone = self.vanished.noticed(self.route.opened, at_end=True)
        return Became((gone, self.meanwhile.told(self.route.opened, at)))

    def keep(self) -> None:
        """Keep what is not saved to be told at the next walk."""
        self.unsaved.keep(self.route.opened)

    def _half_typed(self) -> list[str]:
        """Say what was typed and is not saved, nor to be."""
        lines = self.unsaved.half_typed_lines(self.route.opened)
        if still := self.unsaved.still_untold(self.route.opened):
            lines.append(layout.indented(still, 2, layout.columns()))
        return lines

    def _tell_became(self, became: Became) -> None:
        """Say what has become of the file."""
        if became.error:
            show_reading(self.words, became.error, self.route.opened.path)
        for told in filter(None, became.told):
            console.say("\n" + layout.indented(told, 2, layout.columns()))

    def _show(self, at: str, heading: str) -> None:
        """Say how the phase stands, where the person was `at` an item."""
        checklist, opened = self.route.inspected, self.route.opened
        for line in farewell_lines(
            self.words,
            checklist,
            opened.judge(checklist),
            self.route.phase,
            opened.path,
            wanted=self.route.wanted,
            at=at,
            heading=heading,
            by=self.by,
        ):
            console.say(line)


def show_reading(words: Words, error: AiguideError, path: Path) -> None:
    """Say what was wrong, and of a file at `path` that cannot be read what can help."""
    show_at_prompt(words, error)
    if isinstance(error, UnreadableError):
        console.say("  " + words.say("check.doctor"))
        console.say("    " + command("doctor", path))
