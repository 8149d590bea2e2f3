"""Tables made of tables: costs per place or head, without the buckets that nobody uses, or as the public may see."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ctdesk.domain.rounding import nearest
from ctdesk.domain.service_map import Matrix
from ctdesk.domain.suppression import suppressed

Figure = int | None


def divided(money: Matrix, by: Callable[[int | None, int | None], int | None]) -> Matrix:
    """Return a table of costs: each figure of `money` over what `by` gives for its row and column, None for all.

    Halves of a penny are rounded up. Where there is nothing to divide by, there is no figure.
    """
    rows, columns = range(len(money.rows)), range(len(money.columns))
    cells = [[_over(money.cells[row][column], by(row, column)) for column in columns] for row in rows]
    return Matrix(
        rows=money.rows,
        columns=money.columns,
        cells=tuple(map(tuple, cells)),
        row_totals=tuple(_over(money.row_totals[row], by(row, None)) for row in rows),
        column_totals=tuple(_over(money.column_totals[column], by(None, column)) for column in columns),
        total=_over(money.total, by(None, None)),
        counts=money.counts,
        row_counts=money.row_counts,
        column_counts=money.column_counts,
        count=money.count,
    )


def _over(money: Figure, number: Figure) -> Figure:
    return None if money is None or not number else nearest(money, number)


def only(matrix: Matrix, rows: Sequence[int], columns: Sequence[int]) -> Matrix:
    """Return the table with these rows and columns alone, in this order; what is left out must be empty."""
    return Matrix(
        rows=tuple(matrix.rows[row] for row in rows),
        columns=tuple(matrix.columns[column] for column in columns),
        cells=tuple(tuple(matrix.cells[row][column] for column in columns) for row in rows),
        row_totals=tuple(matrix.row_totals[row] for row in rows),
        column_totals=tuple(matrix.column_totals[column] for column in columns),
        total=matrix.total,
        counts=tuple(tuple(matrix.counts[row][column] for column in columns) for row in rows),
        row_counts=tuple(matrix.row_counts[row] for row in rows),
        column_counts=tuple(matrix.column_counts[column] for column in columns),
        count=matrix.count,
    )


def published(matrix: Matrix, smallest: int) -> Matrix:
    """Return a table of people as the public may see it: without fewer than `smallest`, or what would tell them."""
    told = suppressed([[figure or 0 for figure in row] for row in matrix.cells], smallest=smallest)
    if told.whole:
        return matrix
    return replace(
        matrix,
        cells=tuple(map(tuple, told.cells)),
        row_totals=tuple(told.row_totals),
        column_totals=tuple(told.column_totals),
        total=told.total,
        kept_back=True,
    )
