"""Figures, dates and small words as they stand on paper."""

from datetime import date

import pytest
from ctdesk.reports import numbers
from ctdesk.reports.words import cell_ranges
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("pence", "text"),
    [
        (0, "£0"),
        (49, "£0"),
        (50, "£1"),
        (85_000, "£850"),
        (999_999, "£10,000"),
        (64_200_000, "£642k"),
        (99_949_999, "£999k"),
        (99_950_000, "£1.0m"),
        (4_624_500_000, "£46.2m"),
        (123_456_000_000, "£1,234.6m"),
        (-1_100_000_000, "−£11.0m"),
    ],
)
def test_pounds_in_running_text(pence, text):
    assert numbers.pounds(pence) == text


def test_minus_is_a_true_minus_and_thousands_have_commas():
    assert numbers.number(-1234567) == "−1,234,567"
    assert numbers.tenths(-416) == "−41.6"
    assert numbers.whole_pounds(None) == "–"
    assert numbers.whole_pounds(150) == "2"


@given(st.lists(st.integers(0, 10**11), max_size=30))
def test_shown_parts_add_up_to_the_shown_total(parts):
    for scale in (numbers.POUNDS, numbers.THOUSANDS, numbers.MILLIONS):
        assert sum(scale.split(parts)) == scale.steps(sum(parts))


@given(st.lists(st.integers(0, 10**11), max_size=30))
def test_per_cents_add_up_to_a_hundred_and_are_never_nought_for_something(parts):
    shown = numbers.percents(parts)
    whole = sum(int(share.removesuffix("%")) for share in shown if share[0].isdigit())
    assert whole == (100 if any(parts) else 0)
    assert all((share == "–") == (not part) for share, part in zip(shown, parts, strict=True))
    assert "0%" not in shown


def test_per_cents_of_something_small():
    assert numbers.percents([999, 1]) == ["100%", "under 1%"]


def test_units_follow_the_size_of_the_total():
    assert numbers.table_scale(99_999_999).label == "£"
    assert numbers.table_scale(100_000_000).label == "£000"
    assert [numbers.chart_scale(10**power).label for power in (6, 7, 9)] == ["£", "£000", "£m"]


def test_dates_are_british_whatever_the_locale():
    assert numbers.day(date(2026, 3, 1)) == "01/03/2026"
    assert numbers.day(None) == "–"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(None, None, "–"), (0, 4, "0 to 4"), (5, 5, "5"), (None, 4, "Up to 4"), (16, None, "16 and over")],
)
def test_ages_in_words(low, high, text):
    assert numbers.ages(low, high) == text


def test_cells_below_one_another_are_drawn_together():
    cells = ["Activity!H12", "Activity!H13", "Activity!H14", "Activity!K14", "Staffing!H15", "Start here"]
    assert cell_ranges(cells) == ["Activity!H12 to H14", "Activity!K14", "Staffing!H15", "Start here"]
