"""`import`: what another has answered meanwhile is never written over."""

from pathlib import Path

import pytest

from tests.cli.spreadsheets.files import PURPOSE, RISK, exported, fill, manifest
from tests.conftest import Run
from tests.terminal import running


def test_what_is_answered_while_it_asks_is_a_conflict(run: Run, project: Path, sheet: Path) -> None:
    fill(sheet, PURPOSE, note="企画書")
    fill(sheet, RISK, note="所見")
    with running("import", sheet, "--into", project) as (terminal, command):
        terminal.until("記録しますか")
        run("answer", project, PURPOSE, "open", "--note", "別の所見", "--by", "鈴木")
        terminal.enter("y")
        terminal.until("鈴木 が変えました")
        assert command.wait(15) == 1
    answers = manifest(project)["answers"]
    assert answers[PURPOSE]["note"] == "別の所見"
    assert RISK not in answers


EXCEPTION = ("--reason", "試行", "--approver", "部長", "--until", "2090-01-01")


@pytest.mark.parametrize(("sure", "by"), [("", "鈴木"), ("y", "試験担当")])
def test_an_exception_recorded_while_it_asks_is_shown_and_asked_for_anew(
    run: Run, project: Path, sheet: Path, sure: str, by: str
) -> None:
    fill(sheet, PURPOSE, note="企画書")
    with running("import", sheet, "--into", project) as (terminal, command):
        terminal.until("記録しますか")
        run("answer", project, PURPOSE, "exception", *EXCEPTION, "--by", "鈴木")
        terminal.enter("y")
        asked = terminal.until("記録しますか")
        assert "ほかの人がこの回答を変えました: 適切な目的の設定" in asked
        assert "いまの回答（例外承認）は、鈴木 が 20" in asked
        terminal.enter(sure)
        terminal.until("保存しました" if sure else "何も変更していません")
        assert command.wait(15) == 0
    answer = manifest(project)["answers"][PURPOSE]
    assert (answer["status"], answer["by"]) == ("exception", by)
    assert answer.get("note", "") == ("企画書" if sure else "")


def test_an_answer_given_meanwhile_is_a_conflict(run: Run, project: Path, sheet: Path) -> None:
    fill(sheet, PURPOSE, status="対応中", note="わたしの所見", assignee="佐藤")
    run("answer", project, PURPOSE, "in-progress", "--note", "別の所見", "--by", "鈴木")
    before = project.read_bytes()
    ran = run("import", sheet, "--into", project, "--yes")
    assert ran.code == 1
    assert "企画!G2: 「メモ（確かめた内容）」は、書き出した後に 鈴木 が変えました" in ran.err
    assert "別の所見" in ran.err
    assert "1 件を受け付けられない" in ran.err  # the status says the same by now
    assert project.read_bytes() == before
    fill(sheet, PURPOSE, due="そのうち")
    both = run("import", sheet, "--into", project, "--yes").err
    assert "企画!G2" in both
    assert "企画!M2" in both


def test_what_another_changed_in_a_field_that_would_be_dropped_is_a_conflict(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "not-applicable", "--reason", "新規の業務")
    file = exported(run, project)
    run("answer", project, PURPOSE, "not-applicable", "--reason", "別の理由", "--by", "鈴木")
    fill(file, PURPOSE, status="実施済", note="企画書")
    fill(file, RISK, note="所見")
    ran = run("import", file, "--into", project, "--yes")
    assert ran.code == 1
    assert "鈴木 が変えました（いま: 別の理由）" in ran.err
    assert "この行の状態を元に戻して" in ran.err
    fill(file, PURPOSE, status="非該当", note=None)
    assert run("import", file, "--into", project, "--yes").code == 0
    answers = manifest(project)["answers"]
    assert (answers[PURPOSE]["reason"], answers[RISK]["note"]) == ("別の理由", "所見")


@pytest.mark.parametrize("put", ["はじめ", "別の所見"])
def test_a_conflict_says_what_to_put_into_the_cell_so_that_the_rest_is_taken(
    run: Run, project: Path, put: str
) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "はじめ")
    file = exported(run, project)
    fill(file, PURPOSE, note="わたしの所見")
    fill(file, RISK, note="所見")
    run("answer", project, PURPOSE, "in-progress", "--note", "別の所見", "--by", "鈴木")
    ran = run("import", file, "--into", project, "--yes")
    assert ran.code == 1
    assert "（書き出したとき: はじめ、いま: 別の所見）" in ran.err
    assert "ほかのセルを取り込むには、このセルをいまの内容に" in ran.err
    fill(file, PURPOSE, note=put)
    assert run("import", file, "--into", project, "--yes").code == 0
    answers = manifest(project)["answers"]
    assert (answers[PURPOSE]["note"], answers[RISK]["note"]) == ("別の所見", "所見")


def test_whose_answer_goes_is_said_where_it_is_settled(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "鈴木")
    run("answer", project, RISK, "done", "--note", "別紙")
    file = exported(run, project)
    for item in (PURPOSE, RISK):
        fill(file, item, status="対応中")
    ran = run("import", file, "--into", project)
    assert ran.code == 2
    assert ran.out.count("いまの回答") == 1
    assert "いまの回答（実施済）は、鈴木 が 20" in ran.out
