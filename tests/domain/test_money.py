"""Money is read as people type it and never wrongly."""

import pytest
from ctdesk.domain.money import money_text, read_money
from ctdesk.domain.reading import Doubtful, Unreadable
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("£1,250.50", 125_050),
        ("1250.5", 125_050),
        (1250.5, 125_050),
        (1250, 125_000),
        ("1.2m", 120_000_000),
        ("£1.2 million", 120_000_000),
        ("3k", 300_000),
        ("2 thousand", 200_000),
        ("2mn", 200_000_000),
        ("£3,000 pa", 300_000),
        ("£3,000 per annum", 300_000),
        ("3000 p.a.", 300_000),
        ("(250)", -25_000),
        ("-250", -25_000),
        ("– £11", -1_100),
        ("GBP 5", 500),
        (".5", 50),
        ("0", 0),
        (86949.99999999999, 8_695_000),
        ("10.0001", 1_000),
        (10**13, 10**15),
    ],
)
def test_reads_what_people_type(typed, pence):
    assert read_money(typed) == pence


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "1,25", "12,34,567", "£", "TBC", "1.2.3", True, "£300 pcm", "£40 per week", "(250", "250)", "-250)"],
)
def test_refuses_what_is_no_yearly_sum(typed):
    with pytest.raises(Unreadable):
        read_money(typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("£300 pcm", "for the whole year"),
        ("£40 per week", "for the whole year"),
        ("ten", "in figures only"),
        ("1" + "0" * 14, "that can be kept"),
        (float("inf"), "that can be kept"),
        (float("nan"), "that can be kept"),
        (-2e13, "that can be kept"),
    ],
)
def test_says_why_a_sum_is_not_taken(typed, why):
    with pytest.raises(Unreadable, match=why):
        read_money(typed)


@pytest.mark.parametrize(("typed", "whole"), [("10.005", 1000), (10.005, 1000), ("10.0102", 1001)])
def test_asks_about_parts_of_a_penny(typed, whole):
    with pytest.raises(Doubtful) as doubt:
        read_money(typed)
    assert doubt.value.suggestion == whole


@pytest.mark.parametrize(
    ("pence", "words"),
    [(0, "£0"), (5, "£0.05"), (125_050, "£1,250.50"), (-1_100, "–£11"), (64_200_000, "£642,000"), (-1, "–£0.01")],
)
def test_writes_pence_only_where_there_are_any(pence, words):
    assert money_text(pence) == words


@given(st.integers(-(10**13), 10**13))
def test_reads_what_it_prints(pence):
    assert read_money(money_text(pence)) == pence


@given(st.integers(0, 10**11))
def test_a_spreadsheets_number_is_the_same_pence(pence):
    assert read_money(pence / 100) == pence
