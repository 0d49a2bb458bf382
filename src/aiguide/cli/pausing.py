"""Pauses of a walk: something is said, and what is typed then is the next key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiguide.cli import console
from aiguide.cli.form import KEYS
from aiguide.cli.prompts import BACK, CLEAR, GIVE_BACK, LEAVE, SKIP, UNDO, ask, keyed
from aiguide.cli.typed_line import cut_off
from aiguide.core.words import Words, shortened


@dataclass(slots=True)
class Pausing:
    """Says something and waits: the question shown next would push it off the screen.

    `typed` is what was typed then and is to be followed yet; `cut` takes what is not followed, as
    an interrupt has cut it off, or it is no key, and tells whether it is kept. `can_give_back`
    tells whether `r` is a key of the next screen.
    """

    words: Words
    cut: Callable[[str], bool] = lambda _: False
    can_give_back: Callable[[], bool] = lambda: False
    typed: str = ""

    def wait(self, said: str = "") -> None:
        """Wait at the question that was shown last: any key may follow, and `b` is back to it."""
        self._say(said)
        key = self._asked("prompt.enter")
        self.typed = "" if keyed(self.words, key) == BACK else key

    def wait_choice(self) -> None:
        """Wait where several items were named: a key would be for the one that is left."""
        while keyed(self.words, given := self._asked("prompt.choose")) in KEYS:
            self._say(self.words.say("prompt.choose-first", key=given))
        self.typed = "" if keyed(self.words, given) == BACK else given

    def wait_before_next(self, said: str = "") -> None:
        """Wait where a question is yet to be shown, or a key to be followed: only `q` is one.

        `s` is Enter. Any other would be for what nobody has seen yet; that it is not taken is said.
        """
        self._wait_for((LEAVE,), said, "prompt.enter-on")

    def wait_undone(self, said: str, prompt: str = "prompt.undone") -> None:
        """Wait where a step was taken back: `u` takes back one more, and `b` is Enter."""
        self._wait_for((BACK, UNDO, LEAVE), said, prompt)

    def wait_untold(self) -> None:
        """Wait where something is told again next time, unless `-` says that it need not be."""
        self._wait_for((CLEAR, LEAVE), "", "prompt.untold")

    def wait_gone(self, said: str, *, can_give_back: bool) -> None:
        """Wait where something is gone from the file: `r` gives it back, `-` lets it be gone."""
        keys = (*((GIVE_BACK,) if can_give_back else ()), CLEAR, LEAVE)
        self._wait_for(keys, said, "prompt.gone" if can_give_back else "prompt.untold")

    def _wait_for(self, keys: Sequence[str], said: str, prompt: str) -> None:
        self._say(said)
        while (key := keyed(self.words, given := self._asked(prompt))) not in ("", SKIP, *keys):
            known = self.words.listing(["Enter", *keys])
            self._say(self.words.say(self._refusing(key, given), keys=known, key=shortened(given)))
        if key not in ("", SKIP, BACK):
            self.typed = key

    def _refusing(self, key: str, given: str) -> str:
        """Give the id of what is said of a key that cannot be followed here."""
        if key == GIVE_BACK and not self.can_give_back():
            return "prompt.enter-only"
        return "prompt.enter-first.noted" if self.cut(given) else "prompt.enter-first"

    def _asked(self, prompt: str) -> str:
        try:
            return ask(self.words, self.words.say(prompt))
        except (KeyboardInterrupt, EOFError):
            self.cut((cut_off() or "").strip())
            raise

    def taken(self) -> str:
        """Give what was typed, once."""
        typed, self.typed = self.typed, ""
        return typed

    def _say(self, said: str) -> None:
        if said:
            console.say(console.laid_out(said, 2))
