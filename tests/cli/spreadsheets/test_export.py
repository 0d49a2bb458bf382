"""`export`: the checklist as a workbook that an office can fill in."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aiguide.core.spreadsheet import COLUMNS, EDITABLE
from aiguide.store import packs
from tests.cli.spreadsheets.files import FLAGSHIP, PURPOSE, RISK, exported, fill, manifest_items
from tests.conftest import TODAY, Run


def test_there_are_instructions_then_a_sheet_for_each_phase_that_has_items(
    run: Run, project: Path, sheet: Path
) -> None:
    book = openpyxl.load_workbook(sheet)
    phases = ["企画", "要件定義", "設計開発", "運用", "廃止"]
    assert book.sheetnames == ["記入のしかた", *phases, "aiguide"]  # it uses no vendor
    run("set", project, "--condition", "external_vendor=yes")
    bought = openpyxl.load_workbook(exported(run, project))
    assert bought.sheetnames == ["記入のしかた", *phases, "調達", "aiguide"]
    assert all(sheet.max_row > 1 for sheet in bought.worksheets)
    said = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    newest = packs.load("tokyo-ai")[0].version
    pack = f"東京都 AI導入・活用ガイドライン（概要） aiguide 第{newest}版"
    for part in ("ごみ分別案内", TODAY, pack):
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


def test_a_file_of_that_name_is_replaced_where_nothing_in_it_is_left_to_take_in(
    run: Run, project: Path, sheet: Path
) -> None:
    assert run("export", project, "-o", sheet).code == 0
    fill(sheet, PURPOSE, note="企画書")
    assert run("import", sheet, "--into", project, "--yes").code == 0
    assert run("export", project, "-o", sheet).code == 0
    run("answer", project, RISK, "in-progress", "--note", "所見")
    assert run("export", project, "-o", sheet).code == 0


FILLED_IN: dict[str, tuple[dict[str, Any], str]] = {
    "an answer": ({"status": "未着手", "note": "企画書"}, "企画!G2"),
    "what an import would refuse": ({"status": "済んだはず"}, "企画!F2"),
    "a formula": ({"note": "=1+1"}, "企画!G2"),
}


@pytest.mark.parametrize("case", FILLED_IN)
def test_what_a_colleague_filled_in_is_not_written_over(
    run: Run, project: Path, sheet: Path, case: str
) -> None:
    cells, place = FILLED_IN[case]
    fill(sheet, PURPOSE, **cells)
    before = sheet.read_bytes()
    ran = run("export", project, "-o", sheet)
    assert (ran.code, ran.out) == (2, "")
    told = "".join(ran.err.split())
    for said in (f"1か所、はじめは{place}", "aiguideimport", "--force", "何も変更していません"):
        assert said in told
    assert sheet.read_bytes() == before
    assert run("export", project, "-o", sheet, "--force").code == 0
    assert "変更はありません" in run("import", sheet, "--into", project, "--yes").out


@pytest.mark.parametrize("content", [b"", b"id,status\n", b"PK\x03\x04", bytes(21 * 1024 * 1024)])
def test_another_file_of_that_name_is_not_written_over(
    run: Run, project: Path, content: bytes
) -> None:
    file = project.with_name("x.xlsx")
    file.write_bytes(content)
    ran = run("export", project, "-o", file)
    assert ran.code == 2
    assert "この案件の点検表ではありません" in "".join(ran.err.split())
    assert file.read_bytes() == content
    assert run("export", project, "-o", file, "--force").code == 0


def test_the_checklist_of_another_project_is_not_written_over(
    run: Run, project: Path, sheet: Path
) -> None:
    other = project.with_name("other.project.json")
    run("init", other, "--name", "別の案件", "--cell", "citizen.information")
    before = sheet.read_bytes()
    assert run("export", other, "-o", sheet).code == 2
    assert sheet.read_bytes() == before


def test_a_folder_of_that_name_stays_and_stdout_takes_no_force(run: Run, project: Path) -> None:
    folder = project.with_name("x.xlsx")
    folder.mkdir()
    assert run("export", project, "-o", folder, "--force").code == 2
    assert run("export", project, "-o", folder).code == 2
    assert folder.is_dir()
    assert run("export", project, "-o", "-", "--force").code == 2


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
