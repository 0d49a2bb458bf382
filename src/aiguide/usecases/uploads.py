"""Taking evidence in: a file that a person sends goes into the project's folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from aiguide.core.project import Evidence, Project
from aiguide.store import evidence, projects, uploads


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that a person sends: the name that it had there, and what is in it."""

    name: str
    content: BinaryIO


@contextmanager
def taken_in(
    project_file: Path, project: Project, sent: Sent | None
) -> Iterator[tuple[Evidence, ...]]:
    """Keep a file as evidence in the project's folder while it is held; without one, nothing.

    Nothing that is there is written over. It goes again where what is done with it fails.
    """
    uploads.sweep(project_file, project)
    if sent is None:
        yield ()
        return
    with uploads.kept(project_file, sent.name, sent.content, uploads.policy()) as target:
        yield (evidence.attach(project_file, target),)


def take_in(project_file: Path, sent: Sent) -> Evidence:
    """Keep a file that an answer is to name later. Raises: as `taken_in` does, and `locked`."""
    with projects.held(project_file):
        project = projects.read(project_file).project
        with taken_in(project_file, project, sent) as (kept,):
            return kept
