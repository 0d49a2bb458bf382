"""The walk through a phase, as a person at a terminal takes it."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 15.0
KEYS = "[q]終了"


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
        os.write(self.screen, text.encode() + b"\n")


@contextmanager
def walking(project: Path) -> Iterator[tuple[Terminal, subprocess.Popen[bytes]]]:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "aiguide", "check", str(project), "--phase", "planning"]
    env = os.environ | {
        "AIGUIDE_LANG": "ja",
        "AIGUIDE_BY": "試験担当",
        "COLUMNS": "80",
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
    }
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env) as walk:
        os.close(theirs)
        try:
            yield Terminal(ours), walk
        finally:
            walk.kill()
            os.close(ours)


def answers(project: Path) -> dict[str, dict[str, str]]:
    saved: dict[str, dict[str, str]] = json.loads(project.read_text(encoding="utf-8"))["answers"]
    return saved


def test_an_answer_given_in_full_width_is_saved_at_once(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.until(KEYS)
        terminal.until("1/")
        terminal.enter("ｄ")
        terminal.until("メモ（")
        terminal.enter("目的を書いた")
        terminal.until("証拠（")
        terminal.enter("")
        terminal.until(KEYS)
        terminal.until("2/")
        walk.kill()
    assert answers(project)["planning.purpose"]["status"] == "done"
    assert answers(project)["planning.purpose"]["note"] == "目的を書いた"


def test_a_key_that_means_nothing_is_said_and_waited_for(project: Path) -> None:
    before = project.read_bytes()
    with walking(project) as (terminal, walk):
        terminal.until(KEYS)
        terminal.until("1/")
        terminal.enter("zz")
        assert "「zz」は使えません" in terminal.until("Enter で戻る")
        terminal.enter("")
        terminal.until(KEYS)
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert project.read_bytes() == before
