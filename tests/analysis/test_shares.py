"""A shared cost adds up to the penny, and its whole percentages to 100."""

from fractions import Fraction

import pytest
from ctdesk.analysis.shares import shares
from ctdesk.domain.errors import DeskError
from ctdesk.services.cost_shares import share_cost
from hypothesis import given
from hypothesis import strategies as st

weights = st.lists(st.fractions(0, 10**6), min_size=1, max_size=12).filter(any)


@given(st.integers(0, 10**12), weights)
def test_amounts_add_up_to_the_penny_and_percentages_to_100(amount, numbers):
    found = shares(amount, [(str(at), Fraction(number)) for at, number in enumerate(numbers)])
    assert sum(it.amount for it in found) == amount
    assert sum(it.percent for it in found) == 100
    assert all(abs(it.amount - Fraction(amount) * it.weight / sum(numbers)) < 1 for it in found)


def test_the_budgets_of_hammersmith_and_fulham_give_38_and_62_per_cent():
    found = share_cost("£118,400", ["Council=5,600k", "Primary care trust=£9,200k"])
    assert [(it.name, it.percent, it.amount) for it in found] == [
        ("Council", 38, 44_800_00),
        ("Primary care trust", 62, 73_600_00),
    ]


def test_pennies_ties_nought_and_one_party_add_up_too():
    assert [(it.amount, it.percent) for it in share_cost("0.01", ["A=1", "B=1"])] == [(1, 50), (0, 50)]
    assert [(it.amount, it.percent) for it in share_cost("0", ["A=1", "B=2"])] == [(0, 33), (0, 67)]
    assert [(it.amount, it.percent) for it in share_cost("5", ["A=0.1"])] == [(500, 100)]
    assert [it.percent for it in share_cost("10", ["A=1", "B=1", "C=1"])] == [34, 33, 33]
    assert [it.amount for it in share_cost("9999999999.99", ["A=" + "9" * 30, "B=1"])] == [999_999_999_999, 0]


def test_weights_may_be_headcounts_percentages_or_millions_and_names_may_hold_an_equals_sign():
    found = share_cost("100", ["A=B=1.5", "C=4.5%", "D=0"])
    assert [(it.name, it.amount) for it in found] == [("A=B", 25_00), ("C", 75_00), ("D", 0)]
    assert share_cost("3", ["A=1m", "B=500k"])[0].amount == 200


@pytest.mark.parametrize(
    ("amount", "named", "words"),
    [
        ("lots", ["A=1"], "cost to be shared"),
        ("-5", ["A=1"], "below nought"),
        ("5", ["A=-1"], "no weight"),
        ("5", ["A"], "Name=weight"),
        ("5", ["A=0", "B=0"], "nothing to share by"),
        ("5", ["A=1", "a=2"], "named twice"),
        ("5", ["A=nan"], "no weight"),
        ("5", ["A=inf"], "no weight"),
        ("5.005", ["A=1"], "parts of a penny"),
        ("99999999999999", ["A=1"], "can be kept"),
    ],
)
def test_what_cannot_be_shared_is_refused_in_a_sentence(amount, named, words):
    with pytest.raises(DeskError, match=words):
        share_cost(amount, named)
