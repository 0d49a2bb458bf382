"""A project's spreadsheet as an Excel workbook, by XlsxWriter."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from aiguide.core.spreadsheet import COLUMNS, DATES, EDITABLE, SHOWN
from aiguide.core.spreadsheet_view import Block, Book, Line, Sheet
from aiguide.render import xlsx

WIDTHS: dict[str, float] = {
    "title": 14,
    "check": 30,
    "level": 11,
    "why": 10,
    "standing": 10,
    "status": 8,
    "note": 24,
    "evidence": 19,
    "reason": 14,
    "approver": 8.5,
    "until": 10.5,
    "assignee": 8.5,
    "due": 10.5,
    "by": 8.5,
    "at": 10.5,
    "id": 12,
}
_LAST_LETTER = chr(ord("A") + len(COLUMNS) - 1)
_GUIDE_WIDTHS = (26, 100)

_LOOKS: dict[str, dict[str, Any]] = {
    "title": xlsx.TITLE,
    "mark": xlsx.MARK,
    "heading": xlsx.HEADING,
    "plain": xlsx.BASE | {"valign": "vcenter"},
    "head": xlsx.HEAD,
    "head-locked": xlsx.BOX | {"bold": True, "bg_color": "#c9ced6"},
    "locked": xlsx.BOX | {"bg_color": "#efefef"},
    # as text, so that what is typed stays what was typed: no formula, number or date of it
    "text": xlsx.BOX | {"locked": False, "num_format": "@"},
    "date": xlsx.BOX | {"locked": False, "num_format": "yyyy-mm-dd", "align": "left"},
}
_MAY = {"autofilter": True, "format_columns": True, "format_rows": True}


def render(book: Book, today: str) -> bytes:
    """Render a spreadsheet, created `today`; the same one gives the same bytes.

    Raises: AiguideError `no-xlsx`.
    """
    target = BytesIO()
    workbook = xlsx.new_workbook(target)
    workbook.set_properties(
        {"title": f"{book.title} {book.project}", "created": datetime.fromisoformat(today)}
    )
    looks = {name: workbook.add_format(look) for name, look in _LOOKS.items()}
    _draw_guide(workbook, book, looks)
    for sheet in book.sheets:
        _draw_sheet(workbook, book, sheet, looks)
    _draw_state(workbook, book)
    workbook.close()
    return xlsx.finished(target.getvalue())


def _draw_guide(workbook: Any, book: Book, looks: dict[str, Any]) -> None:
    sheet = workbook.add_worksheet(book.guide)
    xlsx.set_page(sheet, xlsx.A4, f"{book.mark} {book.project}", book.foot)
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    for place, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 2 * xlsx.LINE)
    sheet.write_string(0, 0, book.title, looks["title"])
    sheet.write_string(1, 0, book.mark, looks["mark"])
    row = 3
    for block in book.blocks:
        row = _draw_block(sheet, block, row, looks)
    sheet.protect("", _MAY)


def _draw_block(sheet: Any, block: Block, row: int, looks: dict[str, Any]) -> int:
    """Draw a block from `row` on; gives the row after it and a gap."""
    if block.title:
        sheet.set_row(row, 2 * xlsx.LINE)
        sheet.write_string(row, 0, block.title, looks["heading"])
        sheet.write_blank(row, 1, None, looks["heading"])
        row += 1
    for label, text in block.rows:
        sheet.write_string(row, 0, label, looks["plain"])
        sheet.write_string(row, 1, text, looks["plain"])
        sheet.set_row(row, xlsx.height(zip((label, text), _GUIDE_WIDTHS, strict=True)))
        row += 1
    return row + 1


def _draw_sheet(workbook: Any, book: Book, sheet: Sheet, looks: dict[str, Any]) -> None:
    drawn = workbook.add_worksheet(sheet.name)
    # fifteen columns are too small to read on A4
    xlsx.set_page(drawn, xlsx.A3, f"{book.mark} {book.project}", book.foot)
    for place, column in enumerate(COLUMNS):
        drawn.set_column(place, place, WIDTHS[column])
        look = looks["head" if column in EDITABLE else "head-locked"]
        drawn.write_string(0, place, book.headings[column], look)
    # one more line, for the filter's arrow
    drawn.set_row(
        0, xlsx.height((book.headings[name], WIDTHS[name]) for name in COLUMNS) + xlsx.LINE
    )
    for row, line in enumerate(sheet.lines, 1):
        _draw_line(drawn, row, line, looks)
    last = len(sheet.lines)
    drawn.freeze_panes(1, 1)
    drawn.repeat_rows(0)
    drawn.autofilter(0, 0, last, len(COLUMNS) - 1)
    drawn.ignore_errors({"number_stored_as_text": f"A1:{_LAST_LETTER}{last + 1}"})
    for place, rule in _rules(book):
        drawn.data_validation(1, place, last, place, rule)
    drawn.protect("", _MAY)


def _draw_line(sheet: Any, row: int, line: Line, looks: dict[str, Any]) -> None:
    sheet.set_row(row, xlsx.height((line.cells[name], WIDTHS[name]) for name in COLUMNS))
    for place, column in enumerate(COLUMNS):
        text = line.cells[column]
        look = looks["locked" if column not in EDITABLE else _look_of(column, text)]
        if not text:
            sheet.write_blank(row, place, None, look)
        elif column in DATES and xlsx.is_day(text):
            sheet.write_datetime(row, place, datetime.fromisoformat(text), look)
        else:
            sheet.write_string(row, place, text, look)


def _look_of(column: str, text: str) -> str:
    return "date" if column in DATES and (not text or xlsx.is_day(text)) else "text"


def _rules(book: Book) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give what the cells of a column take."""
    yield (
        COLUMNS.index("status"),
        {"validate": "list", "source": list(book.labels), "error_message": book.bad_status},
    )
    for column in DATES:
        yield (
            COLUMNS.index(column),
            {
                "validate": "date",
                "criteria": "between",
                "minimum": xlsx.FIRST_DAY,
                "maximum": xlsx.LAST_DAY,
                "error_message": book.bad_date,
            },
        )


def _draw_state(workbook: Any, book: Book) -> None:
    """Write the hidden sheet: the facts, then a row for each item as it stands."""
    sheet = workbook.add_worksheet(book.state)
    rows: list[tuple[str, ...]] = [*book.facts.items(), ("item", "digest", *EDITABLE, *SHOWN)]
    for one in book.sheets:
        for line in one.lines:
            kept = {**line.cells, **line.base}
            rows.append((line.id, line.digest, *(kept[name] for name in (*EDITABLE, *SHOWN))))
    for row, texts in enumerate(rows):
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text)
    sheet.protect("")
    sheet.very_hidden()
