"""A text that a person has written with a program of their own, in whichever encoding."""

import io
from dataclasses import dataclass

from aiguide.store.lines import CP932, Lines


@dataclass(frozen=True, slots=True)
class OwnText:
    """What was written; `is_cp932`: no UTF-8, and so taken for what Windows writes in Japan."""

    text: str
    is_cp932: bool


def read(raw: bytes) -> OwnText:
    """Read a text without its end. Raises: AiguideError `text-not-utf8`, `line-too-long`."""
    lines = Lines(io.BytesIO(raw))
    text = "".join(lines).replace("\r\n", "\n").rstrip()
    return OwnText(text, lines.encoding == CP932)
