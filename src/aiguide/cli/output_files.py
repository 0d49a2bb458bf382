"""Where a report goes: a file whose ending names the format, or stdout for `-`."""

import os
import sys
from pathlib import Path

from aiguide.cli import console
from aiguide.core.errors import AiguideError
from aiguide.core.suggest import one_of
from aiguide.core.words import Words
from aiguide.usecases import reports

STDOUT = Path("-")


def is_folder(output: str) -> bool:
    """Tell whether a place to write to means a folder: it is one, or is written like one.

    That is with a slash at its end, or without an ending.
    """
    path = Path(output)
    written = output.endswith(("/", os.sep)) or not path.suffix
    return path.is_dir() or (path != STDOUT and written)


def format_of(
    output: Path,
    asked: str,
    known: tuple[str, ...] = reports.REPORT_FORMATS,
    *,
    or_folder: bool = False,
) -> str:
    """Take the format that was asked for, else the one that the file's ending names.

    `or_folder`: it could have been a folder as well.
    Raises: AiguideError `bad-choice`, `unknown-format`, `unknown-format-or-folder`.
    """
    if asked:
        return one_of("--format", asked, known)
    ending = output.suffix.lower().lstrip(".")
    if ending not in known:
        code = "unknown-format-or-folder" if or_folder else "unknown-format"
        raise AiguideError(code, ending=output.suffix, known=known)
    return ending


def tell_making(words: Words, format: str) -> None:
    """Tell somebody who watches that what takes long is being made; a PDF takes seconds."""
    if format == "pdf" and sys.stderr.isatty():
        console.talk(words.say("report.making"))


def deliver(words: Words, output: Path, made: reports.Made, source: Path | None = None) -> None:
    """Write a report and say so; characters that no font has are named.

    Raises: AiguideError, as `write_report` does.
    """
    if made.missing:
        console.talk(words.say("report.missing-glyphs", chars="".join(made.missing)))
    put(words, output, made.content, "report.done", source)


def put(words: Words, output: Path, content: bytes, done: str, source: Path | None = None) -> None:
    """Write what was made, and say so with the sentence `done`. Raises: as `deliver` does."""
    if output == STDOUT:
        console.put(content)
        return
    reports.write_report(output, content, source)
    console.say(words.say(done, file=str(output)))
