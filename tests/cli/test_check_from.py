"""`check --from`: a file of answers, all recorded or none."""

import csv
import io
import json
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Ran, Run

PURPOSE, RISK = "planning.purpose", "planning.risk-assessment"


def saved(folder: Path, content: Any, name: str = "answers.json") -> Path:
    file = folder / name
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        file.write_text(
            content if isinstance(content, str) else json.dumps(content), encoding="utf-8"
        )
    return file


def manifest(project: Path) -> Any:
    return json.loads(project.read_text(encoding="utf-8"))


def test_json_is_recorded_in_one_save_with_an_entry_each(run: Run, project: Path) -> None:
    (project.parent / "goal.md").write_text("目的", encoding="utf-8")
    file = saved(
        project.parent,
        [
            {"item": PURPOSE, "status": "done", "evidence": ["goal.md", "https://example.jp/"]},
            {"item": RISK, "status": "in-progress", "assignee": "佐藤", "due": "2026-12-01"},
            {"item": RISK, "status": "done", "note": "所見"},
        ],
    )
    ran = run("check", project, "--from", file, "--by", "移行担当")
    assert ran.code == 0, ran.err
    assert "最後の回答が有効になります" in ran.err
    assert "planning.risk-assessment（1、1 行目）" in ran.err
    assert "3 件の回答を保存しました" in ran.out
    data = manifest(project)
    assert [one["kind"] for one in data["answers"][PURPOSE]["evidence"]] == ["file", "link"]
    assert (data["answers"][RISK]["status"], data["answers"][RISK]["due"]) == ("done", "2026-12-01")
    assert [entry["by"] for entry in data["history"][1:]] == ["移行担当"] * 3
    assert run("log", project, "--verify").code == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_spreadsheet_is_recorded(run: Run, project: Path, encoding: str) -> None:
    rows = [
        "メモ欄,Item,status,note,evidence,reason",
        f'x,{PURPOSE},done,"企画書\n2 章","https://example.jp/a\nhttps://example.jp/b",',
        ",,,,,",
        f"y,{RISK},not-applicable,,,試行しない",
    ]
    file = saved(project.parent, "\r\n".join(rows).encode(encoding), "answers.csv")
    ran = run("check", project, "--from", file)
    assert (ran.code, "CP932（" in ran.err) == (0, encoding == "cp932")
    answers = manifest(project)["answers"]
    assert len(answers[PURPOSE]["evidence"]) == 2
    assert answers[PURPOSE]["note"] == "企画書\n2 章"
    assert answers[RISK]["reason"] == "試行しない"


@pytest.mark.parametrize(
    ("before", "bad"),
    [
        (b"\xef\xbb\xbf", 1),  # said to be UTF-8
        ("planning.bpr,done,窓口\n".encode(), 2),  # is UTF-8
        ("planning.bpr,done,窓口\nplanning.ownership,done,テスト\n".encode("cp932"), 0),
    ],
)
def test_a_file_is_in_one_encoding_throughout(
    run: Run, project: Path, before: bytes, bad: int
) -> None:
    head = before if bad == 1 else b""
    rows = b"item,status,note\n" + (b"" if bad == 1 else before)
    line = f"{PURPOSE},done,".encode() + "表".encode("cp932") + b"\n"
    ran = run("check", project, "--from", saved(project.parent, head + rows + line, "a.csv"))
    assert ran.code == (1 if bad else 0)
    assert (f"（{bad} 件目）: 文字として読めません" in ran.err) == bool(bad)


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("", []),
        ([], []),
        (["", "https://example.jp/b"], ["https://example.jp/b"]),
        (None, ["https://example.jp/a"]),
        ("https://example.jp/b", ["https://example.jp/a", "https://example.jp/b"]),
    ],
)
def test_evidence_is_added_and_an_empty_one_takes_off_what_was_there(
    run: Run, project: Path, given: Any, left: list[str]
) -> None:
    run(
        "answer", project, PURPOSE, "done", "--note", "企画書", "--evidence", "https://example.jp/a"
    )
    ran = run(
        *("check", project, "--from"),
        saved(project.parent, [{"item": PURPOSE, "evidence": given}]),
    )
    lost = "https://example.jp/a" not in left
    assert (ran.code, "https://example.jp/a" in ran.err) == (0, lost)
    answer = manifest(project)["answers"][PURPOSE]
    assert [one["target"] for one in answer.get("evidence", [])] == left
    assert (answer["status"], answer["note"]) == ("done", "企画書")


def test_an_answer_to_an_item_that_does_not_apply_is_taken_and_said_not_to_count(
    run: Run, project: Path
) -> None:
    item = "planning.human-decision"
    run(
        "set",
        project,
        "--condition",
        "automated_decision=no",
        "--condition",
        "evaluates_persons=no",
    )
    text = f"item,status,note\n{PURPOSE},done,企画書\n{item},in-progress,案\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert (ran.code, manifest(project)["answers"][item]["note"]) == (0, "案")
    assert f"対象になるまで数えません）: {item}（「" in ran.err
    assert "が「いいえ」" in ran.err
    assert PURPOSE not in ran.err
    ran = run("answer", project, item, "in-progress", "--note", "案 2")
    assert (ran.code, manifest(project)["answers"][item]["note"]) == (0, "案 2")
    assert "いまは対象外です（「" in ran.err
    assert "対象になるまで数えません" in ran.err
    assert "対象外" not in run("answer", project, PURPOSE, "done").err


def test_an_item_that_is_answered_twice_is_named_with_its_lines(run: Run, project: Path) -> None:
    text = f"item,status,note\n{RISK},done,x\n{PURPOSE},done,x\n{RISK},done,y\n{RISK},done,z\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert f"すべて履歴に残ります）: {RISK}（2、4、5 行目）" in ran.err


@pytest.mark.parametrize(
    "item", ["Planning.Purpose", "ＰＬＡＮＮＩＮＧ．ＰＵＲＰＯＳＥ", " planning.purpose"]
)
def test_an_id_may_be_in_any_case_and_width(run: Run, project: Path, item: str) -> None:
    rows = [{"item": item, "status": "done", "note": "企画書"}]
    assert run("check", project, "--from", saved(project.parent, rows)).code == 0
    assert list(manifest(project)["answers"]) == [PURPOSE]
    ran = run("answer", project, item, "in-progress", "--note", "案")
    assert (ran.code, manifest(project)["answers"][PURPOSE]["note"]) == (0, "案")
    assert PURPOSE in run("show", item).out


def test_an_answer_to_an_item_of_other_cells_is_said_not_to_count(run: Run, project: Path) -> None:
    ran = run("answer", project, "planning.red-gate", "in-progress", "--note", "x")
    assert (ran.code, "いまは対象外です（ほかの区分の項目）" in ran.err) == (0, True)


NOT_JAPANESE = "別の文字コードのファイルと思われます"


def test_a_file_in_cp932_that_shows_no_japanese_is_refused_with_its_place(
    run: Run, project: Path
) -> None:
    before = project.read_bytes()
    text = f"Item,Status,Note\r\n{PURPOSE},done,The mayor’s office agreed; £400k; clause 7°\r\n"
    ran = run("check", project, "--from", saved(project.parent, text.encode("cp1252"), "a.csv"))
    assert (ran.code, project.read_bytes()) == (2, before)
    at = text.splitlines()[1].index("’") + 1
    for said in (f"2 行目の {at} 文字目", "The mayor痴 office", NOT_JAPANESE, "CSV UTF-8"):
        assert said in ran.err


@pytest.mark.parametrize("text", ["Préférence régionale", "Zürich: 5 × 3 ½", "naïve – or “not”"])
def test_western_letters_are_not_taken_for_japanese(run: Run, project: Path, text: str) -> None:
    before = project.read_bytes()
    table = f"item,status,note\n{PURPOSE},done,{text}\n".encode("cp1252")
    ran = run("check", project, "--from", saved(project.parent, table, "a.csv"))
    assert (ran.code > 0, project.read_bytes()) == (True, before)
    assert "CSV UTF-8" in ran.err


@pytest.mark.parametrize("note", ["企画書", "ﾒﾓ の一", "表の 3", "施策"])
def test_a_file_in_cp932_with_a_word_of_japanese_is_read(
    run: Run, project: Path, note: str
) -> None:
    table = f"item,status,note\n{PURPOSE},done,{note}\n".encode("cp932")
    ran = run("check", project, "--from", saved(project.parent, table, "a.csv"))
    assert ran.code == 0, ran.err
    assert manifest(project)["answers"][PURPOSE]["note"] == note


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("begun", ["", "sep=;\n", "\ufeffSEP=;\n", '"sep=;"\n'])
def test_line_ends_of_an_old_mac_and_the_separator_that_excel_is_told_are_read(
    run: Run, project: Path, begun: str, end: str
) -> None:
    text = f"{begun}項目;状態;メモ\n{PURPOSE};済;企画書, 2 章\n{RISK};対応中;試行\n"
    table = text.replace("\n", end).encode()
    ran = run("check", project, "--from", saved(project.parent, table, "a.csv"))
    assert (ran.code, ran.err) == (0, "")
    assert manifest(project)["answers"][PURPOSE]["note"] == "企画書, 2 章"


def test_where_a_line_is_no_text_the_character_and_the_remedy_are_told(
    run: Run, project: Path
) -> None:
    table = f"item,status,note\n{PURPOSE},done,目的\n{RISK},done,".encode() + b"abc\xff\n"
    ran = run("check", project, "--from", saved(project.parent, table, "a.csv"))
    assert ran.code == 1
    at = len(f"{RISK},done,abc") + 1
    assert f"3 行目（2 件目）: 文字として読めません（{at} 文字目から" in ran.err
    assert "「CSV UTF-8」で保存し直してください" in ran.err


def test_a_heading_that_is_no_text_is_told_with_the_remedy(run: Run, project: Path) -> None:
    table = f"item,status,note\n{PURPOSE},done,x\n".encode("utf-16-le")
    ran = run("check", project, "--from", saved(project.parent, table, "a.csv"))
    assert ran.code == 2
    assert "（見出し）に item の列が要りますが、文字として読めません（2 文字目から" in ran.err
    assert "CSV UTF-8" in ran.err


def test_a_heading_without_the_item_is_shown_as_it_was_read(run: Run, project: Path) -> None:
    table = f"Project x|made in May\nitem|status\n{PURPOSE}|done\n"
    ran = run("check", project, "--from", saved(project.parent, table, "a.csv"))
    assert ran.code == 2
    assert "（読み取った見出し: Project x|made in May）" in ran.err


def test_a_file_of_too_many_rows_is_refused_at_once(run: Run, project: Path) -> None:
    before = project.read_bytes()
    row = {"item": PURPOSE, "status": "done", "note": "x"}
    table = "item,status,note\n" + f"{PURPOSE},done,x\n" * 10_001
    for content, name in ((table, "a.csv"), (json.dumps([row] * 10_001), "a.json")):
        ran = run("check", project, "--from", saved(project.parent, content, name))
        assert (ran.code, "行が多すぎます" in ran.err) == (2, True)
    assert project.read_bytes() == before


def test_what_could_not_be_taken_back_is_not_taken_in(run: Run, project: Path) -> None:
    before = project.read_bytes()

    def taken(count: int) -> Ran:
        rows = [
            {"item": PURPOSE, "status": "done", "note": f"{i}{'x' * 2500}"} for i in range(count)
        ]
        return run("check", project, "--from", saved(project.parent, rows))

    ran = taken(1200)  # the file would just about have room for them
    assert ran.code == 2
    assert "取り消せなくなります" in ran.err
    assert "同じ項目の行は、最後の一つだけで足ります" in "".join(ran.err.split())
    assert project.read_bytes() == before
    assert taken(500).code == 0
    assert run("undo", project).code == 0
    assert "answers" not in json.loads(project.read_bytes())


def test_an_empty_cell_of_a_spreadsheet_leaves_what_stood(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "調整中")
    file = saved(project.parent, f"item,status,note\n{PURPOSE},done,\n", "answers.csv")
    assert run("check", project, "--from", file).code == 0
    assert manifest(project)["answers"][PURPOSE]["note"] == "調整中"


def test_every_bad_row_is_named_and_nothing_is_saved(run: Run, project: Path) -> None:
    good = {"item": PURPOSE, "status": "done", "note": "企画書"}
    rows = [
        good,
        {"item": "planning.purpos", "status": "done", "note": "x"},
        {"item": PURPOSE, "status": "over"},
        {"item": RISK, "status": "done"},
        {"item": RISK, "status": "in-progress", "due": "2026-02-30"},
        {"item": RISK, "status": "done", "evidence": ["../secret"]},
        {"item": RISK, "status": "done", "evidence": ["missing.md"]},
        {"item": RISK, "status": "done", "memo": "x"},
        {"item": RISK, "status": "done", "evidence": ["a\u0000b"]},
        {"status": "done"},
        "done",
        {"item": 5, "status": "done"},
        {"item": RISK, "status": "done", "evidence": 5},
    ]
    text = "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"
    before = project.read_bytes()
    ran = run("check", project, "--from", saved(project.parent, text))
    assert ran.code == 1
    assert project.read_bytes() == before
    for line in range(3, 15):
        assert f" {line} 行目" in ran.err, line
    assert " 2 行目" not in ran.err
    assert "もしかして: planning.purpose" in ran.err
    assert "memo" in ran.err
    assert '（13 件目）: evidence は "…" で囲んだ文字で書きます' in ran.err
    assert "13 件のうち 12 件" in ran.err
    assert ran.err.count("aiguide show planning --guideline") == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{}"),
        ("a.csv", b"id,text\n"),
        ("a.csv", b"item,status,asignee\n"),
        ("a.csv", b"\xff\xfei\0"),
    ],
)
def test_what_is_no_file_of_answers_is_refused(
    run: Run, project: Path, name: str, content: bytes
) -> None:
    before = project.read_bytes()
    ran = run("check", project, "--from", saved(project.parent, content, name))
    assert ran.code == 2
    assert "item" in ran.err
    assert project.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[" * 100_000, "AG108"),
        (b"\xff\xfe", "UTF-8"),
        (b'[{"item"', "answers.json:1:9 AG119"),
        (b'[\n {"item": "a", "item": "b", "status": "done"}]', "answers.json:2:16 AG106"),
        (b'[{"item": "a", "status": "done", "note": NaN}]', "answers.json:1:42 AG107"),
        (b'[{"item": "a", "status": "done", "note": "\\ud800"}]', "answers.json:1:34 AG114"),
    ],
)
def test_json_that_cannot_be_read_is_named_with_its_place(
    run: Run, project: Path, content: bytes, said: str
) -> None:
    before = project.read_bytes()
    ran = run("check", project, "--from", saved(project.parent, content))
    assert ran.code == 2
    assert said in ran.err
    assert project.read_bytes() == before


def test_statuses_and_dates_may_be_written_as_the_office_does(run: Run, project: Path) -> None:
    text = f"item,status,note,due\n{PURPOSE},実施済,企画書,\n{RISK},In progress,,2027/3/31\n"
    assert run("check", project, "--from", saved(project.parent, text, "a.csv")).code == 0
    answers = manifest(project)["answers"]
    assert answers[PURPOSE]["status"] == "done"
    assert (answers[RISK]["status"], answers[RISK]["due"]) == ("in-progress", "2027-03-31")


@pytest.mark.parametrize(
    "head",
    ["項目,状態,メモ,担当,期限", "Item,Status,Note,Assignee,Due", "ＩＴＥＭ,status,メモ,担当,Due"],
)
def test_columns_may_have_the_names_that_people_know(run: Run, project: Path, head: str) -> None:
    text = f"{head}\n適切な目的の設定,済,企画書,佐藤,2027/3/31\n"
    assert run("check", project, "--from", saved(project.parent, text, "a.csv")).code == 0
    answer = json.loads(project.read_text(encoding="utf-8"))["answers"][PURPOSE]
    assert answer["status"] == "done"
    assert answer["note"] == "企画書"
    assert answer["assignee"] == "佐藤"
    assert answer["due"] == "2027-03-31"


@pytest.mark.parametrize(
    ("name", "separator", "encoding"),
    [
        *product(["a.csv"], [",", ";", "\t"], ["utf-8", "utf-8-sig", "cp932", "utf-16"]),
        *product(["a.tsv", "a.txt"], [",", "\t"], ["utf-16"]),
    ],
)
def test_the_heading_tells_what_separates_the_columns(
    run: Run, project: Path, name: str, separator: str, encoding: str
) -> None:
    rows = [("項目", "状態", "メモ"), (PURPOSE, "済", f'"企画書{separator} 2 章"')]
    text = "\r\n".join(separator.join(row) for row in rows)
    ran = run("check", project, "--from", saved(project.parent, text.encode(encoding), name))
    assert (ran.code, "読まなかった列" in ran.err) == (0, False)
    assert manifest(project)["answers"][PURPOSE]["note"] == f"企画書{separator} 2 章"


@pytest.mark.parametrize(
    "head",
    [
        *("Item,Status,Assigned to,Due Date", "ITEM ID,state,Owner,due_date"),
        *("項目 ID,状態（選択）,担当者,期 限", "点検項目,状況,担当課,Deadline"),
    ],
)
def test_columns_may_be_spelled_as_other_tools_do(run: Run, project: Path, head: str) -> None:
    text = f"{head}\n適切な目的の設定,対応中,佐藤,2027/3/31\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert (ran.code, ran.err) == (0, "")
    answer = manifest(project)["answers"][PURPOSE]
    assert (answer["assignee"], answer["due"]) == ("佐藤", "2027-03-31")


def test_a_table_may_come_from_stdin(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"\ufeff項目;状態;メモ\n{PURPOSE};済;企画書\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert run("check", project, "--from", "-").code == 0
    assert manifest(project)["answers"][PURPOSE]["note"] == "企画書"


def test_a_column_that_is_like_one_of_ours_is_refused_with_its_place(
    run: Run, project: Path
) -> None:
    before = project.read_bytes()
    text = f"item;status;asignee\n{PURPOSE};open;佐藤\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert (ran.code, project.read_bytes()) == (2, before)
    for said in ("3 列目、asignee", "もしかして: assignee", "status 状態（未着手、対応中、"):
        assert said in ran.err


def test_of_two_columns_for_one_field_the_better_named_is_read_and_the_other_told(
    run: Run, project: Path
) -> None:
    text = f"項目,状態,note,メモ\n{PURPOSE},済,企画書,読まれない\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert "読まなかった列があります: メモ" in ran.err
    assert manifest(project)["answers"][PURPOSE]["note"] == "企画書"


@pytest.mark.parametrize(("one", "other"), [("Status", "Status"), ("状態", "状態（選択）")])
def test_two_columns_of_one_name_are_refused_with_the_places_of_both(
    run: Run, project: Path, one: str, other: str
) -> None:
    before = project.read_bytes()
    text = f"項目,{one},x,x,{other}\n{PURPOSE},対応中,,,済\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert (ran.code, project.read_bytes()) == (2, before)
    assert f"2 列目 {one} と 5 列目 {other} は、同じ名前です" in ran.err


@pytest.mark.parametrize("field", ["note", "assignee"])
@pytest.mark.parametrize("char", ["\x1b", "\x08", "\x7f", "\x9b"])
def test_a_control_character_is_refused_in_a_file_and_in_an_option(
    run: Run, project: Path, field: str, char: str
) -> None:
    before = project.read_bytes()
    text = f"$B%%=I{char} memo"
    rows = [{"item": PURPOSE, "status": "in-progress", field: text}]
    from_file = run("check", project, "--from", saved(project.parent, rows))
    option = run("answer", project, PURPOSE, "in-progress", f"--{field}", text)
    for ran in (from_file, option):
        assert f"制御文字（U+{ord(char):04X}）" in ran.err
    assert (from_file.code, option.code, project.read_bytes()) == (1, 2, before)


def test_lines_and_tabs_of_a_note_are_no_control_characters(run: Run, project: Path) -> None:
    note = "企画書\t2 章\r\n会議録\n"
    rows = [{"item": PURPOSE, "status": "done", "note": note}]
    assert run("check", project, "--from", saved(project.parent, rows)).code == 0
    assert manifest(project)["answers"][PURPOSE]["note"] == note


def test_a_column_that_is_not_read_is_named(run: Run, project: Path) -> None:
    text = "項目,状況,備考,担当課,決裁番号\n適切な目的の設定,済,企画書,資源循環課,7\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert ran.code == 0
    assert "読まなかった列があります: 決裁番号" in ran.err
    answer = json.loads(project.read_text(encoding="utf-8"))["answers"][PURPOSE]
    assert (answer["note"], answer["assignee"]) == ("企画書", "資源循環課")


def test_what_stands_already_is_not_recorded_again(run: Run, project: Path) -> None:
    rows = [{"item": PURPOSE, "status": "done", "note": "企画書"}]
    file = saved(project.parent, rows)
    run("check", project, "--from", file)
    before = project.read_bytes()
    ran = run("check", project, "--from", file)
    assert (ran.code, project.read_bytes()) == (0, before)
    assert "保存しました" not in ran.out
    assert "新しい回答はありません。1 件とも、いまの回答と同じです" in ran.out


def test_what_stands_otherwise_than_in_the_history_is_recorded(run: Run, project: Path) -> None:
    rows = [{"item": item, "status": "done", "note": "企画書"} for item in (PURPOSE, RISK)]
    file = saved(project.parent, rows)
    assert run("check", project, "--from", file).code == 0
    data = manifest(project)
    data["answers"][PURPOSE]["by"] = "局長"  # by hand
    project.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert run("log", project, "--verify").code == 1
    ran = run("check", project, "--from", file, "--by", "移行担当")
    assert "1 件の回答を保存しました" in ran.out
    assert manifest(project)["answers"][PURPOSE]["by"] == "移行担当"
    assert run("log", project, "--verify").code == 0
    assert "新しい回答はありません" in run("check", project, "--from", file).out


def test_a_file_that_is_not_there(run: Run, project: Path) -> None:
    ran = run("check", project, "--from", project.parent / "missing.csv")
    assert ran.code == 2
    assert "missing.csv" in ran.err


def test_an_empty_list_changes_nothing(run: Run, project: Path) -> None:
    before = project.read_bytes()
    ran = run("check", project, "--from", saved(project.parent, []))
    assert ran.code == 0
    assert "回答がありません" in ran.out
    assert project.read_bytes() == before


def test_the_form_that_the_error_shows_can_be_used(run: Run, project: Path) -> None:
    ran = run("check", project, "--from", saved(project.parent, "{}"))
    shown = ran.err[ran.err.index("[{") : ran.err.index("}]") + 2].replace("\n", "")
    assert json.loads(shown)[0]["item"] == PURPOSE


def test_two_columns_of_one_meaning_do_not_overwrite_each_other(run: Run, project: Path) -> None:
    text = "項目,状態,備考,メモ\nplanning.purpose,済,読まれない,企画書\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert ran.code == 0
    assert "読まなかった列があります: 備考" in ran.err
    answer = json.loads(project.read_text(encoding="utf-8"))["answers"][PURPOSE]
    assert answer["note"] == "企画書"


def test_a_row_with_more_cells_than_columns_is_refused(run: Run, project: Path) -> None:
    before = project.read_bytes()
    text = "項目,状態,メモ\nplanning.purpose,済,カンマ,が入った文\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert ran.code == 1
    assert "2 行目" in ran.err
    assert "見出しより列が多く" in ran.err
    assert project.read_bytes() == before


def test_an_exception_that_is_past_is_told(run: Run, project: Path) -> None:
    text = "項目,状態,理由,承認者,例外承認の期限\nplanning.purpose,例外,試行,部長,2020/3/31\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert ran.code == 0
    assert "期限が過ぎているので、未着手として扱います: planning.purpose" in ran.err


def test_a_date_that_cannot_be_read_is_named_with_its_line_and_column(
    run: Run, project: Path
) -> None:
    text = f"項目,状態,期限\n{RISK},対応中,2/30\n{RISK},対応中,近日\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert ran.code == 1
    assert "2 行目（1 件目）: 期限（due）: 2" in ran.err
    assert "-02-30 という日は、暦にありません" in ran.err
    assert "3 行目（2 件目）: 期限（due）: 近日 は日付として読めません" in ran.err


def test_a_date_without_a_year_is_told_with_the_day_that_was_understood(
    run: Run, project: Path
) -> None:
    text = f"項目,状態,期限\n{RISK},対応中,12/10\n{PURPOSE},対応中,2027/3/31\n"
    file = saved(project.parent, text, "a.csv")
    ran = run("check", project, "--from", file, "--today", "2026-11-24")
    assert "次のように読みました: 12/10 → 2026-12-10\n" in ran.err
    assert manifest(project)["answers"][RISK]["due"] == "2026-12-10"


def test_an_import_is_taken_back_as_a_whole(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "前から")
    before = manifest(project)
    rows = [[PURPOSE, "企画書"], [RISK, "所見"], [PURPOSE, "改めて"]]
    given = [{"item": id, "status": "done", "note": note} for id, note in rows]
    ran = run("check", project, "--from", saved(project.parent, given))
    assert f"まとめて取り消すには: aiguide undo {project}" in ran.out.replace("\n", "")
    ran = run("undo", project)
    assert "一度に取り込んだ 3 件の回答を、まとめて取り消しました" in ran.out
    assert "リスクの評価: 実施済 → 未着手" in ran.out
    after = manifest(project)
    assert after["answers"] == before["answers"]
    assert [one["kind"] for one in after["history"][5:]] == ["undone"] * 3
    assert run("log", project, "--verify").code == 0
    run("undo", project)
    assert "answers" not in manifest(project)


def test_two_imports_one_after_the_other_are_two(run: Run, project: Path) -> None:
    for id in (PURPOSE, RISK):
        rows = [{"item": id, "status": "done", "note": note} for note in ("一", "二")]
        assert run("check", project, "--from", saved(project.parent, rows)).code == 0
    run("undo", project)
    assert set(manifest(project)["answers"]) == {PURPOSE}


def test_an_import_of_which_something_was_changed_by_hand_is_not_taken_back_in_part(
    run: Run, project: Path
) -> None:
    rows = [{"item": id, "status": "done", "note": "企画書"} for id in (PURPOSE, RISK)]
    run("check", project, "--from", saved(project.parent, rows))
    data = manifest(project)
    data["answers"][PURPOSE]["note"] = "手で直した"
    before = saved(project.parent, data, project.name).read_bytes()
    ran = run("undo", project)
    assert ran.code == 2
    assert "履歴を残さず書き換えられています" in ran.err
    assert project.read_bytes() == before


def test_a_table_may_be_separated_by_tabs(run: Run, project: Path) -> None:
    text = f"項目\t状態\tメモ\n{PURPOSE}\t済\t企画書, 2 章\n"
    ran = run("check", project, "--from", saved(project.parent, text, "answers.TSV"))
    assert (ran.code, ran.err) == (0, "")
    assert manifest(project)["answers"][PURPOSE]["note"] == "企画書, 2 章"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ([{"status": "done"}], "a.json", "1 行目（1 件目）: 項目（item）が書かれていません"),
        ([{}], "a.json", "項目（item）が書かれていません"),
        (["済"], "a.json", '一件の回答になっていません。{"item": "planning.purpose"'),
        ("項目,状態\n,済\n", "a.csv", "2 行目（1 件目）: 項目（item）が書かれていません"),
        ("項目,確かめること\n", "a.csv", "見出し）に、項目のほかに読める列がありません"),
        ("状態,メモ\n", "a.csv", "見出し）に、項目（item）の列がありません"),
    ],
)
def test_what_a_row_lacks_is_named_as_staff_call_it(
    run: Run, project: Path, content: Any, name: str, said: str
) -> None:
    ran = run("check", project, "--from", saved(project.parent, content, name))
    assert ran.code in (1, 2)
    assert said in ran.err
    assert "文字列" not in ran.err


def test_all_that_is_wrong_with_a_row_is_told_at_once(run: Run, project: Path) -> None:
    rows = [
        {"item": "planning.purpos", "status": "終", "due": "近日", "evidence": ["無い.md", "../x"]},
        {"item": RISK, "status": "exception", "until": "いつか", "memo": "x", "note": 5},
    ]
    before = project.read_bytes()
    ran = run("check", project, "--from", saved(project.parent, rows))
    first = [line for line in ran.err.splitlines() if "（1 件目）" in line]
    second = [line for line in ran.err.splitlines() if "（2 件目）" in line]
    for told, sayings in (
        (first, ("planning.purpose", "状態 に 終 は", "期限（due）", "無い.md", "../x")),
        (second, ("承認者", "例外承認の期限（until）", "memo", "note は")),
    ):
        assert len(told) == len(sayings)
        for said in sayings:
            assert any(said in line for line in told), said
    assert "2 件のうち 2 件を記録できない" in ran.err
    assert (ran.code, project.read_bytes()) == (1, before)


def test_a_date_that_cannot_be_read_comes_with_one_that_can(run: Run, project: Path) -> None:
    text = f"項目,状態,期限\n{RISK},対応中,近日\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert "近日 は日付として読めません （2027-03-31 や" in ran.err


@pytest.mark.parametrize("given", ["来月末", "2週間後"])
def test_of_a_day_that_counts_from_another_it_is_told_why_it_is_refused(
    run: Run, project: Path, given: str
) -> None:
    text = f"項目,状態,期限\n{RISK},対応中,{given}\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert ran.code == 1
    assert f"期限（due）: {given} は、書いた日が分からないので、どの日か決められません" in ran.err
    assert "（2027-03-31 や 3月末 のように書きます）" in ran.err


def test_a_day_that_a_spreadsheet_counted_is_read_and_told(run: Run, project: Path) -> None:
    text = f"項目,状態,期限\n{RISK},対応中,44985\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert ran.code == 0
    assert "次のように読みました: 44985 → 2023-02-28" in ran.err
    assert manifest(project)["answers"][RISK]["due"] == "2023-02-28"


@pytest.mark.parametrize("given", ["19999", "70000", "4498", "449855", "44985.5"])
def test_a_number_that_is_hardly_a_day_is_refused(run: Run, project: Path, given: str) -> None:
    text = f"項目,状態,期限\n{RISK},対応中,{given}\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert ran.code == 1
    assert f"{given} は日付として読めません" in ran.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", f"項目,状態,メモ\n{PURPOSE},,4製品を比べた\n"),
        ("a.csv", f"項目,メモ\n{PURPOSE},4製品を比べた\n"),
        ("a.json", [{"item": PURPOSE, "note": "4製品を比べた"}]),
        ("a.json", [{"item": PURPOSE, "status": "", "note": "4製品を比べた"}]),
        ("a.json", [{"項目": PURPOSE, "状態": None, "メモ": "4製品を比べた", "期限": None}]),
    ],
)
def test_without_a_status_the_status_stays(
    run: Run, project: Path, name: str, content: Any
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "企画書", "--due", "2027-03-31")
    ran = run("check", project, "--from", saved(project.parent, content, name))
    assert (ran.code, "メモ: 企画書" in ran.err) == (0, True)
    answer = manifest(project)["answers"][PURPOSE]
    assert (answer["status"], answer["note"]) == ("done", "4製品を比べた")
    assert answer["due"] == "2027-03-31"


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (",案を検討中,,", "in-progress"),
        (",,https://example.jp/,", "in-progress"),
        (",,,佐藤", "open"),
        ("未着手,案を検討中,,", "open"),
    ],
)
def test_a_note_or_evidence_begins_an_item_that_is_given_no_status(
    run: Run, project: Path, row: str, status: str
) -> None:
    text = f"項目,状態,メモ,証拠,担当\n{PURPOSE},{row}\n"
    assert run("check", project, "--from", saved(project.parent, text, "a.csv")).code == 0
    assert manifest(project)["answers"][PURPOSE]["status"] == status


def test_a_row_that_says_nothing_of_its_item_is_passed_over_and_counted(
    run: Run, project: Path
) -> None:
    text = f"項目,状態,メモ\n{PURPOSE},済,企画書\n{RISK},,\nまだ無い項目,,\n"
    file = saved(project.parent, text, "a.csv")
    ran = run("check", project, "--from", file)
    assert (ran.code, ran.err) == (0, "")
    assert "1 件の回答を保存しました" in ran.out
    assert "項目のほかに何も書かれていない 2 件は、読み飛ばしました" in ran.out
    assert list(manifest(project)["answers"]) == [PURPOSE]
    again = run("check", project, "--from", file)
    assert "1 件とも、いまの回答と同じです" in again.out
    assert "2 件は、読み飛ばしました" in again.out
    only = run("check", project, "--from", saved(project.parent, [{"item": RISK}]))
    assert "ファイルに回答がありません" in only.out
    assert "1 件は、読み飛ばしました" in only.out


@pytest.mark.parametrize(("status", "said"), [("open", "未着手"), ("done", "実施済")])
def test_without_a_status_what_the_answer_does_not_keep_is_refused(
    run: Run, project: Path, status: str, said: str
) -> None:
    run("answer", project, PURPOSE, status, "--note", "企画書")
    before = project.read_bytes()
    text = f"項目,メモ,理由\n{PURPOSE},企画書,新しい業務\n"
    ran = run("check", project, "--from", saved(project.parent, text, "a.csv"))
    assert (ran.code, project.read_bytes()) == (1, before)
    assert f"「理由」は「{said}」では使いません" in ran.err
    assert "同じコマンドをもう一度実行してください" in ran.err


@pytest.mark.parametrize("suffix", ["csv", "json"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_exported_checklist_is_taken_as_a_table_or_as_json(
    run: Run, project: Path, suffix: str, lang: str
) -> None:
    run("answer", project, RISK, "done", "--note", "所見", "--due", "2027-03-31")
    sheet = project.with_name("c.xlsx")
    assert run("export", project, "-o", sheet, "--lang", lang).code == 0
    head, *lines = openpyxl.load_workbook(sheet).worksheets[1].iter_rows(values_only=True)
    rows = [[f"{one:%Y/%m/%d}" if isinstance(one, date) else one for one in row] for row in lines]
    rows[0][head.index("メモ（確かめた内容）" if lang == "ja" else "Note (what was checked)")] = (
        "案"
    )
    file = project.with_name(f"a.{suffix}")
    if suffix == "csv":
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([head, *rows])
    else:
        saved(project.parent, [dict(zip(head, row, strict=True)) for row in rows], file.name)
    ran = run("check", project, "--from", file)
    assert ran.code == 0, ran.err
    assert "1 件の回答を保存しました" in ran.out
    assert "ほかの 1 件は、いまの回答と同じです" in ran.out
    assert f"{len(rows) - 2} 件は、読み飛ばしました" in ran.out
    assert ("確かめること" if lang == "ja" else "What to check") in ran.err


def test_json_takes_the_names_of_a_table(run: Run, project: Path) -> None:
    one: dict[str, Any] = {
        **{"点検項目": "適切な目的の設定", "状態（選択）": "済", "備考": "企画書"},
        **{"担当課": "資源循環課", "Due Date": "令和9年3月31日"},
        "証拠": ["https://example.jp/a", "https://example.jp/b"],
    }
    ran = run("check", project, "--from", saved(project.parent, [one]))
    assert ran.code == 0, ran.err
    answer = manifest(project)["answers"][PURPOSE]
    assert (answer["note"], answer["assignee"]) == ("企画書", "資源循環課")
    assert (answer["due"], len(answer["evidence"])) == ("2027-03-31", 2)


def test_of_an_object_only_what_is_wrong_is_told_as_it_is_called_there(
    run: Run, project: Path
) -> None:
    rows = [{"項目": PURPOSE, "状態": "対応中", "メモ": 5, "決裁番号": "7", "備考": "x"}]
    ran = run("check", project, "--from", saved(project.parent, rows))
    assert ran.code == 1
    told = [line for line in ran.err.splitlines() if "（1 件目）" in line]
    for said in ("メモ は ", "決裁番号 という欄は"):
        assert any(said in line for line in told), said
    assert len(told) == 2
    assert "読まなかった列があります: 備考" in ran.err


@pytest.mark.parametrize("name", ["answers.csv", "answers.json", "answers"])
@pytest.mark.parametrize("content", [b"", b" \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(
    run: Run, project: Path, name: str, content: bytes
) -> None:
    file = project.with_name(name)
    file.write_bytes(content)
    ran = run("check", project, "--from", file)
    assert (ran.code, ran.out) == (2, "")
    assert "取り込むファイルは空です" in ran.err


def test_a_row_of_a_table_is_found_in_a_spreadsheet_too(run: Run, project: Path) -> None:
    """A cell of several lines, and a blank row, make its line another than its row."""
    table = f'item,status,note\n{PURPOSE},done,"一行目\n二行目"\n\n{RISK},no such,x\n'
    ran = run("check", project, "--from", saved(project.parent, table, "answers.csv"))
    assert (ran.code, "5 行目（表計算ソフトでは 4 行目）" in ran.err) == (1, True), ran.err
    bad = saved(project.parent, f"item,status\n\n{RISK},no such\n", "blank.csv")
    assert "3 行目（1 件目）" in run("check", project, "--from", bad).err
