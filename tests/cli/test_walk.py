"""The walk through a phase, as a person at a terminal takes it."""

import json
import shlex
import signal
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import Popen

import pytest

from tests.conftest import Run, settle
from tests.terminal import PATIENCE, QUIET, Terminal, running, wholly

KEYS = "[q]終了"
PAST = "2020-01-01"


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


def walking(project: Path) -> AbstractContextManager[tuple[Terminal, Popen[bytes]]]:
    return running("check", project, "--phase", "planning")


def answers(project: Path) -> dict[str, dict[str, str]]:
    saved: dict[str, dict[str, str]] = json.loads(project.read_text(encoding="utf-8"))["answers"]
    return saved


def test_an_answer_given_in_full_width_is_saved_at_once(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.until(KEYS)
        terminal.answer("1/", "ｄ")
        terminal.answer("メモ（", "目的を書いた")
        terminal.answer("証拠（", "")
        terminal.until(KEYS)
        terminal.until("2/")
        walk.kill()
    assert answers(project)["planning.purpose"]["status"] == "done"
    assert answers(project)["planning.purpose"]["note"] == "目的を書いた"


def test_the_last_step_is_taken_back_in_the_walk(run: Run, project: Path) -> None:
    run("answer", project, "planning.purpose", "done", "--note", "企画書")
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "u")
        asked = terminal.until("Enter やめる")
        assert "この点検を始める前" in asked
        assert "メモ: 企画書" in asked
        terminal.enter("y")
        assert "実施済 → 未着手" in terminal.until("Enter でその項目へ")
        terminal.enter("")
        assert "適切な目的の設定" in terminal.until(KEYS)
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert "answers" not in json.loads(project.read_text(encoding="utf-8"))


def test_an_import_is_taken_back_in_the_walk_as_a_whole_and_only_when_asked(
    run: Run, project: Path
) -> None:
    ids = ("planning.purpose", "planning.risk-assessment")
    with walking(project) as (terminal, walk):
        terminal.until(KEYS)
        given = [{"item": id, "status": "done", "note": "企画書"} for id in ids]
        file = project.with_name("answers.json")
        file.write_text(json.dumps(given), encoding="utf-8")
        assert run("check", project, "--from", file).code == 0
        terminal.enter("u")
        assert "一度に取り込んだ 2 件の回答" in terminal.until("Enter やめる")
        terminal.enter("y")
        assert "リスクの評価: 実施済 → 未着手" in terminal.until("Enter で戻る")
        walk.kill()
    assert "answers" not in json.loads(project.read_text(encoding="utf-8"))


def test_what_somebody_did_before_is_not_taken_back_by_a_slip(run: Run, project: Path) -> None:
    run("answer", project, "planning.purpose", "done", "--note", "企画書")
    before = project.read_bytes()
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "u")
        terminal.answer("Enter やめる", "")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert project.read_bytes() == before


def test_who_would_take_back_what_somebody_else_did_is_told_how_to_withdraw_what_they_said(
    run: Run, project: Path
) -> None:
    run("answer", project, "planning.purpose", "done", "--note", "企画書", "--by", "木村")
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "u")
        told = "".join(terminal.until("Enter やめる").split())
        assert "その項目で答え直すか、oを押します" in told
        walk.kill()


def test_a_name_with_a_full_width_space_is_kept(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "p")
        terminal.answer("メモ（", "山田　太郎と調整")
        terminal.answer("担当: ", "佐藤　花子")
        terminal.answer("期限（", "令和9年3月31日")
        terminal.until(KEYS)
        walk.kill()
    said = answers(project)["planning.purpose"]
    assert (said["note"], said["assignee"]) == ("山田　太郎と調整", "佐藤　花子")
    assert said["due"] == "2027-03-31"


@pytest.mark.parametrize("key", ["d", "p", "n", "x", "e", "m"])
@pytest.mark.parametrize("leave", ["b", "Ｂ"])
def test_b_leaves_an_answer_as_it_was(run: Run, project: Path, key: str, leave: str) -> None:
    exception = ("--reason", "試行のため", "--approver", "部長", "--until", "2030-01-01")
    run("answer", project, "planning.purpose", "exception", *exception)
    before = project.read_bytes()
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "planning.purpose")
        terminal.answer(KEYS, key)
        if key in "dpn":
            terminal.answer("Enter やめる", "y")
        terminal.answer("b 前の欄", leave)
        assert "何も変更していません" in terminal.until("Enter で戻る")
        walk.kill()
    assert project.read_bytes() == before


def test_what_was_typed_before_b_is_found_again_with_the_same_key(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "d")
        terminal.answer("メモ（", "五行の文")
        terminal.answer("証拠（", "b")
        terminal.answer("[五行の文]: ", "b")
        said = terminal.until("Enter で戻る")
        assert "何も変更していません" in said
        assert "同じキーを押すと" in said
        terminal.enter("n")
        terminal.answer("理由: ", "b")
        assert "同じキー" not in terminal.until("Enter で戻る")
        terminal.enter("d")
        terminal.answer("[五行の文]: ", "")
        terminal.answer("証拠（", "")
        terminal.until("保存しました")
        walk.kill()
    assert answers(project)["planning.purpose"]["note"] == "五行の文"


def test_a_field_that_was_cleared_before_b_is_not_cleared_by_enter_later(
    run: Run, project: Path
) -> None:
    run("answer", project, "planning.purpose", "done", "--note", "残る文")
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "planning.purpose")
        terminal.answer(KEYS, "d")
        terminal.answer("[残る文]: ", "-")
        terminal.answer("証拠（", "b")
        terminal.answer("メモ（", "b")
        assert "同じキー" not in terminal.until("Enter で戻る")
        terminal.enter("d")
        terminal.until("[残る文]: ")
        walk.kill()


def test_a_reason_of_an_exception_is_none_for_not_applicable(run: Run, project: Path) -> None:
    exception = ("--reason", "試行のため", "--approver", "部長", "--until", "2030-01-01")
    run("answer", project, "planning.purpose", "exception", *exception)
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "適切な目的の設定")
        terminal.answer(KEYS, "n")
        terminal.answer("Enter やめる", "y")
        assert "試行のため" not in terminal.until("理由: ")
        terminal.enter("")
        terminal.answer("入力が必要です", "新規の業務")
        terminal.until(KEYS)
        walk.kill()
    assert answers(project)["planning.purpose"]["reason"] == "新規の業務"


def test_a_pasted_text_is_one_note_and_no_keys(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        terminal.answer(": ", "\x1b[200~一行め\nn\nu\x1b[201~")
        terminal.until("保存しました")
        terminal.until(KEYS)
        walk.kill()
    assert answers(project)["planning.purpose"]["note"] == "一行め\nn\nu"


def test_an_exception_that_is_past_is_asked_for(project: Path) -> None:
    before = project.read_bytes()
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "x")
        for asked, given in (("理由: ", "試行"), ("承認者: ", "部長"), ("令和9年", "2020-01-01")):
            terminal.answer(asked, given)
        assert "2020-01-01 は過ぎています" in terminal.until("別の日付を入力")
        terminal.enter("")
        terminal.until("令和9年")
        walk.kill()
    assert project.read_bytes() == before


@pytest.mark.parametrize("number", [None, signal.SIGHUP, signal.SIGTERM])
def test_what_was_typed_of_an_answer_is_not_lost_by_leaving(
    run: Run, project: Path, number: int | None
) -> None:
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "d")
        terminal.answer("メモ（", "目的を 'AI' なしで書いた")
        terminal.until("証拠（")
        if number is None:
            terminal.enter("\x04")
        else:
            time.sleep(QUIET)  # until the terminal is read
            walk.send_signal(number)
        terminal.until("入力の途中だった回答")
        terminal.until("aiguide ")
        command = terminal.until("\n")
        assert walk.wait(PATIENCE) == 130
    assert "answers" not in json.loads(project.read_text(encoding="utf-8"))
    assert run(*shlex.split(command)).code == 0
    assert answers(project)["planning.purpose"]["note"] == "目的を 'AI' なしで書いた"


def test_closing_the_window_is_an_interrupt(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.until(KEYS)
        terminal.close()
        assert walk.wait(PATIENCE) == 130


def test_who_comes_new_begins_at_what_nobody_has_answered(run: Run, project: Path) -> None:
    run("answer", project, "planning.purpose", "in-progress", "--note", "検討中", "--by", "佐藤")
    with walking(project) as (terminal, walk):
        first = terminal.until(KEYS)
        assert "済んでいない必須の項目から始めます（前に残る 1 件は最後に）" in first
        assert "利用するAIの効果的な選定" in first
        walk.kill()


@pytest.mark.parametrize(
    ("status", "told", "at"),
    [("in-progress", "最後に答えた項目から", 4), ("done", "最後に答えた項目の続きから", 5)],
)
def test_who_comes_back_goes_on_where_they_were(
    run: Run, project: Path, status: str, told: str, at: int
) -> None:
    ids = [one["id"] for one in run("check", project, "--format", "json").json["items"]]
    run("answer", project, ids[0], "in-progress", "--note", "検討中")
    run("answer", project, ids[3], status, "--note", "検討中")
    run("answer", project, ids[8], "in-progress", "--note", "検討中", "--by", "佐藤")
    later = [{"item": ids[6], "status": "in-progress", "note": "取り込んだもの"}]
    file = project.with_name("answers.json")
    file.write_text(json.dumps(later), encoding="utf-8")
    run("check", project, "--from", file)
    with walking(project) as (terminal, walk):
        assert f"前回、{told}始めます" in terminal.until(KEYS)
        terminal.until(f" {at}/{len(ids)}: ")
        walk.kill()


def test_who_left_in_the_middle_of_an_item_finds_it_again(run: Run, project: Path) -> None:
    run("answer", project, "planning.purpose", "in-progress", "--note", "検討中")
    for _ in range(2):
        with walking(project) as (terminal, walk):
            first = terminal.until(KEYS)
            assert "から始めます" not in first  # it is the first one anyway
            terminal.answer(" 1/", "m")
            terminal.until("メモ（")
            terminal.send("\x04")
            assert walk.wait(PATIENCE) == 130


def test_going_back_from_the_first_item_says_that_it_is_the_first(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.answer(" 1/", "b")
        assert "これが最初の項目です" in terminal.until(KEYS)
        terminal.until(" 1/")
        walk.kill()


def test_a_colleagues_step_is_not_taken_back_by_a_slip(run: Run, project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.until(KEYS)
        run("answer", project, "planning.risk-assessment", "done", "--note", "済", "--by", "佐藤")
        terminal.enter("m")
        terminal.answer("メモ（", "追記")
        terminal.answer(KEYS, "u")
        terminal.answer("取り消しました", "u")
        terminal.enter("u")
        assert "佐藤" in terminal.until("Enter やめる")
        walk.kill()
    assert answers(project)["planning.risk-assessment"]["note"] == "済"


def test_what_is_typed_at_a_pause_is_the_next_key(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "?")
        terminal.answer("Enter で戻る", "q")
        assert walk.wait(PATIENCE) == 0


def test_a_condition_that_only_some_items_hang_on_with_others_is_asked(
    run: Run, project: Path
) -> None:
    data = json.loads(project.read_text(encoding="utf-8"))
    for id in ("automated_decision", "evaluates_persons"):
        del data["project"]["conditions"][id]
    project.write_text(json.dumps(data), encoding="utf-8")
    listed = json.loads(run("check", project, "--format", "json").out)
    assert "planning.human-decision" in {one["id"] for one in listed["items"]}
    with walking(project) as (terminal, walk):
        for _ in range(2):
            terminal.answer("q 終了", "n")
        terminal.until(KEYS)
        walk.kill()
    listed = json.loads(run("check", project, "--format", "json").out)
    assert "planning.human-decision" not in {one["id"] for one in listed["items"]}


def test_an_answer_given_by_somebody_else_meanwhile_is_told(run: Run, project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        run("answer", project, "planning.purpose", "done", "--note", "別紙", "--by", "佐藤")
        terminal.enter("追記")
        asked = terminal.until("Enter やめる")
        assert "佐藤" in asked
        assert "別紙" in asked
        terminal.enter("y")
        terminal.until("を保存しました")
        walk.kill()
    history = json.loads(project.read_text(encoding="utf-8"))["history"]
    assert [entry["by"] for entry in history[2:]] == ["佐藤", "試験担当"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("99", "項目の番号は 1 から"),
        ("０", "項目の番号は 1 から"),
        ("実施済", "は、d を入力"),
        ("保存", "回答は、入力するたびに保存されています"),
        ("Done", "は、d を入力"),
        ("対応中", "は、p を入力"),
        ("not applicable", "は、n を入力"),
        ("例外承認", "は、x を入力"),
        ("未着手", "は、o を入力"),
        ("返信に平均2日かかっているのを1日にする", "メモとして書くなら、m"),
    ],
)
def test_a_number_that_is_none_and_a_status_are_told_what_to_type(
    project: Path, typed: str, told: str
) -> None:
    before = project.read_bytes()
    with walking(project) as (terminal, _):
        terminal.answer(KEYS, typed)
        assert told in terminal.until("Enter で戻る")
    assert project.read_bytes() == before


def test_a_key_that_means_nothing_is_said_and_waited_for(project: Path) -> None:
    before = project.read_bytes()
    with walking(project) as (terminal, walk):
        terminal.until(KEYS)
        terminal.answer("1/", "DirectorZZ")
        assert "「DirectorZZ」は使えません" in terminal.until("Enter で戻る（b も同じ")
        terminal.enter("b")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert project.read_bytes() == before


def test_a_question_is_brief_and_i_shows_all_of_it(run: Run, project: Path) -> None:
    run("answer", project, "planning.purpose", "done", "--note", f"{'長い文。' * 30}終わり")
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "b")
        shown = terminal.until(KEYS)
        assert "ガイドライン概要〔" in shown
        assert "終わり" not in shown
        terminal.enter("i")
        full = "".join(map(str.strip, terminal.until("Enter で戻る").splitlines()))
        assert "企画［必須］1項目め" in full
        assert "終わり" in full
        walk.kill()


def test_what_is_taken_back_is_what_was_shown(run: Run, project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.answer("メモ（", "自分の記録")
        terminal.until(KEYS)
        run(
            "answer",
            project,
            "planning.risk-assessment",
            "done",
            "--note",
            "後から",
            "--by",
            "佐藤",
        )
        terminal.enter("u")
        asked = terminal.until("Enter やめる")
        assert "佐藤" in asked
        assert "後から" in asked
        walk.kill()
    assert len(answers(project)) == 2


def test_a_key_typed_at_a_pause_is_not_kept_through_a_condition(run: Run, tmp_path: Path) -> None:
    project = tmp_path / "project.json"
    run("init", project, "--name", "x", "--cell", "citizen.information")
    data = json.loads(project.read_text(encoding="utf-8"))
    with walking(project) as (terminal, walk):
        while True:  # all conditions but the last
            shown = terminal.until("q 終了")
            terminal.enter("n")
            if "残り 1 問" in shown:
                break
        terminal.answer(KEYS, "u")
        terminal.answer("Enter で先へ", "n")
        terminal.answer("Enter で先へ", "次へ")
        terminal.answer("q 終了", "n")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert data.get("answers") is None


def test_evidence_is_taken_away_with_a_minus(run: Run, project: Path) -> None:
    (project.parent / "goal.md").write_text("目的", encoding="utf-8")
    run("answer", project, "planning.purpose", "done", "--note", "x", "--evidence", "goal.md")
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "planning.purpose")
        terminal.answer(KEYS, "e")
        terminal.answer("証拠（", "-")
        terminal.until(KEYS)
        walk.kill()
    assert "evidence" not in answers(project)["planning.purpose"]


def test_conditions_that_nobody_answered_are_asked_first_and_saved_at_once(
    run: Run, tmp_path: Path
) -> None:
    project = tmp_path / "project.json"
    run("init", project, "--name", "x", "--cell", "citizen.information")
    with walking(project) as (terminal, walk):
        first = terminal.until("- 分からない")
        assert "項目が外れます" in first
        terminal.enter("n")
        terminal.until("- 分からない")
        walk.kill()
    conditions = json.loads(project.read_text(encoding="utf-8"))["project"]["conditions"]
    assert list(conditions.values()) == [False]


def test_an_answer_to_a_condition_is_taken_back_and_asked_again(run: Run, tmp_path: Path) -> None:
    project = tmp_path / "project.json"
    run("init", project, "--name", "x", "--cell", "citizen.information")
    with walking(project) as (terminal, walk):
        first = terminal.until("（「いいえ」なら").splitlines()[-1]
        terminal.answer("q 終了", "n")
        second = terminal.until("q 終了")
        assert "→" not in second
        terminal.enter("u")
        assert "いいえ → 未回答" in terminal.until("Enter で先へ")
        terminal.enter("")
        again = terminal.until("q 終了")
        assert first in again
        terminal.enter("q")
        assert walk.wait(PATIENCE) == 0
    assert "conditions" not in json.loads(project.read_text(encoding="utf-8"))["project"]


def test_an_undone_condition_brings_its_items_back_into_the_walk(project: Path) -> None:
    data = json.loads(project.read_text(encoding="utf-8"))
    del data["project"]["conditions"]["personal_data"]
    project.write_text(json.dumps(data), encoding="utf-8")
    with walking(project) as (terminal, walk):
        terminal.answer("q 終了", "n")
        terminal.until("1/")
        fewer = int(terminal.until(":"))
        terminal.enter("u")
        terminal.answer("Enter で先へ", "")
        terminal.answer("q 終了", "y")
        terminal.until("1/")
        assert int(terminal.until(":")) > fewer
        walk.kill()


def test_who_asks_for_their_own_items_is_not_asked_for_conditions(run: Run, tmp_path: Path) -> None:
    project = tmp_path / "project.json"
    run("init", project, "--name", "x", "--cell", "citizen.information")
    run("answer", project, "planning.purpose", "in-progress", "--assignee", "佐藤")
    with running("check", project, "--phase", "planning", "--assignee", "佐藤") as (terminal, walk):
        assert "- 分からない" not in terminal.until(KEYS)
        walk.kill()


def test_a_condition_may_be_left_open(run: Run, project: Path) -> None:
    data = json.loads(project.read_text(encoding="utf-8"))
    del data["project"]["conditions"]["personal_data"]
    project.write_text(json.dumps(data), encoding="utf-8")
    before = project.read_bytes()
    with walking(project) as (terminal, walk):
        terminal.answer("- 分からない", "")
        terminal.answer(KEYS, "q")
        assert walk.wait(PATIENCE) == 0
    assert project.read_bytes() == before


@pytest.mark.parametrize(
    ("option", "items"),
    [
        ((), {"planning.purpose", "planning.risk-assessment", "planning.stakeholders"}),
        (("--required",), {"planning.purpose", "planning.risk-assessment"}),
        (("--open",), {"planning.risk-assessment", "planning.stakeholders"}),
        (("--assignee", "佐藤"), {"planning.risk-assessment"}),
        (("--required", "--open", "--assignee", "鈴木"), set()),
        (("--stale",), set()),
    ],
)
def test_the_checklist_is_narrowed(
    run: Run, project: Path, option: tuple[str, ...], items: set[str]
) -> None:
    run("answer", project, "planning.purpose", "done", "--note", "企画書")
    run("answer", project, "planning.risk-assessment", "in-progress", "--assignee", "佐藤")
    data = run("check", project, "--phase", "planning", *option, "--format", "json").json
    found = {item["id"] for item in data["items"]}
    looked_at = {"planning.purpose", "planning.risk-assessment", "planning.stakeholders"}
    assert found & looked_at == items
    assert len(found) > len(items) or option


def test_an_answer_does_not_take_its_item_out_of_a_narrowed_walk(run: Run, project: Path) -> None:
    with running("check", project, "--phase", "planning", "--open") as (terminal, walk):
        terminal.until(KEYS)
        terminal.answer("1/", "d")
        terminal.answer("メモ（", "企画書")
        terminal.answer("証拠（", "")
        terminal.answer(KEYS, "b")
        assert "適切な目的の設定" in terminal.until(KEYS)
        walk.kill()


def test_a_long_note_is_written_in_an_editor(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib\n"
        "pathlib.Path(sys.argv[1]).write_text('一行め\\n二行め\\n', encoding='utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.answer("メモ（", "@")
        terminal.until("保存しました")
        walk.kill()
    assert answers(project)["planning.purpose"]["note"] == "一行め\n二行め"


def test_the_sign_for_the_editor_is_no_note_to_go_on_with(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "false")
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.answer("メモ（", "@")
        terminal.until("false から、新しい内容を受け取っていません（エラーで終わりました）")
        terminal.until("メモ（")
        terminal.answer(": ", "\x04")
        assert "@" not in terminal.until("--at planning")
        assert walk.wait(PATIENCE) == 130


def test_what_an_exception_still_lacks_is_a_blank_to_fill_in(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "x")
        terminal.answer("理由: ", "試行")
        terminal.answer("承認者: ", "\x04")
        terminal.until("aiguide answer")
        assert "exception --reason '試行' --approver ... --until ..." in terminal.until("\r\n")
        assert walk.wait(PATIENCE) == 130


def test_without_an_editor_the_note_is_asked_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.answer("メモ（", "@")
        terminal.until("EDITOR が設定されていません")
        terminal.answer("メモ（", "一行")
        terminal.until("保存しました")
        walk.kill()
    assert answers(project)["planning.purpose"]["note"] == "一行"


def test_b_in_a_later_field_goes_back_one_and_keeps_what_was_typed(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "p")
        terminal.answer("メモ（", "調べ中")
        terminal.answer("担当: ", "佐藤")
        terminal.answer("期限（", "b")
        terminal.answer("担当 [佐藤]: ", "b")
        terminal.answer("[調べ中]: ", "調べた")
        terminal.answer("担当 [佐藤]: ", "")
        terminal.answer("期限（", "")
        terminal.until("保存しました")
        walk.kill()
    said = answers(project)["planning.purpose"]
    assert (said["note"], said["assignee"], said.get("due")) == ("調べた", "佐藤", None)


def test_a_date_without_a_year_says_which_day_is_meant(project: Path) -> None:
    with running("check", project, "--today", "2026-11-24") as (terminal, walk):
        terminal.answer(KEYS, "p")
        terminal.answer("メモ（", "調べ中")
        terminal.answer("担当: ", "")
        terminal.answer("期限（", "2月29日")
        terminal.until("2027-02-29 という日は、暦にありません")
        terminal.answer("期限（", "1/5")
        terminal.until("2027-01-05 と読みました")
        terminal.until("保存しました")
        walk.kill()
    assert answers(project)["planning.purpose"]["due"] == "2027-01-05"


def test_b_at_a_pause_goes_back_to_the_item_that_was_left(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "s")
        terminal.until("2/")
        for key in ("?", "i"):
            terminal.enter(key)
            terminal.answer("Enter で戻る", "b")
            terminal.until(KEYS)
            terminal.until("2/")
        walk.kill()


def test_what_cannot_be_read_is_not_offered_again(project: Path) -> None:
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "d")
        terminal.answer("メモ（", "済")
        terminal.answer("証拠（", "none.md")
        terminal.until("証拠（")
        terminal.answer("）: ", "")
        terminal.until("保存しました")
        walk.kill()
    assert "evidence" not in answers(project)["planning.purpose"]


def test_an_answer_is_set_back_to_open(run: Run, project: Path) -> None:
    run("answer", project, "planning.purpose", "in-progress", "--note", "検討中")
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "1")
        terminal.answer(KEYS, "o")
        terminal.until("「未着手」として保存しました")
        walk.kill()
    said = answers(project)["planning.purpose"]
    assert (said["status"], said["note"]) == ("open", "検討中")


def test_the_walk_begins_at_what_is_required(run: Run, project: Path) -> None:
    listed = run("check", project, "--format", "json").json["items"]
    ids = [one["id"] for one in listed]
    last = [one["id"] for one in listed if one["level"] == "required"][-1]
    assert "recommended" in {one["level"] for one in listed[: ids.index(last)]}
    for id in (one["id"] for one in listed if one["level"] == "required" and one["id"] != last):
        run("answer", project, id, "done", "--note", "企画書", "--by", "佐藤")
    with walking(project) as (terminal, walk):
        assert last in terminal.until(KEYS)
        walk.kill()


@pytest.mark.parametrize("narrowed", [(), ("--open",)])
@pytest.mark.parametrize("level", ["required", "recommended"])
def test_the_walk_begins_at_evidence_that_has_changed(
    run: Run, project: Path, narrowed: tuple[str, ...], level: str
) -> None:
    listed = run("check", project, "--format", "json").json["items"]
    id = [one["id"] for one in listed if one["level"] == level][-1]
    goal = project.with_name("企画書 第1版.md")
    goal.write_text("目的", encoding="utf-8")
    assert run("answer", project, id, "done", "--evidence", goal).code == 0
    goal.write_text("書き換えた", encoding="utf-8")
    with running("check", project, "--phase", "planning", *narrowed) as (terminal, walk):
        first = terminal.until(KEYS)
        assert id in first
        assert "証拠が記録のときと違う" in first
        walk.kill()


def test_the_walk_goes_back_to_what_was_left_before_its_beginning(run: Run, project: Path) -> None:
    items = run("check", project, "--format", "json").json["items"]
    begin = max(at for at, one in enumerate(items, 1) if one["level"] == "required")
    approved = ("--reason", "試行", "--approver", "部長", "--until", PAST)
    run("answer", project, items[begin - 1]["id"], "exception", *approved)
    with walking(project) as (terminal, walk):
        for number in range(begin, len(items) + 1):
            terminal.answer(f" {number}/{len(items)}: ", "")
        assert "まだ済んでいない項目のうち" in terminal.until(KEYS)
        terminal.answer(f" 1/{len(items)}: ", "")
        terminal.until(f" 2/{len(items)}: ")
        walk.kill()


@pytest.mark.parametrize("command", ["", "vi"])
def test_the_editor_is_offered_only_where_one_is_set(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", command)
    with walking(project) as (terminal, walk):
        terminal.answer(KEYS, "m")
        terminal.until("メモ（")
        assert ("@" in terminal.until("）")) == bool(command)
        walk.kill()


def said_with_saved(project: Path, typed: tuple[str, ...]) -> str:
    """Answer the first item, and give what was said once that was saved."""
    with running("check", project, "--at", "planning.purpose") as (terminal, walk):
        terminal.until(KEYS)
        for one in typed:
            terminal.answer(": ", one)
        said = wholly(terminal.until(KEYS).rpartition("保存しました")[2])
        walk.kill()
    return said


@pytest.mark.parametrize(
    ("stood", "typed", "gone"),
    [
        (("not-applicable", "--reason", "外部に委託しない"), ("p", "調査中", "", ""), "理由:外部"),
        (("in-progress", "--note", "古いメモ"), ("m", "-"), "メモ:古いメモ"),
        (("in-progress", "--due", "2030-01-31"), ("a", "", "-"), "期限:2030-01-31"),
    ],
)
def test_what_an_answer_loses_is_said(
    run: Run, project: Path, stood: tuple[str, ...], typed: tuple[str, ...], gone: str
) -> None:
    assert run("answer", project, "planning.purpose", *stood).code == 0
    assert f"次を回答から外しました:{gone}" in said_with_saved(project, typed)


@pytest.mark.parametrize(
    ("typed", "told"), [(("m", "書き直した"), True), (("m", "古いメモ、続き"), False)]
)
def test_what_a_note_said_before_it_was_rewritten_is_told(
    run: Run, project: Path, typed: tuple[str, ...], told: bool
) -> None:
    assert run("answer", project, "planning.purpose", "in-progress", "--note", "古いメモ").code == 0
    assert ("書き換える前の内容:メモ:古いメモ" in said_with_saved(project, typed)) == told


@pytest.mark.parametrize("typed", [("n", "職員だけが使う"), ("d", "", ""), ("o",)])
def test_another_status_says_which_evidence_stands_on(
    run: Run, project: Path, typed: tuple[str, ...]
) -> None:
    (project.parent / "計画.txt").write_text("計画", encoding="utf-8")
    stood = ("in-progress", "--evidence", "計画.txt", "--evidence", "https://example.org/")
    assert run("answer", project, "planning.purpose", *stood).code == 0
    kept = "証拠ファイル:計画.txt、証拠リンク:https://example.org/"
    assert f"次をそのまま残しました:{kept}（" in said_with_saved(project, typed)


def test_what_was_saved_and_what_stands_on_stay_on_the_screen_of_the_next_item(
    run: Run, project: Path
) -> None:
    texts = {
        "note": "目的を企画書に書いた。" * 20,
        "assignee": "情報システム課",
        "due": "2030-01-31",
    }
    stood = [part for name, text in texts.items() for part in (f"--{name}", text)]
    (project.parent / "計画.txt").write_text("計画", encoding="utf-8")
    stood += ["--evidence", "計画.txt"]
    assert run("answer", project, "planning.purpose", "in-progress", *stood).code == 0
    with running("check", project, "--at", "planning.purpose", LINES="24") as (terminal, walk):
        terminal.answer(KEYS, "n")
        terminal.answer("理由: ", "職員だけが使う")
        _, _, screen = terminal.until("2/11: ").rpartition("「適切な目的の設定」を")
        assert "2030-01-31、証拠ファイル:計画.txt" in wholly(screen)
        assert screen.count("\n") < 24
        walk.kill()


def test_what_was_saved_stays_on_the_screen_where_the_walk_turns_back(
    run: Run, project: Path
) -> None:
    items = run("check", project, "--phase", "planning", "--format", "json").json["items"]
    stood = ("--note", "目的を企画書に書いた。" * 9, "--assignee", "情報システム課")
    assert run("answer", project, items[-1]["id"], "in-progress", *stood).code == 0
    with running("check", project, "--at", items[-1]["id"], LINES="24") as (terminal, walk):
        terminal.answer(KEYS, "o")
        _, _, screen = terminal.until("  1/11: ").rpartition("」として保存しました")
        assert "ここからは" in screen
        assert screen.count("\n") < 24
        terminal.enter("b")  # the next item is another one, and this is where the walk came from
        assert items[-1]["id"] in terminal.until("  11/11: ")
        terminal.enter("b")
        assert items[-2]["id"] in terminal.until("  10/11: ")
        walk.kill()


def test_an_exception_that_is_given_up_says_what_of_it_is_gone(run: Run, project: Path) -> None:
    given = ("--reason", "試行のため", "--approver", "部長", "--until", "2030-01-01")
    assert run("answer", project, "planning.purpose", "exception", *given).code == 0
    with running("check", project, "--at", "planning.purpose") as (terminal, walk):
        terminal.answer(KEYS, "o")
        terminal.answer("Enter やめる", "y")
        said = wholly(terminal.until(KEYS).rpartition("保存しました")[2])
        assert "理由:試行のため、承認者:部長、例外承認の期限:2030-01-01" in said
        walk.kill()
