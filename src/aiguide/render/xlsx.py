"""What our Excel workbooks share, by XlsxWriter: fonts, looks, pages, heights of rows."""

import math
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any, BinaryIO

from aiguide.core.errors import AiguideError
from aiguide.core.words import shortened
from aiguide.render.zipped import with_fixed_times

# A universal-design font that Windows has; others put their own Japanese font in its place.
FONT = "BIZ UDPGothic"
# Excel counts days from 1900, and its first year has a day too many.
FIRST_DAY = date(1901, 1, 1)
LAST_DAY = date(9999, 12, 31)
# Sizes of paper by their numbers.
A3, A4 = 8, 9
# Heights are in points: of a line, of what is around the lines, and the most that a row takes.
LINE, _AROUND, _TALLEST = 13.0, 5.0, 409.0
_HEAD_AT_MOST = 100  # of a page's head or foot, which takes 255 with its marks

BASE: dict[str, Any] = {"font_name": FONT, "font_size": 10, "text_wrap": True, "valign": "top"}
BOX: dict[str, Any] = BASE | {"border": 1, "border_color": "#8c8c8c"}
TITLE: dict[str, Any] = BASE | {"font_size": 16, "bold": True, "text_wrap": False}
MARK: dict[str, Any] = BASE | {"bold": True, "font_color": "#9c0006", "text_wrap": False}
HEADING: dict[str, Any] = BASE | {
    "font_size": 12,
    "bold": True,
    "text_wrap": False,
    "valign": "bottom",
    "bottom": 1,
}
HEAD: dict[str, Any] = BOX | {"bold": True, "font_color": "#ffffff", "bg_color": "#1f3a5f"}


def new_workbook(target: BinaryIO) -> Any:
    """Begin a workbook where text stays text: no formula, number or link is made of it.

    Raises: AiguideError `no-xlsx`.
    """
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


def finished(content: bytes) -> bytes:
    """Make a workbook that was closed the same bytes each time, with rows that grow."""
    return with_fixed_times(content, _growing)


def _growing(name: str, part: bytes) -> bytes:
    """Let rows grow with what is typed: XlsxWriter fixes every height that it is told."""
    sheets = name.startswith("xl/worksheets/")
    return part.replace(b' customHeight="1"', b"") if sheets else part


def set_page(sheet: Any, paper: int, head: str, foot: str) -> None:
    """Set up pages whose head says whose they are, and whose foot counts them."""
    sheet.set_paper(paper)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{_in_head(head)}&R&A")
    sheet.set_footer(f"&L{_in_head(foot)}&R&P / &N")


def _in_head(text: str) -> str:
    """Make a text fit for a page's head or foot, where & begins a mark."""
    return shortened(" ".join(text.split()), _HEAD_AT_MOST).replace("&", "&&")


def height(cells: Iterable[tuple[str, float]]) -> float:
    """Estimate the height of a row from its texts and the widths that they have."""
    lines = max(sum(_lines(line, width) for line in text.split("\n")) for text, width in cells)
    return min(_TALLEST, lines * LINE + _AROUND)


def _lines(text: str, width: float) -> int:
    """Estimate the lines that a paragraph takes; what does not fit at a line's end is lost."""
    taken = sum(1.4 if unicodedata.east_asian_width(char) in "WFA" else 0.9 for char in text)
    return max(1, math.ceil(taken / (width - 0.5)))


def is_day(text: str) -> bool:
    """Tell whether a text is a day that Excel knows as one."""
    try:
        return date.fromisoformat(text) >= FIRST_DAY
    except ValueError:
        return False
