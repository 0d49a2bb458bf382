"""The lines of a file that people made, in UTF-8, CP932 or UTF-16, each within bounds."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from unicodedata import normalize

from aiguide.core.errors import AiguideError
from aiguide.core.findings import Phrase
from aiguide.store.files import LARGEST

LONGEST_LINE = 1024 * 1024

UTF_8, CP932 = "utf-8", "cp932"

# What Excel's "Unicode text" begins with.
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = (",", "\t", ";")

# By what Excel is told in a line of its own, above the heading, what separates the columns.
_SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)

# What decodes, but shows that it was no text: NUL, and bytes that CP932 has no character for.
_NO_TEXT = "\0\uf8f0\uf8f1\uf8f2\uf8f3"

# Two Japanese characters beside each other, as words have them.
_JAPANESE = re.compile(r"(?=([\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]{2}))")

# How much is quoted of a line, before and behind the place that is meant.
_QUOTED = 20


class Lines:
    """The lines of a stream, all in one encoding; after a bad one, reading can go on.

    `encoding` is what the first line that is not in ASCII alone is in, or nothing so far: UTF-8,
    else CP932, for text in CP932 is hardly ever UTF-8 by chance.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.number = 0
        self.read = 0
        self.encoding = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """Give the next line. Raises: AiguideError `line-too-long`, `line-no-text`."""
        raw = self._take()
        if not self.number and raw.startswith(_UTF_16):
            self._stream, self.encoding = self._from_utf_16(raw), UTF_8
            raw = self._take()
        if not raw:
            raise StopIteration
        self.number += 1
        if len(raw) > LONGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = self._take()
            raise AiguideError("line-too-long", most=LONGEST_LINE)
        return self._decoded(raw)

    def _decoded(self, raw: bytes) -> str:
        if raw.startswith(codecs.BOM_UTF8):
            self.encoding = UTF_8
        for encoding in (self.encoding,) if self.encoding else (UTF_8, CP932):
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if not any(char in text for char in _NO_TEXT):
                self.encoding = "" if raw.isascii() and not self.encoding else encoding
                return text.removeprefix("\ufeff")
        raise AiguideError("line-no-text", number=self._column(raw))

    def _column(self, raw: bytes) -> int:
        """Give the column, from 1, up to which a line can be read."""
        encoding = self.encoding or UTF_8
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError as error:
            return len(raw[: error.start].decode(encoding)) + 1
        return 1 + min(text.find(char) for char in _NO_TEXT if char in text)

    def _take(self) -> bytes:
        raw = self._stream.readline(LONGEST_LINE + 1)
        self.read += len(raw)
        return raw

    def _from_utf_16(self, begun: bytes) -> BinaryIO:
        """Give all of the stream in UTF-8; in UTF-16 its lines cannot be told before."""
        raw = begun + self._stream.read(LARGEST + 1)
        self.read = 0
        if len(raw) > LARGEST:
            raise AiguideError("too-large", most=LARGEST)
        try:
            return io.BytesIO(raw.decode("utf-16").encode())
        except UnicodeError:
            raise AiguideError("text-not-utf8") from None


def refuse_other_than_japanese(raw: bytes) -> None:
    """Refuse what is taken for CP932 and shows no Japanese: in another encoding it said more.

    Raises: AiguideError `not-japanese` with the first such place.
    """
    text = raw.decode(CP932, "replace")
    if any(map(_is_japanese, set(_JAPANESE.findall(text)))):
        return
    for number, line in enumerate(text.splitlines(), 1):
        if not line.isascii():
            at = next(at for at, char in enumerate(line) if not char.isascii())
            quoted = line[max(0, at - _QUOTED) : at + _QUOTED]
            raise AiguideError("not-japanese", line=number, number=at + 1, text=quoted)


def _is_japanese(pair: str) -> bool:
    """Tell whether two characters are no accents with an ASCII letter behind each: `éférence`."""
    return sum(byte < 0x80 for byte in pair.encode(CP932)) < len(pair)


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One row of a CSV: the line where it begins, and its cells by column, or what is wrong.

    `row` is its number in a spreadsheet, where the heading is 1 and no line end in a cell counts.
    """

    line: int
    row: int
    cells: Mapping[str, str]
    error: AiguideError | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table of which only the heading has been read: its columns as given, and our names of them.

    `fields` has an empty text where a column is none of ours.
    """

    given: tuple[str, ...]
    fields: tuple[str, ...]
    records: Iterator[Record]


def table(
    lines: Lines,
    needed: Sequence[str],
    missing: str,
    named: Mapping[str, str],
    **told: Phrase,
) -> Table:
    """Read a table, its rows but for empty ones.

    What stands between its columns is told by the heading.
    `named` maps the names that a column may have, `folded`, to ours, as for `fields_of`. A row that
    cannot be read comes as the error, and reading goes on. Cells are stripped.
    Raises: AiguideError with the code `missing`, and what is `told` beside, where the heading lacks
    one of `needed`; `heading-unreadable`.
    """
    first, separator = _heading(lines, needed)
    separator = separator or _separator(first, named)
    reader = csv.reader(itertools.chain([first], lines), strict=True, delimiter=separator)
    try:
        given = tuple(map(str.strip, next(reader, [])))
    except csv.Error:
        given = (first.strip(),)
    fields = fields_of(given, named)
    if lacking := [name for name in needed if name not in fields]:
        raise AiguideError(missing, needed=lacking, fields=lacking, heading=first.strip(), **told)
    return Table(given, fields, _records(lines, fields, reader))


def _heading(lines: Lines, needed: Sequence[str]) -> tuple[str, str]:
    """Give the heading, and what a line above it says to separate its columns, if one does.

    Raises: AiguideError `heading-unreadable`.
    """
    try:
        first = next(lines, "")
        if said := _SEP.fullmatch(first):
            return next(lines, ""), said[1]
    except AiguideError as error:
        why = Phrase(f"error.{error.code}", **error.args_said)
        raise AiguideError("heading-unreadable", needed=needed, why=why) from None
    return first, ""


def folded(name: str) -> str:
    """Give the name of a column as it is compared: `Due Date` and `due_date` are one.

    Width, case, spaces, hyphens, underscores and what stands in brackets at its end do not count.
    """
    plain = normalize("NFKC", name).lower()
    return re.sub(r"[\s_-]", "", re.sub(r"\([^()]*\)\s*$", "", plain))


def _separator(heading: str, named: Mapping[str, str]) -> str:
    """Give what separates a heading into the most names that are known."""

    def known(separator: str) -> int:
        try:
            names = next(csv.reader([heading], delimiter=separator), [])
        except csv.Error:
            return 0
        return sum(folded(name) in named for name in names)

    return max(_SEPARATORS, key=known)


def fields_of(given: Sequence[str], named: Mapping[str, str]) -> tuple[str, ...]:
    """Give columns our names; of several with the same one, only the first by `named` has it.

    `named` maps names, `folded`, to ours, the best first, or to an empty text.
    """
    order = {name: rank for rank, name in enumerate(named)}
    places = [at for at, name in enumerate(given) if folded(name) in named]
    fields = [""] * len(given)
    for at in sorted(places, key=lambda at: order[folded(given[at])]):
        ours = named[folded(given[at])]
        fields[at] = "" if ours in fields else ours
    return tuple(fields)


def _records(lines: Lines, fields: Sequence[str], reader: Iterator[list[str]]) -> Iterator[Record]:
    for number in itertools.count(2):
        line = lines.number + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Record(line, number, {}, AiguideError("bad-row"))
        except AiguideError as error:
            yield Record(line, number, {}, error)
        else:
            if any(map(str.strip, row[len(fields) :])):
                yield Record(line, number, {}, AiguideError("too-many-cells"))
            elif any(map(str.strip, row)):
                cells = zip(fields, map(str.strip, row), strict=False)
                yield Record(line, number, {name: cell for name, cell in cells if name})
