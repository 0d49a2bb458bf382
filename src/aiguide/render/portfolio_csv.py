"""A portfolio's projects as CSV, for spreadsheets."""

import csv
import io

from aiguide.core.defused import defused
from aiguide.core.portfolio_view import COLUMNS, PortfolioView
from aiguide.render.plain import without_controls


def render(view: PortfolioView) -> bytes:
    """Render a row for each project, in UTF-8 with the mark by which spreadsheets know it."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(view.headings[name] for name in COLUMNS)
    for line in view.lines:
        writer.writerow(_cell(line.cells[name]) for name in COLUMNS)
    return target.getvalue().encode("utf-8-sig", "backslashreplace")


def _cell(value: str | int) -> str | int:
    return defused(without_controls(value)) if isinstance(value, str) else value
