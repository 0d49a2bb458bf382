"""Taking evidence in: a file that a person sends goes into the project's folder."""

from pathlib import Path
from typing import BinaryIO

from aiguide.core.project import Evidence
from aiguide.store import evidence, uploads


def take_in(project_file: Path, name: str, content: BinaryIO) -> Evidence:
    """Keep a file as evidence in the project's folder, under its own name or one beside it.

    Nothing that is there is written over.
    Raises: AiguideError `upload-type`, `upload-large`, `upload-empty`, `cannot-write`.
    """
    target = uploads.keep(project_file, name, content, uploads.policy())
    return evidence.attach(project_file, target)
