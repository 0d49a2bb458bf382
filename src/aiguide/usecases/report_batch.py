"""One report for each project of a folder, by several processes; a bad project stops no other."""

import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiguide.core.errors import AiguideError
from aiguide.core.words import Words
from aiguide.store import projects
from aiguide.usecases.projects import open_project
from aiguide.usecases.reports import Made, Order, report, write_report

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


def jobs(folder: Path, output: Path, ending: str) -> tuple[Job, ...]:
    """Find the projects of a folder, and name their reports by where they are in it.

    Raises: AiguideError `nothing-to-validate`, `no-folder` where `output` cannot be made.
    """
    manifests = projects.found_in(folder)
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
    wanted: Sequence[Job], words: Words, order: Order, processes: int = PROCESSES
) -> Iterator[Done]:
    """Make the reports; gives each as it is done, in the order of the jobs."""
    sources = frozenset(job.manifest.resolve() for job in wanted)
    if len(wanted) == 1 or processes == 1:
        yield from (_make(job, words, order, sources) for job in wanted)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Started afresh, not forked: the libraries that lay text out have threads.
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, context, _leave_interrupts_to_us) as pool:
        started = [pool.submit(_make, job, words, order, sources) for job in wanted]
        try:
            yield from (one.result() for one in started)
        finally:
            pool.shutdown(cancel_futures=True)


def _leave_interrupts_to_us() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _make(job: Job, words: Words, order: Order, sources: frozenset[Path]) -> Done:
    try:
        if job.output.resolve() in sources:
            raise AiguideError("same-file", file=str(job.output))
        made: Made = report(open_project(job.manifest), words, order)
        write_report(job.output, made.content, job.manifest)
    except AiguideError as error:
        return Done(job, error=error)
    return Done(job, made.missing)
