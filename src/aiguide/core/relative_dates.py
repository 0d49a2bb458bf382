"""Days that are counted from today: yesterday, in two weeks, the 10th of next month."""

import calendar
import re
from datetime import date, timedelta

from aiguide.core import weekdays
from aiguide.core.kanji_numbers import COUNTER

# What a month or a year ends in: 3月末, 年内.
END = r"(?:の?(?:末日?|終わり)|いっぱい|[内中])"

_DAYS = {
    **dict.fromkeys(("一昨日", "おととい", "thedaybeforeyesterday"), -2),
    **dict.fromkeys(("昨日", "きのう", "yesterday"), -1),
    **dict.fromkeys(("今日", "きょう", "本日", "today"), 0),
    **dict.fromkeys(("明日", "あした", "あす", "tomorrow"), 1),
    **dict.fromkeys(("明後日", "あさって", "thedayaftertomorrow"), 2),
}
_AHEAD = {
    "一昨": -2,
    **dict.fromkeys(("先", "前", "昨", "去", "last"), -1),
    **dict.fromkeys(("", "今", "本", "当", "the", "this"), 0),
    **dict.fromkeys(("来", "翌", "next"), 1),
    "再来": 2,
}
_MONTH_END = re.compile(r"(?:the)?endof(?P<ahead>the|this|next|last)?month")
_IN_MONTHS = (
    re.compile(r"(?P<ahead>再来|[先前今当来翌])月 ?の? ?(?P<rest>.+)"),
    re.compile(rf"(?P<ahead>)月(?!中)(?P<rest>{END})"),  # 月中 is the middle of one
)
_IN_WEEKS = (
    re.compile(r"(?P<ahead>再来|[先前今来翌])週の?\(?(?P<day>[月火水木金土日])(?:曜日?)?\)?"),
    re.compile(r"(?P<day>[a-z]{3,9}?),?(?:of)?(?P<ahead>this|next|last)week"),
    re.compile(r"(?P<ahead>this|next|last)(?P<day>[a-z]{3,9})"),
)
_IN_YEARS = (
    re.compile(r"(?P<ahead>再来|一昨|[先前昨去今本当来翌])年(?P<fiscal>度)? ?の? ?(?P<rest>.+)"),
    re.compile(r"(?P<rest>.+?)(?: of)? (?P<ahead>this|next|last) year"),
    re.compile(
        r"(?P<rest>(?:the )?end of) (?P<ahead>this|next|last) (?P<fy>fiscal|financial) year"
    ),
)
_WEEKDAY = re.compile(r"(?P<kanji>[月火水木金土日])曜日?|(?P<name>[a-z]{3,9})\.?")
_SOME_DAYS = (
    re.compile(rf"(?P<count>\d{{1,4}})(?P<unit>日|週|{COUNTER}?月|年)間?(?P<way>前|後)"),
    re.compile(r"(?P<way>in)(?P<count>\d{1,4})(?P<unit>day|week|month|year)s?"),
    re.compile(r"(?P<count>\d{1,4})(?P<unit>day|week|month|year)s?(?P<way>ago)"),
)
_UNIT_DAYS = {"日": 1, "day": 1, "週": 7, "week": 7}  # a month has no fixed number of them
_UNIT_MONTHS = {"年": 12, "year": 12}
_BACK = ("前", "ago")
_MONTHS_A_YEAR, _APRIL, _DAYS_A_WEEK = 12, 4, 7

_PERIODS = (
    re.compile(r"(?P<ahead>一昨|[先前昨去今本当])(?P<unit>週|月|年度?)[内中]?"),
    re.compile(r"(?P<ahead>this|last)(?P<unit>week|month|(?:fiscal|financial)?year)"),
)
# The month with which a period begins that has twelve.
_BEGINS = {
    **dict.fromkeys(("年", "year"), 1),
    **dict.fromkeys(("年度", "fiscalyear", "financialyear"), _APRIL),
}


def from_today(written: str, today: str) -> date | None:
    """Read such a day, in small letters and without spaces; None where it is none.

    A week begins on Monday. `today` is `YYYY-MM-DD`; without it there is nothing to count from.
    Raises: ValueError or OverflowError where the calendar ends before that day.
    """
    if not today:
        return None
    now = date.fromisoformat(today)
    if written in _DAYS:
        return now + timedelta(days=_DAYS[written])
    if found := _MONTH_END.fullmatch(written):
        return _month_end(now, _AHEAD[found["ahead"] or ""])
    for form in _IN_WEEKS:
        found = form.fullmatch(written)
        if found and (weekday := weekdays.named(found["day"])) is not None:
            return now + timedelta(days=weekday - now.weekday(), weeks=_AHEAD[found["ahead"]])
    for form in _SOME_DAYS:
        if found := form.fullmatch(written):
            count = int(found["count"]) * (-1 if found["way"] in _BACK else 1)
            return _some_ahead(now, count, found["unit"])
    return None


def next_weekday(written: str, today: str) -> date | None:
    """Read a day of the week as the next such day from today on; written as for `from_today`."""
    found = _WEEKDAY.fullmatch(written)
    weekday = weekdays.named(found["kanji"] or found["name"]) if found else None
    if weekday is None or not today:
        return None
    now = date.fromisoformat(today)
    return now + timedelta(days=(weekday - now.weekday()) % _DAYS_A_WEEK)


def of_period(written: str, today: str, *, last: bool) -> date | None:
    """Give the first or the last day of a week, a month or a year that is counted from today.

    Written and raises as `from_today`; `today` must be known.
    """
    now = date.fromisoformat(today)
    found = next(filter(None, (form.fullmatch(written) for form in _PERIODS)), None)
    if found is None:
        return None
    ahead, unit = _AHEAD[found["ahead"]], found["unit"]
    if days := _UNIT_DAYS.get(unit):
        return now + timedelta(days=last * (days - 1) - now.weekday(), weeks=ahead)
    begins = _BEGINS.get(unit, now.month)
    months = _MONTHS_A_YEAR if unit in _BEGINS else 1
    end = months * (ahead + 1) - 1 - (now.month - begins) % _MONTHS_A_YEAR
    return _month_end(now, end) if last else _month_end(now, end - months) + timedelta(days=1)


def with_its_year(written: str, today: str) -> str:
    """Put numbers for a year or a month that is counted from today: `来年3月末` as `2027年3月末`.

    Empty where none is, or no day is known to count from.
    """
    if not today:
        return ""
    now = date.fromisoformat(today)
    for form in _IN_MONTHS:
        if found := form.fullmatch(written):
            year, month = _month(now, _AHEAD[found["ahead"]])
            return f"{year}年{month}月{found['rest']}"
    for form in _IN_YEARS:
        if found := form.fullmatch(written):
            said = found.groupdict()
            year, rest = now.year + _AHEAD[said["ahead"]], said["rest"]
            if "fy" in said:
                return f"{rest} fy{year - (now.month < _APRIL)}"
            if "fiscal" not in said:
                return f"{rest} {year}"
            return (
                f"{year - (now.month < _APRIL)}年度{rest}" if said["fiscal"] else f"{year}年{rest}"
            )
    return ""


def _some_ahead(now: date, count: int, unit: str) -> date:
    """Count days, weeks, months or years; a month that lacks the day ends sooner."""
    if days := _UNIT_DAYS.get(unit):
        return now + timedelta(days=days * count)
    end = _month_end(now, count * _UNIT_MONTHS.get(unit, 1))
    return end.replace(day=min(now.day, end.day))


def _month_end(now: date, ahead: int) -> date:
    """Give the last day of the month that comes so many months after this one."""
    year, month = _month(now, ahead)
    return date(year, month, calendar.monthrange(year, month)[1])


def _month(now: date, ahead: int) -> tuple[int, int]:
    """Give the month that comes so many months after this one, as year and month."""
    years, month = divmod(now.month - 1 + ahead, _MONTHS_A_YEAR)
    return now.year + years, month + 1
