"""A pack of one's own, as `guideline new` makes it, in a folder that the settings here name."""

from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def pack(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of version 1 of `our-city`; the commands run where its settings are."""
    monkeypatch.chdir(tmp_path)
    ran = run("guideline", "new", "our-city")
    assert ran.code == 0, ran.err
    return tmp_path / "our-packs" / "our-city" / "1"


def edit(file: Path, old: str, new: str) -> int:
    """Replace a text once; gives the line that it stood on."""
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
