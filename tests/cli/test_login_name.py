"""What nobody has signed carries the login name, which is said where a project does not know it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

PURPOSE = "planning.purpose"
SAID = "ログイン名の「nishi」で"
Command = Callable[[Path], tuple[str | Path, ...]]


@pytest.fixture(name="table")
def of_answers(tmp_path: Path) -> Path:
    table = tmp_path / "answers.csv"
    table.write_text(f"item,status,note\n{PURPOSE},done,聞いた\n", encoding="utf-8")
    return table


COMMANDS: dict[str, Command] = {
    "answer": lambda _: (PURPOSE, "done", "--note", "聞いた"),
    "set": lambda _: ("--phase", "requirements"),
    "undo": lambda _: (),
    "check": lambda table: ("--from", table, "--yes"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_login_name_that_a_project_does_not_know_is_told_once(
    run: Run, project: Path, table: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "調べ中")
    monkeypatch.delenv("AIGUIDE_BY")
    monkeypatch.setenv("LOGNAME", "nishi")
    ran = run(name, project, *COMMANDS[name](table))
    assert (ran.code, SAID in ran.err, SAID in ran.out) == (0, True, False)
    assert ("aiguide undo" in ran.err.partition(SAID)[2].splitlines()[0]) == (name != "undo")
    run("answer", project, "planning.bpr", "done", "--note", "済んだ", "--by", "馬場")
    assert SAID not in run("set", project, "--owner", "別の課").err


@pytest.mark.parametrize("name", COMMANDS)
def test_who_has_said_who_it_is_is_told_nothing(
    run: Run, project: Path, table: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "調べ中")
    monkeypatch.setenv("LOGNAME", "nishi")
    assert "ログイン名" not in run(name, project, *COMMANDS[name](table), "--by", "西").err
    monkeypatch.setenv("AIGUIDE_BY", "別の人")
    assert "ログイン名" not in run("set", project, "--owner", "別の課").err


def test_of_a_project_that_one_has_begun_oneself_nothing_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AIGUIDE_BY")
    monkeypatch.setenv("LOGNAME", "nishi")
    own = tmp_path / "own.project.json"
    assert run("init", own, "--name", "自分の案件").code == 0
    assert "ログイン名" not in run("answer", own, PURPOSE, "done", "--note", "聞いた").err
