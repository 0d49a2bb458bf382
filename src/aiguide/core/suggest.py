"""The id that somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def near(given: str, known: Iterable[str]) -> str | None:
    """Give the known id nearest to `given`, or None where none is near."""
    ids = list(known)
    endings = [id for id in ids if given and id.endswith("." + given)]
    if len(endings) == 1:
        return endings[0]
    found = get_close_matches(given[:100], ids, n=1)
    return found[0] if found else None
