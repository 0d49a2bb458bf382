"""`import`: what cannot be taken is named by its cell, all of it in one run."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.spreadsheets.files import (
    PURPOSE,
    RISK,
    TOOLS,
    change,
    exported,
    fill,
    in_state,
    rezipped,
)
from tests.conftest import Run
from tests.contracts import fits

REFUSED: dict[str, tuple[Mapping[str, Any], str, str]] = {
    "status": ({"status": "おわり"}, "F2", "状態（選択） に おわり は使えません"),
    "no date": ({"due": "そのうち"}, "M2", "日付として読めません"),
    "a counted date": ({"due": "来月末"}, "M2", "来月末 は、書いた日が分からないので"),
    "no such date": ({"due": "2026-02-30"}, "M2", "2026-02-30 という日は、暦にありません"),
    "a number for a date": ({"due": 20261231}, "M2", "文字として読めません"),
    "a fraction": ({"note": 1.5}, "G2", "1.5 は文字として読めません"),
    "true": ({"note": True}, "G2", "文字として読めません"),
    "a date in a text": ({"assignee": date(2026, 1, 2)}, "L2", "文字として読めません"),
    "a formula": ({"note": "=1+1"}, "G2", "数式は使えません"),
    "a formula in the title": ({"title": "=1+1"}, "A2", "書き換えられています"),
    "done without proof": ({"status": "実施済"}, "F2", "メモか証拠が要ります"),
    "no reason": ({"status": "非該当"}, "I2", "理由が要ります"),
    "no approver": (
        {"status": "例外承認", "reason": "x"},
        "J2",
        "承認者、例外承認の期限が要ります",
    ),
    "a reason for nothing": ({"reason": "x"}, "I2", "「未着手」では使いません"),
    "lost evidence": ({"evidence": "no.md"}, "H2", "no.md"),
    "evidence outside": ({"evidence": "../x"}, "H2", "../x"),
    "an edited title": ({"title": "別の項目"}, "A2", "「点検項目」が書き換えられています"),
    "an edited text": ({"check": "別の文"}, "B2", "元の文に戻してください: AIを入れること自体が"),
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
    fill(
        sheet, PURPOSE, status="おわり", due="そのうち", evidence="no.md\n../x\nhttps://example.jp/"
    )
    fill(sheet, RISK, note="=1+1", title="別の項目")
    ran = run("import", sheet, "--into", project, "--yes")
    for place in ("F2", "M2"):
        assert f"企画!{place}" in ran.err
    assert ran.err.count("企画!H2") == 2
    assert ran.err.count("企画!") == 6


@pytest.mark.parametrize(
    ("cells", "place"),
    [({"status": "非該当"}, "I2"), ({"due": "そのうち"}, "M2"), ({"note": "済"}, "")],
)
def test_a_row_with_an_edited_text_tells_what_else_is_wrong_with_it(
    run: Run, project: Path, sheet: Path, cells: Mapping[str, str], place: str
) -> None:
    before = project.read_bytes()
    fill(sheet, PURPOSE, check="別の文", **cells)
    ran = run("import", sheet, "--into", project, "--yes")
    assert ran.code == 1
    assert [f"企画!{at}:" in ran.err for at in ("B2", place)] == [True, bool(place)]
    assert not run("import", sheet, "--into", project, "--format", "json").json["changes"]
    assert project.read_bytes() == before


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
    fill(file, PURPOSE, status="over")
    ran = run("import", file, "--into", project, "--lang", "en")
    assert "Planning!F2: Status (choose) does not take over" in ran.err
