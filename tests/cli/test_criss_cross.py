"""Two branches that merged each other before they are merged: two bases, which git merges."""

import itertools
import shutil
import sys
from pathlib import Path

import pytest

from aiguide.core.stamp import Stamp
from tests.cli.test_merge_driver import BPR, PURPOSE, RISK, git, manifest, save, shell, shown
from tests.conftest import Run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
STYLES = ("merge", "diff3", "zdiff3")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every answer be a minute after the one before it."""
    minutes = itertools.count(10)
    monkeypatch.setattr(
        "aiguide.cli.commands.answer.stamp",
        lambda by: Stamp(by, f"2026-11-24T01:{next(minutes)}:00Z"),
    )


@pytest.fixture
def here(project: Path, clock: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a repository, on `main`, where somebody is."""
    monkeypatch.chdir(project.parent)
    git(project.parent, "init", "-q", "-b", "main")
    save(project, "start")
    return project


def answer(run: Run, project: Path, item: str, status: str, note: str) -> None:
    """Answer as the person whose name the note begins with, and commit that."""
    assert run("answer", project, item, status, "--note", note, "--by", note[:-2]).code == 0
    save(project, note)


def follow_doctor(run: Run, project: Path) -> str:
    """Put in place what doctor makes of a conflict, and commit it; gives what doctor said."""
    said = run("doctor", "project.json").out
    assert "git の競合の両側を" in said
    project.with_name("project.recovered.json").replace(project)
    save(project, "merged")
    return said


def parted(run: Run, project: Path) -> None:
    """Let two branches answer one item, each in its own way, and one more each."""
    git(project.parent, "checkout", "-q", "-b", "a")
    answer(run, project, PURPOSE, "in-progress", "岡田A1")
    answer(run, project, RISK, "done", "岡田A2")
    git(project.parent, "checkout", "-q", "-b", "b", "main")
    answer(run, project, PURPOSE, "done", "林B1")
    answer(run, project, BPR, "done", "林B2")
    git(project.parent, "tag", "a0", "a")
    git(project.parent, "tag", "b0", "b")


def criss_crossed(run: Run, project: Path) -> None:
    """Let each of them merge the other as doctor shows, answer again, and then `b` merge `a`."""
    parted(run, project)
    for branch, other, status, note in (
        ("a", "b0", "done", "岡田A3"),
        ("b", "a0", "in-progress", "林B3"),
    ):
        git(project.parent, "checkout", "-q", branch)
        assert "CONFLICT" in git(project.parent, "merge", other)
        follow_doctor(run, project)
        answer(run, project, PURPOSE, status, note)
    assert "CONFLICT" in git(project.parent, "merge", "a")


@pytest.mark.parametrize("size", [7, 20])
@pytest.mark.parametrize("style", STYLES)
def test_a_conflict_whose_base_holds_conflicts_is_merged(
    run: Run, here: Path, style: str, size: int
) -> None:
    git(here.parent, "config", "merge.conflictStyle", style)
    attributes = here.with_name(".gitattributes")
    attributes.write_text(f"project.json conflict-marker-size={size}\n", encoding="utf-8")
    save(here, "size of marks")
    criss_crossed(run, here)
    text = here.read_text(encoding="utf-8")
    assert (f"\n{'|' * size}" in text, f"\n{'=' * (size + 2)}\n" in text) == (style != "merge",) * 2
    said = follow_doctor(run, here)
    assert "打ち間違い" not in said
    assert "岡田A3 → 林B3" in said
    data = manifest(here)
    notes = [entry["after"].get("note") for entry in data["history"][1:] if entry["after"]]
    assert {"岡田A1", "岡田A2", "岡田A3", "林B1", "林B2", "林B3"} == set(notes)
    assert {id: one["note"] for id, one in data["answers"].items()} == {
        PURPOSE: "林B3",
        RISK: "岡田A2",
        BPR: "林B2",
    }
    assert run("log", here, "--verify").code == 0


@pytest.mark.parametrize("style", STYLES)
def test_the_lines_that_finish_a_merge_need_no_base_that_git_could_merge(
    run: Run, here: Path, style: str
) -> None:
    git(here.parent, "config", "merge.conflictStyle", style)
    criss_crossed(run, here)
    git(here.parent, "checkout", "--ours", "project.json")
    assert "<<<<<<<<<" in git(here.parent, "show", ":1:project.json")
    said = shell(here.parent, *shown(run("doctor", "project.json").out))
    assert "岡田A3 → 林B3" in said
    assert said.count("両方の枝で変更されていました") == 1
    assert git(here.parent, "status", "--porcelain", "-unormal") == "M  project.json\n"
    assert {id: one["note"] for id, one in manifest(here)["answers"].items()} == {
        PURPOSE: "林B3",
        RISK: "岡田A2",
        BPR: "林B2",
    }
    assert run("log", here, "--verify").code == 0


@pytest.mark.parametrize("size", ["", "9"])
@pytest.mark.parametrize("strategy", ["ort", "recursive"])
@pytest.mark.parametrize("line", ["%O %A %B %P %L", "%O %A %B %P"], ids=["new", "old"])
def test_what_git_merges_for_itself_is_not_told_as_a_result(
    run: Run, here: Path, line: str, strategy: str, size: str
) -> None:
    driver = f'"{sys.executable}" -m aiguide merge-driver {line}'
    git(here.parent, "config", "merge.aiguide.driver", driver)
    attributes = "project.json merge=aiguide" + (size and f" conflict-marker-size={size}")
    here.with_name(".gitattributes").write_text(attributes + "\n", encoding="utf-8")
    save(here, "driver")
    parted(run, here)
    for branch, other, note in (("a", "b0", "岡田A3"), ("b", "a0", "林B3")):
        git(here.parent, "checkout", "-q", branch)
        said = git(here.parent, "merge", "--no-edit", other)
        assert said.count("両方の枝で変更されていました") == 1
        answer(run, here, PURPOSE, "done", note)
    said = git(here.parent, "merge", "--no-edit", "-s", strategy, "a")
    assert said.count("両方の枝で変更されていました") == (1 if "%L" in line else 2)
    assert "岡田A3 → 林B3" in said
    assert run("log", here, "--verify").code == 0


def test_what_stands_in_the_way_of_what_git_merges_for_itself_is_not_told_either(
    run: Run, project: Path
) -> None:
    other = project.with_name("other.json")
    assert run("init", other, "--name", "別の案件", "--cell", "citizen.action").code == 0
    for file in (other, project.with_name("none.json")):
        ran = run("merge-driver", project, project, file, "project.json", "9")
        assert (ran.code, ran.out, ran.err) == (2, "", "")
        assert run("merge-driver", project, project, file, "project.json", "7").err
