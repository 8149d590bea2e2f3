"""The service map as data: dimensions by which activities are parted, and the tables that come of it.

Money is whole pence a year. Activities are known by their places, from nought, in one order that all columns share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

Shares = tuple[tuple[int, int], ...]
"""What a record goes to: numbers of buckets, each with its weight above nought."""

NOT_GIVEN = "Not given"
"""The bucket of what has no value in a dimension: a row like the others, so that nothing is lost."""


class Measure(StrEnum):
    """What a map counts."""

    MONEY = "money"
    ACTIVITIES = "activities"
    PLACES = "places"
    USERS = "users"
    COST_PER_PLACE = "cost per place"
    COST_PER_HEAD = "cost per head"

    @property
    def is_money(self) -> bool:
        """Whether its figures are pence."""
        return self in {Measure.MONEY, Measure.COST_PER_PLACE, Measure.COST_PER_HEAD}

    @property
    def tells_of_people(self) -> bool:
        """Whether its figures are of people who use a service; places bought are offered, not used."""
        return self is Measure.USERS

    @property
    def adds_up(self) -> bool:
        """Whether its cells add up to its totals; costs per place or head do not."""
        return self not in {Measure.COST_PER_PLACE, Measure.COST_PER_HEAD}


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to part activities: its buckets in order, and the buckets each activity goes to.

    `codes` has a number for every activity, and `shares` says for each number what it goes to. `stated` are the
    numbers whose weights somebody stated; the weights of all others are equal. `always` are the buckets that are
    shown although nothing is in them.
    """

    name: str
    label: str
    buckets: tuple[str, ...]
    codes: Sequence[int]
    shares: tuple[Shares, ...]
    stated: frozenset[int] = frozenset()
    always: frozenset[int] = frozenset()
    levels: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Of a nested dimension the parts of each bucket: dimension and label, the outer first."""
    inner: int = 0
    """How many buckets part each of the outer ones of a nested dimension, which stand one after another."""

    def parts(self, bucket: int) -> tuple[tuple[str, str], ...]:
        """Return the dimensions by which a bucket is made, each with its label there."""
        return self.levels[bucket] if self.levels else ((self.name, self.buckets[bucket]),)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of one measure two ways, with how many activities stand behind every figure.

    An activity that goes to several buckets counts in each of them but once in `count`; its money is parted. A
    figure is None where there is nothing to divide by, or where it is `kept_back` from the public.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    counts: tuple[tuple[int, ...], ...]
    row_counts: tuple[int, ...]
    column_counts: tuple[int, ...]
    count: int
    kept_back: bool = False
    """Whether small numbers of people are left out."""

    def figure(self, row: int | None, column: int | None) -> int | None:
        """Return a cell, the total of a row or a column, or the whole where both are None."""
        if row is None:
            return self.total if column is None else self.column_totals[column]
        return self.row_totals[row] if column is None else self.cells[row][column]

    def activities(self, row: int | None, column: int | None) -> int:
        """Return how many activities stand behind a cell, a row, a column or the whole."""
        if row is None:
            return self.count if column is None else self.column_counts[column]
        return self.row_counts[row] if column is None else self.counts[row][column]


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of one activity, by its place, that stands in a cell, a row, a column or the whole of a map."""

    place: int
    amount: int
    whole: int


class Basis(StrEnum):
    """What the figures of an activity rest on."""

    RETURNED = "returned"
    """Its agency has answered in the newest round."""
    ESTIMATED = "estimated"
    """The team's own estimate."""
    LAST_KNOWN = "last known"
    """Its agency was asked in the newest round and has not answered."""
    KNOWN = "known to the desk"
    """Its agency was not asked, or there is no round."""


@dataclass(frozen=True, slots=True)
class CoverLine:
    """What one agency has in a total on one basis."""

    agency: str
    basis: Basis
    amount: int
    activities: int


@dataclass(frozen=True, slots=True)
class Cover:
    """What a total rests on; the amounts of its lines add up to it.

    `missing` are the agencies that were asked and have not answered: what is last known of them is in the total
    and has lines of its own, with nought where nothing is known.
    """

    lines: tuple[CoverLine, ...]
    missing: tuple[str, ...]

    def amount(self, basis: Basis) -> int:
        """Return the part of the total that rests on this."""
        return sum(line.amount for line in self.lines if line.basis is basis)

    def agencies(self, basis: Basis) -> tuple[str, ...]:
        """Return whose that part is, the largest first."""
        return tuple(line.agency for line in self.lines if line.basis is basis)

    @property
    def total(self) -> int:
        """The total itself."""
        return sum(line.amount for line in self.lines)
