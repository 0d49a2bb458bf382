"""The walk through a phase, as a person at a terminal takes it."""

import json
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import Popen

from tests.conftest import Run
from tests.terminal import PATIENCE, Terminal, running

KEYS = "[q]終了"


def walking(project: Path) -> AbstractContextManager[tuple[Terminal, Popen[bytes]]]:
    return running("check", project, "--phase", "planning")


def answers(project: Path) -> dict[str, dict[str, str]]:
    saved: dict[str, dict[str, str]] = json.loads(project.read_text(encoding="utf-8"))["answers"]
    return saved


def test_an_answer_given_in_full_width_is_saved_at_once(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.until(KEYS)
        terminal.until("1/")
        terminal.enter("ｄ")
        terminal.until("メモ（")
        terminal.enter("目的を書いた")
        terminal.until("証拠（")
        terminal.enter("")
        terminal.until(KEYS)
        terminal.until("2/")
        walk.kill()
    assert answers(project)["planning.purpose"]["status"] == "done"
    assert answers(project)["planning.purpose"]["note"] == "目的を書いた"


def test_the_last_step_is_taken_back_in_the_walk(run: Run, project: Path) -> None:
    run("answer", project, "planning.purpose", "done", "--note", "企画書")
    with walking(project) as (terminal, walk):
        terminal.until(KEYS)
        terminal.enter("u")
        assert "実施済 → 未回答" in terminal.until("Enter で戻る")
        terminal.enter("")
        assert "適切な目的の設定" in terminal.until(KEYS)
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert "answers" not in json.loads(project.read_text(encoding="utf-8"))


def test_an_answer_given_by_somebody_else_meanwhile_is_told(run: Run, project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.until(KEYS)
        run("answer", project, "planning.purpose", "done", "--note", "別紙", "--by", "佐藤")
        terminal.enter("m")
        terminal.until("メモ（")
        terminal.enter("追記")
        assert "佐藤" in terminal.until("Enter で戻る")
        walk.kill()
    history = json.loads(project.read_text(encoding="utf-8"))["history"]
    assert [entry["by"] for entry in history[1:]] == ["佐藤", "試験担当"]


def test_a_key_that_means_nothing_is_said_and_waited_for(project: Path) -> None:
    before = project.read_bytes()
    with walking(project) as (terminal, walk):
        terminal.until(KEYS)
        terminal.until("1/")
        terminal.enter("zz")
        assert "「zz」は使えません" in terminal.until("Enter で戻る")
        terminal.enter("")
        terminal.until(KEYS)
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert project.read_bytes() == before
