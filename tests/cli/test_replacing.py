"""What stands is not put away by a slip: the walk and `answer` at a terminal ask first."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import Run, settle
from tests.terminal import PATIENCE, running

KEYS = "[q]終了"
PURPOSE = "planning.purpose"
EXCEPTION = ("--reason", "試行のため", "--approver", "部長", "--until", "2030-01-01")


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    return settle(run, project)


def status_of(project: Path) -> str:
    answers = json.loads(project.read_text(encoding="utf-8"))["answers"]
    status: str = answers[PURPOSE]["status"]
    return status


def test_an_exception_in_force_is_replaced_only_by_who_means_it(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "exception", *EXCEPTION)
    before = project.read_bytes()
    with running("check", project) as (terminal, walk):
        terminal.answer(KEYS, "1")
        terminal.answer(KEYS, "n")
        asked = terminal.until("Enter やめる")
        assert "例外承認" in asked
        assert "2030-01-01" in asked
        terminal.enter("")
        assert "適切な目的の設定" in terminal.until(KEYS)
        walk.kill()
    assert project.read_bytes() == before


def test_before_a_status_is_replaced_it_is_said_what_stays_of_the_answer(
    run: Run, project: Path
) -> None:
    theirs = ("--note", "合意済み", "--due", "2030-01-31", "--by", "佐藤")
    run("answer", project, PURPOSE, "done", *theirs, "--evidence", "https://example.jp/plan")
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "n")
        assert "新しい回答にも残ります: メモ、期限、証拠" in terminal.until("Enter やめる")
        walk.kill()


@pytest.mark.parametrize("sure", ["y", ""])
def test_a_sentence_typed_where_it_is_asked_whether_to_replace_is_kept_as_a_note(
    run: Run, project: Path, sure: str
) -> None:
    sentence = "点検員が全件を目で見る手順を三章に書いた"
    run("answer", project, PURPOSE, "exception", *EXCEPTION)
    with running("check", project, "--at", PURPOSE) as (terminal, walk):
        terminal.answer(KEYS, "d")
        terminal.answer("Enter やめる", sentence)
        assert "取ってあり" in terminal.until("Enter やめる")
        terminal.enter(sure)
        if not sure:
            terminal.answer(KEYS, "m")
        terminal.until(f"[{sentence[:15]}")
        walk.kill()


@pytest.mark.parametrize(
    ("given", "left"), [("", "exception"), ("q", "exception"), ("y", "in-progress")]
)
def test_answer_asks_at_a_terminal_and_nowhere_else(
    run: Run, project: Path, given: str, left: str
) -> None:
    run("answer", project, PURPOSE, "exception", *EXCEPTION)
    with running("answer", project, PURPOSE, "in-progress") as (terminal, process):
        terminal.answer("Enter やめる", given)
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


@pytest.mark.parametrize(("given", "left"), [("", "議事録"), ("y", "書き直し")])
def test_answer_asks_before_it_writes_over_what_somebody_else_settled(
    run: Run, project: Path, given: str, left: str
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "佐藤")
    with running("answer", project, PURPOSE, "done", "--note", "書き直し") as (terminal, process):
        asked = terminal.until("Enter やめる")
        assert "佐藤" in asked
        assert "これを書き換えますか" in asked
        terminal.enter(given)
        assert process.wait(PATIENCE) == 0
    answers = json.loads(project.read_text(encoding="utf-8"))["answers"]
    assert answers[PURPOSE]["note"] == left


def test_answer_does_not_ask_where_it_says_what_somebody_else_has_said(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "佐藤")
    with running("answer", project, PURPOSE, "done", "--note", "議事録") as (terminal, process):
        assert "Enter やめる" not in terminal.until("同じ")
        assert process.wait(PATIENCE) == 0


def test_what_somebody_settled_meanwhile_is_asked_for_before_saving(
    run: Run, project: Path
) -> None:
    with running("check", project) as (terminal, walk):
        terminal.answer(KEYS, "p")
        terminal.until("メモ（")
        run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "佐藤")
        terminal.enter("調べ中")
        terminal.answer("担当: ", "")
        terminal.answer("期限（", "")
        asked = terminal.until("Enter やめる")
        assert "佐藤" in asked
        assert "議事録" in asked
        assert "変更後の回答: 対応中  メモ: 調べ中" in asked
        terminal.enter("")
        terminal.answer("Enter で戻る", "")
        assert "議事録" in terminal.until(KEYS)
        walk.kill()
    assert status_of(project) == "done"


@pytest.mark.parametrize("key", ["m", "d"])
def test_who_adds_to_somebody_elses_answer_is_told_that_it_will_be_theirs(
    run: Run, project: Path, key: str
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "佐藤")
    with running("check", project) as (terminal, walk):
        terminal.answer(KEYS, "1")
        terminal.answer(KEYS, key)
        assert "記入者は 試験担当 に変わります" in terminal.until("メモ（")
        walk.kill()


RISK = "planning.risk-assessment"


def table(project: Path, *rows: Sequence[str]) -> Path:
    file = project.with_name("answers.csv")
    lines = [",".join(row) for row in (("項目", "状態", "メモ"), *rows)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def note_of(project: Path, item: str = PURPOSE) -> str:
    answers = json.loads(project.read_text(encoding="utf-8"))["answers"]
    note: str = answers[item].get("note", "")
    return note


@pytest.mark.parametrize(
    ("stands", "told"),
    [
        (("exception", *EXCEPTION), ("例外承認", "承認者: 部長", "例外承認の期限: 2030-01-01")),
        (("exception", *EXCEPTION, "--by", "佐藤"), ("例外承認", "記入者: 佐藤 20")),
        (("done", "--note", "議事録", "--by", "佐藤"), ("実施済", "議事録", "記入者: 佐藤 20")),
        (("not-applicable", "--reason", "対象外", "--by", "佐藤"), ("非該当", "対象外", "佐藤")),
    ],
)
@pytest.mark.parametrize("status", ["対応中", "済"])
def test_a_file_of_answers_replaces_what_is_settled_only_where_that_is_said(
    run: Run, project: Path, stands: tuple[str, ...], told: tuple[str, ...], status: str
) -> None:
    run("answer", project, PURPOSE, *stands)
    before, file = project.read_bytes(), table(project, (RISK, "済", "x"), (PURPOSE, status, "新"))
    ran = run("check", project, "--from", file)
    assert (ran.code, ran.out, project.read_bytes()) == (2, "", before)
    named, *rest = ran.err.splitlines()
    for said in ("3 行目（2 件目）", f"「適切な目的の設定」（{PURPOSE}）", "メモ: 新", *told):
        assert said in named
    assert "1 件置き換える" in rest[0]
    assert "--yes" in rest[1]
    ran = run("check", project, "--from", file, "--yes")
    assert (ran.code, note_of(project), note_of(project, RISK)) == (0, "新", "x")
    assert f"1 件置き換えました: {PURPOSE}" in ran.err


@pytest.mark.parametrize(
    "stands",
    [
        ("done", "--note", "新", "--by", "佐藤"),
        ("done", "--note", "新"),
        ("in-progress", "--note", "新"),
        ("open",),
    ],
)
def test_what_a_file_repeats_or_adds_to_goes_without_a_word(
    run: Run, project: Path, stands: tuple[str, ...]
) -> None:
    run("answer", project, PURPOSE, *stands)
    ran = run("check", project, "--from", table(project, (PURPOSE, "済", "新")))
    assert (ran.code, ran.err, note_of(project)) == (0, "", "新")


@pytest.mark.parametrize(
    "stands",
    [
        ("in-progress", "--note", "前", "--by", "佐藤"),
        ("exception", *EXCEPTION[:-1], "2020-01-01", "--note", "前", "--by", "佐藤"),
        ("in-progress", "--note", "前"),
        ("done", "--note", "前"),
        ("in-progress", "--note", "前", "--evidence", "https://example.jp/"),
    ],
)
def test_what_others_have_not_settled_and_what_is_ones_own_is_no_question_but_is_told(
    run: Run, project: Path, stands: tuple[str, ...]
) -> None:
    run("answer", project, PURPOSE, *stands)
    ran = run("check", project, "--from", table(project, (PURPOSE, "済", "新")))
    assert (ran.code, note_of(project)) == (0, "新")
    for said in (
        "次の 1 件は、前の回答を置き換えました",
        "適切な目的の設定",
        "メモ: 前",
        "佐藤" if "佐藤" in stands else "試験担当",
    ):
        assert said in ran.err


@pytest.mark.parametrize(
    ("was", "now", "is_told"), [("可", "不可", True), ("可", "可。別紙", False)]
)
def test_a_note_that_only_goes_on_is_not_lost(
    run: Run, project: Path, was: str, now: str, is_told: bool
) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", was)
    ran = run("check", project, "--from", table(project, (PURPOSE, "対応中", now)))
    assert (ran.code, f"メモ: {was}" in ran.err) == (0, is_told)


@pytest.mark.parametrize(
    "stands",
    [
        ("exception", *EXCEPTION, "--note", "前", "--by", "佐藤"),
        ("exception", *EXCEPTION, "--note", "前"),
        ("done", "--note", "前", "--by", "佐藤"),
        ("in-progress", "--note", "前", "--by", "佐藤"),
    ],
)
def test_what_a_script_replaces_is_told_with_the_way_back(
    run: Run, project: Path, stands: tuple[str, ...]
) -> None:
    run("answer", project, PURPOSE, *stands)
    ran = run("answer", project, PURPOSE, "done", "--note", "新")
    assert (ran.code, note_of(project)) == (0, "新")
    whose = "佐藤" if "佐藤" in stands else "試験担当"
    for said in ("置き換えた前の回答", "メモ: 前", f"記入者: {whose}", f"aiguide undo {project}"):
        assert said in ran.err
    assert "置き換えた" not in ran.out


def test_what_a_script_leaves_of_somebody_elses_answer_is_told(run: Run, project: Path) -> None:
    given = ("done", "--note", "体制図", "--due", "2099-03-31", "--by", "木村")
    assert run("answer", project, PURPOSE, *given).code == 0
    mine = ("answer", project, PURPOSE, "in-progress", "--assignee", "斎藤", "--by", "斎藤")
    told = "前の回答から、次をそのまま残しました: メモ: 体制図、期限: 2099-03-31"
    assert told in run(*mine).err
    for again in (mine, (*mine[:4], "--note", "自分の", "--by", "斎藤")):
        assert "残しました" not in run(*again).err


@pytest.mark.parametrize(
    "stands", [("in-progress", "--note", "前"), ("done", "--note", "新", "--by", "佐藤")]
)
def test_a_script_that_replaces_nothing_of_others_hears_nothing(
    run: Run, project: Path, stands: tuple[str, ...]
) -> None:
    run("answer", project, PURPOSE, *stands)
    ran = run("answer", project, PURPOSE, "done", "--note", "新")
    assert (ran.code, ran.err) == (0, "")


def test_what_a_file_itself_has_said_is_no_question_but_what_stood_before_is(
    run: Run, project: Path
) -> None:
    excepted = {"status": "exception", "reason": "x", "approver": "部長", "until": "2030-01-01"}
    rows = [{"item": PURPOSE, **excepted}, {"item": PURPOSE, "status": "done", "note": "x"}]
    file = project.with_name("answers.json")
    file.write_text(json.dumps(rows), encoding="utf-8")
    assert run("check", project, "--from", file).code == 0
    twice = table(project, (PURPOSE, "済", "一"), (PURPOSE, "済", "二"))
    run("answer", project, PURPOSE, "done", "--note", "一", "--by", "佐藤")
    ran = run("check", project, "--from", twice)
    assert ran.code == 2
    assert "3 行目" in ran.err
    assert "2 行目（1" not in ran.err


def test_a_row_that_cannot_be_recorded_is_told_before_anything_is_replaced(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "佐藤")
    file = table(project, (PURPOSE, "済", "新"), (RISK, "済", ""))
    ran = run("check", project, "--from", file, "--yes")
    assert (ran.code, note_of(project)) == (1, "議事録")
    assert "置き換え" not in ran.err


def test_rows_from_stdin_are_asked_for_by_nobody(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "佐藤")
    given = table(project, (PURPOSE, "済", "新")).read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
    monkeypatch.setattr("aiguide.cli.answer_files.at_terminal", lambda: True)
    assert run("check", project, "--from", "-").code == 2
    assert note_of(project) == "議事録"


def test_yes_says_nothing_without_a_file(run: Run, project: Path) -> None:
    ran = run("check", project, "--yes")
    assert ran.code == 2
    assert "--yes は --from と一緒に使います" in ran.err


@pytest.mark.parametrize(("given", "left"), [("", "議事録"), ("y", "新")])
def test_a_file_of_answers_asks_at_a_terminal(
    run: Run, project: Path, given: str, left: str
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "佐藤")
    file = table(project, (PURPOSE, "済", "新"))
    with running("check", project, "--from", file) as (terminal, process):
        asked = terminal.until("Enter やめる")
        assert all(said in asked for said in (PURPOSE, "佐藤", "議事録", "新"))
        terminal.enter(given)
        assert process.wait(PATIENCE) == 0
    assert note_of(project) == left


def test_what_is_settled_while_a_file_asks_is_asked_for_anew(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "done", "--note", "議事録", "--by", "佐藤")
    file = table(project, (PURPOSE, "済", "新"), (RISK, "済", "新"))
    with running("check", project, "--from", file) as (terminal, process):
        terminal.until("Enter やめる")
        run("answer", project, RISK, "done", "--note", "別紙", "--by", "鈴木")
        terminal.enter("y")
        asked = terminal.until("Enter やめる")
        assert "ほかの人がこの回答を変えました: リスクの評価" in asked
        assert "鈴木" in asked
        terminal.enter("y")
        assert process.wait(PATIENCE) == 0
    assert (note_of(project), note_of(project, RISK)) == ("新", "新")


def test_what_was_approved_of_an_exception_in_force_is_not_rewritten_unasked(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "exception", *EXCEPTION)
    before = project.read_bytes()
    other = ("--reason", "別の理由", "--approver", "課長", "--until", "2030-02-01")
    with running("answer", project, PURPOSE, "exception", *other) as (terminal, process):
        assert "部長" in terminal.until("Enter やめる")
        terminal.enter("")
        assert process.wait(PATIENCE) == 0
    assert project.read_bytes() == before
