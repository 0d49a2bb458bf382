"""How a description speaks of AI: whether it names any, and whether it says that none is used."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aiguide.core.ngrams import normalized


@dataclass(frozen=True, slots=True)
class AiWords:
    """What names AI, what says that none is used, and what takes that back."""

    names: re.Pattern[str]
    denied: re.Pattern[str]
    unless: tuple[str, ...]

    def named_in(self, text: str) -> bool:
        """Tell whether a description names AI: many uses are told without."""
        return bool(self.names.search(normalized(text)[0]))

    def denied_in(self, text: str) -> bool:
        """Tell whether a description says in so many words that no AI is used.

        One that names AI elsewhere too speaks of a use of it.
        """
        plain = normalized(text)[0]
        rest, times = self.denied.subn(" ", plain)
        taken_back = self.names.search(rest) or any(one in plain for one in self.unless)
        return bool(times) and not taken_back


def ai_words(names: Sequence[str], denied: Sequence[str], unless: Sequence[str]) -> AiWords:
    """Make them of the words and patterns of the policy."""
    parts = (re.escape(normalized(one)[0]).replace(r"\ ", "[ -]") for one in names)
    return AiWords(
        re.compile(f"(?<![a-z])(?:{'|'.join(parts)})(?![a-z])"),
        re.compile("|".join(f"(?:{one})" for one in denied)),
        tuple(unless),
    )
