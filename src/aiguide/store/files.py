"""Reading files within bounds, and writing them atomically and durably."""

import contextlib
import errno
import glob
import os
import re
import shlex
import stat
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from aiguide.core.errors import AiguideError, UnreadableError, reason_of
from aiguide.core.findings import Finding

LARGEST = 10 * 1024 * 1024

NAME_AT_MOST = 60  # characters: of Japanese text 180 bytes, and systems take 255

# How files begin that hold no text, and what they are.
WORKBOOK = b"PK\x03\x04"  # an .xlsx file is a ZIP archive
_NO_TEXT = {WORKBOOK: "zip", b"\xd0\xcf\x11\xe0": "old-office", b"%PDF-": "pdf"}

_ANYBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH

_ZEROS = re.compile(rb"\0{16,}")  # more than any text has, in whatever encoding

_TEMPORARY = re.compile(r"\.[0-9a-f]{8}\.tmp")


def read_text(path: Path) -> str:
    """Read a UTF-8 text file of at most `LARGEST` bytes.

    Raises: UnreadableError (AG101 unreadable, AG102 too large, AG103 not UTF-8, AG105 empty,
    AG119 cut off, AG123 overwritten with zeros).
    """
    return decoded(path, read_bytes(path))


def decoded(path: Path, raw: bytes) -> str:
    """Read the bytes of a text file.

    Raises: UnreadableError (AG101, AG103, AG105, AG119, AG123).
    """
    refuse_no_text(path, raw)
    if zeros := _ZEROS.search(raw):
        line, column = _place(raw, zeros.start())
        found = Finding("AG123", {"count": len(zeros[0])}, line=line, column=column)
        raise UnreadableError.at(path, found)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(raw, error.start)
        reason = _encoding_guess(raw)
        finding = Finding("AG103", {"reason": reason}, line=line, column=column)
        if error.reason == "unexpected end of data":
            finding = Finding("AG119", line=line, column=column)
        raise UnreadableError.at(path, finding) from None
    if text.startswith("\ufeff"):
        raise UnreadableError.at(path, Finding("AG103", {"reason": "bom"}, line=1, column=1))
    if text.isspace() or not text:
        raise UnreadableError.at(path, Finding("AG105", line=1, column=1))
    return text


def _place(raw: bytes, offset: int) -> tuple[int, int]:
    """Give the line and column of an offset in a text that may be no UTF-8."""
    before = raw[raw.rfind(b"\n", 0, offset) + 1 : offset]
    return raw.count(b"\n", 0, offset) + 1, len(before.decode("utf-8", "replace")) + 1


def refuse_no_text(path: Path, raw: bytes) -> None:
    """Refuse what begins as a file of another kind does. Raises: UnreadableError (AG101)."""
    kind = next((kind for begun, kind in _NO_TEXT.items() if raw.startswith(begun)), None)
    if kind:
        raise UnreadableError.at(path, Finding("AG101", {"reason": kind}))


def read_bytes(path: Path) -> bytes:
    """Read a file of at most `LARGEST` bytes. Raises: UnreadableError (AG101, AG102)."""
    try:
        descriptor = os.open(path, _TO_READ)
    except OSError as error:
        known = error.errno in _NO_FILE or is_folder(path)
        reason = _no_file(path) if known else reason_of(error)
        raise UnreadableError.at(path, Finding("AG101", {"reason": reason})) from None
    try:
        # of what was opened, for another save may put another file in its place meanwhile
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableError.at(path, Finding("AG101", {"reason": _no_file(path)}))
        if found.st_size > LARGEST:
            large = {"size": found.st_size, "most": LARGEST}
            raise UnreadableError.at(path, Finding("AG102", large))
        return _whole(descriptor, found.st_size)
    except OSError as error:
        finding = Finding("AG101", {"reason": reason_of(error)})
        raise UnreadableError.at(path, finding) from None
    finally:
        os.close(descriptor)


_NO_FILE = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENXIO)

# A pipe without a writer is opened too, and then known for what it is.
_TO_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _whole(descriptor: int, size: int) -> bytes:
    """Read a file to its end, or to the size that it had."""
    content = os.read(descriptor, size)
    while len(content) < size:
        more = os.read(descriptor, size - len(content))
        if not more:
            break
        content += more
    return content


def state_of(path: Path) -> tuple[int, ...]:
    """Give what a file's content cannot change without; nothing where it cannot be looked at."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; one that the system refuses to look at is none."""
    return os.path.isdir(path)  # noqa: PTH112 (Path raises where the name is too long)


def _no_file(path: Path) -> str:
    """Name what stands where a file should."""
    if path.is_dir():
        return "not-a-file"
    if path.exists():
        return "special"
    return "broken-link" if path.is_symlink() else "missing"


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that it is wholly the old or wholly the new one, whatever happens.

    Raises: as `write_pieces`.
    """
    write_pieces(path, (content,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file piece by piece so that it is wholly the old or wholly the new one.

    The folder is flushed too, so that what returned has survived. A symbolic link is followed;
    the old file's permissions are kept, and where they let nobody write, somebody meant that.
    Raises: AiguideError `cannot-write`, `not-a-file`, `write-protected`.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise AiguideError("not-a-file", file=str(path))
    beside = target.with_name(f".{target.name}.{os.urandom(4).hex()}.tmp")
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else None
        if mode is not None and not mode & _ANYBODY_WRITES:
            raise AiguideError("write-protected", file=str(path), command=_unprotecting(path))
        _write_durably(beside, pieces, mode)
        beside.replace(target)
        _flush_folder(target.parent)
    except OSError as error:
        raise AiguideError("cannot-write", file=str(path), reason=reason_of(error)) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _unprotecting(path: Path) -> str:
    """Write the command that lets its owner write a file."""
    return f"chmod u+w {shlex.quote(str(path))}"


def sweep(path: Path) -> None:
    """Remove what a killed save of a file has left beside it; only for who holds its lock."""
    target = Path(os.path.realpath(path))
    for beside in target.parent.glob(f".{glob.escape(target.name)}.*.tmp"):
        if _TEMPORARY.fullmatch(beside.name.removeprefix(f".{target.name}")):
            with contextlib.suppress(OSError):
                beside.unlink()


def _write_durably(path: Path, pieces: Iterable[bytes], mode: int | None) -> None:
    with path.open("xb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(mode)


def _flush_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows cannot open a folder; its rename is journaled
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _encoding_guess(raw: bytes) -> str:
    """Name what the bytes look like, for the message only."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for name, reason in (("cp932", "cp932"), ("euc_jp", "euc-jp")):
        with contextlib.suppress(UnicodeDecodeError):
            raw.decode(name)
            return reason
    return "not-utf-8"


def plain_name(name: str) -> str:
    """Give a name that every system takes, empty where nothing of it can stay.

    Marks that are not seen go, for they may show a name the other way round.
    """
    from pathvalidate import sanitize_filename

    seen = "".join(one for one in name if unicodedata.category(one) not in ("Cc", "Cf"))
    short = unicodedata.normalize("NFC", seen).strip()[:NAME_AT_MOST]
    return sanitize_filename(short, platform="universal", replacement_text="-").strip(" .-")
