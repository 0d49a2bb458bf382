"""Reading a file that somebody saves at the same moment."""

import os
from pathlib import Path

import pytest

from aiguide.store import files


def test_a_file_replaced_by_a_longer_one_while_it_is_opened_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, longer = tmp_path / "project.json", tmp_path / "longer"
    file.write_bytes(b"short")
    longer.write_bytes(b"much longer than before")
    opened = os.open

    def after_a_save(path: Path, flags: int) -> int:
        longer.replace(file)
        return opened(path, flags)

    monkeypatch.setattr(os, "open", after_a_save)
    assert files.read_bytes(file) == b"much longer than before"
