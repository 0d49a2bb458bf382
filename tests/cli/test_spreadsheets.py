"""`export` and `import`: the checklist goes to Excel and comes back, changed cells only."""

import json
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from aiguide.core.spreadsheet import COLUMNS, EDITABLE
from tests.conftest import ROOT, TODAY, Run
from tests.contracts import fits
from tests.terminal import running

FLAGSHIP = ROOT / "examples" / "valid" / "flood-gate-forecast"
PURPOSE, RISK, TOOLS = "planning.purpose", "planning.risk-assessment", "planning.tool-selection"


@pytest.fixture
def sheet(run: Run, project: Path) -> Path:
    """The small project's checklist, as it was written."""
    return exported(run, project)


def exported(run: Run, project: Path, *args: str) -> Path:
    file = project.with_name("点検表.xlsx")
    ran = run("export", project, "-o", file, "--today", TODAY, *args)
    assert ran.code == 0, ran.err
    return file


def manifest(project: Path) -> Any:
    return json.loads(project.read_text(encoding="utf-8"))


def place_of(book: openpyxl.Workbook, item: str, column: str) -> tuple[Worksheet, str]:
    for sheet in book.worksheets[1:-1]:
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, COLUMNS.index("id") + 1).value == item:
                return sheet, sheet.cell(row, COLUMNS.index(column) + 1).coordinate
    raise AssertionError(item)


def fill(file: Path, item: str, **cells: Any) -> None:
    """Fill in cells of an item's row, as a person in a spreadsheet program."""
    book = openpyxl.load_workbook(file)
    for column, value in cells.items():
        sheet, place = place_of(book, item, column)
        sheet[place].value = value
    book.save(file)


def change(file: Path, edit: Callable[[openpyxl.Workbook], None]) -> None:
    book = openpyxl.load_workbook(file)
    edit(book)
    book.save(file)


def changes(ran_json: Any) -> list[tuple[str, str, str, str]]:
    fits("import", ran_json)
    return [(c["item"], c["field"], c["before"], c["after"]) for c in ran_json["changes"]]


# What an office gets.


def test_there_are_instructions_then_a_sheet_for_each_phase(sheet: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    assert book.sheetnames[:3] == ["記入のしかた", "企画", "要件定義"]
    assert "調達" not in book.sheetnames or book["調達"].max_row > 1
    said = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    for part in ("ごみ分別案内", TODAY, "東京都 AI導入・活用ガイドライン（概要） aiguide 第1版"):
        assert part in said
    for status in ("未着手", "対応中", "実施済", "非該当", "例外承認"):
        assert status in said
    assert any("aiguide import" in str(text) for text in said)


def test_only_the_cells_to_be_filled_in_can_be_changed(sheet: Path) -> None:
    planning = openpyxl.load_workbook(sheet)["企画"]
    assert planning.protection.sheet
    assert not planning.protection.password
    assert not planning.protection.autoFilter  # allowed
    assert not planning.protection.formatColumns
    for place, column in enumerate(COLUMNS, 1):
        assert planning.cell(2, place).protection.locked == (column not in EDITABLE), column
        assert planning.cell(1, place).protection.locked


def test_it_reads_well_on_a_screen_and_on_paper(sheet: Path) -> None:
    planning = openpyxl.load_workbook(sheet)["企画"]
    assert planning.freeze_panes == "B2"
    assert planning.auto_filter.ref == f"A1:P{planning.max_row}"
    assert planning.print_title_rows == "$1:$1"
    assert (planning.page_setup.orientation, planning.page_setup.paperSize) == ("landscape", 8)
    assert planning.page_setup.fitToHeight == 0
    assert planning.oddFooter and planning.oddFooter.right
    assert planning.oddFooter.right.text == "&P / &N"
    assert planning["C2"].alignment.wrap_text
    assert planning["C2"].font.name == "BIZ UDPGothic"


def test_statuses_are_chosen_in_the_language_and_dates_are_checked(run: Run, project: Path) -> None:
    for lang, labels in (("ja", "未着手,対応中"), ("en", "Open,In progress")):
        planning = openpyxl.load_workbook(exported(run, project, "--lang", lang)).worksheets[1]
        rules = {rule.type: rule for rule in planning.data_validations.dataValidation}
        assert labels in str(rules["list"].formula1)
        assert "date" in rules


def test_nothing_of_a_manifest_becomes_a_formula_a_link_or_a_number(
    run: Run, project: Path
) -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "https://example.jp/", "00123", '=HYPERLINK("x")']
    for item, text in zip(manifest_items(run, project), texts, strict=False):
        assert run("answer", project, item, "done", "--note", text).code == 0
    run("set", project, "--name", "=cmd|' /C calc'!A0", "--owner", "&D&[Path]")
    file = exported(run, project)
    book = openpyxl.load_workbook(file)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n") and not isinstance(cell.value, (int, float))
                assert cell.hyperlink is None
    with zipfile.ZipFile(file) as archive:
        assert not [n for n in archive.namelist() if "externalLink" in n]
    assert run("import", file, "--into", project).code == 0


def manifest_items(run: Run, project: Path) -> list[str]:
    ran = run("check", project, "--phase", "planning", "--format", "json")
    assert ran.code == 0, ran.err
    return [one["id"] for one in ran.json["items"]]


def test_the_same_day_gives_the_same_bytes_and_no_path_leaks(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = exported(run, project).read_bytes()
    assert exported(run, project).read_bytes() == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795500000")
    contents = [run_to(run, project) for _ in range(2)]
    assert contents[0] == contents[1]
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert str(project.parent).encode() not in everything
    assert b'<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-24T' in everything
    assert re.findall(rb"<(?:dc:creator|cp:lastModifiedBy)>[^<]", everything) == []


def run_to(run: Run, project: Path) -> bytes:
    file = project.with_name("x.xlsx")
    assert run("export", project, "-o", file).code == 0
    return file.read_bytes()


def test_a_made_up_example_says_so_on_every_page(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    assert run("export", FLAGSHIP, "-o", file).code == 0
    for sheet in openpyxl.load_workbook(file).worksheets[:-1]:
        assert sheet.oddHeader and sheet.oddHeader.left
        assert "架空の記入例" in str(sheet.oddHeader.left.text)


@pytest.mark.parametrize("name", ["list.csv", "list", "list.xls"])
def test_the_file_to_write_is_named_as_what_it_is(run: Run, project: Path, name: str) -> None:
    ran = run("export", project, "-o", project.with_name(name))
    assert ran.code == 2
    assert ".xlsx" in ran.err


# What comes back.


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


def test_what_nobody_has_answered_is_blank_and_says_so(run: Run, project: Path) -> None:
    run("answer", project, PURPOSE, "open", "--assignee", "佐藤")
    book = openpyxl.load_workbook(exported(run, project))
    for item, status, standing in ((PURPOSE, "未着手", None), (RISK, None, "未回答")):
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
    fill(sheet, PURPOSE, note="企画書")

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
        terminal.until("記録しますか")
        terminal.enter(typed)
        terminal.until("保存しました" if note else "何も変更していません")
        assert command.wait(15) == 0
    assert manifest(project).get("answers", {}).get(PURPOSE, {}).get("note", "") == note


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


# What is refused, cell by cell.


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
    ran = run("import", file, "--into", project, "--yes")
    assert ran.code == 1
    assert "鈴木" in ran.err


REFUSED: dict[str, tuple[Mapping[str, Any], str, str]] = {
    "status": ({"status": "完了"}, "F2", "「状態（選択）」".strip("「」")),
    "no date": ({"due": "そのうち"}, "M2", "日付として読めません"),
    "no such date": ({"due": "2026-02-30"}, "M2", "日付として読めません"),
    "a number for a date": ({"due": 20261231}, "M2", "文字として読めません"),
    "a fraction": ({"note": 1.5}, "G2", "1.5 は文字として読めません"),
    "true": ({"note": True}, "G2", "文字として読めません"),
    "a date in a text": ({"assignee": date(2026, 1, 2)}, "L2", "文字として読めません"),
    "a formula": ({"note": "=1+1"}, "G2", "数式は使えません"),
    "a formula in the title": ({"title": "=1+1"}, "A2", "書き換えられています"),
    "done without proof": ({"status": "実施済"}, "F2", "メモか証拠が要ります"),
    "no reason": ({"status": "非該当"}, "F2", "理由が要ります"),
    "no approver": ({"status": "例外承認", "reason": "x"}, "F2", "承認者・期限"),
    "a reason for nothing": ({"reason": "x"}, "I2", "「未着手」では使いません"),
    "lost evidence": ({"evidence": "no.md"}, "H2", "no.md"),
    "evidence outside": ({"evidence": "../x"}, "H2", "../x"),
    "an edited title": ({"title": "別の項目"}, "A2", "「点検項目」が書き換えられています"),
    "an edited text": ({"check": "別の文"}, "B2", "書き換えられています"),
    "no id": ({"id": None}, "P2", "ID がありません"),
    "an unknown id": ({"id": "planning.purpos"}, "P2", "もしかして: planning.purpose"),
    "another's id": ({"id": RISK}, "P", "にもあります"),
    "an item that does not apply": (
        {"id": "procurement.spec"},
        "P2",
        "書き出した点検表にない項目",
    ),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_what_cannot_be_taken_is_named_by_its_cell(
    run: Run, project: Path, sheet: Path, case: str
) -> None:
    cells, place, said = REFUSED[case]
    fill(sheet, TOOLS, note="これだけなら記録できる")
    fill(sheet, PURPOSE, **cells)
    before = project.read_bytes()
    ran = run("import", sheet, "--into", project, "--yes")
    assert ran.code == 1, ran.out
    assert f"企画!{place}" in ran.err
    assert said in ran.err
    assert "何も保存していません" in ran.err
    assert project.read_bytes() == before
    answer = run("import", sheet, "--into", project, "--yes", "--format", "json").json
    fits("import", answer)
    assert answer["refused"]
    assert not answer["applied"]


def test_all_that_cannot_be_taken_is_named_in_one_run(run: Run, project: Path, sheet: Path) -> None:
    fill(sheet, PURPOSE, status="完了", due="そのうち", evidence="no.md\n../x\nhttps://example.jp/")
    fill(sheet, RISK, note="=1+1", title="別の項目")
    ran = run("import", sheet, "--into", project, "--yes")
    for place in ("F2", "M2"):
        assert f"企画!{place}" in ran.err
    assert ran.err.count("企画!H2") == 2
    assert ran.err.count("企画!") == 5


def test_tables_that_lost_their_shape_are_refused(run: Run, project: Path, sheet: Path) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["企画"].merge_cells("G3:H4")
        book["要件定義"]["F1"].value = "ステータス"
        book["設計開発"]["P1"].value = "番号"
        book["運用"]["Q1"].value = "メモ（確かめた内容）"

    change(sheet, spoil)
    ran = run("import", sheet, "--into", project, "--yes")
    assert ran.code == 1
    assert "企画!G3:H4: 結合されたセル" in ran.err
    assert "要件定義!1:1: 列「状態（選択）」がありません" in ran.err
    assert "設計開発!1:1: 列「ID」がありません" in ran.err
    assert "運用!Q1: 見出し「メモ（確かめた内容）」が二つあります" in ran.err


def test_a_row_whose_wording_has_changed_since_is_refused(
    run: Run, project: Path, sheet: Path
) -> None:
    digest = openpyxl.load_workbook(sheet)["aiguide"]["B9"].value
    assert isinstance(digest, str)
    sheet.write_bytes(rezipped(sheet, in_state(digest.encode(), b"00000000")))
    ran = run("import", sheet, "--into", project, "--yes")
    assert ran.code == 1
    assert "企画!P2: planning.purpose は、書き出した後に項目の文が変わりました" in ran.err


def test_english_says_it_in_english(run: Run, project: Path) -> None:
    file = exported(run, project, "--lang", "en")
    fill(file, PURPOSE, status="finished")
    ran = run("import", file, "--into", project, "--lang", "en")
    assert "Planning!F2: Status (choose) does not take finished" in ran.err


# What is no such file at all.


def rezipped(file: Path, edit: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    edit(parts)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def spoiled(edit: Callable[[dict[str, bytes]], None]) -> Callable[[Path], bytes]:
    return lambda file: rezipped(file, edit)


def laughs(parts: dict[str, bytes]) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE sst [<!ENTITY l0 "ha">{entities}]>'.encode()
    parts["xl/sharedStrings.xml"] = doctype + b"<sst><si><t>&l9;</t></si></sst>"


def in_strings(body: bytes) -> Callable[[dict[str, bytes]], None]:
    def edit(parts: dict[str, bytes]) -> None:
        parts["xl/sharedStrings.xml"] = b"<sst>" + body + b"</sst>"

    return edit


def in_sheet(body: bytes) -> Callable[[dict[str, bytes]], None]:
    def edit(parts: dict[str, bytes]) -> None:
        head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        parts["xl/worksheets/sheet2.xml"] = head + body + b"</worksheet>"

    return edit


def in_state(old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def edit(parts: dict[str, bytes]) -> None:
        parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(old, new, 1)

    return edit


def deep(parts: dict[str, bytes]) -> None:
    parts["xl/styles.xml"] = b"<a>" * 300_000 + b"</a>" * 300_000


def one_part_as_many_sheets(parts: dict[str, bytes]) -> None:
    book = parts["xl/workbook.xml"]
    again = b"".join(
        b'<sheet name="s%d" sheetId="%d" r:id="rId2"/>' % (n, n) for n in range(20, 99)
    )
    parts["xl/workbook.xml"] = book.replace(b"</sheets>", again + b"</sheets>")


def formats(parts: dict[str, bytes]) -> None:
    bad = b'<numFmt numFmtId="200" formatCode="' + b"[" * 100_000 + b'"/>'
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"<fonts", bad + b"<fonts", 1)


def without_workbook(parts: dict[str, bytes]) -> None:
    del parts["xl/workbook.xml"]


def truncated(file: Path) -> bytes:
    return file.read_bytes()[:-2000]


def flipped(file: Path) -> bytes:
    raw = bytearray(file.read_bytes())
    raw[5000:5200] = bytes(200)
    return bytes(raw)


def encrypted_entry(file: Path) -> bytes:
    raw = bytearray(file.read_bytes())
    place = raw.find(b"PK\x01\x02")
    raw[place + 8] |= 1
    return bytes(raw)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
RANGES = b'<conditionalFormatting sqref="' + b"A1 " * 50_000 + b'"/>'

HOSTILE: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "nothing": (lambda _: b"", "Excel の点検表（.xlsx）ではありません"),
    "csv": (lambda _: b"id,status\n", "ではありません"),
    "60 MB": (lambda _: bytes(60 * 1024 * 1024), "大きすぎます"),
    "xls": (lambda _: OLE, "古い形式（.xls）"),
    "password": (
        lambda _: OLE + "EncryptedPackage".encode("utf-16-le"),
        "パスワードが付いています",
    ),
    "zip password": (encrypted_entry, "パスワードが付いています"),
    "truncated": (truncated, "途中で切れています"),
    "flipped bytes": (flipped, "壊れているか"),
    "only the head of a zip": (lambda _: b"PK\x03\x04", "途中で切れています"),
    "another zip": (spoiled(without_workbook), "ではありません"),
    "an unknown encoding": (
        spoiled(
            lambda parts: parts.update({"xl/styles.xml": b'<?xml version="1.0" encoding="x"?><a/>'})
        ),
        "壊れているか",
    ),
    "cells without a place": (
        spoiled(
            lambda parts: parts.update(
                {
                    name: re.sub(rb'<c r="[A-Z]+[0-9]+"', b"<c", part)
                    for name, part in parts.items()
                    if name.startswith("xl/worksheets/sheet2")
                }
            )
        ),
        "壊れているか",
    ),
    "macros": (
        spoiled(lambda parts: parts.update({"xl/vbaProject.bin": b"x"})),
        "マクロが入っています",
    ),
    "macros by type": (
        spoiled(
            lambda parts: parts.update(
                {
                    "[Content_Types].xml": parts["[Content_Types].xml"].replace(
                        b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                        b"vnd.ms-excel.sheet.macroEnabled.main+xml",
                    )
                }
            )
        ),
        "マクロが入っています",
    ),
    "links": (
        spoiled(lambda parts: parts.update({"xl/externalLinks/externalLink1.xml": b"<x/>"})),
        "ほかのブックや外部のデータ",
    ),
    "laughs": (spoiled(laughs), "DOCTYPE"),
    "a zip bomb": (spoiled(in_strings(b" " * 100_000_000)), "大きすぎるか"),
    "a bomb of texts": (spoiled(in_strings(b"<si/>" * 3_000_000)), "大きすぎるか"),
    "a bomb of cells": (
        spoiled(
            in_sheet(b'<sheetData><row r="1">' + b'<c r="A1"/>' * 1_000_000 + b"</row></sheetData>")
        ),
        "大きすぎるか",
    ),
    "a far row": (
        spoiled(
            in_sheet(
                b'<sheetData><row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData>'
            )
        ),
        "大きすぎるか",
    ),
    "ranges": (spoiled(in_sheet(b"<sheetData/>" + RANGES)), "大きすぎるか"),
    "a long page head": (
        spoiled(
            in_sheet(
                b"<sheetData/><headerFooter><oddHeader>"
                + b"&amp;L&amp;C" * 1000
                + b"</oddHeader></headerFooter>"
            )
        ),
        "大きすぎるか",
    ),
    "a format": (spoiled(formats), "大きすぎるか"),
    "nested": (spoiled(deep), "大きすぎるか"),
    "a long tag": (
        spoiled(in_sheet(b'<sheetData><row r="1" ' + b" " * 9_000_000 + b"/></sheetData>")),
        "大きすぎるか",
    ),
    "a part as many sheets": (spoiled(one_part_as_many_sheets), "壊れているか"),
    "no xml": (spoiled(in_strings(b"<si>")), "壊れているか"),
    "a text that is not there": (
        spoiled(
            in_sheet(b'<sheetData><row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData>')
        ),
        "壊れているか",
    ),
    "a column that is not there": (
        spoiled(in_sheet(b'<sheetData><row r="1"><c r="ZZZZZZ1"><v>1</v></c></row></sheetData>')),
        "",
    ),
    "many parts": (
        spoiled(lambda parts: parts.update({f"x/{n}": b"" for n in range(2000)})),
        "大きすぎるか",
    ),
    "not ours": (
        spoiled(lambda parts: in_state(b"<t>guideline</t>", b"<t>guide</t>")(parts)),
        "aiguide の点検表ではない",
    ),
    "another pack": (spoiled(in_state(b"<t>tokyo-ai</t>", b"<t>kyoto-ai</t>")), "kyoto-ai@1"),
}


@pytest.mark.parametrize("case", HOSTILE, ids=str)
def test_what_is_no_checklist_is_refused_at_once(
    run: Run, project: Path, sheet: Path, case: str
) -> None:
    make, said = HOSTILE[case]
    file = project.with_name("x.xlsx")
    file.write_bytes(make(sheet))
    before = project.read_bytes()
    begun = time.monotonic()
    ran = run("import", file, "--into", project, "--yes")
    assert time.monotonic() - begun < 5
    assert project.read_bytes() == before
    if said:
        assert (ran.code, ran.out) == (2, "")
        unwrapped = "".join(ran.err.split())
        assert "".join(said.split()) in unwrapped
        assert "何も変更していません" in unwrapped or "上限" in unwrapped
    else:
        assert ran.code in (0, 1, 2)


def test_a_workbook_of_another_program_is_not_ours(run: Run, project: Path) -> None:
    file = project.with_name("x.xlsx")
    openpyxl.Workbook().save(file)
    ran = run("import", file, "--into", project)
    assert ran.code == 2
    assert "aiguide の点検表ではない" in ran.err


def test_the_checklist_of_another_project_is_refused(
    run: Run, project: Path, sheet: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.project.json"
    run("init", other, "--name", "別の案件", "--cell", "citizen.information")
    ran = run("import", sheet, "--into", other, "--yes")
    assert ran.code == 2
    assert "別の案件（ごみ分別案内）の点検表" in ran.err
    run("set", project, "--name", "新しい名前")
    assert run("import", sheet, "--into", project).code == 0


@pytest.mark.parametrize("library", ["xlsxwriter", "openpyxl"])
def test_without_the_libraries_the_extra_is_named(
    run: Run, project: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    import builtins

    real = builtins.__import__

    def fail(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == library:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", fail)
    wanted = {
        "xlsxwriter": ("export", project, "-o", project.with_name("y.xlsx")),
        "openpyxl": ("import", sheet, "--into", project),
    }
    ran = run(*wanted[library])
    assert ran.code == 2
    assert "aiguide[xlsx]" in ran.err


# Whatever is written and whatever is edited.

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40
) | st.sampled_from(["=1+1", "_x0041_", "_x005F_x0041_", "a\r\nb", "\tx", "00", "é\u0301", "&<>"])
DAYS = st.dates(date(1901, 1, 1), date(9999, 12, 31)).map(date.isoformat)
ANSWERS = st.fixed_dictionaries(
    {"status": st.sampled_from(["open", "in-progress", "done"])},
    optional={
        "note": TEXTS,
        "assignee": TEXTS,
        "due": DAYS | st.dates(date(1, 1, 1)).map(date.isoformat),
        "reason": TEXTS,
        "evidence": st.lists(
            st.builds(lambda target: {"kind": "note", "target": target}, TEXTS.filter(bool)),
            max_size=3,
        ),
    },
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ANSWERS, max_size=6))
def test_whatever_was_answered_comes_back_as_it_was(
    run: Run, project: Path, answers: list[dict[str, Any]]
) -> None:
    data = manifest(project)
    data["answers"] = dict(zip(manifest_items(run, project), answers, strict=False))
    project.write_text(json.dumps(data), encoding="utf-8")
    before = project.read_bytes()
    file = exported(run, project)
    ran = run("import", file, "--into", project, "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert project.read_bytes() == before


WRITTEN = st.text("あ漢aZ1 =+-@/\n", max_size=12)
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["", "open", "In progress", "対応中"]),
        "note": WRITTEN,
        "assignee": WRITTEN,
        "due": st.just("") | DAYS,
        "evidence": st.lists(
            st.integers(0, 5).map(lambda number: f"https://example.jp/{number}"), max_size=4
        ).map("\n".join),
    },
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(EDITS, min_size=3, max_size=3), st.lists(EDITS, min_size=3, max_size=3))
def test_whatever_is_edited_changes_and_nothing_else(
    run: Run, project: Path, first: list[dict[str, str]], second: list[dict[str, str]]
) -> None:
    items = (PURPOSE, RISK, TOOLS)
    for edits in (first, second):
        file = exported(run, project)
        before = manifest(project).get("answers", {})
        book = openpyxl.load_workbook(file)
        for item, edit in zip(items, edits, strict=True):
            for column, text in edit.items():
                planning, place = place_of(book, item, column)
                planning[place].value = text
                planning[place].data_type = "s"
        book.save(file)
        ran = run("import", file, "--into", project, "--yes", "--format", "json")
        assert ran.code == 0, ran.err
        after = manifest(project).get("answers", {})
        assert {id: fields(answer) for id, answer in after.items()} == {
            id: now
            for id, now in expected(before, dict(zip(items, edits, strict=True))).items()
            if id in after or now != fields({})
        }
        assert len(ran.json["changes"]) == sum(
            fields(before.get(item, {}))[name] != fields(after.get(item, {}))[name]
            for item in items
            for name in EDITABLE
        )


STATUSES = {"": "open", "In progress": "in-progress", "対応中": "in-progress"}


def fields(answer: Mapping[str, Any]) -> dict[str, str]:
    """Give an answer as the cells of its row stand for it."""
    targets = "\n".join(one["target"] for one in answer.get("evidence", ()))
    plain = {name: answer.get(name) or "" for name in EDITABLE}
    return plain | {"status": answer.get("status", "open"), "evidence": targets}


def expected(
    before: Mapping[str, Any], edits: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    then = {id: fields(before.get(id, {})) for id in {**before, **edits}}
    for id, edit in edits.items():
        for name, text in edit.items():
            if name == "status":
                then[id][name] = STATUSES.get(text, text)
            elif name == "evidence":
                then[id][name] = "\n".join(dict.fromkeys(text.split()))
            else:
                then[id][name] = text.strip()
    return then
