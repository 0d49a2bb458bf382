"""Taking evidence in: a file that a person sends goes into the project's folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from aiguide.core.project import Evidence
from aiguide.store import evidence, uploads


@contextmanager
def taken_in(project_file: Path, name: str, content: BinaryIO) -> Iterator[Evidence]:
    """Keep a file as evidence in the project's folder, under its own name or one beside it.

    Nothing that is there is written over. The file goes again where what is done with it fails.
    Raises: AiguideError `upload-type`, `upload-large`, `upload-empty`, `evidence-outside`,
    `cannot-write`.
    """
    target = uploads.keep(project_file, name, content, uploads.policy())
    try:
        yield evidence.attach(project_file, target)
    except BaseException:
        uploads.discard(project_file, target)
        raise
