"""Parting what one activity comes to over the cells it goes to, in whole pence that never come or go.

Where a dimension is nested, its outer buckets are parted first, as if there were no inner ones; then every outer part
is parted among the inner buckets. So what stands under an outer bucket is what the map without the inner one shows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from ctdesk.domain.apportion import apportion
from ctdesk.domain.service_map import Shares

Parter = Callable[[int], Sequence[int]]
"""Parts an amount over the cells of some rows and columns, along the rows."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What an activity goes to in one dimension: the outer shares, and where it is nested what parts each of them."""

    outer: Shares
    inner: tuple[Shares, ...] = ()

    @classmethod
    def of(cls, shares: Shares, inner: int) -> "Levels":
        """Return the levels of shares in a dimension in which so many inner buckets part each outer one; 0 for none."""
        if not inner:
            return cls(shares)
        groups = tuple(tuple(group) for _, group in groupby(shares, key=lambda it: it[0] // inner))
        return cls(tuple((at, sum(weight for _, weight in group)) for at, group in enumerate(groups)), groups)

    @property
    def is_equal(self) -> bool:
        """Whether all outer buckets weigh alike, and all that part them."""
        return _alike(self.outer) and all(map(_alike, self.inner))

    @property
    def count(self) -> int:
        """How many buckets it goes to."""
        return sum(map(len, self.inner)) if self.inner else len(self.outer)


def _alike(shares: Shares) -> bool:
    return len({weight for _, weight in shares}) == 1


def parter(rows: Levels, columns: Levels, *, turned: bool) -> Parter:
    """Return what parts an amount over the cells of rows and columns.

    `turned` says that the columns come first by name; a table turned round has the same parts.
    """
    if rows.inner and columns.inner:
        return _both_nested(rows, columns, turned=turned)
    if rows.inner:
        across = parter(columns, rows, turned=not turned)
        return lambda amount: _flat(zip(*_lines(across(amount), rows.count), strict=True))
    if _alike(rows.outer) and columns.is_equal:
        inner = columns.count // len(columns.outer) if columns.inner else 0
        return _equal_parter(len(rows.outer), len(columns.outer), inner, turned=turned)
    return _exact_parter(rows.outer, columns, turned=turned)


@cache
def _equal_parter(rows: int, outer: int, inner: int, *, turned: bool) -> Parter:
    """Return what parts equally: every cell alike but for pence that depend on what is left over alone."""
    columns = Levels(((0, 1),) * outer, (((0, 1),) * inner,) * outer if inner else ())
    left_over, count = cache(_exact_parter(((0, 1),) * rows, columns, turned=turned)), rows * columns.count

    def part(amount: int) -> Sequence[int]:
        each, over = divmod(amount, count)
        return [each + more for more in left_over(over)] if over else [each] * count

    return part


def _exact_parter(rows: Shares, columns: Levels, *, turned: bool) -> Parter:
    if not columns.inner:
        outer = columns.outer
        return lambda amount: _flat(_grid(share_out(amount, rows), share_out(amount, outer), turned=turned))
    plain = parter(Levels(rows), Levels(columns.outer), turned=turned)

    def part(amount: int) -> Sequence[int]:
        down = zip(*_lines(plain(amount), len(columns.outer)), strict=True)
        blocks = [
            _grid(column, share_out(sum(column), inner), turned=turned)
            for column, inner in zip(down, columns.inner, strict=True)
        ]
        return _flat(_flat(lines) for lines in zip(*blocks, strict=True))

    return part


def _both_nested(rows: Levels, columns: Levels, *, turned: bool) -> Parter:
    """Return what parts so that either dimension may be nested alone and its cells are the sums of these."""
    of_rows = parter(rows, Levels(columns.outer), turned=turned)
    of_columns = parter(Levels(rows.outer), columns, turned=turned)

    def part(amount: int) -> Sequence[int]:
        down, across = iter(_lines(of_rows(amount), len(columns.outer))), _lines(of_columns(amount), columns.count)
        found: list[int] = []
        for inner, line in zip(rows.inner, across, strict=True):
            left, right = zip(*(next(down) for _ in inner), strict=True), iter(line)
            blocks = [
                _grid(column, [next(right) for _ in under], turned=turned)
                for column, under in zip(left, columns.inner, strict=True)
            ]
            found += _flat(_flat(lines) for lines in zip(*blocks, strict=True))
        return found

    return part


def _grid(rows: Sequence[int], columns: Sequence[int], *, turned: bool) -> list[Sequence[int]]:
    """Return cells that add up to these totals; `turned` shares out each column in place of each row."""
    if turned:
        return list(zip(*_grid(columns, rows, turned=False), strict=True))
    left, found = list(columns), list[Sequence[int]]()
    for part in rows:
        taken = apportion(part, left) if part else [0] * len(left)
        found.append(taken)
        left = [had - piece for had, piece in zip(left, taken, strict=True)]
    return found


def _lines(cells: Sequence[int], wide: int) -> list[Sequence[int]]:
    return [cells[at : at + wide] for at in range(0, len(cells), wide)]


def _flat(lines: Iterable[Sequence[int]]) -> list[int]:
    return [cell for line in lines for cell in line]


def share_out(amount: int, shares: Shares) -> list[int]:
    """Return an amount parted by weights, to the penny; what is left over goes to the largest remainders first."""
    if len(shares) == 1:
        return [amount]
    weights = [weight for _, weight in shares]
    if weights.count(weights[0]) == len(weights):
        each, over = divmod(amount, len(weights))
        return [each + (at < over) for at in range(len(weights))]
    return apportion(amount, weights)
