"""One open list of records: counted, sorted, grouped, and read a page at a time, however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ctdesk.domain.definition import Value
from ctdesk.services.desk import Desk
from ctdesk.services.list_view import Filter, How, Sort, View, column_of, columns_of, standard_view

__all__ = [
    "Counted",
    "Facet",
    "Filter",
    "Group",
    "How",
    "RecordList",
    "RowValues",
    "Sort",
    "View",
    "column_of",
    "columns_of",
    "standard_view",
]

Totals = Mapping[str, int | Decimal]
"""Sums by column name: pence for money."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records a view shows, of how many there are, and the sums of its money and number columns."""

    shown: int
    of: int
    totals: Totals


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together: what they share (a year, for dates), how many they are, and their sums."""

    value: Value
    label: str
    count: int
    totals: Totals


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a column with the number of rows that hold it; a date's value is its year."""

    value: Value
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class RowValues:
    """One row: values and texts stand in the order of the view's columns."""

    uid: str
    values: tuple[Value, ...]
    texts: tuple[str, ...]


class RecordList:
    """One view of the records of a kind; cheap to make, and it always tells of the workspace as it is now."""

    def __init__(self, desk: Desk, view: View) -> None:
        """Prepare to show a view; nothing is read yet."""
        self.desk = desk
        self.view = view

    def __len__(self) -> int:
        """Return how many rows can be read: those shown, without the rows of closed groups."""
        raise NotImplementedError

    @property
    def counted(self) -> Counted:
        """How many are shown, of how many, with sums over all that are shown, closed groups too."""
        raise NotImplementedError

    def groups(self) -> list[Group]:
        """Return the groups in their order, the closed ones too; none if the view does not group."""
        raise NotImplementedError

    def rows(self, first: int, count: int) -> list[RowValues]:
        """Return up to *count* rows from number *first*, counting from nought."""
        raise NotImplementedError

    def uids(self, first: int, count: int) -> list[str]:
        """Return the uids of up to *count* rows from number *first*."""
        raise NotImplementedError

    def position_of(self, uid: str) -> int | None:
        """Return the number of a record's row, or None if the view does not list it."""
        raise NotImplementedError

    def facets(self, fields: Sequence[str]) -> Mapping[str, list[Facet]]:
        """Return the values of each column with counts that obey all filters but the column's own."""
        raise NotImplementedError

    def warm(self) -> None:
        """Read ahead what typing into the search field will need; meant for a worker thread after the first paint."""
        raise NotImplementedError
