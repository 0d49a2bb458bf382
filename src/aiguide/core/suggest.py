"""The id that somebody probably meant."""

from collections.abc import Callable, Iterable

from aiguide.core.errors import AiguideError

NEAR = 0.75  # how alike a name must be to be offered; what is further off only leads astray
NO_DOT = 0.15  # what it costs that a dot was left out, or put in
SWAPPED = 0.9  # how alike a name is in which two letters beside each other are swapped
SHORTEST_PART = 3  # bytes: three Latin letters, or one character of Japanese


def near(given: str, known: Iterable[str]) -> str | None:
    """Give the known id nearest to `given`, or None where none is near.

    A beginning, an end after the dot, or any part that only one id has is enough; letters swapped
    count for more than letters changed.
    """
    ids = list(known)
    asked = given[:100].lower()
    if len(asked.encode(errors="replace")) >= SHORTEST_PART:
        begun = [id for id in ids if id.startswith(asked)]
        ended = [id for id in ids if id.endswith("." + asked)]
        within = [id for id in ids if asked in id.lower()]
        for found in (begun, ended, within):
            if len(found) == 1:
                return found[0]
    likeness = _measure(asked)
    alikes = {id: alike for id in ids if (alike := likeness(id)) >= NEAR}
    return max(alikes, key=lambda id: alikes[id] + _bonus(asked, id)) if alikes else None


def nearest_first(given: str, known: Iterable[str]) -> list[str]:
    """Order ids by how many pairs of characters they share with `given`, the likest first."""
    asked = _pairs(given)

    def far(id: str) -> tuple[float, str]:
        pairs = _pairs(id)
        return -len(asked & pairs) / (len(asked) + len(pairs) or 1), id

    return sorted(known, key=far)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(min(len(text), 100) - 1)}


def one_of(option: str, given: str, known: tuple[str, ...]) -> str:
    """Insist on one of some values. Raises: AiguideError `bad-choice`."""
    if given not in known:
        close = near(given, known)
        raise AiguideError("bad-choice", option=option, value=given, known=known, near=close)
    return given


def _measure(given: str) -> Callable[[str], float]:
    """Give what tells how alike an id is, 0 to 1: on both sides of the dot, so none hides it."""
    head, dot, tail = given.partition(".")
    whole, heads, tails = map(_ratio_to, (given, head, tail if dot else given))

    def likeness(id: str) -> float:
        before, dotted, after = id.partition(".")
        if not dotted:
            return whole(id) - (NO_DOT if dot else 0)
        if dot:
            return tails(after) and min(heads(before), tails(after))
        return max(tails(after), whole(id) - NO_DOT)

    return likeness


def _ratio_to(given: str) -> Callable[[str], float]:
    """Give what tells how alike a text is; 0 where that is soon seen to be too little."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=given)

    def ratio(text: str) -> float:
        matcher.set_seq1(text)
        if matcher.real_quick_ratio() < NEAR or matcher.quick_ratio() < NEAR:
            return 0.0
        return max(matcher.ratio(), SWAPPED * _is_swapped(text, given))

    return ratio


def _is_swapped(one: str, other: str) -> bool:
    """Tell whether two letters beside each other are swapped, and nothing else differs."""
    places = range(len(other) - 1)
    return any(one == other[:at] + other[at + 1] + other[at] + other[at + 2 :] for at in places)


def _bonus(given: str, id: str) -> float:
    return 0.2 * (sorted(given) == sorted(id)) + 0.1 * (given[:1] == id[:1])
