"""Calendar dates as people in an office write them."""

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import partial

from aiguide.core import weekdays
from aiguide.core.errors import AiguideError
from aiguide.core.kanji_numbers import in_figures
from aiguide.core.relative_dates import END, from_today, next_weekday, of_period, with_its_year

TOKYO = timezone(timedelta(hours=9))

# The year before the era's first: 令和1年 is 2019.
_ERAS = {"令和": 2018, "r": 2018}

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
# How spreadsheets count days, and those counts that can be meant: 1954 to 2091.
_DAY_NONE = date(1899, 12, 30)
_COUNTED = re.compile(r"[2-6]\d{4}")

MONTHS = len(_MONTHS)
SHORTEST_MONTH = 3  # letters of a month's name

# A deadline is kept on the day that it names.
_BY = re.compile(r"^(?:by|on) | ?(?:まで|(?<=日)中)に?$")

_IN_WORDS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_WORD = re.compile(rf"\b(an?|{'|'.join(_IN_WORDS)})(?= (?:day|week|month|year)s?\b)")

_ERA_YEAR = r"(?P<era>令和|r\.?)?(?P<year>\d{1,4}|元)"
_NUMBERS = re.compile(rf"{_ERA_YEAR}[-/.年](?P<month>\d{{1,2}})[-/.月](?P<day>\d{{1,2}})日?")
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})[-/.](?P<other>\d{1,2})[-/.](?P<year>\d{4})")
_RUN_TOGETHER = re.compile(r"(?P<era>)(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_NO_YEAR = re.compile(r"(?P<month>\d{1,2})(?:/|月)(?P<day>\d{1,2})日?")
_DAY, _NAME, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<name>[a-z]+)\.?", r"(?P<year>\d{4})"
_ENGLISH = (
    re.compile(rf"(?:the )?{_DAY}[ -]?(?:of )?{_NAME}(?:,?[ -]?{_YEAR})?"),
    re.compile(rf"{_NAME} ?{_DAY}(?:(?:, ?| ){_YEAR})?"),
    re.compile(rf"{_DAY}-{_NAME}-(?P<year>\d{{2}})"),  # as spreadsheets in English show it
)

_MONTH_END = re.compile(rf"(?:{_ERA_YEAR}[-/.年])?(?P<month>\d{{1,2}})(?:月{END}|[-/.]?末)")
_END_OF = r"(?:the )?end(?: of |[ -])"
_MONTH_END_ENGLISH = re.compile(rf"{_END_OF}{_NAME}(?:,? {_YEAR})?")

_FISCAL_END = re.compile(rf"(?:{_ERA_YEAR})?年度{END}")
_FISCAL_END_ENGLISH = re.compile(
    rf"{_END_OF}(?:the )?(?:fy ?|(?:fiscal|financial) year ?)(?P<year>\d{{4}})?"
)
_YEAR_END = re.compile(rf"(?:{_ERA_YEAR}年|年(?!中)){END}")  # 年中 is all the year
_YEAR_END_ENGLISH = re.compile(rf"{_END_OF}(?:(?:the )?year|{_YEAR})|(?:the )?year[ -]end")

# What ends, and with which month, how many years later.
_ENDS = (
    (_FISCAL_END, _FISCAL_END_ENGLISH, 3, 1),
    (_YEAR_END, _YEAR_END_ENGLISH, 12, 0),
    (_MONTH_END, _MONTH_END_ENGLISH, 0, 0),  # the month that it says
)
LONGEST_MONTH = 31  # days
_CENTURY = 2000
LAST_DAY = "9999-12-31"  # of the calendar


def checked_date(given: str, today: str = "") -> str:
    """Read a calendar date, and give it as `YYYY-MM-DD`.

    Takes `2027-03-31`, `2027/3/31`, `20270331`, `2027年3月31日`, `令和9年3月31日`, in full width
    too and with numbers in kanji, `31 March 2027`, `Mar 31, 2027`, `31-Mar-27` and `31.3.2027`; the
    end of a month (`3月末`, `R9.3末`, `3月中`, `end of March 2027`), of a year (`年内`, `2027年末`,
    `end of the year`) and of a fiscal year (`年度末`, `年度内`, `令和8年度末`, `end of FY2026`);
    `まで` or `by` beside it is the day itself. A day of the week beside it must be the right one.
    One without a year is the next such day from `today` on; 29 February is refused where that year
    has none, as it is hardly meant years ahead. `明日`, `来月末`, `今月中`, `来月10日`,
    `来週の金曜`, `来年3月末`, `next Friday`, `2週間後`, `3カ月後`, `in two weeks` or `3 days ago`
    are counted from `today`; `金曜` or `Friday` is the next one from `today` on. These are none
    where there is no `today`.
    Raises: AiguideError `bad-date`, `year-last`, `no-such-date`, `no-such-day` for one beyond the
    end of its month, `wrong-weekday`.
    """
    return _ahead(today, given) or _written(given, _with_its_year(given, today), today)


def _written(given: str, dated: str, today: str) -> str:
    """Read a date that is not counted from today; `dated` is `given` with a number for its year.

    Raises: as `checked_date` does.
    """
    plain, weekday = weekdays.taken_off(dated)
    parts = _parts(given, plain, today)
    if parts is None:
        raise AiguideError("bad-date", value=given)
    year, month, day = parts
    try:
        read = date(year, month, day)
    except ValueError:
        if _last_day(year, month) < day <= LONGEST_MONTH:
            raise AiguideError("no-such-day", day=f"{year:04}-{month:02}-{day:02}") from None
        raise AiguideError("no-such-date", value=given) from None
    if weekday not in (None, read.weekday()):
        raise AiguideError("wrong-weekday", day=read.isoformat(), weekday=str(read.weekday()))
    return read.isoformat()


def past_date(given: str, today: str, *, last: bool = False) -> str:
    """Read a date as `checked_date` does, but one without a year as the last such day by `today`.

    `先週`, `今月`, `昨年`, `今年度`, `last month` are their first day, or their `last`.
    Raises: as `checked_date` does.
    """
    for count in (partial(of_period, last=last), from_today):
        if counted := _counted_from(today, given, count):
            return counted
    dated = _with_its_year(given, today)
    read = _written(given, dated, _before(today, years=1))
    # a month that ends a day later this year has not ended by the day on which it did last year
    return read if read <= today else _written(given, dated, _before(today, years=2))


def _before(today: str, years: int) -> str:
    """Give the day after the one that was today so many years ago."""
    now = date.fromisoformat(today)
    year = max(now.year - years, date.min.year)
    same = date(year, now.month, min(now.day, _last_day(year, now.month)))
    return day_after(same.isoformat(), 1)


def table_date(given: str, today: str = "") -> str:
    """Read a date of a table, which may count days as spreadsheets do: 44985 is `2023-02-28`.

    Nobody knows from which day `来月末` was counted when it was written there.
    Raises: AiguideError `counted-date`, and as `checked_date` does.
    """
    if _ahead(today, given) or _with_its_year(given, today) != _plain(given):
        raise AiguideError("counted-date", value=given)
    if _COUNTED.fullmatch(_plain(given)):
        return (_DAY_NONE + timedelta(days=int(_plain(given)))).isoformat()
    return checked_date(given, today)


def is_plain_date(given: str) -> bool:
    """Tell whether a date that could be read says its year of our era, and its day by a number.

    Then nobody can mean another.
    """
    plain = _plain(given)
    if _COUNTED.fullmatch(plain):
        return False
    return re.search(r"\d{4}", plain) is not None and not re.search(rf"{END}|\bend\b", plain)


def _counted_from(
    today: str, given: str, count: Callable[[str, str], date | None] = from_today
) -> str:
    """Read a day that is counted from today; empty where it is none."""
    try:
        read = count(_plain(given).replace(" ", ""), today)
    except (ValueError, OverflowError):  # past the last day that there is
        return ""
    return read.isoformat() if read else ""


def _ahead(today: str, given: str) -> str:
    """Read a day that is counted from today, or the next such day of the week; empty for none."""
    return _counted_from(today, given) or _counted_from(today, given, next_weekday)


def _with_its_year(given: str, today: str) -> str:
    """Give a date as it is read, with a number for a year that is counted from today."""
    plain = _plain(given)
    return with_its_year(plain, today) or plain


def _plain(given: str) -> str:
    """Give a date in small letters and figures, without what says that it is the last day."""
    plain = " ".join(in_figures(unicodedata.normalize("NFKC", given)).lower().split())
    return _BY.sub("", _WORD.sub(_figure, plain))


def _figure(word: re.Match[str]) -> str:
    return str(_IN_WORDS.index(word[0]) + 1 if word[0] in _IN_WORDS else 1)


def _parts(given: str, plain: str, today: str) -> tuple[int, int, int] | None:
    """Take a date apart into year, month and day; None where it is none.

    Raises: AiguideError `year-last`.
    """
    numbers = plain.replace(" ", "")
    if found := _NUMBERS.fullmatch(numbers) or _RUN_TOGETHER.fullmatch(numbers):
        year = _year(found["era"], found["year"])
        return None if year is None else (year, int(found["month"]), int(found["day"]))
    if found := _YEAR_LAST.fullmatch(numbers):
        month, day = sorted((int(found["one"]), int(found["other"])))
        if day <= MONTHS:
            raise AiguideError("year-last", value=given)
        return int(found["year"]), month, day
    if found := _NO_YEAR.fullmatch(numbers):
        return _dated(int(found["month"]), int(found["day"]), "", today)
    for written in _ENGLISH:
        if (found := written.fullmatch(plain)) and (month := _month(found["name"])):
            return _dated(month, int(found["day"]), found["year"] or "", today)
    return _end(plain, numbers, today)


def _end(plain: str, numbers: str, today: str) -> tuple[int, int, int] | None:
    """Give the last day of a month, of a year or of a fiscal year; None where it is none."""
    for japanese, english, last, later in _ENDS:
        if found := japanese.fullmatch(numbers) or english.fullmatch(plain):
            said = found.groupdict()
            month = last or int(said.get("month") or _month(said["name"]))
            if not said["year"]:
                dated = _dated(month, LONGEST_MONTH, "", today)
                year = dated[0] if dated else None
            elif year := _year(said.get("era"), said["year"]):
                year += later
            return (year, month, _last_day(year, month)) if year and month else None
    return None


def _last_day(year: int, month: int) -> int:
    """Give the last day of a month; of one that is none, the day that makes that plain."""
    return calendar.monthrange(year, month)[1] if 1 <= month <= MONTHS else LONGEST_MONTH


def _year(era: str | None, year: str) -> int | None:
    """Read a year; None where nobody can tell which one it is."""
    if era:
        counted = 1 if year == "元" else int(year)
        return _ERAS[era.rstrip(".")] + counted if counted else None
    return int(year) if len(year) == len("2027") else None


def _month(name: str) -> int:
    """Read the name of a month, whole or its beginning; 0 where it is none."""
    known = (at for at, one in enumerate(_MONTHS, 1) if one.startswith(name))
    return next(known, 0) if len(name) >= SHORTEST_MONTH else 0


def _in_full(year: str) -> int:
    return int(year) + (0 if len(year) == len("2027") else _CENTURY)


def _dated(month: int, day: int, year: str, today: str) -> tuple[int, int, int] | None:
    """Give a day its year: the one written, else that of the next such day, if `today` is known."""
    if year or not today:
        return (_in_full(year), month, day) if year else None
    now = date.fromisoformat(today)
    return now.year + ((month, day) < (now.month, now.day)), month, day


def day_after(today: str, days: int) -> str:
    """Give the day some days after another; the calendar ends with the year 9999."""
    try:
        return (date.fromisoformat(today) + timedelta(days)).isoformat()
    except OverflowError:
        return LAST_DAY


def day_in_tokyo(at: str) -> str:
    """Give the date in Tokyo of an ISO 8601 UTC time."""
    return in_tokyo(at)[: len("2027-03-31")]


def in_tokyo(at: str, *, seconds: bool = False) -> str:
    """Give an ISO 8601 UTC time as date and minute in Tokyo; what is no time, as it stands."""
    try:
        moment = datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(TOKYO)
    except (ValueError, OverflowError):
        return at
    return moment.strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")
