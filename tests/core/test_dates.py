"""Dates as an office writes them."""

import pytest

from aiguide.core.dates import checked_date
from aiguide.core.errors import AiguideError


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
        "3/31/2027",
        "2027-02-30",
        "令和0年13月1日",
        "元年5月1日",
        "20270331",
        "R9",
    ],
)
def test_what_is_no_date_of_the_calendar_is_refused(written: str) -> None:
    with pytest.raises(AiguideError):
        checked_date(written)
