"""Shares add up to the whole, whatever the weights."""

from fractions import Fraction

import pytest
from ctdesk.domain.apportion import apportion
from hypothesis import given
from hypothesis import strategies as st

weights = st.lists(st.integers(0, 10**12), min_size=1, max_size=40).filter(any)


@given(st.integers(0, 10**9), weights)
def test_parts_add_up_and_are_the_exact_shares_rounded(total, parts):
    shared = apportion(total, parts)
    exact = [Fraction(total * part, sum(parts)) for part in parts]
    assert sum(shared) == total
    assert all(abs(whole - share) < 1 for whole, share in zip(shared, exact, strict=True))


def test_the_largest_remainders_are_rounded_up_and_ties_go_to_the_earlier():
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
    assert apportion(100, [Fraction(1, 3), Fraction(2, 3)]) == [33, 67]


def test_nothing_gets_nothing():
    assert apportion(0, [0, 0]) == [0, 0]
    assert apportion(0, []) == []
    assert apportion(5, [0, 3]) == [0, 5]


@pytest.mark.parametrize(("total", "parts"), [(-1, [1]), (1, [-1, 3]), (1, [0]), (1, [])])
def test_what_cannot_be_shared_is_refused(total, parts):
    with pytest.raises(ValueError, match=r"shared out|share the total"):
        apportion(total, parts)
