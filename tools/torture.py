"""Saves that are killed, writers that cross, a disk that is full: what becomes of the answers.

Everything happens in a temporary folder and is bounded. Needs `fork`, so not for Windows.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import statistics
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from aiguide.cli.main import main as command
from aiguide.core import attestation, history, recording
from aiguide.core.answers import Said
from aiguide.core.errors import AiguideError
from aiguide.core.manifest import project_data
from aiguide.core.project import Answer, Status
from aiguide.core.stamp import Stamp
from aiguide.store import projects as store
from aiguide.store import schemas, strict_json
from aiguide.usecases import project_facts, projects

STAMP = Stamp("torture", "2026-11-24T00:00:00Z")
NAME = "project.json"
NOBODY = 65534
EXIT_ERROR = 2
ANSWERED = 100  # answers in the manifest whose save is timed; the pack has fewer items
SAVES_BEFORE_ANEW = 50  # so that the history stays short
SAVED_AT_LEAST = 10  # one answer acknowledged for so many kills, or they came too early to tell
FULL = 64 * 1024  # bytes that a file may have on the disk that is full
# What a save does to the disk, and a little around it: where to kill.
TOUCHES = {"write", "flush", "fsync", "open", "close", "replace", "rename", "unlink", "flock"}


def main() -> int:
    """Run all parts; the exit code is 1 where an answer was lost or a file broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--answers", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    random.seed(given.seed)
    with folder() as path:
        started(path)  # loads everything before the first fork
        ran("answer", path, "planning.purpose", "done", "--until", "nonsense")
    good = [
        killed_at_each_step(),
        killed_at_random(given.kills),
        crossing(given.writers, given.answers),
        full_disk(),
        no_permission(),
        permission_lost(),
    ]
    linear()
    return 0 if all(good) else 1


@contextmanager
def folder() -> Iterator[Path]:
    """Give the path of a manifest in a folder of its own, removed afterwards."""
    made = Path(tempfile.mkdtemp(prefix="aiguide-torture-"))
    try:
        yield made / NAME
    finally:
        shutil.rmtree(made, ignore_errors=True)


def started(path: Path) -> projects.Opened:
    """Start a project with one answer."""
    facts = {"name": "torture", "cells": ("citizen.information",)}
    project_facts.start(path, "tokyo-ai@1", facts, STAMP)
    answer(path, 0)
    return projects.open_project(path)


def answer(path: Path, number: int, by: str = "torture") -> None:
    """Record answer `number`: its note says which it is."""
    opened = projects.open_project(path)
    item = opened.guideline.items[number % 20]
    said = Said(Status.IN_PROGRESS, note=f"{by} {number}")
    projects.record_answer(opened, item, said, Stamp(by, STAMP.at))


@dataclass
class Child:
    """A forked process that says through a pipe which answers were acknowledged to it."""

    pid: int
    pipe: int

    def acknowledged(self) -> list[int]:
        """Wait for its end; gives the numbers acknowledged."""
        os.waitpid(self.pid, 0)
        with os.fdopen(self.pipe, "rb") as said:
            return [int(line) for line in said.read().split()]


def forked(work: Callable[[Callable[[int], None]], None]) -> Child:
    """Run `work` in a child; what it calls with a number is acknowledged."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid:
        os.close(theirs)
        return Child(pid, ours)
    os.close(ours)
    try:
        work(lambda number: (os.write(theirs, f"{number}\n".encode()), None)[1])
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def examined(path: Path, acknowledged: list[int], by: str = "torture") -> str:
    """Say what is wrong with a manifest after a kill; nothing where all is well."""
    try:
        project = projects.open_project(path).project
    except AiguideError as error:
        return f"unreadable: {error.code}"
    if history.first_broken(project.history) is not None:
        return "the chain is broken"
    if set(project.answers) - attestation.attested(project):
        return "an answer is not attested"
    kept = {entry.after.get("note") for entry in project.history if isinstance(entry.after, dict)}
    lost = [number for number in acknowledged if f"{by} {number}" not in kept]
    return f"lost {lost}" if lost else ""


def litter(path: Path) -> list[str]:
    """Give what lies beside a manifest after one more save."""
    answer(path, 0, "afterwards")  # what is said already would not be saved
    return sorted(one.name for one in path.parent.iterdir() if one.name != NAME)


def killed_at_each_step() -> bool:
    """Kill a save just before and just after each thing that it does to the disk."""
    with folder() as path:
        started(path)
        steps = counted(path)
    wrong: list[str] = []
    for step in range(1, steps + 1):
        with folder() as path:
            started(path)

            def work(acknowledge: Callable[[int], None], step: int = step, to: Path = path) -> None:
                kill_at(step)
                answer(to, 1)
                sys.setprofile(None)
                acknowledge(1)

            said = examined(path, forked(work).acknowledged())
            left = litter(path) if not said else []
            wrong += filter(None, [said, *left])
    return report(f"killed at each of {steps} steps of a save", wrong)


def counted(path: Path) -> int:
    """Count the steps of one save."""
    count = 0

    def watch(frame: Any, event: str, arg: Any) -> None:
        nonlocal count
        count += is_touch(event, arg)

    sys.setprofile(watch)
    try:
        answer(path, 1)
    finally:
        sys.setprofile(None)
    return count


def kill_at(step: int) -> None:
    """Let this process be killed at its step number `step`, from 1."""
    count = 0

    def watch(frame: Any, event: str, arg: Any) -> None:
        nonlocal count
        count += is_touch(event, arg)
        if count >= step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)


def is_touch(event: str, arg: Any) -> bool:
    """Tell whether a profile event is a call to the disk, or the return from one."""
    return event in ("c_call", "c_return") and getattr(arg, "__name__", "") in TOUCHES


def killed_at_random(kills: int) -> bool:
    """Kill a process that records answers one after the other, at random moments."""
    wrong: list[str] = []
    saved = 0
    for _ in range(0, kills, SAVES_BEFORE_ANEW):
        with folder() as path:
            started(path)
            begin = time.perf_counter()
            answer(path, 0, "beforehand")
            usual = time.perf_counter() - begin
            first = 1
            for _ in range(SAVES_BEFORE_ANEW):
                child = forked(lambda acknowledge, to=path, at=first: endless(to, at, acknowledge))
                time.sleep(random.uniform(0, 8 * usual))
                os.kill(child.pid, signal.SIGKILL)
                acknowledged = child.acknowledged()
                saved += len(acknowledged)
                first = max([first, *(number + 2 for number in acknowledged)])
                said = examined(path, acknowledged)
                wrong += filter(None, [said])
            wrong += litter(path)
    if saved < kills // SAVED_AT_LEAST:
        wrong.append("hardly any was killed during or after a save: this says nothing")
    return report(f"{kills} processes killed at random, {saved} answers acknowledged", wrong)


def endless(path: Path, first: int, acknowledge: Callable[[int], None]) -> None:
    """Record answers until killed."""
    for number in range(first, first + 1000):
        answer(path, number)
        acknowledge(number)


def crossing(writers: int, answers: int) -> bool:
    """Let several processes answer the same manifest at once."""
    with folder() as path:
        before = len(started(path).project.history)
        begin = time.perf_counter()

        def work(acknowledge: Callable[[int], None], by: str) -> None:
            for number in range(answers):
                answer(path, number, by)
                acknowledge(number)

        names = [f"writer-{number}" for number in range(writers)]
        children = {by: forked(lambda acknowledge, by=by: work(acknowledge, by)) for by in names}
        acknowledged = {by: child.acknowledged() for by, child in children.items()}
        seconds = time.perf_counter() - begin
        wrong = [said for by in names if (said := examined(path, acknowledged[by], by))]
        wrong += [f"{by}: {len(done)}" for by, done in acknowledged.items() if len(done) != answers]
        entries = len(projects.open_project(path).project.history) - before
        wrong += [f"{entries} entries"] if entries != writers * answers else []
        wrong += litter(path)
    return report(f"{writers} writers x {answers} answers: {entries} in {seconds:.0f} s", wrong)


def full_disk() -> bool:
    """Save where no file may grow beyond some bytes: a clear error, and the old file whole."""
    with folder() as path:
        started(path)
        before = path.read_bytes()

        def work(acknowledge: Callable[[int], None]) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, FULL))
            refused(path, "x" * 2 * FULL)
            acknowledge(1)

        wrong = [] if forked(work).acknowledged() == [1] else ["no clear error"]
        wrong += [] if path.read_bytes() == before else ["the old file was touched"]
        wrong += litter(path)
    return report("disk full", wrong)


def no_permission() -> bool:
    """Save in a folder that takes no file any more."""
    with folder() as path:
        started(path)
        before = path.read_bytes()

        def work(acknowledge: Callable[[int], None]) -> None:
            be_nobody()
            refused(path, "x")
            acknowledge(1)

        path.chmod(0o644)
        path.parent.chmod(0o555)
        wrong = [] if forked(work).acknowledged() == [1] else ["no clear error"]
        path.parent.chmod(0o755)
        wrong += [] if path.read_bytes() == before else ["the old file was touched"]
        wrong += litter(path)
    return report("unwritable folder", wrong)


def permission_lost() -> bool:
    """Take the folder's permission away between two answers of one process."""
    with folder() as path:
        started(path)

        def work(acknowledge: Callable[[int], None]) -> None:
            be_nobody(path.parent, path)
            answer(path, 1)
            acknowledge(1)
            path.parent.chmod(0o555)
            refused(path, "x")
            acknowledge(2)

        wrong = [] if forked(work).acknowledged() == [1, 2] else ["no clear error"]
        path.parent.chmod(0o755)
        wrong += list(filter(None, [examined(path, [1])]))
        wrong += litter(path)
    return report("permission lost midway", wrong)


def be_nobody(*owned: Path) -> None:
    """Go on without the rights of root, to whom nothing is forbidden, and own some paths."""
    if os.getuid() == 0:
        for path in owned:
            os.chown(path, NOBODY, NOBODY)
        os.setuid(NOBODY)


def refused(path: Path, note: str) -> None:
    """Insist that the command says why it cannot save, and exits with 2."""
    code, said = ran("answer", path, "planning.purpose", "in-progress", "--note", note)
    if code != EXIT_ERROR or "cannot be written" not in said:
        raise AssertionError("it was not refused", code, said)


def ran(*args: str | Path) -> tuple[int, str]:
    """Run the command in this process; gives its exit code and what it said on stderr."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
        code = command(["--lang", "en", *map(str, args), "--by", STAMP.by])
    return code, said.getvalue()


def linear() -> None:
    """Show what one save takes, by the length of the history: reading, checking, writing."""
    print(f"one save with {ANSWERED} answers, in ms: entries, read, check, write")
    for entries in (250, 500, 1000, 2000, 4000):
        with folder() as path:
            opened = started(path)
            project = opened.project
            for number in range(entries - len(project.history)):
                again, at = divmod(number % ANSWERED, len(opened.guideline.items))
                item = opened.guideline.items[at]
                given = Answer(Status.IN_PROGRESS, note=f"{number}", item_digest=item.digest)
                id = item.id + "-again" * again
                project = recording.answer(project, id, given, by="x", at=STAMP.at)
            store.save(path, project)
            parts = {
                "read": lambda path=path: strict_json.read(path),
                "check": lambda project=project: schemas.check("project", project_data(project)),
                "write": lambda path=path, project=project: store.save(path, project),
            }
            took = [statistics.median(timed(part) for _ in range(5)) for part in parts.values()]
            read, check, save = (1000 * one for one in took)
            print(f"  {entries:5} {read:7.1f} {check:7.1f} {save - check:7.1f}")


def timed(work: Callable[[], object]) -> float:
    """Time one call, in seconds."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def report(what: str, wrong: list[str]) -> bool:
    """Print how a part went."""
    print(f"{'FAILED' if wrong else 'held  '}  {what}", *wrong[:10], sep="\n    " if wrong else "")
    return not wrong


if __name__ == "__main__":
    sys.exit(main())
