"""Small numbers of people kept out of what is published: the number itself, and what it could be worked out from."""

from collections.abc import Sequence
from itertools import product

Count = int | None
"""A number of people, or None where it is not published."""

SMALLEST = 5
"""Fewer people than this are not published; nobody at all may be."""


def suppressed(table: Sequence[Sequence[int]], *, smallest: int = SMALLEST) -> list[list[Count]]:
    """Return a table of counts, without its totals, of which nothing small can be read or worked out.

    All rows are equally long and nothing is negative (ValueError otherwise). Primary: counts from 1 to smallest - 1
    are left out. Secondary: as a row's or column's total may be published, a line with one gap would tell it, so
    that the next smallest count of the line is left out too, until every line has no gap or several, which together
    hold at least `smallest`.
    """
    if len({len(row) for row in table}) > 1 or any(count < 0 for row in table for count in row):
        raise ValueError("A table of counts has equally long rows and nothing negative.")
    height, width = len(table), len(table[0]) if table else 0
    gaps = {(r, c) for r, c in product(range(height), range(width)) if 0 < table[r][c] < smallest}
    lines = [[(r, c) for c in range(width)] for r in range(height)]
    lines += [[(r, c) for r in range(height)] for c in range(width)]
    while additions := {cell for line in lines if (cell := _missing(line, gaps, table, smallest)) is not None}:
        gaps |= {min(additions)}
    return [[None if (r, c) in gaps else table[r][c] for c in range(width)] for r in range(height)]


def total_may_be_told(counts: Sequence[int], told: Sequence[Count], *, smallest: int = SMALLEST) -> bool:
    """Whether the total of a line may stand beside what is told of it: nothing is left out, or enough people are."""
    left_out = [count for count, shown in zip(counts, told, strict=True) if shown is None]
    return not left_out or sum(left_out) >= smallest


def _missing(
    line: Sequence[tuple[int, int]], gaps: set[tuple[int, int]], table: Sequence[Sequence[int]], smallest: int
) -> tuple[int, int] | None:
    """Return the cell of a line that must be left out too, or None if the line gives nothing away."""
    held = [cell for cell in line if cell in gaps]
    if not held or (len(held) > 1 and sum(table[r][c] for r, c in held) >= smallest):
        return None
    free = [cell for cell in line if cell not in gaps]
    # An empty cell hides nothing as long as another will do.
    return min(free, key=lambda cell: (table[cell[0]][cell[1]] == 0, table[cell[0]][cell[1]], cell), default=None)
