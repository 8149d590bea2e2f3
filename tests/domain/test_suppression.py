"""Small numbers stay unknown: neither printed nor to be worked out from what is printed beside its totals."""

from itertools import product

import pytest
from ctdesk.domain.suppression import SMALLEST, suppressed, total_may_be_told
from hypothesis import given
from hypothesis import strategies as st

TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=1, max_size=5)
)


def test_small_counts_and_what_would_tell_them_are_left_out() -> None:
    assert suppressed([[20, 3, 30], [40, 50, 60], [7, 8, 9]]) == [[None, None, 30], [40, 50, 60], [None, None, 9]]


def test_nobody_at_all_may_be_told_and_a_table_of_large_counts_is_whole() -> None:
    assert suppressed([[0, 5], [12, 0]]) == [[0, 5], [12, 0]]
    assert suppressed([]) == []


def test_two_small_gaps_that_add_up_to_few_draw_a_third_in() -> None:
    assert suppressed([[1, 2, 30]]) == [[None, None, None]]


@given(TABLES)
def test_nothing_small_is_printed_and_no_line_has_a_single_gap_but_a_line_of_one(
    table: list[list[int]],
) -> None:
    told = suppressed(table)
    for row, shown in zip(table, told, strict=True):
        assert all(is_told is None or is_told == count for count, is_told in zip(row, shown, strict=True))
    assert all(count is None or count == 0 or count >= SMALLEST for row in told for count in row)
    lines = [*zip(told, table, strict=True), *zip(zip(*told, strict=True), zip(*table, strict=True), strict=True)]
    for shown, counts in lines:
        hidden = [count for count, is_told in zip(counts, shown, strict=True) if is_told is None]
        whole = len(hidden) == len(counts)
        assert not hidden or whole or (len(hidden) > 1 and sum(hidden) >= SMALLEST)


@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=2))
def test_no_hidden_small_count_follows_from_the_row_totals(table: list[list[int]]) -> None:
    told = suppressed(table)
    for row, shown in zip(table, told, strict=True):
        at = [place for place, count in enumerate(shown) if count is None]
        if not at or not total_may_be_told(row, shown):
            continue
        rest = sum(row[place] for place in at)
        ways = [way for way in product(range(rest + 1), repeat=len(at)) if sum(way) == rest]
        assert all(len({way[place] for way in ways}) > 1 for place in range(len(at)))


@pytest.mark.parametrize("table", [[[1, 2], [3]], [[-1]]])
def test_what_is_no_table_of_counts_is_refused(table: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="equally long"):
        suppressed(table)


def test_a_total_is_told_only_if_enough_people_are_left_out_beside_it() -> None:
    lines = [([0, 9], [0, 9]), ([4, 9], [None, 9]), ([0, 0], [None, None]), ([4, 1], [None, None])]
    assert [total_may_be_told(counts, told) for counts, told in lines] == [True, False, False, True]
