"""The lines of a file that people made, in UTF-8 or CP932, each within bounds."""

from collections.abc import Iterator
from typing import BinaryIO

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
