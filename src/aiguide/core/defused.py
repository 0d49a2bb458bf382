"""Keeping a spreadsheet from taking a text of a CSV file for a formula."""

import re
import unicodedata

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


def defused(cell: str) -> str:
    """Put an apostrophe before what would be a formula, as spreadsheets do."""
    starts = unicodedata.normalize("NFKC", cell[:1]) in tuple("=+-@\t\r")
    return "'" + cell if starts and not _NUMBER.fullmatch(cell) else cell
