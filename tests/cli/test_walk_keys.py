"""A key alone is that key in every field of the walk, of whichever width, and never an answer."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.terminal import PATIENCE, Terminal, running, wholly

KEYS = "[q]終了"
ITEM = "planning.purpose"
UNSAID = (
    *("personal_data", "confidential_data", "automated_decision", "evaluates_persons"),
    *("training_or_tuning", "custom_tool"),
)
TODAY = "2026-11-24"
SURE_OF_DATE = "別の日付を入力"

# The fields of each status in order: what asks for it, what is typed there, what `?` says of it.
FIELDS = {
    "d": [("メモ（", "済", "何をどう確かめたか"), ("証拠（", "", "確かめたことを示すファイル")],
    "p": [
        ("メモ（", "済", "何をどう確かめたか"),
        ("担当", "佐藤", "進める人か課"),
        ("期限（", "3/31", "いつまでに済ませるか"),
    ],
    "n": [("理由", "対象外", "当てはまらない訳")],
    "x": [
        ("理由", "試行", "満たさないまま進める訳"),
        ("承認者", "課長", "認めた人"),
        ("承認の期限（", "3/31", "例外を認める最後の日"),
    ],
    "e": [("証拠（", "https://example.org/", "確かめたことを示すファイル")],
    "m": [("メモ（", "済", "何をどう確かめたか")],
}
PLACES = [(key, at) for key, fields in FIELDS.items() for at in range(len(fields))]
NEEDED = ("理由", "承認者", "承認の期限（")


@pytest.fixture(name="project")
def settled(run: Run, project: Path) -> Path:
    """The project with every condition answered."""
    conditions = [arg for id in UNSAID for arg in ("--condition", f"{id}=no")]
    assert run("set", project, *conditions).code == 0
    return project


def answer(project: Path) -> dict[str, Any]:
    data = json.loads(project.read_text(encoding="utf-8"))
    said: dict[str, Any] = data["answers"][ITEM]
    return said


def at_field(terminal: Terminal, key: str, at: int) -> None:
    """Go to a field of the item, those before it filled in."""
    terminal.answer(KEYS, ITEM)
    terminal.answer(KEYS, key)
    for asked, given, _ in FIELDS[key][:at]:
        terminal.answer(asked, given)
    terminal.until(FIELDS[key][at][0])


def walking(project: Path) -> Any:
    return running("check", project, "--phase", "planning", "--today", TODAY)


@pytest.mark.parametrize("typed", ["?", "？"])
@pytest.mark.parametrize(("key", "at"), PLACES)
def test_a_question_mark_explains_the_field_with_an_example_and_asks_again(
    project: Path, key: str, at: int, typed: str
) -> None:
    before = project.read_bytes()
    with walking(project) as (terminal, _):
        at_field(terminal, key, at)
        terminal.enter(typed)
        asked, _, explained = FIELDS[key][at]
        told = terminal.until(asked)
        assert explained in told.replace("\r\n  ", "")
        assert "例:" in told
    assert project.read_bytes() == before


@pytest.mark.parametrize("typed", ["q", "ｑ", "Ｑ"])
@pytest.mark.parametrize(("key", "at"), PLACES)
def test_q_leaves_the_walk_and_what_was_typed_is_shown_as_a_command(
    project: Path, key: str, at: int, typed: str
) -> None:
    before = project.read_bytes()
    with walking(project) as (terminal, walk):
        at_field(terminal, key, at)
        terminal.enter(typed)
        assert walk.wait(PATIENCE) == 0
        end = terminal.rest()
        assert ("aiguide answer" in end) == bool(at)
        assert ("保存されていません" in end) == bool(at)
    assert project.read_bytes() == before


@pytest.mark.parametrize("typed", ["次へ", "Next", "s"])
@pytest.mark.parametrize(
    ("key", "at", "said"),
    [("e", 0, "何も変更していません"), ("d", 1, "保存しました"), ("p", 2, "保存しました")],
)
def test_a_word_that_leads_on_is_enter_where_no_text_is_asked_for(
    project: Path, key: str, at: int, said: str, typed: str
) -> None:
    with walking(project) as (terminal, _):
        at_field(terminal, key, at)
        terminal.enter(typed)
        assert FIELDS[key][at][0] not in terminal.until(said)


@pytest.mark.parametrize("typed", ["-", "－", "ー", "−"])
@pytest.mark.parametrize(("key", "at"), PLACES)
def test_a_minus_however_it_looks_is_no_answer(
    project: Path, key: str, at: int, typed: str
) -> None:
    before = project.read_bytes()
    with walking(project) as (terminal, _):
        at_field(terminal, key, at)
        terminal.enter(typed)
        if FIELDS[key][at][0] in NEEDED:
            terminal.until("入力が必要です")
            terminal.until(FIELDS[key][at][0])
            assert project.read_bytes() == before
        elif at + 1 < len(FIELDS[key]):
            terminal.until(FIELDS[key][at + 1][0])
        else:
            terminal.until("何も変更していません" if key in "em" else "保存しました")
    for said in json.loads(project.read_bytes()).get("answers", {}).values():
        assert typed not in said.values()


@pytest.mark.parametrize("typed", ["-", "ー"])
def test_a_minus_empties_what_stood_there(run: Run, project: Path, typed: str) -> None:
    stood = ("--note", "調べ中", "--assignee", "佐藤", "--due", "2027-03-31")
    run("answer", project, ITEM, "in-progress", *stood)
    with walking(project) as (terminal, _):
        at_field(terminal, "p", 0)
        for asked, _, _ in FIELDS["p"][1:]:
            terminal.enter(typed)
            terminal.until(asked)
        terminal.enter(typed)
        terminal.until("保存しました")
    assert not {"note", "assignee", "due"} & answer(project).keys()


@pytest.mark.parametrize("typed", ["@", "＠"])
@pytest.mark.parametrize(
    ("key", "at"), [place for place in PLACES if FIELDS[place[0]][place[1]][0] != "メモ（"]
)
def test_the_sign_for_the_editor_is_refused_where_there_is_none(
    project: Path, key: str, at: int, typed: str
) -> None:
    with walking(project) as (terminal, _):
        at_field(terminal, key, at)
        terminal.enter(typed)
        terminal.until("メモだけです")
        terminal.until(FIELDS[key][at][0])


def test_the_sign_for_the_editor_opens_it_in_full_width_too(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text("#!/bin/sh\necho 長い文 > $1\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    with walking(project) as (terminal, _):
        at_field(terminal, "m", 0)
        terminal.enter("＠")
        terminal.until("保存しました")
    assert answer(project)["note"] == "長い文"


def test_enter_keeps_a_note_that_looks_like_a_key(run: Run, project: Path) -> None:
    run("answer", project, ITEM, "in-progress", "--note", "？")
    with walking(project) as (terminal, _):
        at_field(terminal, "p", 0)
        terminal.enter("")
        terminal.answer("担当", "佐藤")
        terminal.answer("期限（", "")
        terminal.until("保存しました")
    assert answer(project)["note"] == "？"


def test_entering_through_a_status_that_stands_changes_nothing(run: Run, project: Path) -> None:
    stood = ("--note", "調べ中", "--assignee", "佐藤", "--due", "2027-03-31")
    run("answer", project, ITEM, "in-progress", *stood)
    before = project.read_bytes()
    with walking(project) as (terminal, _):
        at_field(terminal, "p", 0)
        for asked, _, _ in FIELDS["p"][1:]:
            terminal.enter("")
            terminal.until(asked)
        terminal.enter("")
        assert "保存しました" not in terminal.until("何も変更していません")
        terminal.until(KEYS)
        terminal.until(" 2/")
    assert project.read_bytes() == before


def test_who_is_interrupted_in_a_field_is_told_that_it_is_not_saved(project: Path) -> None:
    with walking(project) as (terminal, walk):
        at_field(terminal, "m", 0)
        terminal.until(": ")
        terminal.interrupt("書きかけ")
        said = terminal.until("は、保存されませんでした")
        assert "適切な目的の設定" in said.replace("\r\n  ", "")
        assert walk.wait(PATIENCE) == 130


@pytest.mark.parametrize(("key", "typed"), [("m", ""), ("x", ""), ("p", "q")])
def test_who_is_interrupted_before_anything_is_typed_is_not_told_so(
    project: Path, key: str, typed: str
) -> None:
    with walking(project) as (terminal, walk):
        at_field(terminal, key, 0)
        terminal.until(": ")
        terminal.interrupt(typed)
        assert walk.wait(PATIENCE) == 130
        said = terminal.rest()
    assert "保存されませんでした" not in said
    assert "ここまでの回答は保存されています" in said


def test_the_end_of_the_screen_says_what_to_do_however_long_the_note_is(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text("#!/bin/sh\nseq 30 > $1\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    with walking(project) as (terminal, walk):
        at_field(terminal, "d", 0)
        terminal.enter("@")
        terminal.until("証拠（")
        terminal.until(": ")
        terminal.interrupt()
        assert walk.wait(PATIENCE) == 130
        *told, command = terminal.rest().strip().splitlines()
    assert wholly("\n".join(told[-2:])).endswith(
        "続きは次のコマンドで始められます（上の入力は、そこでもう一度示します）。"
    )
    assert "aiguide check" in command


def at_past_date(terminal: Terminal, key: str, past: str = "2020-01-01") -> None:
    """Go to the date of the item, and type one that is past."""
    at_field(terminal, key, 2)
    terminal.enter(past)
    assert f"{past} は過ぎています" in terminal.until(SURE_OF_DATE)


@pytest.mark.parametrize(("key", "field"), [("p", "due"), ("x", "until")])
@pytest.mark.parametrize("typed", ["2027-01-05", "令和９年１月５日", "1/5"])
def test_a_date_typed_for_a_past_one_takes_its_place(
    project: Path, key: str, field: str, typed: str
) -> None:
    with walking(project) as (terminal, _):
        at_past_date(terminal, key)
        terminal.enter(typed)
        terminal.until("保存しました")
    assert answer(project)[field] == "2027-01-05"


def test_a_date_typed_for_a_past_one_is_asked_again_only_if_it_is_past_too(project: Path) -> None:
    with walking(project) as (terminal, _):
        at_past_date(terminal, "p")
        terminal.enter("2月30日")
        terminal.until("暦にありません")
        terminal.until("期限（")  # a yes would be no answer to that
        terminal.enter("2021年1月1日")
        assert "2021-01-01 は過ぎています" in terminal.until(SURE_OF_DATE)
        terminal.enter("y")
        terminal.until("保存しました")
    assert answer(project)["due"] == "2021-01-01"


@pytest.mark.parametrize("typed", ["b", "ｂ", "", "n", "いいえ"])
def test_b_at_a_past_date_goes_back_to_its_field(project: Path, typed: str) -> None:
    with walking(project) as (terminal, _):
        at_past_date(terminal, "p")
        terminal.enter(typed)
        terminal.answer("期限（", "b")
        terminal.until("担当 [佐藤]")
    assert "answers" not in json.loads(project.read_bytes())


def test_q_at_a_past_date_leaves_the_walk(project: Path) -> None:
    with walking(project) as (terminal, walk):
        at_past_date(terminal, "p")
        terminal.enter("ｑ")
        assert walk.wait(PATIENCE) == 0
        assert "in-progress --note '済' --assignee '佐藤'" in terminal.rest()
    assert "answers" not in json.loads(project.read_bytes())


def test_a_question_mark_at_a_past_date_explains_the_date(project: Path) -> None:
    with walking(project) as (terminal, _):
        at_past_date(terminal, "p")
        terminal.enter("？")
        assert "いつまでに済ませるか" in terminal.until(SURE_OF_DATE)


def test_a_minus_at_a_past_date_stands_for_no_date_where_none_is_needed(project: Path) -> None:
    with walking(project) as (terminal, _):
        at_past_date(terminal, "p")
        terminal.enter("ー")
        terminal.until("保存しました")
    assert "due" not in answer(project)
    with walking(project) as (terminal, _):
        at_past_date(terminal, "x")
        terminal.enter("-")
        terminal.until("入力が必要です")
        terminal.until(SURE_OF_DATE)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        *((r"\q", "q"), (r"\B", "B"), (r"\?", "?"), (r"\-", "-"), (r"\ー", "ー"), (r"\@", "@")),
        *(("＼ｑ", "ｑ"), ("¥q", "q"), ("￥ｑ", "ｑ"), (r"\\q", r"\q")),
        *((r"\n", r"\n"), (r"\\server\q", r"\\server\q"), ("\\", "\\"), ("¥100", "¥100")),
    ],
)
@pytest.mark.parametrize(("key", "field"), [("m", "note"), ("n", "reason")])
def test_a_backslash_makes_a_text_of_the_key_behind_it(
    project: Path, typed: str, text: str, key: str, field: str
) -> None:
    with walking(project) as (terminal, _):
        at_field(terminal, key, 0)
        terminal.enter(typed)
        terminal.until("保存しました")
    assert answer(project)[field] == text


def test_how_to_write_a_key_as_a_text_is_told_where_a_text_is_asked_for(project: Path) -> None:
    for key, at, told in (("m", 0, True), ("p", 1, True), ("p", 2, False), ("e", 0, False)):
        with walking(project) as (terminal, _):
            at_field(terminal, key, at)
            terminal.enter("?")
            said = terminal.until(FIELDS[key][at][0])
        assert ("前に \\ を付け" in said) == told


UP = "\x1b[A"
LONG = "企画書の2章に目的と指標を書き、課内の会議で全員がひととおり読んで確かめて、議事録に残した"


def test_the_arrow_up_brings_back_the_whole_text_in_brackets_to_be_changed(
    run: Run, project: Path
) -> None:
    run("answer", project, ITEM, "in-progress", "--note", LONG)
    with walking(project) as (terminal, _):
        at_field(terminal, "m", 0)
        terminal.enter("?")
        assert "↑ を押すと" in terminal.until("メモ（")
        terminal.until("]: ")
        terminal.send(UP)
        terminal.answer("議事録に残した", "。")
        terminal.until("保存しました")
    assert answer(project)["note"] == f"{LONG}。"


def test_neither_a_key_nor_what_was_in_brackets_is_a_line_of_before(
    run: Run, project: Path
) -> None:
    run("answer", project, ITEM, "in-progress", "--note", LONG)
    with walking(project) as (terminal, _):
        at_field(terminal, "m", 0)
        for typed in ("", UP):
            terminal.answer("]: ", typed)
            terminal.until("Enter で戻る")
            terminal.answer(": ", UP)  # brings nothing, and Enter goes back
            terminal.until(KEYS)
            terminal.answer(": ", "m")
            terminal.until("メモ（")


def test_what_is_no_single_line_is_not_brought_back(run: Run, project: Path) -> None:
    run("answer", project, ITEM, "in-progress", "--note", "一行目\n二行目")
    with walking(project) as (terminal, _):
        at_field(terminal, "m", 0)
        terminal.enter("?")
        assert "↑" not in terminal.until("メモ（")


@pytest.mark.parametrize(("key", "at", "option"), [("m", 0, "note"), ("p", 1, "assignee")])
@pytest.mark.parametrize(
    ("typed", "kept"), [("打ちかけ", "打ちかけ"), ("\x1b[200~貼った\x1b[201~", "貼った")]
)
def test_a_line_that_ctrl_c_cuts_off_is_in_the_command_that_is_shown(
    run: Run, project: Path, key: str, at: int, option: str, typed: str, kept: str
) -> None:
    before = project.read_bytes()
    with walking(project) as (terminal, walk):
        at_field(terminal, key, at)
        terminal.until(": ")
        terminal.interrupt(typed)
        terminal.until("は、保存されませんでした")
        terminal.until("aiguide answer")
        command = f"answer{terminal.until(chr(10))}"
        assert walk.wait(PATIENCE) == 130
    assert project.read_bytes() == before
    assert run(*shlex.split(command)).code == 0
    assert answer(project)[option] == kept


@pytest.mark.parametrize(("key", "typed"), [("m", "d"), ("e", "企画")])
def test_a_key_or_half_a_file_that_ctrl_c_cuts_off_is_no_answer(
    project: Path, key: str, typed: str
) -> None:
    with walking(project) as (terminal, walk):
        at_field(terminal, key, 0)
        terminal.until(": ")
        terminal.interrupt(typed)
        terminal.until("は、保存されませんでした")
        assert walk.wait(PATIENCE) == 130
        assert "aiguide answer" not in terminal.rest()
