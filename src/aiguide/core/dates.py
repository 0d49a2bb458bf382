"""Calendar dates as people in an office write them."""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone

from aiguide.core.errors import AiguideError

TOKYO = timezone(timedelta(hours=9))

# The year before the era's first: 令和1年 is 2019.
_ERAS = {"令和": 2018, "r": 2018}

_WRITTEN = re.compile(
    r"(?P<era>令和|r\.?)?(?P<year>\d{1,4}|元)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
)


def checked_date(given: str) -> str:
    """Read a calendar date, and give it as `YYYY-MM-DD`.

    Takes `2026-12-31`, `2026/12/31`, `2026年12月31日` and `令和8年12月31日`, in full width too.
    Raises: AiguideError `bad-date`.
    """
    plain = "".join(unicodedata.normalize("NFKC", given).lower().split())
    found = _WRITTEN.fullmatch(plain)
    try:
        if found:
            return _date(**found.groupdict()).isoformat()
    except ValueError:
        pass
    raise AiguideError("bad-date", value=given)


def _date(era: str | None, year: str, month: str, day: str) -> date:
    """Give the date. Raises: ValueError where the calendar has none."""
    if era:
        counted = 1 if year == "元" else int(year)
        return date(_ERAS[era.rstrip(".")] + counted, int(month), int(day))
    if len(year) < 4:
        raise ValueError(year)
    return date(int(year), int(month), int(day))


def in_tokyo(at: str) -> str:
    """Give an ISO 8601 UTC time as date and minute in Tokyo; what is no time, as it stands."""
    try:
        moment = datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(TOKYO)
    except (ValueError, OverflowError):
        return at
    return moment.strftime("%Y-%m-%d %H:%M")
