"""The hash-chained history of a project."""

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from aiguide.core.manifest import entry_data
from aiguide.core.project import Entry, EntryKind, Project

# The steps that `undo` takes back. It goes no further back than another.
REVERSIBLE = (EntryKind.CHANGED, EntryKind.CLASSIFIED, EntryKind.ANSWERED, EntryKind.UPGRADED)

# The subject of a step that concerns which version of the pack stands, and all that hangs on it.
GUIDELINE = "guideline"

# What comes from a file holds no circle, and watching for one takes a tenth of the time.
_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
)


def entry_hash(entry: Entry) -> str:
    """Compute an entry's hash: SHA-256 (hex) over its canonical JSON without `hash`."""
    data = entry_data(entry)
    del data["hash"]
    return hashlib.sha256(_CANONICAL.encode(data).encode()).hexdigest()


def next_entry(
    project: Project,
    kind: EntryKind,
    subject: str,
    before: Any,
    after: Any,
    *,
    by: str,
    at: str,
    parents: tuple[str, ...] | None = None,
) -> Entry:
    """Make the entry that follows the project's last one, or the `parents` given."""
    if parents is None:
        parents = (project.head,) if project.head else ()
    bare = Entry(at, by, kind, subject, before, after, parents, hash="")
    return Entry(at, by, kind, subject, before, after, parents, entry_hash(bare))


def first_broken(history: tuple[Entry, ...]) -> int | None:
    """Find the first entry that does not fit: its own hash, or parents that do not come before it.

    One that is there twice was copied. Returns its index, or None where the chain holds.
    """
    known: set[str] = set()
    for index, entry in enumerate(history):
        rooted = bool(entry.parents) == (index > 0) and known.issuperset(entry.parents)
        if not rooted or entry.hash in known or entry.hash != entry_hash(entry):
            return index
        known.add(entry.hash)
    return None


def last_gap(history: tuple[Entry, ...]) -> int:
    """Give how many entries come before the last one of which the parents are lost."""
    known: set[str] = set()
    gap = 0
    for index, entry in enumerate(history):
        gap = gap if known.issuperset(entry.parents) else index
        known.add(entry.hash)
    return gap


def last_steps(history: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Find what was done last and was not taken back, the last first; nothing where none can be.

    It is one step, or all that were recorded at once: they share a person and a time to fractions
    of a second, which nothing else has.
    """
    return tuple(entry for _, entry in last_numbered(history))


def recovered(history: tuple[Entry, ...]) -> frozenset[str]:
    """Give the hashes of the `merged` entries with which no branches were merged.

    They say how a manifest stands of which the history was damaged. A merge of branches has a first
    entry with both heads as parents, and its others follow on that one.
    """
    branches, found = dict[str, tuple[str, str]](), set[str]()
    for entry in history:
        if entry.kind is EntryKind.MERGED:
            made = (entry.at, entry.by)
            if len(entry.parents) > 1 or branches.get("".join(entry.parents)) == made:
                branches[entry.hash] = made
            else:
                found.add(entry.hash)
    return frozenset(found)


def made_at_once(entry: Entry) -> bool:
    """Tell whether a step is one of many that were recorded at once."""
    return "." in entry.at


def last_numbered(history: tuple[Entry, ...]) -> tuple[tuple[int, Entry], ...]:
    """Find what `last_steps` gives, each step with its number from 1."""
    steps = _standing(history)
    found = next(steps, None)
    if found is None:
        return ()
    _, last = found
    if not made_at_once(last):
        return (found,)
    made = (last.at, last.by)
    at_once = itertools.takewhile(lambda one: (one[1].at, one[1].by) == made, steps)
    return (found, *at_once)


def _standing(history: tuple[Entry, ...]) -> Iterator[tuple[int, Entry]]:
    """Give the steps that can be taken back and were not, the last first, with their numbers."""
    taken_back = 0
    for number, entry in zip(range(len(history), 0, -1), reversed(history), strict=True):
        if entry.kind is EntryKind.UNDONE:
            taken_back += 1
        elif entry.kind not in REVERSIBLE:
            return
        elif not taken_back:
            yield number, entry
        else:
            taken_back -= 1


def in_time(history: tuple[Entry, ...]) -> list[tuple[int, Entry]]:
    """Give the steps as they were made, the oldest first, each with its number from 1.

    Where two branches were merged, the steps of the one stand after those of the other in the
    history. None comes before one that it builds on, whatever somebody's clock said.
    """
    moments: dict[str, str] = {}
    for entry in history:
        built_on = (moments.get(parent, "") for parent in entry.parents)
        moments[entry.hash] = max(moment(entry.at), *built_on, "")
    return sorted(enumerate(history, 1), key=lambda one: moments[one[1].hash])


def start(history: Sequence[Entry]) -> str:
    """Give the hash of the step that started a project; nothing where it is lost."""
    first = history[0] if history else None
    return first.hash if first and first.kind is EntryKind.STARTED else ""


def moment(at: str) -> str:
    """Give a time as it compares: a whole second comes before its fractions."""
    return at.removesuffix("Z")


def whole_second(at: str) -> str:
    """Give a time without the fractions that mark what was recorded at once."""
    return moment(at).partition(".")[0] + "Z"


def together(history: tuple[Entry, ...]) -> Counter[tuple[str, str]]:
    """Count the steps of each import, by the time and the person that they share."""
    return Counter((entry.at, entry.by) for entry in history if "." in entry.at)
