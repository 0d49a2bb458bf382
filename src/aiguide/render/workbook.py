"""A project's spreadsheet as an Excel workbook, by XlsxWriter."""

import math
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from aiguide.core.errors import AiguideError
from aiguide.core.spreadsheet import COLUMNS, DATES, EDITABLE
from aiguide.core.spreadsheet_view import Block, Book, Line, Sheet
from aiguide.core.words import shortened
from aiguide.render.zipped import with_fixed_times

# A universal-design font that Windows has; others put their own Japanese font in its place.
FONT = "BIZ UDPGothic"
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
# Excel counts days from 1900, and its first year has a day too many.
FIRST_DAY = date(1901, 1, 1)
_LAST_DAY = date(9999, 12, 31)
# Sizes of paper by their numbers; sixteen columns are too small to read on A4.
_A3, _A4 = 8, 9
_LAST_LETTER = chr(ord("A") + len(COLUMNS) - 1)
_HEAD_AT_MOST = 100  # of a page's head or foot, which takes 255 with its marks

# Heights are in points: of a line, of what is around the lines, and the most that a row takes.
_LINE, _AROUND, _TALLEST = 13.0, 5.0, 409.0
_GUIDE_WIDTHS = (26, 100)

_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 10, "text_wrap": True, "valign": "top"}
_BOX: dict[str, Any] = _BASE | {"border": 1, "border_color": "#8c8c8c"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": _BASE | {"font_size": 16, "bold": True, "text_wrap": False},
    "mark": _BASE | {"bold": True, "font_color": "#9c0006", "text_wrap": False},
    "heading": _BASE
    | {"font_size": 12, "bold": True, "text_wrap": False, "valign": "bottom", "bottom": 1},
    "plain": _BASE | {"valign": "vcenter"},
    "head": _BOX | {"bold": True, "font_color": "#ffffff", "bg_color": "#1f3a5f"},
    "head-locked": _BOX | {"bold": True, "bg_color": "#c9ced6"},
    "locked": _BOX | {"bg_color": "#efefef"},
    # as text, so that what is typed stays what was typed: no formula, number or date of it
    "text": _BOX | {"locked": False, "num_format": "@"},
    "date": _BOX | {"locked": False, "num_format": "yyyy-mm-dd", "align": "left"},
}
_MAY = {"autofilter": True, "format_columns": True, "format_rows": True}


def render(book: Book, today: str) -> bytes:
    """Render a spreadsheet, created `today`; the same one gives the same bytes.

    Raises: AiguideError `no-xlsx`.
    """
    target = BytesIO()
    workbook = _workbook(target)
    workbook.set_properties(
        {"title": f"{book.title} {book.project}", "created": datetime.fromisoformat(today)}
    )
    looks = {name: workbook.add_format(look) for name, look in _LOOKS.items()}
    _draw_guide(workbook, book, looks)
    for sheet in book.sheets:
        _draw_sheet(workbook, book, sheet, looks)
    _draw_state(workbook, book)
    workbook.close()
    return with_fixed_times(target.getvalue(), _growing)


def _growing(name: str, part: bytes) -> bytes:
    """Let rows grow with what is typed: XlsxWriter fixes every height that it is told."""
    sheets = name.startswith("xl/worksheets/")
    return part.replace(b' customHeight="1"', b"") if sheets else part


def _workbook(target: BytesIO) -> Any:
    try:
        import xlsxwriter
    except ImportError:
        raise AiguideError("no-xlsx") from None
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": FONT, "font_size": 10},
    }
    return xlsxwriter.Workbook(target, options)


def _page(sheet: Any, book: Book, paper: int) -> None:
    """Set up pages whose head says whose they are, and whose foot counts them."""
    sheet.set_paper(paper)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{_in_head(f'{book.mark} {book.project}')}&R&A")
    sheet.set_footer(f"&L{_in_head(book.foot)}&R&P / &N")


def _in_head(text: str) -> str:
    """Make a text fit for a page's head or foot, where & begins a mark."""
    return shortened(" ".join(text.split()), _HEAD_AT_MOST).replace("&", "&&")


def _draw_guide(workbook: Any, book: Book, looks: dict[str, Any]) -> None:
    sheet = workbook.add_worksheet(book.guide)
    _page(sheet, book, _A4)
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    for place, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 2 * _LINE)
    sheet.write_string(0, 0, book.title, looks["title"])
    sheet.write_string(1, 0, book.mark, looks["mark"])
    row = 3
    for block in book.blocks:
        row = _draw_block(sheet, block, row, looks)
    sheet.protect("", _MAY)


def _draw_block(sheet: Any, block: Block, row: int, looks: dict[str, Any]) -> int:
    """Draw a block from `row` on; gives the row after it and a gap."""
    if block.title:
        sheet.set_row(row, 2 * _LINE)
        sheet.write_string(row, 0, block.title, looks["heading"])
        sheet.write_blank(row, 1, None, looks["heading"])
        row += 1
    for label, text in block.rows:
        sheet.write_string(row, 0, label, looks["plain"])
        sheet.write_string(row, 1, text, looks["plain"])
        sheet.set_row(row, _height(zip((label, text), _GUIDE_WIDTHS, strict=True)))
        row += 1
    return row + 1


def _draw_sheet(workbook: Any, book: Book, sheet: Sheet, looks: dict[str, Any]) -> None:
    drawn = workbook.add_worksheet(sheet.name)
    _page(drawn, book, _A3)
    for place, column in enumerate(COLUMNS):
        drawn.set_column(place, place, WIDTHS[column])
        look = looks["head" if column in EDITABLE else "head-locked"]
        drawn.write_string(0, place, book.headings[column], look)
    # one more line, for the filter's arrow
    drawn.set_row(0, _height((book.headings[name], WIDTHS[name]) for name in COLUMNS) + _LINE)
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


def _height(cells: Iterable[tuple[str, float]]) -> float:
    """Estimate the height of a row from its texts and the widths that they have."""
    lines = max(sum(_lines(line, width) for line in text.split("\n")) for text, width in cells)
    return min(_TALLEST, lines * _LINE + _AROUND)


def _lines(text: str, width: float) -> int:
    """Estimate the lines that a paragraph takes; what does not fit at a line's end is lost."""
    taken = sum(1.4 if unicodedata.east_asian_width(char) in "WFA" else 0.9 for char in text)
    return max(1, math.ceil(taken / (width - 0.5)))


def _draw_line(sheet: Any, row: int, line: Line, looks: dict[str, Any]) -> None:
    sheet.set_row(row, _height((line.cells[name], WIDTHS[name]) for name in COLUMNS))
    for place, column in enumerate(COLUMNS):
        text = line.cells[column]
        look = looks["locked" if column not in EDITABLE else _look_of(column, text)]
        if not text:
            sheet.write_blank(row, place, None, look)
        elif column in DATES and _is_day(text):
            sheet.write_datetime(row, place, datetime.fromisoformat(text), look)
        else:
            sheet.write_string(row, place, text, look)


def _look_of(column: str, text: str) -> str:
    return "date" if column in DATES and (not text or _is_day(text)) else "text"


def _is_day(text: str) -> bool:
    """Tell whether a text is a day that Excel knows as one."""
    try:
        return date.fromisoformat(text) >= FIRST_DAY
    except ValueError:
        return False


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
                "minimum": FIRST_DAY,
                "maximum": _LAST_DAY,
                "error_message": book.bad_date,
            },
        )


def _draw_state(workbook: Any, book: Book) -> None:
    """Write the hidden sheet: the facts, then a row for each item as it stands."""
    sheet = workbook.add_worksheet(book.state)
    rows: list[tuple[str, ...]] = [*book.facts.items(), ("item", "digest", *EDITABLE)]
    for one in book.sheets:
        for line in one.lines:
            rows.append((line.id, line.digest, *(line.base[name] for name in EDITABLE)))
    for row, texts in enumerate(rows):
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text)
    sheet.protect("")
    sheet.very_hidden()
