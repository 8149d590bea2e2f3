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


def test_of_two_records_with_one_name_the_first_is_suggested():
    found = suggest_among("Play Trusts", {"first": "Play Trust", "second": "Play Trust"})
    assert found is not None
    assert found.uid == "first"


def test_spellings_are_grouped_with_the_commonest_first():
    names = ["Age UK Trafford", "AGE UK Trafford ltd", "Age UK Trafford", "Bridge", "Age Uk Traford", "Bridge Trust"]
    assert spellings(names) == [("Age UK Trafford", "AGE UK Trafford ltd", "Age Uk Traford")]


def test_no_group_without_two_spellings():
    assert spellings([]) == spellings(["A", "A"]) == spellings(["Ward 1", "Ward 2", ""]) == []
