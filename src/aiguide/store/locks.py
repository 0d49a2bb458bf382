"""One writer at a time: a lock beside a file, which a dead process does not keep."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from aiguide.core.errors import AiguideError, reason_of

SECONDS = 10.0
TURNS = 6.0  # how many times as long to wait while others save, one after the other


@contextmanager
def locked(path: Path, seconds: float = SECONDS) -> Iterator[None]:
    """Hold a file against other writers, on this machine and on a shared drive that has locks.

    The lock is a file beside it, gone again afterwards. Who waits is not served in order: many
    writers on a slow machine can pass somebody by for long, though nothing stands still.
    Raises: AiguideError `locked` when nobody has saved for `seconds`, or others went first for
    `TURNS` times as long; `cannot-write` where the folder takes no file, `no-lock` where something
    else has the lock's name.
    """
    from filelock import FileLock, Timeout

    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.lock")
    lock = FileLock(beside, timeout=seconds * TURNS, poll_interval=0.01)
    begin = time.monotonic()
    try:
        lock.acquire(cancel_check=_standstill(target, seconds))
    except Timeout:
        waited = round(time.monotonic() - begin)
        raise AiguideError("locked", file=str(path), seconds=waited) from None
    except OSError as error:
        reason = reason_of(error)
        if os.path.lexists(beside):  # what is in the way is that, and not the file
            named = beside if path.is_symlink() else path.with_name(beside.name)
            raise AiguideError("no-lock", file=str(named), reason=reason) from None
        raise AiguideError("cannot-write", file=str(path), reason=reason) from None
    try:
        yield
    finally:
        # Removed while it is held: who waited for it finds it unlinked, and begins anew.
        with contextlib.suppress(OSError):
            beside.unlink()
        lock.release()


def _standstill(path: Path, seconds: float) -> Callable[[], bool]:
    """Give what tells whether a file has been the same for so many seconds."""
    seen, since = _version(path), time.monotonic()

    def stands() -> bool:
        nonlocal seen, since
        if (now := _version(path)) != seen:
            seen, since = now, time.monotonic()
        return time.monotonic() - since >= seconds

    return stands


def _version(path: Path) -> tuple[int, int] | None:
    """Give what every save changes of a file; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
