"""A bar on stderr for what takes long, where somebody watches and no results pass by."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(
    total: int, name: str = "", *, silent: bool = False
) -> Iterator[Callable[[int], None]]:
    """Give what to tell how much of `total` is done by now; 0 is a total that nobody knows.

    `silent`: nothing is printed meanwhile, so that the bar may share a terminal with the results.
    """
    passing = sys.stdout.isatty() and not silent
    if not total or passing or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(name, total=total)
    with bar:
        yield lambda done: bar.update(task, completed=done)
