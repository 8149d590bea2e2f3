"""Spreading what activities come to over the cells of a table, so that every row and column adds to the total.

An amount is first parted among rows and among columns, each by the weights alone, so that a row's total does not
depend on what the columns are; the cells then share out what stands in their row and column. Whole numbers all
the way: pence never come or go.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from ctdesk.domain.apportion import apportion
from ctdesk.domain.column import Mask
from ctdesk.domain.service_map import Dimension, Matrix, Piece, Shares

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
    width = len(columns.buckets)
    is_whole = [cell != _PARTED for cell in cells]
    places = list(compress(range(len(cells)), is_whole))
    of_cells, parts = list(compress(cells, is_whole)), list(compress(amounts, is_whole))
    for place in compress(range(len(cells)), [not whole for whole in is_whole]):
        row_shares, column_shares = rows.shares[rows.codes[place]], columns.shares[columns.codes[place]]
        for row, column, part in _parted(rows, columns, row_shares, column_shares, amounts[place]):
            places.append(place)
            of_cells.append(row * width + column)
            parts.append(part)
    return Spread(rows, columns, places, of_cells, parts, amounts)


def _parted(
    rows: Dimension, columns: Dimension, row_shares: Shares, column_shares: Shares, amount: int
) -> Iterator[tuple[int, int, int]]:
    """Yield row, column and part; turned round, a table has the same parts."""
    if len(row_shares) == 1:
        yield from ((row_shares[0][0], at, part) for at, part in _lots(column_shares, amount))
    elif len(column_shares) == 1:
        yield from ((at, column_shares[0][0], part) for at, part in _lots(row_shares, amount))
    elif rows.name <= columns.name:
        yield from _cells(row_shares, column_shares, amount)
    else:
        yield from ((row, column, part) for column, row, part in _cells(column_shares, row_shares, amount))


def _lots(shares: Shares, amount: int) -> Iterator[tuple[int, int]]:
    return zip((bucket for bucket, _ in shares), share_out(amount, shares), strict=True)


def _cells(first: Shares, second: Shares, amount: int) -> Iterator[tuple[int, int, int]]:
    """Yield the cells of one activity: in each row its part shared out by what is left of every column."""
    left = share_out(amount, second)
    for one, part in _lots(first, amount):
        taken = apportion(part, left) if part else [0] * len(left)
        for (other, _), piece in zip(second, taken, strict=True):
            yield one, other, piece
        left = [had - piece for had, piece in zip(left, taken, strict=True)]


def share_out(amount: int, shares: Shares) -> list[int]:
    """Return an amount parted by weights, to the penny; what is left over goes to the largest remainders first."""
    if len(shares) == 1:
        return [amount]
    weights = [weight for _, weight in shares]
    if weights.count(weights[0]) == len(weights):
        each, over = divmod(amount, len(weights))
        return [each + (at < over) for at in range(len(weights))]
    return apportion(amount, weights)


def table(found: Spread, mask: Mask) -> Matrix:
    """Add up the pieces of the masked activities."""
    width, size = len(found.columns.buckets), len(found.rows.buckets) * len(found.columns.buckets)
    sums, counts = [0] * size, [0] * size
    for cell, amount in compress(zip(found.cells, found.amounts, strict=True), found.kept(mask)):
        sums[cell] += amount
        counts[cell] += 1
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
