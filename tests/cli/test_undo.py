"""`aiguide undo` at a terminal: whose step it is, and what another undo would take back."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.terminal import PATIENCE, running, wholly

PURPOSE = ("planning.purpose", "done", "--note", "企画書")
RISK = ("planning.risk-assessment", "done", "--note", "別紙")


@pytest.fixture
def shared(run: Run, project: Path) -> Path:
    """A project whose last step is a colleague's."""
    assert run("answer", project, *PURPOSE).code == 0
    assert run("answer", project, *RISK, "--by", "鈴木").code == 0
    return project


@pytest.fixture(name="imported")
def a_colleagues_import(run: Run, project: Path) -> Path:
    """A project whose last step is a colleague's import of forty answers."""
    phases = ("planning", "requirements", "design", "operation")
    listed = [run("check", project, "--phase", one, "--format", "json").json for one in phases]
    ids = [item["id"] for one in listed for item in one["items"]]
    rows = [{"item": id, "status": "in-progress", "note": "調査中"} for id in ids[:40]]
    file = project.with_name("answers.json")
    file.write_text(json.dumps(rows), encoding="utf-8")
    ran = run("check", project, "--from", file, "--by", "鈴木 一郎")
    assert "40 件の回答を保存しました" in ran.out, ran.err
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
        terminal.answer("Enter やめる", "y")
        terminal.until("取り消しました")
        assert process.wait(PATIENCE) == 0
    assert answered(shared) == {PURPOSE[0]}


def test_a_step_made_while_it_asks_stays_and_the_command_to_see_it_is_named(
    run: Run, shared: Path
) -> None:
    with running("undo", shared) as (terminal, process):
        terminal.until("Enter やめる")
        run("answer", shared, PURPOSE[0], "in-progress", "--by", "鈴木")
        terminal.enter("y")
        told = "".join(terminal.until("もう一度取り消して").split())
        assert f"aiguidelog{shared}でいまの最後の記録を" in told
        assert process.wait(PATIENCE) == 2
    assert answered(shared) == {PURPOSE[0], RISK[0]}


def test_ones_own_step_and_a_yes_need_no_question(run: Run, shared: Path) -> None:
    for options in ((), ("--yes",)):
        run("answer", shared, *RISK[:-1], "改訂", "--by", "鈴木" if options else "試験担当")
        with running("undo", shared, *options) as (terminal, process):
            assert "Enter やめる" not in terminal.until("取り消しました")
            assert process.wait(PATIENCE) == 0


def test_undo_says_what_another_one_would_take_back(run: Run, shared: Path) -> None:
    said = " ".join(run("undo", shared).err.split())
    assert said.startswith("次の undo で取り消すもの: ")
    assert "試験担当 回答 適切な目的の設定" in said
    assert "これより前に、取り消せる記録はありません" in run("undo", shared).err


def test_a_colleagues_import_is_listed_as_far_as_the_screen_goes(imported: Path) -> None:
    with running("undo", imported) as (terminal, process):
        asked = terminal.until("Enter やめる")
        terminal.enter("")
        assert process.wait(PATIENCE) == 0
    assert "鈴木 一郎 一度に取り込んだ 40 件の回答" in asked
    shown = asked.count("未着手 → 対応中  メモ: 調査中")
    assert 10 <= shown < 40
    assert asked.count("\n") < 24
    assert f"ほかに {40 - shown} 件" in asked
    command = f"aiguide log {imported} --person '鈴木 一郎' --since 20"
    assert wholly(command) in wholly(asked)


def test_what_of_an_import_was_taken_back_is_listed_as_far_too(run: Run, imported: Path) -> None:
    said = run("undo", imported).out
    shown = said.count(": 対応中 → 未着手  メモ: ")
    assert 10 <= shown < 40
    assert f"ほかに {40 - shown} 件" in said
    assert "--person '試験担当' --since 20" in " ".join(said.split())


def test_a_file_of_answers_is_no_import(run: Run, imported: Path) -> None:
    ran = run("undo", imported, "--lang", "en")
    assert "All 40 answers that were recorded at once were taken back" in ran.out
    assert "import" not in ran.out + ran.err
