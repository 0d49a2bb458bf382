"""What a walk that was cut off could tell nobody, kept in the person's own folder until it can."""

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiguide.core.attestation import mapping
from aiguide.core.errors import AiguideError
from aiguide.core.history import moment
from aiguide.core.project import Project
from aiguide.store.files import read_text, write_atomically

FOLDER = "untold"
MARK = "\x1e"  # before what is known of the lines that follow; no line that is told begins so


@dataclass(frozen=True, slots=True)
class Told:
    """Lines that belong together, what was typed for which items, and when (ISO 8601 UTC).

    Without any texts nothing can tell whether they have been recorded since.
    """

    lines: tuple[str, ...]
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    at: str = ""


class Untold:
    """The lines that are still to be told to a person who walks through a project."""

    def __init__(self, own: Path, project: Path, by: str) -> None:
        """Take the person's `own` folder, the manifest, and who walks through it."""
        whose = f"{project.resolve()}\n{by}".encode("utf-8", "surrogateescape")
        self._file = own / FOLDER / f"{hashlib.sha256(whose).hexdigest()}.txt"

    def lines(self) -> list[str]:
        """Give what is to be told, if anything."""
        return [line for told in self._all() for line in told.lines]

    def add(self, told: Told) -> None:
        """Keep what is to be told, for its owner alone; a folder that takes no file keeps none."""
        if told.lines:
            self._write([*self._all(), told])

    def forget_recorded(self, project: Project) -> None:
        """Take as told what has been recorded since as it was typed."""
        known = [*self._all()]
        kept = [told for told in known if not _is_recorded(project, told)]
        if not kept:
            self.forget()
        elif kept != known:
            self._write(kept)

    def forget(self) -> None:
        """Take what was kept as told."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _all(self) -> Iterator[Told]:
        with contextlib.suppress(AiguideError):
            for part in f"\n{read_text(self._file)}".split(f"\n{MARK}"):
                head, _, rest = part.partition("\n")
                if lines := tuple(rest.removesuffix("\n").split("\n")) if rest else ():
                    yield Told(lines, *_read(head))

    def _write(self, told: Sequence[Told]) -> None:
        heads = (json.dumps({"at": one.at, "texts": dict(one.texts)}) for one in told)
        lines = (
            line
            for head, one in zip(heads, told, strict=True)
            for line in (MARK + head, *one.lines)
        )
        text = "".join(f"{line}\n" for line in lines)
        with contextlib.suppress(OSError, AiguideError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file.touch(mode=0o600)  # what is written over it has the same permissions
            write_atomically(self._file, text.encode(errors="replace"))


def _read(head: str) -> tuple[Mapping[str, Sequence[str]], str]:
    """Read what is known of some lines; nothing where that is damaged, and the lines stay."""
    with contextlib.suppress(ValueError, KeyError):
        known = mapping(json.loads(head))
        texts, at = mapping(known["texts"]), known["at"]
        if isinstance(at, str) and all(isinstance(one, list) for one in texts.values()):
            return {id: [*map(str, one)] for id, one in texts.items()}, at
    return {}, ""


def _is_recorded(project: Project, told: Told) -> bool:
    """Tell whether each text has come to be in an answer to its item since."""
    since = [one for one in project.history if moment(one.at) >= moment(told.at)]
    return bool(told.texts) and all(
        any(one.subject == id and text in _strings(one.after) for one in since)
        for id, texts in told.texts.items()
        for text in texts
    )


def _strings(after: Any) -> str:
    """Give all texts of an answer, one after the other."""
    if isinstance(after, dict):
        return "\n".join(map(_strings, after.values()))
    if isinstance(after, list):
        return "\n".join(map(_strings, after))
    return after if isinstance(after, str) else ""
