"""A status may be written as people write it, wherever it is given: the same words everywhere."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Ran, Run

INVALID = Path(__file__).parents[2] / "examples" / "invalid"
PURPOSE = "planning.purpose"
NOT_APPLICABLE = ("該当なし", "Ｎ／Ａ", "NA", "n.a.", "Not-applicable")

Give = Callable[[Run, Path, str], Ran]


def reason(status: str) -> str:
    """Give a reason, where an answer keeps one."""
    return "新規の業務" if status in NOT_APPLICABLE else ""


def by_answer(run: Run, project: Path, status: str) -> Ran:
    return run("answer", project, PURPOSE, status, "--note", "企画書", "--reason", reason(status))


def by_file(run: Run, project: Path, status: str) -> Ran:
    row = {"item": PURPOSE, "status": status, "note": "企画書", "reason": reason(status)}
    file = project.with_name("answers.json")
    file.write_text(json.dumps([row]), encoding="utf-8")
    return run("check", project, "--from", file)


def by_spreadsheet(run: Run, project: Path, status: str) -> Ran:
    file = project.with_name("list.xlsx")
    assert run("export", project, "-o", file).code == 0
    book = openpyxl.load_workbook(file)
    head, *rows = map(list, book["企画"].iter_rows())
    row = next(row for row in rows if PURPOSE in [cell.value for cell in row])
    cells = {
        str(named.value).partition("（")[0]: cell for named, cell in zip(head, row, strict=True)
    }
    cells["状態"].value, cells["メモ"].value = status, "企画書"
    cells["理由"].value = reason(status) or None
    book.save(file)
    return run("import", file, "--into", project, "--yes")


DOORS = pytest.mark.parametrize("give", [by_answer, by_file, by_spreadsheet])


@DOORS
@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("DONE", "done"),
        ("実施済", "done"),
        ("実施済み", "done"),
        ("済", "done"),
        ("完了", "done"),
        ("Ｄｏｎｅ", "done"),
        ("　in  PROGRESS ", "in-progress"),
        ("対応中", "in-progress"),
        ("未", "open"),
        ("Not started", "open"),
        ("to do", "open"),
        ("In_Progress", "in-progress"),
        *((written, "not-applicable") for written in NOT_APPLICABLE),
    ],
)
def test_it_is_taken_as_the_office_writes_it(
    run: Run, project: Path, give: Give, written: str, status: str
) -> None:
    assert give(run, project, written).code == 0
    answers = json.loads(project.read_text(encoding="utf-8"))["answers"]
    assert answers[PURPOSE]["status"] == status


@DOORS
@pytest.mark.parametrize("written", ["完", "doned", "未済", "未回答", "\u202e済"])
def test_what_is_none_is_refused(run: Run, project: Path, give: Give, written: str) -> None:
    before = project.read_bytes()
    ran = give(run, project, written)
    assert ran.code == (2 if give is by_answer else 1)  # one row is refused, or the command
    assert "使えません" in ran.err.replace("\n", "")
    assert project.read_bytes() == before


@pytest.mark.parametrize(
    ("lang", "told"),
    [("ja", "done（実施済）"), ("en", "done (Done)"), ("ja", "in-progress（対応中）")],
)
def test_a_manifest_with_none_is_told_the_statuses_by_their_names(
    run: Run, project: Path, lang: str, told: str
) -> None:
    data = json.loads(project.read_text(encoding="utf-8"))
    data["answers"] = {PURPOSE: {"status": "finished"}}
    project.write_text(json.dumps(data), encoding="utf-8")
    ran = run("validate", project, "--lang", lang, "--format", "json")
    (found,) = [one for one in ran.json["findings"] if one["code"] == "AG112"]
    assert told in found["message"]


def test_other_fixed_values_of_a_manifest_are_named_too(run: Run) -> None:
    for folder, told in (
        ("AG112-evidence-kind", "file（証拠ファイル）"),
        ("AG112-history-kind", "undone（取り消し）"),
        ("AG112-format-as-text", "使える値: 1）"),
    ):
        assert told in run("validate", INVALID / folder, "--format", "github").out
