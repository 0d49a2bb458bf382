"""The id that somebody probably meant."""

from collections.abc import Iterable


def near(given: str, known: Iterable[str]) -> str | None:
    """Give the known id nearest to `given`, or None where none is near.

    The beginning of an id, or its end after the dot, is enough; letters swapped count for more
    than letters changed.
    """
    from difflib import get_close_matches

    ids = list(known)
    asked = given[:100].lower()
    begun = [id for id in ids if asked and id.startswith(asked)]
    if len(begun) == 1:
        return begun[0]
    endings = [id for id in ids if asked and id.endswith("." + asked)]
    if len(endings) == 1:
        return endings[0]
    found = get_close_matches(asked, ids, n=3)
    return max(found, key=lambda id: _likeness(asked, id)) if found else None


def _likeness(given: str, id: str) -> float:
    from difflib import SequenceMatcher

    ratio = SequenceMatcher(None, given, id).ratio()
    return ratio + 0.2 * (sorted(given) == sorted(id)) + 0.1 * (given[:1] == id[:1])
