"""One writer at a time: a lock beside a file, which a dead process does not keep."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiguide.core.errors import AiguideError, reason_of

SECONDS = 10.0


@contextmanager
def locked(path: Path, seconds: float = SECONDS) -> Iterator[None]:
    """Hold a file against other writers, on this machine and on a shared drive that has locks.

    The lock is a file beside it, gone again afterwards. Raises: AiguideError `locked` when another
    keeps it longer than `seconds`, `cannot-write` where the folder takes no file, `no-lock` where
    something else has the lock's name.
    """
    from filelock import FileLock, Timeout

    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.lock")
    lock = FileLock(beside, timeout=seconds, poll_interval=0.01)
    try:
        lock.acquire()
    except Timeout:
        raise AiguideError("locked", file=str(path), seconds=round(seconds)) from None
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
