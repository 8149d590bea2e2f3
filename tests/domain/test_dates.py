"""Dates are day first; what could be read in two ways is asked about."""

from datetime import date, datetime

import pytest
from ctdesk.domain.dates import EARLIEST, LATEST, add_months, date_text, financial_year, read_date, read_financial_year
from ctdesk.domain.reading import Doubtful, Unreadable
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "typed",
    [
        "1/4/2026",
        "01.04.2026",
        "1-4-26",
        "1 April 2026",
        "1st of Apr 2026",
        "Wednesday 1 April 2026",
        "April 1, 2026",
        "2026-04-01",
        "2026-04-01T00:00:00Z",
        "2026-04-01 00:00:00",
        "01/04/2026 09:30",
        date(2026, 4, 1),
        datetime(2026, 4, 1, 9, 30),  # noqa: DTZ001 - as a spreadsheet gives it
    ],
)
def test_reads_the_first_of_april(typed):
    assert read_date(typed) == date(2026, 4, 1)


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "00/01/2026", "soon", "2026", "1 Foo 2026", True, date(1066, 10, 14), 12.0]
)
def test_refuses_what_is_no_day(typed):
    with pytest.raises(Unreadable):
        read_date(typed)


@pytest.mark.parametrize(
    ("typed", "likely"),
    [("04/25/2026", date(2026, 4, 25)), ("March 2026", date(2026, 3, 1)), (46_113, date(2026, 4, 1))],
)
def test_asks_about_what_could_be_meant_otherwise(typed, likely):
    with pytest.raises(Doubtful) as doubt:
        read_date(typed)
    assert doubt.value.suggestion == likely


@given(st.dates(EARLIEST, LATEST))
def test_reads_what_it_prints(day):
    assert read_date(date_text(day)) == day
    assert read_date(day.isoformat()) == day


def test_a_financial_year_begins_in_april():
    assert financial_year(date(2026, 3, 31)) == "2025/26"
    assert financial_year(date(2026, 4, 1)) == "2026/27"
    assert financial_year(date(1999, 5, 1)) == "1999/00"


@pytest.mark.parametrize("typed", ["2026/27", "2026-27", "2026/2027", "2026–27", date(2026, 4, 1)])
def test_reads_financial_years(typed):
    assert read_financial_year(typed) == "2026/27"


@pytest.mark.parametrize("typed", ["2026", "2026/28", "26/27", "next"])
def test_refuses_other_years(typed):
    with pytest.raises(Unreadable):
        read_financial_year(typed)


@given(st.dates(EARLIEST, LATEST))
def test_reads_the_financial_year_it_prints(day):
    assert read_financial_year(financial_year(day)) == financial_year(day)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 12, 31), -6, date(2026, 6, 30)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 5, 18), -17, date(2024, 12, 18)),
        (date(2026, 5, 18), 0, date(2026, 5, 18)),
    ],
)
def test_months_are_added_by_the_calendar(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then
