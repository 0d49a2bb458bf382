"""Findings accepted as of some day: known again though lines move, each as often as it was."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from aiguide.core.findings import Finding, json_pointer

# Beside the point: asked at another gate, or told with other advice, it is the same finding.
_ASIDE = ("gate", "near", "given", "how", "form", "guideline", "phase", "command")


def fingerprint(finding: Finding) -> str:
    """Give 16 hex digits that name a finding in its file: the same when lines or indices move."""
    steps = tuple("*" if isinstance(step, int) else step for step in finding.pointer)
    about = sorted(
        f"{name}={value}"
        for name, value in finding.args.items()
        if isinstance(value, str) and name not in _ASIDE
    )
    parts = "\0".join((finding.code, json_pointer(steps), *about))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Accepted:
    """A finding of a baseline; code and pointer are for people, the fingerprint is compared."""

    file: str
    code: str
    pointer: str
    fingerprint: str


@dataclass(slots=True)
class Baseline:
    """What was accepted, counted off as it is found again; `name` names a file as entries do."""

    left: Counter[Accepted]
    name: Callable[[str], str]
    _known: dict[tuple[str, str], Accepted] = field(init=False)
    _unseen: set[str] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the entries by what is compared."""
        self._known = {(one.file, one.fingerprint): one for one in self.left}
        self._unseen = {one.file for one in self.left}

    def take(self, file: str, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Give which of a file's findings are new, and count the others off."""
        name = self.name(file)
        self._unseen.discard(name)
        for finding in findings:
            entry = self._known.get((name, fingerprint(finding)))
            if entry is not None and self.left[entry]:
                self.left[entry] -= 1
            else:
                yield finding

    def gone(self) -> tuple[Accepted, ...]:
        """Give the entries, of files that were examined, that were not found again."""
        return tuple(
            sorted(one for one, n in self.left.items() if n and one.file not in self._unseen)
        )
