"""`aiguide undo` at a terminal: whose step it is, and what another undo would take back."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.terminal import PATIENCE, running

PURPOSE = ("planning.purpose", "done", "--note", "企画書")
RISK = ("planning.risk-assessment", "done", "--note", "別紙")


@pytest.fixture
def shared(run: Run, project: Path) -> Path:
    """A project whose last step is a colleague's."""
    assert run("answer", project, *PURPOSE).code == 0
    assert run("answer", project, *RISK, "--by", "鈴木").code == 0
    return project


def answered(project: Path) -> set[str]:
    return set(json.loads(project.read_text(encoding="utf-8")).get("answers", {}))


def test_a_colleagues_step_is_shown_and_asked_for(shared: Path) -> None:
    with running("undo", shared) as (terminal, process):
        asked = terminal.until("Enter やめる")
        assert all(part in asked for part in ("鈴木", "リスクの評価", "別紙"))
        terminal.enter("")
        terminal.until("何も取り消していません")
        assert process.wait(PATIENCE) == 0
    assert answered(shared) == {PURPOSE[0], RISK[0]}
    with running("undo", shared) as (terminal, process):
        terminal.until("Enter やめる")
        terminal.enter("y")
        terminal.until("取り消しました")
        assert process.wait(PATIENCE) == 0
    assert answered(shared) == {PURPOSE[0]}


def test_ones_own_step_and_a_yes_need_no_question(run: Run, shared: Path) -> None:
    for options in ((), ("--yes",)):
        run("answer", shared, *RISK, "--by", "鈴木" if options else "試験担当")
        with running("undo", shared, *options) as (terminal, process):
            assert "Enter やめる" not in terminal.until("取り消しました")
            assert process.wait(PATIENCE) == 0


def test_undo_says_what_another_one_would_take_back(run: Run, shared: Path) -> None:
    said = run("undo", shared).err
    assert "いまの取り消しは戻りません" in said
    assert "試験担当 回答 適切な目的の設定" in said
    assert "これより前に、取り消せる記録はありません" in run("undo", shared).err
