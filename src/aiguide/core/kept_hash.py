"""A hash that somebody kept elsewhere, such as in a report, looked up in a history."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from aiguide.core.errors import AiguideError
from aiguide.core.project import Entry

_LEAST, _MOST = 16, 64  # hexadecimal digits: what nobody finds another entry for by trying


@dataclass(frozen=True, slots=True)
class Kept:
    """The entry whose hash was kept: its `number` from 1, and how many it does not rest on.

    Those were recorded `since`, or on another branch.
    """

    number: int
    entry: Entry
    since: int


def read(given: str) -> str:
    """Read a hash as it was copied, or its beginning: blanks and line ends in it fall away.

    Raises: AiguideError `bad-hash` where it is none.
    """
    plain = "".join(unicodedata.normalize("NFKC", given).lower().split())
    if not re.fullmatch(f"[0-9a-f]{{{_LEAST},{_MOST}}}", plain):
        raise AiguideError("bad-hash", value=given, least=_LEAST)
    return plain


def find(history: tuple[Entry, ...], beginning: str) -> Kept | None:
    """Find the entry whose hash begins so; None where the history has none."""
    for number, entry in enumerate(history, 1):
        if entry.hash.startswith(beginning):
            known = {one.hash: one for one in history[:number]}
            return Kept(number, entry, len(history) - len(_rests_on(entry, known)))
    return None


def _rests_on(entry: Entry, known: Mapping[str, Entry]) -> set[str]:
    """Give the hashes of an entry and of all that it rests on."""
    found, left = set(), [entry.hash]
    while left:
        if (hash := left.pop()) in known and hash not in found:
            found.add(hash)
            left += known[hash].parents
    return found
