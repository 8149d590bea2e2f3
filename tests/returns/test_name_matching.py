"""Likely spellings are suggested; sister bodies are not taken for one another."""

import pytest
from ctdesk.domain.names import NameIndex
from ctdesk.returns.name_matching import spellings, suggest, suggest_among

NAMES = NameIndex(
    [
        ("u1", "Age UK Trafford", ("Age Concern Trafford",)),
        ("u2", "North Sale Scouts", ()),
        ("u3", "Bridge Learning", ()),
    ]
)


@pytest.mark.parametrize(
    ("text", "uid"),
    [
        ("AGE UK Trafford Ltd", "u1"),
        ("Trafford Age UK", "u1"),
        ("Age UK Traford", "u1"),
        ("Age Concern Traford", "u1"),
        ("Bridge Lerning C.I.C.", "u3"),
    ],
)
def test_a_near_spelling_is_suggested(text, uid):
    found = suggest(text, NAMES)
    assert found is not None
    assert (found.uid, found.name) == (uid, NAMES.name(uid))
    assert 86 <= found.score <= 100


@pytest.mark.parametrize("text", ["", "  ", "Ltd", "South Sale Scouts", "Age UK Stockport", "Council"])
def test_another_body_is_not_suggested(text):
    assert suggest(text, NAMES) is None


def test_numbers_tell_bodies_apart():
    names = {"a": "1st Sale Scouts", "b": "2nd Sale Scouts"}
    assert suggest_among("3rd Sale Scouts", names) is None
    found = suggest_among("2nd Sale Scout", names)
    assert found is not None
    assert found.uid == "b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brent Community Law Centre", "Camden Community Law Centre"),
        ("Lincolnshire County Council", "Lancashire County Council"),
        ("North Lincolnshire Council", "North East Lincolnshire Council"),
        ("Altrincham Boys Club", "Altrincham Girls Club"),
        ("Darlington Borough Council", "Warrington Borough Council"),
        ("Altrincham Gardening Club", "Altrincham Running Club"),
    ],
)
def test_a_word_of_its_own_tells_bodies_apart(one, other):
    assert suggest_among(one, {"a": other}) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sale and Altrincham Tenants Assoc", "Sale and Altrincham Tenants Association"),
        ("Gorsehill Studios", "Gorse Hill Studios"),
        ("Trafford Carers Center", "Trafford Carers Centre"),
        ("Advice Service for Prisoners (PAS)", "Advice Service for Prisoners"),
    ],
)
def test_a_word_cut_short_or_joined_does_not(one, other):
    assert suggest_among(one, {"a": other}) is not None


def test_of_two_records_with_one_name_the_first_is_suggested():
    found = suggest_among("Play Trusts", {"first": "Play Trust", "second": "Play Trust"})
    assert found is not None
    assert found.uid == "first"


def test_spellings_are_grouped_with_the_commonest_first():
    names = ["Age UK Trafford", "AGE UK Trafford ltd", "Age UK Trafford", "Bridge", "Age Uk Traford", "Bridge Trust"]
    assert spellings(names) == [("Age UK Trafford", "AGE UK Trafford ltd", "Age Uk Traford")]


def test_no_group_without_two_spellings():
    assert spellings([]) == spellings(["A", "A"]) == spellings(["Ward 1", "Ward 2", ""]) == []
