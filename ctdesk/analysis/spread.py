"""Spreading what activities come to over the cells of a table, so that every row and column adds to the total.

An amount is first parted among rows and among columns, each by the weights alone, so that a row's total does not
depend on what the columns are; the cells then share out what stands in their row and column. Whole numbers all
the way: pence never come or go.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from ctdesk.analysis.parting import Levels, parter
from ctdesk.domain.column import Mask
from ctdesk.domain.service_map import Dimension, Matrix, Piece

_PARTED = -1
"""Stands for a cell where an activity goes to several."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Amounts over the cells of a table: three columns alike, a piece of an activity in each line.

    `cells` are numbered along the rows. `places` is None where every activity is one piece, in the order of the
    activities.
    """

    rows: Dimension
    columns: Dimension
    places: Sequence[int] | None
    cells: Sequence[int]
    amounts: Sequence[int]
    whole: Sequence[int]
    """What each activity comes to in all."""

    def kept(self, mask: Mask) -> Mask:
        """Return the mask of the pieces of the masked activities."""
        return mask if self.places is None else bytes(map(mask.__getitem__, self.places))


def spread(rows: Dimension, columns: Dimension, amounts: Sequence[int]) -> Spread:
    """Spread the amount of every activity over rows and columns."""
    width, kinds = len(columns.buckets), len(columns.shares)
    cell_of = [
        row[0][0] * width + column[0][0] if len(row) == len(column) == 1 else _PARTED
        for row in rows.shares
        for column in columns.shares
    ]
    cells = [cell_of[row * kinds + column] for row, column in zip(rows.codes, columns.codes, strict=True)]
    if _PARTED not in cells:
        return Spread(rows, columns, None, cells, amounts, amounts)
    return _with_parts(rows, columns, cells, amounts)


def _with_parts(rows: Dimension, columns: Dimension, cells: Sequence[int], amounts: Sequence[int]) -> Spread:
    """Set the whole pieces in a row, then the parts of each activity that goes to several cells."""
    is_whole = [cell != _PARTED for cell in cells]
    places = list(compress(range(len(cells)), is_whole))
    of_cells, parts = list(compress(cells, is_whole)), list(compress(amounts, is_whole))
    ways: dict[tuple[int, int], tuple[list[int], Callable[[int], Sequence[int]]]] = {}
    for place in compress(range(len(cells)), [not whole for whole in is_whole]):
        both = rows.codes[place], columns.codes[place]
        if both not in ways:
            ways[both] = _way(rows, columns, both)
        over, part = ways[both]
        parts += part(amounts[place])
        of_cells += over
        places += [place] * len(over)
    return Spread(rows, columns, places, of_cells, parts, amounts)


def _way(
    rows: Dimension, columns: Dimension, both: tuple[int, int]
) -> tuple[list[int], Callable[[int], Sequence[int]]]:
    """Return the cells that activities of these two codes go to, along the rows, and what parts their amounts."""
    row_shares, column_shares = rows.shares[both[0]], columns.shares[both[1]]
    width = len(columns.buckets)
    over = [row * width + column for row, _ in row_shares for column, _ in column_shares]
    levels = Levels.of(row_shares, rows.inner), Levels.of(column_shares, columns.inner)
    return over, parter(*levels, turned=rows.name > columns.name)


def table(found: Spread, mask: Mask) -> Matrix:
    """Add up the pieces of the masked activities."""
    width, size = len(found.columns.buckets), len(found.rows.buckets) * len(found.columns.buckets)
    cells, amounts = found.cells, found.amounts
    if 0 in mask:
        kept = found.kept(mask)
        cells, amounts = list(compress(cells, kept)), list(compress(amounts, kept))
    sums, found_counts = [0] * size, Counter(cells)
    for cell, amount in zip(cells, amounts, strict=True):
        sums[cell] += amount
    counts = [found_counts[cell] for cell in range(size)]
    rows = [tuple(sums[at : at + width]) for at in range(0, size, width)]
    return Matrix(
        rows=found.rows.buckets,
        columns=found.columns.buckets,
        cells=tuple(rows),
        row_totals=tuple(map(sum, rows)),
        column_totals=tuple(map(sum, zip(*rows, strict=True))) if rows else (0,) * width,
        total=sum(sums),
        counts=tuple(tuple(counts[at : at + width]) for at in range(0, size, width)),
        row_counts=activities_in(found.rows, mask),
        column_counts=activities_in(found.columns, mask),
        count=mask.count(1),
    )


def activities_in(dimension: Dimension, mask: Mask) -> tuple[int, ...]:
    """Return how many of the masked activities go to each bucket, at least in part."""
    counts = [0] * len(dimension.buckets)
    for code, count in Counter(compress(dimension.codes, mask)).items():
        for bucket, _ in dimension.shares[code]:
            counts[bucket] += count
    return tuple(counts)


def parted_activities(dimension: Dimension, mask: Mask) -> tuple[int, int]:
    """Return how many masked activities are parted by stated weights, and how many equally."""
    counts = Counter(compress(dimension.codes, mask))
    several = {code: count for code, count in counts.items() if len(dimension.shares[code]) > 1}
    stated = sum(count for code, count in several.items() if code in dimension.stated)
    return stated, sum(several.values()) - stated


def pieces(found: Spread, mask: Mask) -> Iterator[tuple[int, int, int]]:
    """Yield the place of each masked activity, the number of a cell it goes to, and its part there."""
    places = range(len(found.cells)) if found.places is None else found.places
    return compress(zip(places, found.cells, found.amounts, strict=True), found.kept(mask))


def drill(found: Spread, mask: Mask, row: int | None = None, column: int | None = None) -> list[Piece]:
    """Return what stands behind a cell, a row, a column or the whole, the largest first; it adds up to the figure."""
    width = len(found.columns.buckets)
    amounts: dict[int, int] = defaultdict(int)
    for place, cell, amount in pieces(found, mask):
        if (row is None or cell // width == row) and (column is None or cell % width == column):
            amounts[place] += amount
    behind = [Piece(place, amount, found.whole[place]) for place, amount in amounts.items()]
    return sorted(behind, key=lambda piece: (-piece.amount, piece.place))
