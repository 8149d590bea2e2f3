"""What a person says of a register by hand: its row of headings, and what its words mean once for all."""

from ctdesk.returns.adoption import profile_of
from ctdesk.returns.headers import header_at
from tests.returns.register_sheets import HEADINGS, SERVICES, adopt, book_of, mapped, sheet_of

TIERS = [
    [*HEADINGS, "Tier"],
    *([*row, tier] for row, tier in zip(SERVICES, [1.0, 2.0, "n/a.", "Targeted"] * 2, strict=True)),
]
MEANINGS = {"tier": {"1": "universal", "2": "targeted", "n/a.": ""}}


def test_headings_given_by_hand_are_taken_even_if_they_say_nothing():
    register = adopt([["Alpha", "Beta"], ["Gamma", "Delta"], ["One", "Two"]], header_row=2)
    assert register.header_row == 2
    assert set(mapped(register)) == {"Gamma", "Delta"}
    assert [row.number for row in register.rows] == [3]


def test_a_row_without_words_or_beyond_the_sheet_is_no_row_of_headings():
    sheet = sheet_of([["A", "B"], [None, None]])
    assert header_at(sheet, 1) is None
    assert header_at(sheet, 2) is None
    assert book_of(sheet).sheet("Register") is sheet


def test_words_are_given_a_meaning_once_numbers_too_and_some_are_left_blank():
    register = adopt(TIERS, values=MEANINGS, mapping={"Tier": "tier"})
    assert [row.cells["tier"] for row in register.rows[:4]] == ["universal", "targeted", "", "Targeted"]


def test_meanings_are_kept_in_the_profile():
    register = adopt(TIERS, values=MEANINGS, mapping={"Tier": "tier"})
    profile = profile_of(register, "Ours")
    assert profile.values == MEANINGS
    again = adopt(TIERS, profile=profile, values={"tier": {"2": "specialist"}})
    assert [row.cells["tier"] for row in again.rows[:2]] == ["universal", "specialist"]
