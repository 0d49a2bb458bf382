"""The lines of a file that people made, in UTF-8 or CP932, each within bounds."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from unicodedata import normalize

from aiguide.core.errors import AiguideError

LONGEST_LINE = 1024 * 1024

# What decodes, but shows that it was no text: NUL, and bytes that CP932 has no character for.
_NO_TEXT = "\0\uf8f0\uf8f1\uf8f2\uf8f3"


class Lines:
    """The lines of a stream, each decoded by itself; after a bad one, reading can go on."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.number = 0
        self.read = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """Give the next line. Raises: AiguideError `line-too-long`, `text-not-utf8`."""
        raw = self._take()
        if not raw:
            raise StopIteration
        self.number += 1
        if len(raw) > LONGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = self._take()
            raise AiguideError("line-too-long", most=LONGEST_LINE)
        return _decoded(raw)

    def _take(self) -> bytes:
        raw = self._stream.readline(LONGEST_LINE + 1)
        self.read += len(raw)
        return raw


def _decoded(raw: bytes) -> str:
    """Read UTF-8, else CP932: text in CP932 is hardly ever UTF-8 by chance."""
    for encoding in ("utf-8", "cp932"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(char in text for char in _NO_TEXT):
            return text.removeprefix("\ufeff")
    raise AiguideError("text-not-utf8")


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One row of a CSV: the line where it begins, and its cells by column, or what is wrong."""

    line: int
    cells: Mapping[str, str]
    error: AiguideError | None = None


def table(
    lines: Lines,
    needed: Sequence[str],
    missing: str,
    separator: str,
    named: Mapping[str, str] | None = None,
) -> tuple[list[str], Iterator[Record]]:
    """Read CSV or TSV: the names of its columns in lower case, and its rows but for empty ones.

    `named` maps other names that a column may have, in lower case, to ours, the best first. A row
    that cannot be read comes as the error, and reading goes on. Cells are stripped.
    Raises: AiguideError with the code `missing` where the first row lacks one of `needed`.
    """
    reader = csv.reader(lines, strict=True, delimiter=separator)
    try:
        given = [normalize("NFKC", name).strip().lower() for name in next(reader, [])]
        head = _named(given, named or {})
    except (csv.Error, AiguideError):
        head = []
    if lacking := [name for name in needed if name not in head]:
        raise AiguideError(missing, needed=lacking, fields=lacking)
    return head, _records(lines, head, reader)


def _named(given: Sequence[str], named: Mapping[str, str]) -> list[str]:
    """Give columns our names; of several with the same one, only the first by `named` has it."""
    order = {name: at for at, name in enumerate(named)}
    best: dict[str, str] = {}
    for name in sorted(set(given), key=lambda name: order.get(name, -1)):
        best.setdefault(named.get(name, name), name)
    return [ours if best[ours := named.get(name, name)] == name else name for name in given]


def _records(lines: Lines, head: Sequence[str], reader: Iterator[list[str]]) -> Iterator[Record]:
    while True:
        line = lines.number + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Record(line, {}, AiguideError("bad-row"))
        except AiguideError as error:
            yield Record(line, {}, error)
        else:
            if any(map(str.strip, row[len(head) :])):
                yield Record(line, {}, AiguideError("too-many-cells"))
            elif any(map(str.strip, row)):
                yield Record(line, dict(zip(head, map(str.strip, row), strict=False)))
