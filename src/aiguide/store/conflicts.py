"""A text in which git marked a conflict: each of its two sides, whole."""

import re
from functools import partial

_FIRST = re.compile(r"^<{7,}", re.MULTILINE)
_SIDES = ("ours", "theirs")


def sides(text: str) -> tuple[str, ...]:
    """Give both sides of a text with git's marks, no line moved; or the text, where it has none.

    What both began with (diff3) is left out: where git could not merge that either, it holds marks
    of its own, longer ones, of conflicts that may begin in one such part and end in another.
    """
    first = _FIRST.search(text)
    if first is None:
        return (text,)
    conflict = _conflict(len(first[0]))
    return tuple(conflict.sub(partial(_only, side), text) for side in _SIDES)


def _conflict(size: int) -> re.Pattern[str]:
    """Find conflicts whose marks are of so many characters."""
    first, begun, between, last = (
        rf"^{one}{{{size}}}(?!{one})[^\n]*\n?" for one in ("<", r"\|", "=", ">")
    )
    return re.compile(
        rf"{first}(?P<ours>.*?)(?:{begun}.*?)?{between}(?P<theirs>.*?){last}",
        re.DOTALL | re.MULTILINE,
    )


def _only(side: str, conflict: re.Match[str]) -> str:
    """Leave one side of a conflict, and of the rest the ends of its lines."""
    start, end = (at - conflict.start() for at in conflict.span(side))
    around = (conflict[0][:start], conflict[0][end:])
    first, last = (re.sub(r"[^\n]", "", one) for one in around)
    return first + conflict[side] + last
