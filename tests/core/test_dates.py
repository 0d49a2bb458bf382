"""Dates as an office writes them."""

import pytest

from aiguide.core.dates import checked_date, is_plain_date, past_date, table_date
from aiguide.core.errors import AiguideError
from tests.conftest import TODAY


@pytest.mark.parametrize(
    "written",
    [
        "2027-03-31",
        "2027/3/31",
        "2027.3.31",
        "２０２７／３／３１",
        "2027年3月31日",
        "2027 年 3 月 31 日",
        "令和9年3月31日",
        "R9.3.31",
        "31 March 2027",
        "31 Mar. 2027",
        "31st march, 2027",
        "Mar 31 2027",
        "March 31, 2027",
        "Ｍａｒ ３１ ２０２７",
        "20270331",
        "２０２７０３３１",
        "31.3.2027",
        "31/03/2027",
        "令和九年三月三十一日",
        "二〇二七年三月三一日",
        "令和九年三月末",
        "令和八年度末",
        "令和九年三月三十一日（水）",
        "2027年3月末",
        "令和９年３月末日",
        "R9年3月末",
        "R9.3末",
        "R9.3月末",
        "R9.3.末",
        "2027/3末",
        "2027年3月中",
        "令和8年度内",
        "令和9年3月末まで",
        "令和9年3月いっぱい",
        "令和8年度いっぱい",
        "2027年3月31日（水）までに",
        "by 31 March 2027",
        "by the end of March 2027",
        "令和8年度末",
        "2026年度末",
        "end of March 2027",
        "the end of Mar, 2027",
        "令和9年3月31日(水)",
        "令和９年３月３１日（水）",
        "令和9年3月31日㈬",
        "2027/3/31 (水曜)",
        "2027年3月31日水曜日",
        "2027-03-31 (Wed)",
        "Wed, 31 March 2027",
        "Wednesday 31 March 2027",
        "March 31, 2027 (Wed.)",
        "the 31st of March 2027",
        "Wednesday, the 31st of March, 2027",
        "31-Mar-2027",
        "31-Mar-27",
        "3/31/2027",
        "03.31.2027",
        "end-March 2027",
        "end March 2027",
        "end of FY2026",
        "the end of FY 2026",
        "End of fiscal year 2026",
    ],
)
def test_a_date_is_read_however_it_is_written(written: str) -> None:
    assert checked_date(written) == "2027-03-31"


def test_the_first_year_of_an_era_has_a_name() -> None:
    assert checked_date("令和元年5月1日") == "2019-05-01"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2027",
        "27/3/31",
        "令和0年5月1日",
        "元年5月1日",
        "8.12.25",
        "8年度末",
        "9.3末",
        "年内",
        "令和9年0月末",
        "令和0年度末",
        "3月末",
        "年度末",
        "end of March",
        "end of Marchy 2027",
        "2027-03-31 (祝)",
        "2027-03-31 ()",
        "Mar, 2027-03-31",
        "水曜日",
        "(水)",
        "R9",
        "3/31",
        "3月31日",
        "31 March",
        "Ma 31 2027",
        "31 Mar 27",
        "end of FY26",
        "end of the fiscal year",
        "next Friday",
        "end of the year",
        "まで",
        "March 2027",
        "31 Marchy 2027",
    ],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(AiguideError) as refused:
        checked_date(written)
    assert refused.value.code == "bad-date"


@pytest.mark.parametrize("written", ["3/4/2027", "3.4.2027", "12/12/2026"])
def test_of_a_date_with_its_year_last_the_day_may_be_the_month(written: str) -> None:
    with pytest.raises(AiguideError) as refused:
        checked_date(written)
    assert (refused.value.code, refused.value.args_said["value"]) == ("year-last", written)


def test_what_is_refused_is_told_in_the_letters_that_were_typed() -> None:
    for read in (checked_date, past_date):
        for written in ("End of May or so", "今年度ごろ"):
            with pytest.raises(AiguideError) as refused:
                read(written, TODAY)
            assert refused.value.args_said["value"] == written


@pytest.mark.parametrize(
    ("written", "today"),
    [
        ("令和9年13月1日", ""),
        ("0000-01-01", ""),
        ("13/10", TODAY),
        ("25/12", TODAY),
        ("13月末", TODAY),
        ("3/45", TODAY),
        ("45.3.2027", ""),
    ],
)
def test_a_date_that_is_none_is_told_as_it_was_typed(written: str, today: str) -> None:
    with pytest.raises(AiguideError) as refused:
        checked_date(written, today)
    assert (refused.value.code, refused.value.args_said["value"]) == ("no-such-date", written)


@pytest.mark.parametrize(
    ("written", "today", "day"),
    [
        ("2027-02-30", "", "2027-02-30"),
        ("2027年2月29日", "", "2027-02-29"),
        ("30 February 2027", "", "2027-02-30"),
        ("31.9.2026", "", "2026-09-31"),
        ("2月29日", TODAY, "2027-02-29"),
        ("20270231", "", "2027-02-31"),
    ],
)
def test_a_day_that_the_calendar_lacks_is_told_as_such(written: str, today: str, day: str) -> None:
    with pytest.raises(AiguideError) as refused:
        checked_date(written, today)
    assert (refused.value.code, refused.value.args_said["day"]) == ("no-such-day", day)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12月10日", "2026-12-10"),
        ("12月10日まで", "2026-12-10"),
        ("by 10 December", "2026-12-10"),
        ("12月中", "2026-12-31"),
        ("12末", "2026-12-31"),
        ("年内", "2026-12-31"),
        ("年末まで", "2026-12-31"),
        ("end of the year", "2026-12-31"),
        ("year end", "2026-12-31"),
        ("年度内", "2027-03-31"),
        ("年度中", "2027-03-31"),
        ("１２／１０", "2026-12-10"),
        ("10 December", "2026-12-10"),
        ("Dec 10", "2026-12-10"),
        ("11/24", TODAY),
        ("11月23日", "2027-11-23"),
        ("1/5", "2027-01-05"),
        ("12/25(金)", "2026-12-25"),
        ("１２月２５日（金）", "2026-12-25"),
        ("Fri 25 December", "2026-12-25"),
        ("11月末", "2026-11-30"),
        ("10月末", "2027-10-31"),
        ("2月末", "2027-02-28"),
        ("end of December", "2026-12-31"),
        ("年度末", "2027-03-31"),
        ("end of the fiscal year", "2027-03-31"),
        ("the end of fiscal year", "2027-03-31"),
        ("End-March", "2027-03-31"),
        ("31-Mar", "2027-03-31"),
        ("the 31st of March", "2027-03-31"),
        ("2月の終わり", "2027-02-28"),
        ("年度の終わり", "2027-03-31"),
        ("三月末", "2027-03-31"),
        ("十二月二十日", "2026-12-20"),
        ("十月十日", "2027-10-10"),
    ],
)
def test_a_date_without_a_year_is_the_next_such_day(written: str, meant: str) -> None:
    assert checked_date(written, TODAY) == meant


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("2027/3/31", True),
        ("２０２７年3月31日", True),
        ("31 March 2027", True),
        ("31 March", False),
        ("3/31", False),
        ("R9.3.31", False),
        ("2027年3月31日(水)", True),
        ("20270331", True),
        ("2026年度末", False),
        ("2026年度内", False),
        ("2027年3月中", False),
        ("2027.3末", False),
        ("2027年内", False),
        ("end of 2027", False),
        ("2027年3月31日まで", True),
        ("by 31 March 2027", True),
        ("end of March 2027", False),
        ("2027年3月の終わり", False),
        ("来月末", False),
        ("31-Mar-27", False),
        ("end-March 2027", False),
        ("end of FY2026", False),
    ],
)
def test_what_may_be_read_in_another_way_is_told_apart(written: str, plain: bool) -> None:
    assert is_plain_date(written) is plain


@pytest.mark.parametrize("written", ["2027年末", "令和9年内", "2027年中", "end of 2027"])
def test_a_year_ends_with_december(written: str) -> None:
    assert checked_date(written) == "2027-12-31"


@pytest.mark.parametrize(
    "written", ["来週中", "月中", "年中", "3月中旬", "今月", "月10日", "来月曜"]
)
def test_what_may_mean_several_days_is_refused(written: str) -> None:
    with pytest.raises(AiguideError) as refused:
        checked_date(written, TODAY)
    assert refused.value.code == "bad-date"


def test_of_a_month_that_is_counted_the_day_and_its_weekday_must_be_right() -> None:
    for written, code in (("再来月10日(月)", "wrong-weekday"), ("今月31日", "no-such-day")):
        with pytest.raises(AiguideError) as refused:
            checked_date(written, TODAY)
        assert refused.value.code == code


@pytest.mark.parametrize("year", [2027, 2028, 2100, 2400])
def test_a_month_ends_as_the_calendar_has_it(year: int) -> None:
    last = 29 if year in (2028, 2400) else 28
    assert checked_date(f"{year}年2月末") == f"{year}-02-{last}"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("2026/12/25(木)", "4"),
        ("12月25日（土）", "4"),
        ("Mon 25 December", "4"),
        ("2026年12月25日日曜日", "4"),
    ],
)
def test_a_wrong_day_of_the_week_is_refused_with_the_right_one(written: str, right: str) -> None:
    with pytest.raises(AiguideError) as refused:
        checked_date(written, TODAY)
    assert refused.value.code == "wrong-weekday"
    assert refused.value.args_said == {"day": "2026-12-25", "weekday": right}


COUNTED = [  # from Tuesday, 2026-11-24
    ("今日", TODAY),
    ("きょう", TODAY),
    ("明日", "2026-11-25"),
    ("あさって", "2026-11-26"),
    ("Tomorrow", "2026-11-25"),
    ("the day after tomorrow", "2026-11-26"),
    ("月末", "2026-11-30"),
    ("今月末", "2026-11-30"),
    ("来月末", "2026-12-31"),
    ("今月いっぱい", "2026-11-30"),
    ("来月の終わり", "2026-12-31"),
    ("再来月末日", "2027-01-31"),
    ("今月末まで", "2026-11-30"),
    ("今月中", "2026-11-30"),
    ("月内", "2026-11-30"),
    ("来月中", "2026-12-31"),
    ("来月10日", "2026-12-10"),
    ("今月１０日", "2026-11-10"),
    ("再来月の十日（日）", "2027-01-10"),
    ("明日中に", "2026-11-25"),
    ("end of month", "2026-11-30"),
    ("by tomorrow", "2026-11-25"),
    ("end of the month", "2026-11-30"),
    ("the end of next month", "2026-12-31"),
    ("今週の金曜", "2026-11-27"),
    ("来週の金曜", "2026-12-04"),
    ("来週金曜日", "2026-12-04"),
    ("来週（金）", "2026-12-04"),
    ("再来週の月曜日", "2026-12-07"),
    ("Friday next week", "2026-12-04"),
    ("Fri of this week", "2026-11-27"),
    ("next Friday", "2026-12-04"),
    ("this Fri", "2026-11-27"),
    ("end of this fiscal year", "2027-03-31"),
    ("the end of next fiscal year", "2028-03-31"),
    ("来年３月末", "2027-03-31"),
    ("来年の三月末", "2027-03-31"),
    ("来年 3月31日(水)", "2027-03-31"),
    ("再来年1月5日", "2028-01-05"),
    ("今年12/25", "2026-12-25"),
    ("今年度末", "2027-03-31"),
    ("今年度中", "2027-03-31"),
    ("今年中", "2026-12-31"),
    ("来年末", "2027-12-31"),
    ("the end of next year", "2027-12-31"),
    ("来年度末", "2028-03-31"),
    ("end of March next year", "2027-03-31"),
    ("31 March of next year", "2027-03-31"),
    ("10日後", "2026-12-04"),
    ("二週間後", "2026-12-08"),
    ("三か月後", "2027-02-24"),
    ("三箇月後", "2027-02-24"),
    ("1カ月後", "2026-12-24"),
    ("3ヵ月後", "2027-02-24"),
    ("３ケ月後", "2027-02-24"),
    ("1ヶ月前", "2026-10-24"),
    ("1年後", "2027-11-24"),
    ("in 2 years", "2028-11-24"),
    ("in 2 weeks", "2026-12-08"),
    ("in two weeks", "2026-12-08"),
    ("in a month", "2026-12-24"),
    ("Friday", "2026-11-27"),
    ("by Fri", "2026-11-27"),
    ("on Monday", "2026-11-30"),
    ("金曜", "2026-11-27"),
    ("火曜日", "2026-11-24"),
    ("In 1 month", "2026-12-24"),
    ("3 days ago", "2026-11-21"),
]


@pytest.mark.parametrize(("written", "meant"), COUNTED)
def test_a_day_may_be_counted_from_today(written: str, meant: str) -> None:
    assert checked_date(written, TODAY) == meant


@pytest.mark.parametrize(
    ("written", "today"),
    [("来月末", ""), ("明日", "9999-12-31"), ("1か月後", "9999-12-31")],
)
def test_a_day_that_cannot_be_counted_is_refused(written: str, today: str) -> None:
    with pytest.raises(AiguideError) as refused:
        checked_date(written, today)
    assert refused.value.code == "bad-date"


@pytest.mark.parametrize("written", [written for written, _ in COUNTED])
def test_a_table_does_not_tell_from_which_day_it_counted(written: str) -> None:
    with pytest.raises(AiguideError) as refused:
        table_date(written, TODAY)
    assert (refused.value.code, refused.value.args_said["value"]) == ("counted-date", written)


@pytest.mark.parametrize(
    ("written", "today", "read"),
    [
        ("11月24日", "2026-11-24", "2026-11-24"),
        ("１１／２３", "2026-11-24", "2026-11-23"),
        ("25 Nov", "2026-11-24", "2025-11-25"),
        ("12月10日(水)", "2026-11-24", "2025-12-10"),
        ("11月30日", "2028-11-29", "2027-11-30"),
        ("2月末", "2026-02-28", "2026-02-28"),
        ("2月末", "2026-02-27", "2025-02-28"),
        ("2/29", "2028-03-05", "2028-02-29"),
        ("2/29", "2028-02-29", "2028-02-29"),
        ("年度末", "2026-11-24", "2026-03-31"),
        ("2027-03-31", "2026-11-24", "2027-03-31"),
        ("今日", "2026-11-24", "2026-11-24"),
        ("昨日", "2026-11-24", "2026-11-23"),
        ("おととい", "2026-11-24", "2026-11-22"),
        ("先週の金曜", "2026-11-24", "2026-11-20"),
        ("先月末", "2026-01-15", "2025-12-31"),
        ("1か月前", "2026-03-31", "2026-02-28"),
        ("2 weeks ago", "2026-01-07", "2025-12-24"),
        ("Friday of last week", "2026-11-24", "2026-11-20"),
        ("昨年12月1日", "2026-11-24", "2025-12-01"),
        ("昨年度末", "2026-11-24", "2026-03-31"),
        ("2月末", "2028-02-28", "2027-02-28"),
        ("2月末", "2028-02-29", "2028-02-29"),
        ("2月28日", "2028-02-29", "2028-02-28"),
        ("3/1", "2028-02-29", "2027-03-01"),
    ],
)
def test_of_the_past_a_day_without_its_year_is_the_last_such_day(
    written: str, today: str, read: str
) -> None:
    assert past_date(written, today) == read


@pytest.mark.parametrize(
    ("written", "today", "first", "last"),
    [
        ("先週", "2026-11-24", "2026-11-16", "2026-11-22"),
        ("今週", "2026-11-24", "2026-11-23", "2026-11-29"),
        ("先月", "2026-01-31", "2025-12-01", "2025-12-31"),
        ("今月", "2028-02-10", "2028-02-01", "2028-02-29"),
        ("今月中", "2026-11-24", "2026-11-01", "2026-11-30"),
        ("今年", "2026-11-24", "2026-01-01", "2026-12-31"),
        ("昨年", "2026-11-24", "2025-01-01", "2025-12-31"),
        ("一昨年", "2026-11-24", "2024-01-01", "2024-12-31"),
        ("今年度", "2026-11-24", "2026-04-01", "2027-03-31"),
        ("今年度", "2027-03-31", "2026-04-01", "2027-03-31"),
        ("昨年度", "2026-04-01", "2025-04-01", "2026-03-31"),
        ("Last week", "2026-11-24", "2026-11-16", "2026-11-22"),
        ("last month", "2026-11-24", "2026-10-01", "2026-10-31"),
        ("this year", "2026-11-24", "2026-01-01", "2026-12-31"),
        ("last fiscal year", "2026-11-24", "2025-04-01", "2026-03-31"),
    ],
)
def test_a_period_of_the_past_has_a_first_and_a_last_day(
    written: str, today: str, first: str, last: str
) -> None:
    assert (past_date(written, today), past_date(written, today, last=True)) == (first, last)


def test_a_period_before_the_calendar_is_refused() -> None:
    with pytest.raises(AiguideError) as refused:
        past_date("昨年", "0001-01-01")
    assert refused.value.code == "bad-date"
