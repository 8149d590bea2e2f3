"""Counts with their nouns, and names as in a sentence."""

import pytest
from ctdesk.domain.counting import counted, in_words, listed


@pytest.mark.parametrize(
    ("names", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_names_are_listed_as_in_a_sentence(names: list[str], text: str) -> None:
    assert listed(names) == text


def test_beyond_so_many_the_rest_are_counted() -> None:
    assert listed(["a", "b", "c", "d", "e"], most=4) == "a, b, c and two more"
    assert listed(["a", "b", "c", "d"], most=4) == "a, b, c and d"


def test_the_last_may_follow_another_word() -> None:
    assert listed(["a", "b", "c"], last="or") == "a, b or c"


def test_counts_stand_with_their_nouns() -> None:
    assert counted(1, "agency", "agencies") == "1 agency"
    assert counted(1_200, "activity", "activities") == "1,200 activities"
    assert counted(0, "row") == "0 rows"


def test_small_counts_are_told_in_words() -> None:
    assert [in_words(count) for count in (0, 1, 12, 13, 1_300)] == ["none", "one", "twelve", "13", "1,300"]
