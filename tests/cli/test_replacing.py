"""What stands is not put away by a slip: the walk and `answer` at a terminal ask first."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.terminal import PATIENCE, running

KEYS = "[q]終了"
PURPOSE = "planning.purpose"
EXCEPTION = ("--reason", "試行のため", "--approver", "部長", "--until", "2030-01-01")
UNSAID = (
    *("personal_data", "confidential_data", "automated_decision", "evaluates_persons"),
    *("training_or_tuning", "custom_tool"),
)


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    conditions = [arg for id in UNSAID for arg in ("--condition", f"{id}=no")]
    assert run("set", project, *conditions).code == 0
    return project


def status_of(project: Path) -> str:
    answers = json.loads(project.read_text(encoding="utf-8"))["answers"]
    status: str = answers[PURPOSE]["status"]
    return status


def test_an_exception_in_force_is_replaced_only_by_who_means_it(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "exception", *EXCEPTION)
    before = project.read_bytes()
    with running("check", project) as (terminal, walk):
        terminal.until(KEYS)
        terminal.enter("1")
        terminal.until(KEYS)
        terminal.enter("n")
        asked = terminal.until("Enter やめる")
        assert "例外承認" in asked
        assert "2030-01-01" in asked
        terminal.enter("")
        assert "適切な目的の設定" in terminal.until(KEYS)
        walk.kill()
    assert project.read_bytes() == before


@pytest.mark.parametrize(("given", "left"), [("", "exception"), ("y", "in-progress")])
def test_answer_asks_at_a_terminal_and_nowhere_else(
    run: Run, project: Path, given: str, left: str
) -> None:
    run("answer", project, PURPOSE, "exception", *EXCEPTION)
    with running("answer", project, PURPOSE, "in-progress") as (terminal, process):
        terminal.until("Enter やめる")
        terminal.enter(given)
        assert process.wait(PATIENCE) == 0
    assert status_of(project) == left
    run("answer", project, PURPOSE, "exception", *EXCEPTION)
    assert run("answer", project, PURPOSE, "open").code == 0
    assert status_of(project) == "open"


def test_answer_asks_nothing_with_a_yes(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "done", "--note", "x", "--by", "佐藤")
    with running("answer", project, PURPOSE, "open", "--yes") as (terminal, process):
        assert "Enter やめる" not in terminal.until("保存しました")
        assert process.wait(PATIENCE) == 0
    assert status_of(project) == "open"


def test_what_somebody_settled_meanwhile_is_asked_for_before_saving(
    run: Run, project: Path
) -> None:
    with running("check", project) as (terminal, walk):
        terminal.until(KEYS)
        terminal.enter("p")
        terminal.until("メモ（")
        run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "佐藤")
        terminal.enter("調べ中")
        terminal.until("担当: ")
        terminal.enter("")
        terminal.until("期限（")
        terminal.enter("")
        asked = terminal.until("Enter やめる")
        assert "佐藤" in asked
        assert "議事録" in asked
        terminal.enter("")
        assert "議事録" in terminal.until(KEYS)
        walk.kill()
    assert status_of(project) == "done"


def test_who_adds_to_somebody_elses_answer_is_told_that_it_will_be_theirs(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "佐藤")
    with running("check", project) as (terminal, walk):
        terminal.until(KEYS)
        terminal.enter("1")
        terminal.until(KEYS)
        terminal.enter("m")
        assert "記入者は 試験担当 に変わります" in terminal.until("メモ（")
        walk.kill()
