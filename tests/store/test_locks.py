"""The lock beside a manifest: who waits for it is passed by, but not for ever."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from aiguide.core.errors import AiguideError
from aiguide.store.files import write_atomically
from aiguide.store.locks import TURNS, locked

SHORT = 1.0  # seconds for which nobody may have saved


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "project.json"
    path.write_text("{}", encoding="utf-8")
    return path


@contextmanager
def kept(path: Path, work: Callable[[], object], seconds: float = 60) -> Iterator[None]:
    """Keep a manifest from others, and do something over and over meanwhile."""
    begun, over = threading.Event(), threading.Event()

    def keep() -> None:
        with FileLock(path.with_name(f".{path.name}.lock"), thread_local=False):
            begun.set()
            until = time.monotonic() + seconds
            while time.monotonic() < until and not over.wait(SHORT / 20):
                work()

    other = threading.Thread(target=keep)
    other.start()
    assert begun.wait(10)
    try:
        yield
    finally:
        over.set()
        other.join()


def test_who_is_passed_by_while_others_save_waits_on(manifest: Path) -> None:
    saving = kept(manifest, lambda: write_atomically(manifest, b"{}"), 3 * SHORT)
    with saving, locked(manifest, SHORT):
        pass


def test_where_nobody_saves_the_wait_is_over_sooner(manifest: Path) -> None:
    with kept(manifest, lambda: None):
        begin = time.monotonic()
        with pytest.raises(AiguideError, match="locked"), locked(manifest, SHORT):
            pass
        assert time.monotonic() - begin < TURNS * SHORT


def test_the_wait_ends_though_others_go_on_saving_and_says_how_long_it_was(manifest: Path) -> None:
    saving = kept(manifest, lambda: write_atomically(manifest, b"{}"))
    with saving, pytest.raises(AiguideError, match="locked") as caught, locked(manifest, SHORT):
        pass
    assert caught.value.args_said["seconds"] >= round(TURNS * SHORT)
