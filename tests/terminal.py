"""A real terminal for tests: run a command on it, wait for what it shows, type."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 15.0


class Terminal:
    """A terminal on which a command runs: wait for what it shows, then type."""

    def __init__(self, screen: int) -> None:
        self.screen = screen
        self.shown = b""

    def until(self, text: str) -> str:
        """Give what was shown up to `text`; fails when it does not come."""
        end = time.monotonic() + PATIENCE
        while text.encode() not in self.shown:
            ready, _, _ = select.select([self.screen], [], [], max(0, end - time.monotonic()))
            assert ready, f"{text} did not come after: {self.shown.decode(errors='replace')}"
            self.shown += os.read(self.screen, 65536)
        before, _, self.shown = self.shown.partition(text.encode())
        return before.decode()

    def enter(self, text: str) -> None:
        self.send(f"{text}\n")

    def send(self, text: str) -> None:
        """Type without Enter."""
        os.write(self.screen, text.encode())


@contextmanager
def running(*args: object) -> Iterator[tuple[Terminal, subprocess.Popen[bytes]]]:
    """Run aiguide at a terminal, in Japanese; it is killed in the end."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "aiguide", *map(str, args)]
    env = os.environ | {
        "AIGUIDE_LANG": "ja",
        "AIGUIDE_BY": "試験担当",
        "COLUMNS": "80",
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
    }
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env) as process:
        os.close(theirs)
        try:
            yield Terminal(ours), process
        finally:
            process.kill()
            os.close(ours)
