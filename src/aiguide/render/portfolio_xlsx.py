"""A portfolio as an Excel workbook: the projects to sort and filter, the totals, bad files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from aiguide.core.portfolio_view import COLUMNS, SUMMED, PortfolioView
from aiguide.core.spreadsheet import plain
from aiguide.core.words import Words
from aiguide.render import xlsx
from aiguide.render.plain import without_controls

WIDTHS: dict[str, float] = {
    "bureau": 18,
    "name": 30,
    "example": 10,
    "owner": 16,
    "cell": 28,
    "stance": 6,
    "phase": 10,
    "verdict": 16,
    "expires": 11,
    "id": 12,
    "guideline": 12,
    "file": 40,
}
_NUMBER_WIDTH = 8.5
_TOTALS_WIDTHS = (34, *(12,) * len(SUMMED))
_UNREADABLE_WIDTHS = (60, 8, 8, 10, 70)
_LOOKS: dict[str, dict[str, Any]] = {
    "title": xlsx.TITLE,
    "mark": xlsx.MARK,
    "heading": xlsx.HEADING,
    "plain": xlsx.BASE | {"text_wrap": False},
    "head": xlsx.HEAD,
    "text": xlsx.BOX | {"num_format": "@"},
    "number": xlsx.BOX | {"num_format": "#,##0"},
    "some": xlsx.BOX | {"num_format": "#,##0", "bold": True, "font_color": "#9c0006"},
    "date": xlsx.BOX | {"num_format": "yyyy-mm-dd", "align": "left"},
}
_TROUBLE = ("overdue", "expiring", "expired", "stale")
Value = str | int


def render(view: PortfolioView, words: Words) -> bytes:
    """Render a portfolio; the same one gives the same bytes. Raises: AiguideError `no-xlsx`."""
    target = BytesIO()
    workbook = xlsx.new_workbook(target)
    workbook.set_properties({"title": view.title, "created": datetime.fromisoformat(view.date)})
    looks = {name: workbook.add_format(look) for name, look in _LOOKS.items()}
    _draw_totals(workbook.add_worksheet(words.say("portfolio.sheet.totals")), view, words, looks)
    _draw_projects(workbook.add_worksheet(words.say("portfolio.sheet.projects")), view, looks)
    if view.unreadable:
        sheet = workbook.add_worksheet(words.say("portfolio.sheet.unreadable"))
        _draw_unreadable(sheet, view, words, looks)
    workbook.close()
    return xlsx.finished(target.getvalue())


def _draw_projects(sheet: Any, view: PortfolioView, looks: dict[str, Any]) -> None:
    xlsx.set_page(sheet, xlsx.A3, f"{view.title} {view.date}", view.foot)
    for place, name in enumerate(COLUMNS):
        sheet.set_column(place, place, WIDTHS.get(name, _NUMBER_WIDTH))
        sheet.write_string(0, place, view.headings[name], looks["head"])
    sheet.set_row(0, 4 * xlsx.LINE)
    for row, line in enumerate(view.lines, 1):
        sheet.set_row(row, xlsx.height((str(line.cells[name]), WIDTHS[name]) for name in WIDTHS))
        for place, name in enumerate(COLUMNS):
            look = _look_of(name, line.cells[name])
            _write(sheet, row, place, line.cells[name], looks[look], day=look == "date")
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(1, len(view.lines)), len(COLUMNS) - 1)


def _look_of(column: str, value: Value) -> str:
    if isinstance(value, int):
        return "some" if value and column in _TROUBLE else "number"
    return "date" if column == "expires" and xlsx.is_day(value) else "text"


def _write(sheet: Any, row: int, place: int, value: Value, look: Any, *, day: bool = False) -> None:
    """Write a number as a number, a day as a day, and all else as text that cannot act."""
    if isinstance(value, int):
        sheet.write_number(row, place, value, look)
    elif day:
        sheet.write_datetime(row, place, datetime.fromisoformat(value), look)
    elif value:
        sheet.write_string(row, place, plain(without_controls(value)), look)
    else:
        sheet.write_blank(row, place, None, look)


def _draw_totals(sheet: Any, view: PortfolioView, words: Words, looks: dict[str, Any]) -> None:
    xlsx.set_page(sheet, xlsx.A4, f"{view.title} {view.date}", view.foot)
    sheet.hide_gridlines(2)
    for place, width in enumerate(_TOTALS_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 2 * xlsx.LINE)
    sheet.write_string(0, 0, view.title, looks["title"])
    for row, said in enumerate(view.lead, 1):
        sheet.write_string(row, 0, without_controls(said), looks["plain"])
    row = 2 + len(view.lead)
    for figure in view.totals:
        sheet.write_string(row, 0, figure.label, looks["text"])
        sheet.write_number(row, 1, figure.value, looks["number"])
        row += 1
    counted = words.say("portfolio.projects")
    for chart in (view.verdicts, view.stances, view.phases):
        rows = [(one.label, one.bar.done) for one in chart.rows]
        row = _draw_table(sheet, row + 1, (chart.title, counted), rows, looks)
    heads = (words.say("portfolio.by-cell"), counted, words.say("portfolio.column.stance"))
    row = _draw_table(sheet, row + 1, heads, _cells(view), looks)
    _draw_table(sheet, row + 1, _bureau_heads(words), _bureaus(view), looks)


def _cells(view: PortfolioView) -> Iterable[tuple[Value, ...]]:
    titles = dict(view.domains)
    for column in zip(*view.matrix, strict=True):
        for one in column:
            if one:
                yield f"{titles[one.domain]} - {one.title}", one.bar.done, one.stance


def _bureau_heads(words: Words) -> tuple[str, ...]:
    columns = ("left", "overdue", "expiring", "expired", "stale")
    heads = (words.say(f"portfolio.column.{name}") for name in columns)
    bureau = words.say("portfolio.by-bureau")
    return (bureau, words.say("portfolio.projects"), words.say("portfolio.going-on"), *heads)


def _bureaus(view: PortfolioView) -> Iterable[tuple[Value, ...]]:
    for one in view.bureaus:
        counts = (getattr(one.sums, name.replace("-", "_")) for name in SUMMED)
        yield (one.name, *counts)


def _draw_table(
    sheet: Any,
    row: int,
    heads: Sequence[str],
    rows: Iterable[tuple[Value, ...]],
    looks: dict[str, Any],
) -> int:
    """Draw a table from `row` on; gives the row after it."""
    for place, head in enumerate(heads):
        sheet.write_string(row, place, head, looks["head"])
    for values in rows:
        row += 1
        for place, value in enumerate(values):
            _write(sheet, row, place, value, looks[_look_of("", value)])
    return row + 1


def _draw_unreadable(sheet: Any, view: PortfolioView, words: Words, looks: dict[str, Any]) -> None:
    xlsx.set_page(sheet, xlsx.A4, f"{view.title} {view.date}", view.foot)
    for place, width in enumerate(_UNREADABLE_WIDTHS):
        sheet.set_column(place, place, width)
    heads = [words.say(f"portfolio.column.{name}") for name in ("file", "line", "column", "code")]
    heads.append(words.say("portfolio.column.what"))
    bad = (
        (one.file, one.line, one.column, one.code, f"{one.message} {one.fix}")
        for one in view.unreadable
    )
    _draw_table(sheet, 0, heads, bad, looks)
