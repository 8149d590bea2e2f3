"""Periods of the financial year: their days, their names, and how they are read back."""

from datetime import date, timedelta

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.domain.periods import HALF, QUARTER, YEAR, period_of, read_period
from hypothesis import given
from hypothesis import strategies as st

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
LENGTHS = st.sampled_from([QUARTER, HALF, YEAR])


@given(DAYS, LENGTHS)
def test_a_day_lies_in_its_period(day: date, months: int) -> None:
    period = period_of(day, months)
    assert period.first <= day <= period.last


@given(DAYS, LENGTHS)
def test_what_is_written_is_read_again(day: date, months: int) -> None:
    assert read_period(period_of(day, months).code) == period_of(day, months)


@given(DAYS, LENGTHS, st.integers(-40, 40))
def test_periods_follow_each_other_without_gap(day: date, months: int, by: int) -> None:
    period = period_of(day, months).moved(by)
    assert period.moved(1).first == period.last + timedelta(days=1)
    assert period.moved(1).moved(-1) == period


def test_a_quarter_is_called_by_its_financial_year() -> None:
    period = read_period("2026-Q1")
    assert (period.first, period.last) == (date(2026, 4, 1), date(2026, 6, 30))
    assert (period.label, period.short, period.span) == ("quarter 1 of 2026/27", "Q1 2026/27", "April to June 2026")


def test_the_whole_year_spans_two_calendar_years() -> None:
    assert read_period("2026-Y").span == "April 2026 to March 2027"
    assert read_period("2026-Y").label == "2026/27"


def test_the_first_and_last_year_that_can_be_asked_about_have_all_their_days() -> None:
    assert read_period("1900-Q1").first == date(1900, 4, 1)
    assert read_period("2099-Y").last == date(2100, 3, 31)


def test_the_last_quarter_lies_in_the_next_calendar_year() -> None:
    assert read_period("2026-q4").first == date(2027, 1, 1)
    assert read_period("quarter 4 of 2026/27") == read_period("2026-Q4")


@pytest.mark.parametrize(
    ("quarter", "months", "expected"),
    [("2026-Q1", HALF, None), ("2026-Q2", HALF, "2026-H1"), ("2026-Q4", HALF, "2026-H2"), ("2026-Q4", YEAR, "2026-Y"),
     ("2026-Q2", YEAR, None), ("2026-Q3", QUARTER, "2026-Q3")],
)  # fmt: skip
def test_longer_periods_end_with_their_last_quarter(quarter: str, months: int, expected: str | None) -> None:
    covered = read_period(quarter).covers(months)
    assert (covered.code if covered else None) == expected


@pytest.mark.parametrize("words", ["", "2026", "2026-Q5", "2026-H3", "Q1", "2026/27", "Q1 2026/99",
                                   "0000-Q1", "1899-Q1", "2100-Y", "9999-Q4", "٢٠٢٦-Q1"])  # fmt: skip
def test_anything_else_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(DeskError, match="2026-Q1"):
        read_period(words)
