"""Files that a command reads many records from; `-` is stdin."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from aiguide.core.errors import AiguideError, reason_of

STDIN = Path("-")
_TABLES = (".csv", ".tsv")


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """Open a file, or take stdin. Raises: AiguideError `cannot-read`."""
    try:
        if file == STDIN:
            yield sys.stdin.buffer
        else:
            with file.open("rb") as stream:
                yield stream
    except OSError as error:
        if error.filename is None:
            raise  # our output could not be written
        raise AiguideError("cannot-read", file=str(file), reason=reason_of(error)) from None


def is_table(file: Path) -> bool:
    """Tell by its name whether a file is a table."""
    return file.suffix.lower() in _TABLES
