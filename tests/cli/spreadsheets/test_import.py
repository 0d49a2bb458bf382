"""`import`: what changed in a workbook is shown, agreed to, and recorded in one save."""

import json
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aiguide.core.spreadsheet import COLUMNS, EDITABLE, SHOWN
from tests.cli.spreadsheets.files import (
    FLAGSHIP,
    PURPOSE,
    RISK,
    TOOLS,
    change,
    changes,
    exported,
    fill,
    manifest,
    place_of,
)
from tests.conftest import ROOT, Run
from tests.terminal import running


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("story", sorted((ROOT / "examples" / "valid").glob("*/project.json")))
def test_what_was_not_touched_changes_nothing(
    run: Run, tmp_path: Path, story: Path, lang: str
) -> None:
    file = tmp_path / "x.xlsx"
    assert run("export", story, "-o", file, "--lang", lang).code == 0
    before = story.read_bytes()
    ran = run("import", file, "--into", story, "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert "変更はありません" in ran.out
    assert story.read_bytes() == before


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_what_libreoffice_saved_anew_changes_nothing_and_keeps_its_lists(
    run: Run, tmp_path: Path
) -> None:
    file, anew = tmp_path / "x.xlsx", tmp_path / "anew" / "x.xlsx"
    assert run("export", FLAGSHIP, "-o", file).code == 0
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "xlsx", "--outdir", anew.parent, file),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert "変更はありません" in run("import", anew, "--into", FLAGSHIP, "--yes").out
    rules = openpyxl.load_workbook(anew)["企画"].data_validations.dataValidation
    assert {rule.type for rule in rules} == {"list", "date"}


def test_changed_cells_are_recorded_in_one_save_with_their_author(
    run: Run, project: Path, sheet: Path
) -> None:
    (project.parent / "goal.md").write_text("目的", encoding="utf-8")
    fill(sheet, PURPOSE, status="実施済", evidence="goal.md\nhttps://example.jp/", note="企画書")
    fill(sheet, RISK, assignee="佐藤", due=date(2026, 12, 1))
    fill(sheet, TOOLS, status="例外承認", reason="調整中", approver="局長", until="令和9年3月31日")
    ran = run("import", sheet, "--into", project, "--yes", "--by", "点検係")
    assert ran.code == 0, ran.err
    assert "3 項目に、9 件の変更" in ran.out
    assert "状態（選択）: 未着手 → 実施済" in ran.out
    assert "9 件の変更を保存しました" in ran.out
    data = manifest(project)
    answers = data["answers"]
    assert [one["kind"] for one in answers[PURPOSE]["evidence"]] == ["file", "link"]
    assert (answers[RISK]["status"], answers[RISK]["due"]) == ("open", "2026-12-01")
    assert answers[TOOLS]["until"] == "2027-03-31"
    assert [entry["by"] for entry in data["history"][1:]] == ["点検係"] * 3
    assert run("log", project, "--verify").code == 0
    assert "変更はありません" in run("import", sheet, "--into", project, "--yes").out


def test_a_cleared_cell_clears_and_a_removed_line_of_evidence_is_removed(
    run: Run, project: Path
) -> None:
    (project.parent / "goal.md").write_text("目的", encoding="utf-8")
    run(
        *("answer", project, PURPOSE, "done", "--note", "企画書", "--assignee", "佐藤"),
        *("--evidence", "goal.md", "--evidence", "https://example.jp/a"),
    )
    digest = manifest(project)["answers"][PURPOSE]["evidence"][0]["sha256"]
    (project.parent / "goal.md").write_text("後で変わった", encoding="utf-8")
    file = exported(run, project)
    fill(file, PURPOSE, evidence="https://example.jp/b\ngoal.md\n", assignee=None)
    assert run("import", file, "--into", project, "--yes").code == 0
    answer = manifest(project)["answers"][PURPOSE]
    assert [one["target"] for one in answer["evidence"]] == ["https://example.jp/b", "goal.md"]
    assert answer["evidence"][1]["sha256"] == digest  # as it was recorded, not as it is now
    assert "assignee" not in answer
    assert answer["note"] == "企画書"


def test_taking_it_in_twice_changes_nothing_however_the_lines_were_written(
    run: Run, project: Path, sheet: Path
) -> None:
    fill(
        sheet, PURPOSE, evidence=" https://example.jp/a\n\nhttps://example.jp/a \n", note=" 企画書 "
    )
    assert run("import", sheet, "--into", project, "--yes").code == 0
    again = run("import", sheet, "--into", project, "--yes")
    assert (again.code, again.err) == (0, "")
    assert "変更はありません" in again.out


def test_export_and_import_say_what_can_be_done_next(run: Run, project: Path) -> None:
    file = project.with_name("点検 表.xlsx")
    ran = run("export", project, "-o", file)
    assert f"aiguide import '{file}' --into {project}" in ran.out.replace("\n", "")
    fill(file, PURPOSE, note="企画書")
    ran = run("import", file, "--into", project, "--yes")
    assert f"まとめて取り消すには: aiguide undo {project}" in ran.out.replace("\n", "")


@pytest.mark.parametrize(
    ("column", "written"),
    [
        *(("due", "12月10日"), ("due", "１２／１０"), ("due", "Dec 10"), ("due", "12月末")),
        *(("due", "令和９年３月３１日"), ("due", 46397), ("status", "ｄｏｎｅ"), ("status", "済")),
        *(
            ("evidence", "ｇｏａｌ.ｍｄ"),
            ("evidence", "ｈｔｔｐｓ：／／example.jp/\n./goal.md\ngoal.md"),
        ),
        *(("note", " 企画書\r\n2 章 "), ("assignee", 7.0)),
    ],
)
def test_what_was_taken_in_stands_in_nothings_way_however_it_was_written(
    run: Run, project: Path, sheet: Path, column: str, written: Any
) -> None:
    (project.parent / "goal.md").write_text("目的", encoding="utf-8")
    fill(sheet, PURPOSE, **({"status": "実施済", "note": "企画書"} | {column: written}))
    assert run("import", sheet, "--into", project, "--yes").code == 0
    again = run("import", sheet, "--into", project, "--yes")
    assert (again.code, "変更はありません" in again.out) == (0, True), again.err
    ran = run("export", project, "-o", sheet, "--today", "2031-01-01")
    assert ran.code == 0, ran.err


def test_where_only_the_project_has_changed_since_it_says_that_and_in_how_many_cells(
    run: Run, project: Path
) -> None:
    run("answer", project, PURPOSE, "done", "--note", "企画書")
    file = exported(run, project)
    run("undo", project)
    ran = run("import", file, "--into", project, "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert "新しい記入はありませんが" in ran.out
    assert "2か所が違います（はじめは企画!F2）" in "".join(
        ran.out.split()
    )  # its status and its note
    fill(file, PURPOSE, status="未着手", note=None)  # as the project is by now
    assert "か所" not in run("import", file, "--into", project, "--yes").out


def test_a_cleared_status_is_open_again(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "done", "--note", "企画書")
    file = exported(run, project)
    fill(file, PURPOSE, status=None)
    assert run("import", file, "--into", project, "--yes").code == 0
    assert manifest(project)["answers"][PURPOSE]["status"] == "open"


def test_what_another_status_does_not_keep_is_shown_as_going(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "not-applicable", "--reason", "新規の業務")
    file = exported(run, project)
    fill(file, PURPOSE, status="実施済", note="企画書")
    ran = run("import", file, "--into", project, "--yes", "--format", "json")
    assert (PURPOSE, "reason", "新規の業務", "") in changes(ran.json)


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"note": "案を検討中", "due": "2027-03-31"}, "in-progress"),
        ({"evidence": "https://example.jp/a"}, "in-progress"),
        ({"assignee": "佐藤", "due": "2027-03-31"}, "open"),
        ({"status": "未着手", "note": "案を検討中"}, "open"),
    ],
)
def test_a_note_or_evidence_begins_an_item_whose_status_is_left_blank(
    run: Run, project: Path, sheet: Path, cells: dict[str, str], status: str
) -> None:
    fill(sheet, PURPOSE, **cells)
    ran = run("import", sheet, "--into", project, "--yes")
    assert ("状態（選択）: 未着手 → 対応中" in ran.out) == (status == "in-progress")
    assert manifest(project)["answers"][PURPOSE]["status"] == status


def test_a_note_begins_what_was_only_assigned(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "open", "--assignee", "佐藤")
    file = exported(run, project)
    fill(file, PURPOSE, note="案を検討中")
    assert run("import", file, "--into", project, "--yes").code == 0
    assert manifest(project)["answers"][PURPOSE]["status"] == "in-progress"


def test_what_is_open_is_blank_and_says_so(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "open", "--assignee", "佐藤")
    book = openpyxl.load_workbook(exported(run, project))
    for item, status, standing in ((PURPOSE, None, "未着手"), (RISK, None, "未着手")):
        for column, said in (("status", status), ("standing", standing)):
            sheet, place = place_of(book, item, column)
            assert sheet[place].value == said


def test_a_stale_answer_is_blank_until_a_status_is_chosen(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "done", "--note", "企画書")
    data = manifest(project)
    data["answers"][PURPOSE]["item_digest"] = "00000000"
    project.write_text(json.dumps(data), encoding="utf-8")
    file = exported(run, project)
    book = openpyxl.load_workbook(file)
    for column, said in (("status", None), ("standing", "前の回答: 実施済")):
        planning, place = place_of(book, PURPOSE, column)
        value = planning[place].value
        assert value is said or (said and said in str(value))
    assert "変更はありません" in run("import", file, "--into", project, "--yes").out
    fill(file, PURPOSE, status="実施済")
    ran = run("import", file, "--into", project, "--yes")
    assert "（回答し直しが必要） → 実施済" in ran.out
    assert manifest(project)["answers"][PURPOSE]["item_digest"] != "00000000"


def test_statuses_may_be_ids_or_labels_of_either_language(
    run: Run, project: Path, sheet: Path
) -> None:
    for item, status in ((PURPOSE, "done"), (RISK, "Done"), (TOOLS, " 実施済 ")):
        fill(sheet, item, status=status, note="所見")
    assert run("import", sheet, "--into", project, "--yes").code == 0
    assert {one["status"] for one in manifest(project)["answers"].values()} == {"done"}


def test_whole_numbers_are_taken_as_text_and_dates_as_people_write_them(
    run: Run, project: Path, sheet: Path
) -> None:
    fill(sheet, PURPOSE, note=2026, assignee=7.0, due="２０２６年１２月３１日")
    fill(sheet, RISK, due=datetime(2026, 12, 31, 9, 30))
    assert run("import", sheet, "--into", project, "--yes").code == 0
    answers = manifest(project)["answers"]
    assert (answers[PURPOSE]["note"], answers[PURPOSE]["assignee"]) == ("2026", "7")
    assert answers[PURPOSE]["due"] == answers[RISK]["due"] == "2026-12-31"


def test_rows_may_be_sorted_and_deleted_and_columns_moved(
    run: Run, project: Path, sheet: Path
) -> None:
    fill(sheet, PURPOSE, status="未着手", note="企画書")

    def shuffle(book: openpyxl.Workbook) -> None:
        planning = book["企画"]
        rows = [[cell.value for cell in row] for row in planning.iter_rows()]
        kept = [rows[0], *sorted(rows[1:], key=lambda row: str(row[0]))][: len(rows) - 2]
        if not any(row[-1] == PURPOSE for row in kept):
            kept[-1] = next(row for row in rows if row[-1] == PURPOSE)
        planning.delete_rows(1, planning.max_row)
        for row in kept:
            planning.append([*reversed(row), "自分用のメモ"])
        del book["要件定義"]

    change(sheet, shuffle)
    ran = run("import", sheet, "--into", project, "--yes", "--format", "json")
    assert ran.code == 0, ran.err
    assert changes(ran.json) == [(PURPOSE, "note", "", "企画書")]


def test_without_a_terminal_and_without_yes_it_only_shows(
    run: Run, project: Path, sheet: Path
) -> None:
    fill(sheet, PURPOSE, note="企画書")
    before = project.read_bytes()
    ran = run("import", sheet, "--into", project)
    assert ran.code == 2
    assert "→ 企画書" in ran.out
    assert "何も変更していません。記録するには --yes を付けてください" in ran.err
    shown = run("import", sheet, "--into", project, "--format", "json")
    assert (shown.code, shown.json["applied"]) == (2, False)
    assert project.read_bytes() == before


@pytest.mark.parametrize(("typed", "note"), [("ｙ", "企画書"), ("", ""), ("x\nn", "")])
def test_at_a_terminal_it_asks(run: Run, project: Path, sheet: Path, typed: str, note: str) -> None:
    fill(sheet, PURPOSE, note="企画書")
    with running("import", sheet, "--into", project) as (terminal, command):
        terminal.answer("記録しますか", typed)
        terminal.until("保存しました" if note else "何も変更していません")
        assert command.wait(15) == 0
    assert manifest(project).get("answers", {}).get(PURPOSE, {}).get("note", "") == note


def test_a_line_end_that_excel_escaped_is_one(run: Run, project: Path, sheet: Path) -> None:
    fill(sheet, PURPOSE, note="企画書_x000D_\n2 章")
    assert run("import", sheet, "--into", project, "--yes").code == 0
    assert manifest(project)["answers"][PURPOSE]["note"] == "企画書\n2 章"


def test_a_long_text_is_shown_in_part_and_cannot_be_changed(run: Run, project: Path) -> None:
    text = "長い文" * 20_000
    data = manifest(project)
    data["answers"] = {PURPOSE: {"status": "done", "note": text}}
    project.write_text(json.dumps(data), encoding="utf-8")
    file = exported(run, project)
    assert "変更はありません" in run("import", file, "--into", project, "--yes").out
    fill(file, PURPOSE, note="短い文")
    ran = run("import", file, "--into", project, "--yes")
    assert ran.code == 1
    assert "一部しか出ていない" in ran.err
    assert manifest(project)["answers"][PURPOSE]["note"] == text


def test_what_a_workbook_changed_is_taken_back_as_a_whole(run: Run, project: Path) -> None:
    file = exported(run, project)
    fill(file, PURPOSE, status="対応中", note="一")
    fill(file, RISK, status="対応中", note="二")
    assert run("import", file, "--into", project, "--yes").code == 0
    assert set(manifest(project)["answers"]) == {PURPOSE, RISK}
    assert "2 件の回答を、まとめて取り消しました" in run("undo", project).out
    assert "answers" not in manifest(project)


@pytest.mark.parametrize("meanwhile", [False, True])
@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"by": "田中"}, ["記入者"]),
        ({"by": None}, ["記入者"]),
        ({"at": date(2026, 1, 1)}, ["記入日"]),
        ({"by": "田中", "at": "2026-01-01"}, ["記入者", "記入日"]),
        ({"note": "新"}, []),
    ],
)
def test_who_answered_is_not_taken_from_a_workbook_and_that_is_told(
    run: Run, project: Path, cells: dict[str, str], told: list[str], meanwhile: bool
) -> None:
    run("answer", project, PURPOSE, "in-progress", "--note", "前", "--by", "佐藤")
    file = exported(run, project)
    if meanwhile:
        run("answer", project, PURPOSE, "in-progress", "--note", "前", "--by", "鈴木")
        run("answer", project, PURPOSE, "in-progress", "--assignee", "鈴木", "--by", "鈴木")
    fill(file, PURPOSE, **cells)
    fill(file, RISK, note="所見")
    ran = run("import", file, "--into", project, "--yes")
    assert ran.code == 0
    assert [line.split("「")[1].split("」")[0] for line in ran.err.splitlines()] == told
    assert all(line.startswith("企画!") for line in ran.err.splitlines())
    assert manifest(project)["answers"][RISK]["note"] == "所見"


SHOWN_ONLY = {
    "level": ("必須・推奨", "推奨"),
    "why": ("なぜ対象か", ""),
    "standing": ("回答の状況", "実施済"),
    "by": ("記入者", "田中"),
    "at": ("記入日", "2026-01-01"),
}


@pytest.mark.parametrize("column", [one for one in COLUMNS if one not in ("id", *EDITABLE)])
@pytest.mark.parametrize("answer", [True, False])
def test_a_changed_cell_of_a_column_that_is_not_taken_is_told_by_its_name(
    run: Run, project: Path, column: str, answer: bool
) -> None:
    if answer:
        run("answer", project, PURPOSE, "in-progress", "--note", "調整中")
    sheet = exported(run, project)
    # what these cells would say by now is no matter
    run("set", project, "--condition", "generative_ai=no")
    before = project.read_bytes()
    heading, value = SHOWN_ONLY.get(column, ("", "別の文"))
    fill(sheet, PURPOSE, **{column: value})
    ran = run("import", sheet, "--into", project, "--yes")
    if column in SHOWN_ONLY:
        assert ran.code == 0
        assert ran.err.count("取り込みません") == 1
        assert f"「{heading}」の書き換えは" in ran.err or f"「{heading}」は aiguide が" in ran.err
    else:  # it says what the row asks
        assert (ran.code, "元の文に戻してください" in ran.err) == (1, True)
    assert project.read_bytes() == before


def test_a_checklist_of_an_aiguide_that_kept_less_of_it_is_taken(
    run: Run, project: Path, sheet: Path
) -> None:
    def cut(book: Any) -> None:
        state = book.worksheets[-1]
        state.delete_cols(state.max_column - len(SHOWN) + 1, len(SHOWN))

    change(sheet, cut)
    fill(sheet, PURPOSE, status="対応中", note="調整中")
    assert run("import", sheet, "--into", project, "--yes").code == 0
    assert manifest(project)["answers"][PURPOSE]["note"] == "調整中"


def test_a_number_of_days_is_a_date_as_it_is_in_a_file_of_answers(
    run: Run, project: Path, sheet: Path
) -> None:
    fill(sheet, PURPOSE, due="44985")
    ran = run("import", sheet, "--into", project, "--yes")
    assert ran.code == 0, ran.err
    assert manifest(project)["answers"][PURPOSE]["due"] == "2023-02-28"
