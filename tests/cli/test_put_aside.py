"""What git put aside by itself for a `pull --autostash`, and what came in did not let back."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.test_merge_driver import (
    PURPOSE,
    RISK,
    answered,
    branched,
    git,
    manifest,
    save,
    shell,
    shown,
)
from tests.conftest import Run

__all__ = ["branched"]  # the fixture

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
MINE, THEIRS = "自分の回答", "同僚の回答"


@pytest.fixture
def behind(run: Run, branched: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without a driver, with an answer that no commit has; `other` answered that, too."""
    monkeypatch.chdir(branched.parent)
    git(branched.parent, "config", "--unset", "merge.aiguide.driver")
    theirs = ("answer", PURPOSE, "done", "--note", THEIRS, "--by", "同僚")
    answered(run, branched, "other", theirs)
    git(branched.parent, "checkout", "-q", "main")
    assert run("answer", branched, PURPOSE, "done", "--note", MINE, "--by", "自分").code == 0
    return branched


def pulled(project: Path, how: str = "--rebase") -> None:
    """Pull, and see that git could not give the answer back."""
    told = git(project.parent, "pull", how, "--autostash", ".", "other")
    assert "Your changes are safe in the stash" in told


def notes(project: Path) -> set[str]:
    """Give what was ever noted in a project, by its history."""
    said = (one["after"] for one in manifest(project)["history"] if one["kind"] == "answered")
    return {one["note"] for one in said}


@pytest.mark.parametrize("how", ["--rebase", "--no-rebase"])
@pytest.mark.parametrize("committed", [True, False])
def test_an_answer_that_only_the_autostash_has_is_told_and_comes_back(
    run: Run, behind: Path, how: str, committed: bool
) -> None:
    folder = behind.parent
    pulled(behind, how)
    git(folder, "checkout", "--ours", behind.name)
    git(folder, "add", behind.name)
    git(folder, "reset", "-q")
    if committed:  # whatever comes after it
        answered(run, behind, "main", ("answer", RISK, "done", "--note", "後で"))
    assert MINE not in notes(behind)
    looks = (("status",), ("check",), ("log", "--verify"))
    for command, *more in looks:
        said = run(command, behind.name, *more).err
        assert "履歴のうち 1 件が、このファイルにありません" in said, command
        assert "aiguide doctor\n" in said
    told = run("doctor", behind.name).out
    assert "1件（自分1件）が、このファイルにありません" in "".join(told.split())
    shell(folder, *shown(told))
    assert notes(behind) >= {MINE, THEIRS}
    assert run("log", behind, "--verify").code == 0
    for command, *more in looks:
        assert "doctor" not in run(command, behind.name, *more).err, command


@pytest.mark.parametrize("message", [(), ("-m", "autostash")])
def test_what_somebody_stashed_is_theirs_to_take_back(
    run: Run, behind: Path, message: tuple[str, ...]
) -> None:
    git(behind.parent, "stash", "push", *message)
    assert run("status", behind.name).err.count("注意") == 1  # that there is no driver
    assert "recovered" not in run("doctor", behind.name).out


def test_an_autostash_of_other_files_is_none_of_the_project(run: Run, behind: Path) -> None:
    folder = behind.parent
    save(behind, "mine")
    (folder / "memo.txt").write_text("わたし", encoding="utf-8")
    git(folder, "add", "memo.txt")
    git(folder, "stash", "store", "-m", "autostash", git(folder, "stash", "create").strip())
    git(folder, "reset", "-q", "--hard", "HEAD~1")
    git(folder, "update-ref", "-d", "ORIG_HEAD")
    assert "doctor" not in run("status", behind.name).err


DROP = "git stash drop 'stash@{0}'"


def test_what_is_needless_once_all_is_committed_is_dropped_after_that(
    run: Run, behind: Path
) -> None:
    folder = behind.parent
    pulled(behind)
    told = run("doctor", behind.name).out
    assert told.index("git commit") < told.index("退避した変更（git stash") < told.index(DROP)
    assert "git stash show" not in told
    shell(folder, *shown(told), "git commit -qm both")
    assert DROP in run("doctor", behind.name).out
    git(folder, "stash", "drop", "stash@{0}")
    assert "git stash" not in run("doctor", behind.name).out
    assert notes(behind) >= {MINE, THEIRS}


def test_what_came_back_of_an_autostash_is_dropped_after_that_too(run: Run, behind: Path) -> None:
    pulled(behind)
    git(behind.parent, "checkout", "--ours", behind.name)
    assert DROP in run("doctor", behind.name).out  # with the lines that merge both sides
    git(behind.parent, "add", behind.name)
    assert DROP in run("doctor", behind.name).out


def test_what_else_is_in_an_autostash_is_looked_at_first(run: Run, behind: Path) -> None:
    (behind.parent / ".gitattributes").write_text("# いらない\n", encoding="utf-8")
    pulled(behind)
    told = run("doctor", behind.name).out
    assert told.index("git stash show --include-untracked 'stash@{0}'") < told.index(DROP)


def test_what_may_be_lacking_is_not_dropped(run: Run, behind: Path) -> None:
    folder = behind.parent
    text = behind.read_text(encoding="utf-8")
    behind.write_text(text.replace(MINE, "手で直した", 1), encoding="utf-8")  # no step says so
    pulled(behind)
    assert "stash drop" not in run("doctor", behind.name).out
    git(folder, "checkout", "-f", "main", "--", behind.name)
    git(folder, "stash", "drop")
    assert run("answer", behind, PURPOSE, "done", "--note", "もう一つ").code == 0
    git(folder, "stash", "push", "-q")  # of one's own
    git(folder, "stash", "apply", "-q")
    assert "stash drop" not in run("doctor", behind.name).out


@pytest.mark.parametrize("with_others", [False, True])
def test_what_somebody_took_back_into_a_conflict_is_dropped_after_the_commit(
    run: Run, behind: Path, with_others: bool
) -> None:
    folder = behind.parent
    if with_others:
        (folder / "memo.txt").write_text("わたし", encoding="utf-8")
    git(folder, "stash", "push", "-q", *(["--include-untracked"] if with_others else []))
    git(folder, "merge", "-q", "--ff-only", "other")
    assert DROP not in run("doctor", behind.name).out
    shell(folder, "git stash pop")
    told = run("doctor", behind.name).out
    assert told.index("git commit") < told.index("退避した変更（git stash") < told.index(DROP)
    show = "git stash show --include-untracked 'stash@{0}'"
    assert (show in told) is with_others
    commit = re.search("(?m)^ +(git commit -m .*)$", told)
    assert commit
    shell(folder, *shown(told))
    assert shell(folder, commit[1], show, DROP) == ""
    assert git(folder, "log", "-1", "--format=%s") == "project.json の両側の記録を統合\n"
    assert (notes(behind), git(folder, "stash", "list")) == ({MINE, THEIRS}, "")
    assert "git commit -m 'Merge" not in run("doctor", behind.name, "--lang", "en").out
