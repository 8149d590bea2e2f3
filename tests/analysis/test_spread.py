"""Whatever the rows, columns and filters, a map adds to the penny, and the activities behind a figure add to it."""

from fractions import Fraction
from itertools import compress

from ctdesk.analysis.matrices import divided, only
from ctdesk.analysis.spread import drill, parted_activities, spread, table
from ctdesk.domain.column import both
from ctdesk.domain.service_map import Dimension
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.map_dimensions import maps, nested

many = settings(deadline=None)


@many
@given(maps(("outcome", "tier", "age", "area")))
def test_every_table_adds_to_the_same_total(drawn):
    amounts, mask, *dimensions = drawn
    total = sum(compress(amounts, mask))
    for rows in dimensions:
        for columns in dimensions:
            if rows is not columns:
                found = table(spread(rows, columns, amounts), mask)
                assert found.total == total
                assert [sum(row) for row in found.cells] == list(found.row_totals)
                assert [sum(column) for column in zip(*found.cells, strict=True)] == list(found.column_totals)
                assert sum(found.row_totals) == sum(found.column_totals) == total
                assert all(cell >= 0 for row in found.cells for cell in row)


@many
@given(maps(("outcome", "tier", "age")))
def test_a_row_does_not_depend_on_what_the_columns_are(drawn):
    amounts, mask, rows, tier, age = drawn
    by_tier, by_age = (table(spread(rows, columns, amounts), mask) for columns in (tier, age))
    assert by_tier.row_totals == by_age.row_totals
    assert by_tier.row_counts == by_age.row_counts


@many
@given(maps())
def test_turned_round_a_table_has_the_same_cells(drawn):
    amounts, mask, outcome, tier = drawn
    one, other = table(spread(outcome, tier, amounts), mask), table(spread(tier, outcome, amounts), mask)
    assert tuple(zip(*one.cells, strict=True)) == other.cells


def _outer(cells, across, down=1):
    """The sums of blocks of so many columns and rows."""
    summed = [[sum(row[at : at + across]) for at in range(0, len(row), across)] for row in cells]
    return [tuple(map(sum, zip(*summed[at : at + down], strict=True))) for at in range(0, len(summed), down)]


@many
@given(maps(("outcome", "tier", "age", "area")))
def test_what_is_nested_adds_up_to_the_map_without_it_cell_by_cell(drawn):
    amounts, mask, outcome, tier, age, area = drawn
    plain = table(spread(outcome, tier, amounts), mask)
    across = table(spread(outcome, nested(tier, age), amounts), mask)
    down = table(spread(nested(outcome, area), tier, amounts), mask)
    both = table(spread(nested(outcome, area), nested(tier, age), amounts), mask)
    ages, areas = len(age.buckets), len(area.buckets)
    assert _outer(across.cells, ages) == list(plain.cells)
    assert _outer(down.cells, 1, areas) == list(plain.cells)
    assert _outer(both.cells, ages) == list(down.cells)
    assert _outer(both.cells, 1, areas) == list(across.cells)
    for found in (across, down, both):
        assert [sum(row) for row in found.cells] == list(found.row_totals)
        assert [sum(column) for column in zip(*found.cells, strict=True)] == list(found.column_totals)
        assert sum(found.row_totals) == sum(found.column_totals) == found.total == plain.total
        assert all(cell >= 0 for row in found.cells for cell in row)
    turned = table(spread(nested(tier, age), outcome, amounts), mask)
    assert tuple(zip(*turned.cells, strict=True)) == across.cells
    other = table(spread(area, nested(tier, age), amounts), mask)
    assert other.column_totals == across.column_totals, "whatever the rows are"


@many
@given(maps())
def test_the_activities_behind_every_figure_add_to_it(drawn):
    amounts, mask, outcome, tier = drawn
    found = spread(outcome, tier, amounts)
    shown = table(found, mask)
    for row in (None, *range(len(shown.rows))):
        for column in (None, *range(len(shown.columns))):
            pieces = drill(found, mask, row, column)
            figure = sum(piece.amount for piece in pieces)
            match row, column:
                case None, None:
                    assert (figure, len(pieces)) == (shown.total, shown.count)
                case _, None:
                    assert (figure, len(pieces)) == (shown.row_totals[row], shown.row_counts[row])
                case None, _:
                    assert (figure, len(pieces)) == (shown.column_totals[column], shown.column_counts[column])
                case _:
                    assert (figure, len(pieces)) == (shown.cells[row][column], shown.counts[row][column])
            assert all(mask[piece.place] and piece.amount <= piece.whole for piece in pieces)


@many
@given(maps(), st.data())
def test_filters_commute_and_parts_add_to_the_whole(drawn, data):
    amounts, first, outcome, tier = drawn
    second = bytes(data.draw(st.lists(st.integers(0, 1), min_size=len(first), max_size=len(first))))
    found = spread(outcome, tier, amounts)
    assert table(found, both(first, second)) == table(found, both(second, first))
    rest = bytes(1 - one for one in second)
    inside, outside, whole = (table(found, both(first, mask)) for mask in (second, rest, b"\1" * len(first)))
    for row in range(len(whole.rows)):
        for column in range(len(whole.columns)):
            assert inside.cells[row][column] + outside.cells[row][column] == whole.cells[row][column]


@many
@given(maps())
def test_no_part_is_a_penny_or_more_from_its_exact_share_of_a_row(drawn):
    amounts, mask, outcome, tier = drawn
    found = table(spread(outcome, tier, amounts), mask)
    for bucket in range(len(outcome.buckets)):
        exact = sum(
            Fraction(amount * weight, sum(w for _, w in outcome.shares[code]))
            for amount, code in compress(zip(amounts, outcome.codes, strict=True), mask)
            for at, weight in outcome.shares[code]
            if at == bucket
        )
        assert abs(found.row_totals[bucket] - exact) < max(found.row_counts[bucket], 1)


def dimension(name, buckets, codes, shares, stated=frozenset()):
    return Dimension(name, name.capitalize(), buckets, codes, shares, stated)


_SPANS = (((0, 1),), ((0, 1), (1, 1), (2, 1)), ((1, 60), (2, 40)))
AGES = dimension("age", ("Early", "School", "Young"), [0, 1, 2], _SPANS, frozenset({2}))
TIERS = dimension("tier", ("Universal", "Targeted"), [0, 0, 1], (((0, 1),), ((1, 1),)))


def test_an_amount_is_parted_equally_or_by_stated_weights_and_odd_pennies_go_to_the_earlier():
    found = table(spread(AGES, TIERS, [500, 100, 1_001]), b"\1\1\1")
    assert found.cells == ((534, 0), (33, 601), (33, 400))
    assert found.counts == ((2, 0), (1, 1), (1, 1))
    assert (found.row_counts, found.count) == ((2, 2, 2), 3)
    assert parted_activities(AGES, b"\1\1\1") == (1, 1)
    assert parted_activities(AGES, b"\1\0\0") == (0, 0)


def test_what_is_counted_stays_whole():
    found = table(spread(AGES, TIERS, [1, 1, 1]), b"\1\1\1")
    assert found.cells == ((2, 0), (0, 1), (0, 0))


def test_costs_are_rounded_and_blank_where_there_is_nothing_to_divide_by():
    money = table(spread(AGES, TIERS, [500, 100, 1_001]), b"\1\1\1")
    places = {(0, 0): 4, (0, None): 4, (None, None): 4}
    costs = divided(money, lambda row, column: places.get((row, column)))
    assert costs.cells == ((134, None), (None, None), (None, None))
    assert (costs.row_totals, costs.total) == ((134, None, None), 400)


def test_rows_and_columns_that_are_empty_can_be_left_out():
    money = table(spread(AGES, TIERS, [500, 0, 0]), b"\1\0\0")
    left = only(money, [0], [0])
    assert (left.rows, left.columns, left.cells, left.total) == (("Early",), ("Universal",), ((500,),), 500)
