"""Ideas that people asked about: kept for a while, so that an address can stand for one.

An idea is no part of an address, which is kept and passed on in many places; nor is it written
to any file.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiguide.core.errors import AiguideError

MOST = 500  # of at most 20,000 characters each


@dataclass(frozen=True, slots=True)
class Idea:
    """A description, and the questions that were answered (question id to option id)."""

    text: str
    answers: Mapping[str, str] = field(default_factory=dict)


class Ideas:
    """The last ideas, each under a key that nobody can guess."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[str, Idea] = OrderedDict()
        self._changing = threading.Lock()

    def keep(self, idea: Idea) -> str:
        """Keep an idea, and give its key; the oldest one goes where there are too many."""
        key = secrets.token_urlsafe(9)
        with self._changing:
            self._kept[key] = idea
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return key

    def find(self, key: str) -> Idea:
        """Find an idea. Raises: AiguideError `no-idea`."""
        found = self._kept.get(key)
        if found is None:
            raise AiguideError("no-idea")
        return found
