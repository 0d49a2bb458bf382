"""Saying whose the steps of a history are."""

from collections import Counter
from collections.abc import Iterable

from aiguide.core.project import Entry
from aiguide.core.words import Words


def people(words: Words, steps: Iterable[Entry]) -> list[str]:
    """Name each person with how many of the steps are theirs."""
    by = Counter(one.by for one in steps)
    return [words.say("doctor.from-git.by", name=name, count=by[name]) for name in by]
