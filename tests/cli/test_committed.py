"""`doctor PROJECT` on a damaged manifest that git has whole: it says how to take it out."""

import shutil
from pathlib import Path

import pytest

from tests.cli.test_merge_driver import git, shell
from tests.conftest import Run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def committed(lived: Path) -> bytes:
    """What the last commit has of a project, which was answered once more since."""
    git(lived.parent, "init", "-q")
    git(lived.parent, "add", ".")
    git(lived.parent, "commit", "-qm", "x")
    return lived.read_bytes()


def offered(run: Run, project: Path) -> list[str]:
    """Give the commands that take a manifest out of git."""
    said = run("doctor", project).out.splitlines()
    return [line.strip() for line in said if line.strip().startswith("git ") and " show " in line]


@pytest.mark.parametrize("left", [0, 1, 900, -40], ids=["nothing", "a byte", "some", "most"])
@pytest.mark.parametrize("inside", [True, False])
def test_what_the_last_commit_has_is_taken_out_by_the_line_that_is_printed(
    run: Run,
    lived: Path,
    committed: bytes,
    left: int,
    inside: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert run("answer", lived, "planning.purpose", "in-progress", "--yes").code == 0
    lived.write_bytes(lived.read_bytes()[:left])
    monkeypatch.chdir(lived.parent if inside else lived.parent.parent)
    (line,) = offered(run, Path(lived.name) if inside else lived)
    shell(Path.cwd(), line)
    assert lived.with_name("project.committed.json").read_bytes() == committed
    assert "project.committed-2.json" in "".join(offered(run, lived))


def test_it_is_told_how_much_that_is_and_what_it_lacks(
    run: Run, lived: Path, committed: bytes
) -> None:
    lived.write_bytes(committed[:-40])
    said = "".join(run("doctor", lived).out.split())
    assert "読める記録があります（回答4件、履歴6件）。その後の回答は入っていません" in said


@pytest.mark.usefixtures("committed")
def test_where_nothing_is_missing_git_is_not_named(run: Run, lived: Path) -> None:
    assert not offered(run, lived)
    text = lived.read_text(encoding="utf-8")
    lived.write_text(text.replace(",\n", "，\n", 1), encoding="utf-8")
    assert not offered(run, lived)


def test_a_commit_that_cannot_be_read_is_not_offered(
    run: Run, lived: Path, committed: bytes
) -> None:
    lived.write_bytes(committed[:-40])
    git(lived.parent, "commit", "-qam", "damaged")
    assert not offered(run, lived)
