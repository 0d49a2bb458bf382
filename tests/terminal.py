"""A real terminal for tests: run a command on it, wait for what it shows, type."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial

PATIENCE = 60.0
QUIET = 0.3  # until a command waits for the next key, and no more works on the last one


def wholly(said: str) -> str:
    """Give what was said without what laying it out puts between: blanks and line ends."""
    return "".join(said.split())


# A shell that waits for its command, and does something when the window is closed.
_SHELL = """trap '{}' HUP; "$@" <&0 & wait $! ; wait $!"""

Running = AbstractContextManager[tuple["Terminal", subprocess.Popen[bytes]]]


class Terminal:
    """A terminal on which a command runs: wait for what it shows, then type."""

    def __init__(self, screen: int, encoding: str) -> None:
        self.screen = screen
        self.encoding = encoding
        self.shown = b""

    def until(self, text: str) -> str:
        """Give what was shown up to `text`; fails when it does not come."""
        end = time.monotonic() + PATIENCE
        wanted = text.encode(self.encoding)
        while wanted not in self.shown:
            ready, _, _ = select.select([self.screen], [], [], max(0, end - time.monotonic()))
            assert ready, f"{text} did not come after: {self._told(self.shown)}"
            self.shown += os.read(self.screen, 65536)
        before, _, self.shown = self.shown.partition(wanted)
        return self._told(before)

    def rest(self) -> str:
        """Give what a command that has ended had still to show."""
        while select.select([self.screen], [], [], 0)[0]:
            try:
                self.shown += os.read(self.screen, 65536)
            except OSError:  # what Linux says at the end of a terminal that nobody holds any more
                break
        return self._told(self.shown)

    def _told(self, shown: bytes) -> str:
        """Read what was shown; a line editor may have cut a character up."""
        return shown.decode(self.encoding, errors="replace")

    def enter(self, text: str) -> None:
        self.send(f"{text}\n")

    def answer(self, prompt: str, text: str) -> str:
        """Wait for a prompt and type; gives what was shown up to it."""
        shown = self.until(prompt)
        self.enter(text)
        return shown

    def send(self, text: str) -> None:
        """Type without Enter."""
        self.send_bytes(text.encode(self.encoding))

    def send_bytes(self, typed: bytes) -> None:
        """Type what may be no text in the encoding of the terminal."""
        os.write(self.screen, typed)

    def interrupt(self, typed: str = "") -> None:
        """Type something, which is shown as it is typed or pasted, and press Ctrl-C."""
        if typed:
            self.send(typed)
            self.until(typed.removeprefix("\x1b[200~").removesuffix("\x1b[201~"))
        time.sleep(QUIET)
        self.send("\x03")

    def close(self) -> None:
        """Close the window: the command loses its terminal, and is told by SIGHUP."""
        if self.screen >= 0:
            os.close(self.screen)
        self.screen = -1


def running(*args: object, encoding: str = "utf-8", **env: str) -> Running:
    """Run aiguide at a terminal of some encoding, in Japanese; it is killed in the end.

    `env`: variables that say what the terminal speaks, unless C.UTF-8 does.
    """
    return _running(args, encoding, env)


def running_below_shell(*args: object, passed_on: bool = False) -> Running:
    """Run aiguide as `running` does, below a shell: the system tells that the window is closed.

    To aiguide comes the end of what is typed; `passed_on`: and SIGHUP, at about the same time.
    """
    below = _SHELL.format("kill -HUP $!" if passed_on else ":")
    return _running(args, "utf-8", {}, below=below)


@contextmanager
def _running(
    args: Iterable[object], encoding: str, env: Mapping[str, str], below: str = ""
) -> Iterator[tuple[Terminal, subprocess.Popen[bytes]]]:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "aiguide", *map(str, args)]
    command = ["bash", "-c", below, "bash", *command] if below else command
    env = {
        **os.environ,
        "AIGUIDE_LANG": "ja",
        "AIGUIDE_BY": "試験担当",
        "COLUMNS": "80",
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        **env,
    }
    terminal = Terminal(ours, encoding)
    with subprocess.Popen(
        command, env=env, preexec_fn=partial(os.login_tty, theirs), pass_fds=(theirs,)
    ) as process:
        os.close(theirs)
        try:
            yield terminal, process
        finally:
            process.kill()
            terminal.close()
