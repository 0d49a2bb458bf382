"""Spreadsheets in tests: write one, fill it in as a person would, tamper with its parts."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from aiguide.core.spreadsheet import COLUMNS
from tests.conftest import ROOT, TODAY, Run
from tests.contracts import fits

FLAGSHIP = ROOT / "examples" / "valid" / "flood-gate-forecast"
PURPOSE, RISK, TOOLS = "planning.purpose", "planning.risk-assessment", "planning.tool-selection"


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


def manifest_items(run: Run, project: Path) -> list[str]:
    ran = run("check", project, "--phase", "planning", "--format", "json")
    assert ran.code == 0, ran.err
    return [one["id"] for one in ran.json["items"]]


def rezipped(file: Path, edit: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    edit(parts)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def in_state(old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def edit(parts: dict[str, bytes]) -> None:
        parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(old, new, 1)

    return edit
