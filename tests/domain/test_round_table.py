"""A rounded table adds up both ways, and no sum is a unit or more from its own."""

from ctdesk.domain.heat import PAPER, heat_steps, step_of
from ctdesk.domain.round_table import round_table
from hypothesis import example, given
from hypothesis import strategies as st


@given(
    st.integers(1, 6).flatmap(lambda n: st.lists(st.lists(st.integers(0, 10**9), min_size=n, max_size=n), max_size=6))
)
@example([[399, 249_601, 62_500_000]])
def test_rows_and_columns_add_up_to_the_rounded_total(cells):
    unit = 100_000
    rounded = round_table(cells, unit)
    total = sum(map(sum, cells))
    assert sum(map(sum, rounded)) == (2 * total + unit) // (2 * unit)
    for exact, row in zip(cells, rounded, strict=True):
        assert abs(sum(row) * unit - sum(exact)) < unit
    for exact, column in zip(zip(*cells, strict=True), zip(*rounded, strict=True), strict=True):
        assert abs(sum(column) * unit - sum(exact)) < unit
    assert all(cell >= 0 for row in rounded for cell in row)


def test_shades_begin_at_round_figures_and_rise():
    assert heat_steps(3_861_350_000, PAPER) == (200_000_000, 800_000_000, 2_000_000_000)
    assert heat_steps(0) == ()
    steps = heat_steps(1_000)
    assert [step_of(figure, steps) for figure in (0, 29, 30, 1_000)] == [1, 1, 2, 6]


@given(st.integers(0, 10**13))
def test_bounds_rise_and_are_within_the_figures(largest):
    steps = heat_steps(largest)
    assert list(steps) == sorted(set(steps))
    assert all(0 < bound <= largest for bound in steps)
