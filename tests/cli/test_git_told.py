"""What git does not do for a manifest in this clone is said before it costs answers."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.test_merge_driver import git, shell
from tests.conftest import Run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
TOLD = "git config merge.aiguide.driver"


@pytest.fixture
def cloned(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a clone of a repository that lets aiguide merge it."""
    monkeypatch.chdir(project.parent)
    git(project.parent, "init", "-q", "-b", "main")
    attributes = "*project.json merge=aiguide\n"
    project.with_name(".gitattributes").write_text(attributes, encoding="utf-8")
    return project


@pytest.mark.parametrize("command", ["status", "check", "doctor"])
@pytest.mark.parametrize("driver", ["", "/no/such/aiguide merge-driver %O %A %B %P %L"])
def test_a_clone_that_cannot_merge_as_it_is_asked_to_is_told_the_line_to_run(
    run: Run, cloned: Path, command: str, driver: str
) -> None:
    if driver:
        git(cloned.parent, "config", "merge.aiguide.driver", driver)
    ran = run(command, cloned)
    assert (ran.code, TOLD in ran.err) == (0, True)
    assert TOLD in run(command, cloned, "--lang", "en").err
    assert run(command, cloned, "--format", "json").err == ""
    (line,) = (line for line in ran.err.splitlines() if TOLD in line)
    shell(cloned.parent, line)
    assert TOLD not in run(command, cloned).err


@pytest.mark.parametrize(
    "driver",
    [
        "sh -c true",
        f"'{sys.executable}' -m aiguide",
        "$HOME/bin/aiguide",
        "./bin/aiguide",
        "LANG=C x",
        "it's",
    ],
)
def test_another_way_to_call_it_is_let_be(run: Run, cloned: Path, driver: str) -> None:
    git(cloned.parent, "config", "merge.aiguide.driver", driver)
    assert TOLD not in run("status", cloned).err


def test_who_merges_by_other_means_is_told_nothing(run: Run, cloned: Path) -> None:
    cloned.with_name(".gitattributes").write_text("*.json merge=union\n", encoding="utf-8")
    assert TOLD not in run("status", cloned).err
    cloned.with_name(".gitattributes").unlink()
    assert TOLD not in run("status", cloned).err


def test_a_recovered_step_that_git_has_is_called_so(run: Run, cloned: Path) -> None:
    begun = cloned.read_bytes()
    run("answer", cloned, "planning.purpose", "done", "--note", "確かめた")
    cloned.write_bytes(cloned.read_bytes()[:-40])
    assert run("doctor", cloned).code == 0
    cloned.with_name("project.recovered.json").replace(cloned)
    git(cloned.parent, "add", cloned.name)
    git(cloned.parent, "commit", "-qm", "recovered")
    cloned.write_bytes(begun)
    assert "が復旧: 適切な目的の設定" in run("status", cloned).err
