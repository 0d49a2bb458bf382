"""Making PDFs in a process of its own, so that one that takes its time holds up nobody's page."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiguide.core.errors import AiguideError
from aiguide.core.guideline import Cell, Guideline
from aiguide.core.words import Words
from aiguide.usecases import reports
from aiguide.usecases.processes import begin_as_helper, interrupts_held
from aiguide.usecases.projects import open_project
from aiguide.usecases.reports import Made, Order

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

AT_ONCE = 8  # that are being made or wait for it; each holds a thread of its own


class Press:
    """Makes reports and cards; what is no PDF is quick and made at once, by whoever asks.

    The process is started when it is first needed. One that the system killed is replaced.
    """

    def __init__(self) -> None:
        """Begin without a process."""
        self._pool: ProcessPoolExecutor | None = None
        self._closed = False
        self._changing = threading.Lock()
        self._room = threading.BoundedSemaphore(AT_ONCE)

    def report(self, project_file: Path, words: Words, order: Order) -> Made:
        """Make a report. Raises: as `reports.report` does, `press-busy`, `press-failed`."""
        return self._made(order.format, _report, project_file, words, order)

    def card(self, guideline: Guideline, cell: Cell, words: Words, today: str, format: str) -> Made:
        """Make the guidance of a cell. Raises: as `report` does."""
        return self._made(format, reports.card, guideline, cell, words, today, format)

    def close(self) -> None:
        """End the process; what it has begun is finished, what waits is not made."""
        with self._changing:
            self._closed = True
            pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(cancel_futures=True)

    def _made(self, format: str, make: Callable[..., Made], *args: Any) -> Made:
        if format != "pdf":
            return make(*args)
        if not self._room.acquire(blocking=False):
            raise AiguideError("press-busy")
        try:
            return self._elsewhere(make, *args)
        finally:
            self._room.release()

    def _elsewhere(self, make: Callable[..., Made], *args: Any) -> Made:
        from concurrent.futures import BrokenExecutor, CancelledError

        try:
            return self._handed_out(make, *args).result()
        except (BrokenExecutor, CancelledError):
            raise AiguideError("press-failed") from None

    def _handed_out(self, make: Callable[..., Made], *args: Any) -> "Future[Made]":
        from concurrent.futures import BrokenExecutor

        with self._changing, interrupts_held():
            try:
                return self._running().submit(make, *args)
            except BrokenExecutor:
                self._pool = None
                return self._running().submit(make, *args)

    def _running(self) -> "ProcessPoolExecutor":
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        if self._closed:
            raise AiguideError("press-failed")
        if self._pool is None:
            # Started afresh, not forked: a server has threads.
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), begin_as_helper)
        return self._pool


def _report(project_file: Path, words: Words, order: Order) -> Made:
    return reports.report(open_project(project_file), words, order)
