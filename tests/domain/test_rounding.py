"""Rounding to whole numbers: halves up, whatever the sign, and never by way of binary fractions."""

from fractions import Fraction

import pytest
from ctdesk.domain.rounding import nearest, percent_of, percentage
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("number", "by", "expected"),
    [(5, 2, 3), (3, 2, 2), (1, 2, 1), (-1, 2, 0), (-3, 2, -1), (-5, 3, -2), (7, 7, 1), (0, 3, 0)],
)
def test_halves_go_up(number: int, by: int, expected: int) -> None:
    assert nearest(number, by) == expected


@given(st.integers(), st.integers(1))
def test_it_is_never_further_than_a_half_from_the_quotient(number: int, by: int) -> None:
    assert Fraction(-1, 2) < nearest(number, by) - Fraction(number, by) <= Fraction(1, 2)


def test_halves_of_fractions_go_up_too() -> None:
    assert [nearest(Fraction(half, 2)) for half in (1, 3, 5)] == [1, 2, 3]
    assert nearest(Fraction(5, 2), Fraction(1, 3)) == 8


@given(st.fractions())
def test_a_fraction_is_rounded_as_its_quotient_is(number: Fraction) -> None:
    assert nearest(number) == nearest(number.numerator, number.denominator)


def test_a_part_is_told_in_per_cent_and_a_per_cent_as_a_part() -> None:
    assert (percentage(1, 8), percentage(1, 3), percentage(5, 0), percentage(-1, 3)) == (13, 33, 0, -33)
    assert (percent_of(50, 3), percent_of(25, 2), percent_of(0, 9), percent_of(100, 7)) == (2, 1, 0, 7)
