"""One report for each project of a folder, by several processes; a bad project stops no other."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from aiguide.core.errors import AiguideError
from aiguide.core.words import Words
from aiguide.store import projects
from aiguide.usecases.processes import begin_as_helper, interrupts_held
from aiguide.usecases.projects import open_project
from aiguide.usecases.reports import Order, report, write_report

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Job:
    """A manifest, and the file that its report goes to."""

    manifest: Path
    output: Path


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job: `error` is what stood in its way; `missing` characters in no font."""

    job: Job
    missing: tuple[str, ...] = ()
    error: AiguideError | None = None


@dataclass(frozen=True, slots=True)
class Common:
    """What all jobs share; `sources` are manifests, which no report may be written over."""

    words: Words
    order: Order
    sources: frozenset[Path]


def jobs(folder: Path, output: Path, ending: str) -> tuple[Job, ...]:
    """Find the projects of a folder, and name their reports by where they are in it.

    What is in `output` already is passed over: a report may be called as a manifest is.

    Raises: AiguideError `nothing-to-validate`, `no-folder` where `output` cannot be made.
    """
    made = output.resolve()
    manifests = projects.found_in(folder)
    if made != folder.resolve():
        manifests = tuple(one for one in manifests if made not in one.resolve().parents)
    if not manifests:
        raise AiguideError("nothing-to-validate", paths=[str(folder)])
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise AiguideError("no-folder", folder=str(output)) from None
    taken: set[str] = set()
    return tuple(Job(one, output / _name(folder, one, ending, taken)) for one in manifests)


def _name(folder: Path, manifest: Path, ending: str, taken: set[str]) -> str:
    """Name a report by the folders of its manifest, and by the manifest if it has a name."""
    *folders, file = manifest.relative_to(folder).parts
    own = "" if file == projects.USUAL_NAME else file.removesuffix(projects.SUFFIX)
    plain = "-".join(filter(None, (*folders, own))) or folder.resolve().name
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{plain}-{number}"
    taken.add(name.lower())
    return f"{name}.{ending}"


def make(
    wanted: Sequence[Job],
    words: Words,
    order: Order,
    processes: int = PROCESSES,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Done]:
    """Make the reports; gives each as it is done, in the order of the jobs.

    Once `is_stopped`, no other is begun; those that were are finished.
    """
    common = Common(words, order, frozenset(job.manifest.resolve() for job in wanted))
    left = takewhile(lambda _: not is_stopped(), wanted)
    if len(wanted) == 1 or processes == 1:
        yield from (_make(job, common) for job in left)
    else:
        yield from _by_processes(left, common, processes)


def _by_processes(left: Iterator[Job], common: Common, processes: int) -> Iterator[Done]:
    """Make reports by several processes; no more are handed out than they can begin at once."""
    from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
    from multiprocessing import get_context

    # Started afresh, not forked: the libraries that lay text out have threads.
    context = get_context("spawn")
    begun: deque[tuple[Job, Future[Done]]] = deque()
    with ProcessPoolExecutor(processes, context, _begin, (common,)) as pool:
        while True:
            for job in islice(left, processes - len(_running(begun))):
                begun.append((job, _handed_out(pool, job)))
            if not begun:
                return
            wait(_running(begun), return_when=FIRST_COMPLETED)
            while begun and begun[0][1].done():
                yield _settled(*begun.popleft())


def _running(begun: "Iterable[tuple[Job, Future[Done]]]") -> "list[Future[Done]]":
    return [future for _, future in begun if not future.done()]


def _handed_out(pool: "ProcessPoolExecutor", job: Job) -> "Future[Done]":
    """Hand a job out; to processes that are gone, it fails as their own did."""
    from concurrent.futures import BrokenExecutor, Future

    with interrupts_held():
        try:
            return pool.submit(_make_in_process, job)
        except BrokenExecutor as error:
            failed: Future[Done] = Future()
            failed.set_exception(error)
            return failed


def _settled(job: Job, future: "Future[Done]") -> Done:
    """Wait for a job; whatever stopped it stops no other."""
    try:
        return future.result()
    except Exception as error:  # a bug of ours, or a process that the system killed
        said = f"{type(error).__name__}: {error}"
        return Done(job, error=AiguideError("report-failed", file=str(job.manifest), said=said))


_shared: list[Common] = []  # of this process, where it is one of several


def _begin(common: Common) -> None:
    """Begin a process that makes reports; interrupts are for the one that started it."""
    begin_as_helper()
    _shared.append(common)


def _make_in_process(job: Job) -> Done:
    return _make(job, _shared[0])


def _make(job: Job, common: Common) -> Done:
    try:
        if job.output.resolve() in common.sources:
            raise AiguideError("same-file", file=str(job.output))
        made = report(open_project(job.manifest), common.words, common.order)
        write_report(job.output, made.content, job.manifest)
    except AiguideError as error:
        return Done(job, error=error)
    return Done(job, made.missing)
