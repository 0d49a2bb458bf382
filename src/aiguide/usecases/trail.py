"""The audit trail of a project, and whether it holds."""

from dataclasses import dataclass

from aiguide.core import history
from aiguide.core.project import Project


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking a history found.

    `first_broken` is the index of the first entry that does not fit; `unattested` are the ids of
    answers that are not what the history last recorded; `head` is the last entry's hash.
    """

    entries: int
    head: str
    first_broken: int | None
    unattested: tuple[str, ...]


def verify(project: Project) -> Verification:
    """Check a project's history, and what it attests."""
    attested = history.attested(project)
    return Verification(
        entries=len(project.history),
        head=project.head,
        first_broken=history.first_broken(project.history),
        unattested=tuple(id for id in project.answers if id not in attested),
    )
