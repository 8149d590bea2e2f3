"""Small numbers stay unknown: neither printed nor to be worked out from what is printed beside them."""

from collections.abc import Iterator, Sequence

import pytest
from ctdesk.domain.suppression import SMALLEST, Count, PublishedCounts, suppressed
from hypothesis import given
from hypothesis import strategies as st

TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=width, max_size=width),
        min_size=1,
        max_size=4,
    )
)

Bounds = tuple[int, float]
_NO_LIMIT = float("inf")


class Attacker:
    """Somebody with the published table, who knows that it adds up and that nobody is counted less than nought.

    All numbers, cells and totals, are unknowns x with sum(row) - total = 0 and so on; bounds are drawn tighter by
    the sums until nothing moves, and then one unknown at a time is set, to see whether the rest can still be.
    """

    def __init__(self, told: PublishedCounts) -> None:
        height, width = len(told.cells), len(told.cells[0])
        self.at: dict[object, Bounds] = {}
        for r in range(height):
            self.at["row", r] = _known(told.row_totals[r])
            self.at.update({("cell", r, c): _known(told.cells[r][c]) for c in range(width)})
        self.at.update({("column", c): _known(told.column_totals[c]) for c in range(width)})
        self.at["all"] = _known(told.total)
        self.sums: list[tuple[list[object], object]] = []
        for r in range(height):
            self.sums.append(([("cell", r, c) for c in range(width)], ("row", r)))
        for c in range(width):
            self.sums.append(([("cell", r, c) for r in range(height)], ("column", c)))
        self.sums.append(([("row", r) for r in range(height)], "all"))
        self.sums.append(([("column", c) for c in range(width)], "all"))

    def may_be(self, what: object, value: int) -> bool:
        """Whether a number may be so much, for all that is published."""
        tried = self._tightened({**self.at, what: (value, value)})
        return tried is not None and self._solvable(tried)

    def _solvable(self, bounds: dict[object, Bounds]) -> bool:
        open_ = [what for what, (low, high) in bounds.items() if low < high]
        if not open_:
            return True
        what = min(open_, key=lambda it: bounds[it][1] - bounds[it][0])
        low, high = bounds[what]
        tries = range(low, int(min(high, low + 200)) + 1)
        return any(
            found is not None and self._solvable(found)
            for value in tries
            if (found := self._tightened({**bounds, what: (value, value)})) is not None
        )

    def _tightened(self, bounds: dict[object, Bounds]) -> dict[object, Bounds] | None:
        moved = True
        while moved:
            moved = False
            for parts, whole in self.sums:
                for what, drawn in self._drawn(bounds, parts, whole):
                    if drawn[0] > drawn[1]:
                        return None
                    if drawn != bounds[what]:
                        bounds[what], moved = drawn, True
        return bounds

    @staticmethod
    def _drawn(bounds: dict[object, Bounds], parts: list[object], whole: object) -> Iterator[tuple[object, Bounds]]:
        low, high = sum(bounds[it][0] for it in parts), sum(bounds[it][1] for it in parts)
        yield whole, (max(bounds[whole][0], low), min(bounds[whole][1], high))
        for it in parts:
            others_low = sum(bounds[other][0] for other in parts if other != it)
            others_high = sum(bounds[other][1] for other in parts if other != it)
            least = max(bounds[it][0], bounds[whole][0] - others_high)
            most = min(bounds[it][1], bounds[whole][1] - others_low)
            yield it, (int(least), most)


def _known(count: Count) -> Bounds:
    return (0, _NO_LIMIT) if count is None else (count, count)


def _true_counts(table: Sequence[Sequence[int]]) -> dict[object, int]:
    counts: dict[object, int] = {("cell", r, c): count for r, row in enumerate(table) for c, count in enumerate(row)}
    counts |= {("row", r): sum(row) for r, row in enumerate(table)}
    counts |= {("column", c): sum(column) for c, column in enumerate(zip(*table, strict=True))}
    return counts | {"all": sum(map(sum, table))}


@given(TABLES)
def test_whoever_solves_for_what_is_left_out_cannot_tell_any_of_it(table: list[list[int]]) -> None:
    attacker = Attacker(suppressed(table))
    for what, count in _true_counts(table).items():
        told = attacker.at[what]
        if told == (count, count):
            assert not 0 < count < SMALLEST
            continue
        assert attacker.may_be(what, count)
        more, less = count + SMALLEST - 1, count - (SMALLEST - 1)
        # A small number may as well be large; no other that is left out can be told either.
        assert attacker.may_be(what, more) or (count >= SMALLEST and attacker.may_be(what, less))


def test_the_attack_succeeds_where_only_small_numbers_are_left_out() -> None:
    told = PublishedCounts([[20, None, 30], [40, 50, 60]], [53, 150], [60, 53, 90], 203)
    attacker = Attacker(told)
    assert [value for value in range(40) if attacker.may_be(("cell", 0, 1), value)] == [3]


def test_small_counts_and_the_fewest_people_that_would_tell_them_are_left_out() -> None:
    told = suppressed([[20, 3, 30], [40, 50, 60], [7, 8, 9]])
    assert told.cells == [[None, None, 30], [40, 50, 60], [None, None, 9]]
    assert (told.row_totals, told.column_totals, told.total) == ([53, 150, 24], [67, 61, 99], 227)


def test_nobody_at_all_may_be_told_and_a_table_of_large_counts_is_whole() -> None:
    assert suppressed([[0, 5], [12, 0]]).whole
    assert suppressed([]).whole


def test_a_total_goes_only_where_no_cells_can_hide_a_small_count() -> None:
    alone = suppressed([[3]])
    assert (alone.cells, alone.row_totals, alone.total) == ([[None]], [None], None)
    assert suppressed([[3, 0, 40]]).total == 43


@given(TABLES, st.integers(2, 12))
def test_nothing_below_the_number_of_the_team_is_told_and_all_that_is_told_is_true(
    table: list[list[int]], smallest: int
) -> None:
    told = suppressed(table, smallest=smallest)
    pairs = [(count, table[r][c]) for r, row in enumerate(told.cells) for c, count in enumerate(row)]
    pairs += zip(told.row_totals, map(sum, table), strict=True)
    pairs += zip(told.column_totals, map(sum, zip(*table, strict=True)), strict=True)
    pairs.append((told.total, sum(map(sum, table))))
    assert all(count is None or count == true for count, true in pairs)
    assert all(count is None or count == 0 or count >= smallest for count, _ in pairs)


def test_as_many_rows_as_a_map_may_have_are_done_at_once() -> None:
    table = [[(7 * r + 3 * c) % 23 for c in range(6)] for r in range(300)]
    told = suppressed(table)
    assert all(count is None or count == 0 or count >= SMALLEST for row in told.cells for count in row)


@pytest.mark.parametrize("table", [[[1, 2], [3]], [[-1]]])
def test_what_is_no_table_of_counts_is_refused(table: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="equally long"):
        suppressed(table)
