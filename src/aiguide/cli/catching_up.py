"""Catching up, in a walk, with what has become of its file: said, waited for, and given back."""

from collections.abc import Callable
from dataclasses import dataclass

from aiguide.cli.answering import Answering
from aiguide.cli.giving_back import GivingBack
from aiguide.cli.meanwhile import Meanwhile
from aiguide.cli.pausing import Pausing
from aiguide.cli.prompts import CLEAR, GIVE_BACK, LEAVE
from aiguide.core.errors import AiguideError
from aiguide.usecases import projects
from aiguide.usecases.route import Route


@dataclass(frozen=True, slots=True)
class CatchingUp:
    """Takes in the file along the `route` of a walk as it is by now.

    `meanwhile` knows what others do, `giving_back` how to give back what is gone. `pause` says
    something and waits, `complain` says what was wrong and waits, `go_on` goes to the next item.
    """

    route: Route
    pausing: Pausing
    answering: Answering
    meanwhile: Meanwhile
    giving_back: GivingBack
    pause: Callable[[str], None]
    complain: Callable[[AiguideError], None]
    go_on: Callable[[], None]

    def catch_up(self) -> None:
        """Take in what others have saved, and say what concerns us; again after each pause."""
        while self._news():
            pass

    def tell_gone(self, told: str) -> None:
        """Say what is gone from the file, if anything is, and give it back if that is wanted."""
        if not told:
            return
        if not self.giving_back.vanished.gone(self.route.opened).parts():  # it is others' alone
            self.pausing.wait_before_next(told)
            return
        self.pausing.wait_gone(told, can_give_back=self.can_give_back())
        self.answering.lines = 0  # they have been read
        if self.pausing.typed in (GIVE_BACK, CLEAR):
            if self.pausing.taken() == GIVE_BACK:
                self.give_back()
            elif not self.giving_back.dismissed(self.route.opened):
                self.pausing.typed = LEAVE

    def can_give_back(self) -> bool:
        """Tell whether anything is gone that can be recorded again as it was."""
        return bool(self.giving_back.vanished.gone(self.route.opened).free())

    def give_back(self) -> None:
        """Record again what is gone from the file, say so and what is left of it, and wait."""
        opened, told = self.giving_back.give_back(self.route.opened)
        self.route.see(opened)
        if told:
            self.tell_gone(told)
        else:
            self.pausing.wait_before_next()

    def _news(self) -> bool:
        """Take in the file as it is by now; tells whether anything was said, and waited for.

        Who leaves is told at the end.
        """
        if self.pausing.typed == LEAVE or not self._taken_in():
            return False
        gone = self.giving_back.vanished.noticed(self.route.opened)
        self.tell_gone(gone)
        if self.pausing.typed == LEAVE:
            return False
        if not self.route.at_hand():
            self.go_on()  # where all that was ahead is gone, something may be left behind
        if told := self.meanwhile.told(self.route.opened, self.route.shown):
            self.pause(told)
        return bool(gone or told)

    def _taken_in(self) -> bool:
        """Read the file; False where it cannot be read, once that was said."""
        here = self.route.at_hand()
        try:
            self.route.see(projects.open_again(self.route.opened))
        except AiguideError as error:
            self.complain(error)
            return False
        if self.route.at_hand() != here:
            self.pausing.typed = ""  # it was meant for an item that is gone
        return True
