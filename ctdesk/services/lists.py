"""One open list of records: counted, sorted, grouped, and read a page at a time, however many there are."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import compress, islice

from ctdesk.domain.column import Mask, both
from ctdesk.domain.definition import Field, Value
from ctdesk.services.desk import Desk
from ctdesk.services.list_sheet import Sheet, sheet_of
from ctdesk.services.list_view import Filter, How, Sort, View, column_of, columns_of, standard_view, summed
from ctdesk.services.list_words import BLANK, bucket, members

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

_NEAR = 1_000

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
        self._as_of: tuple[Sheet, int] | None = None
        self._mask: Mask = b""
        self._listed: Mask = b""
        self._places: Sequence[int] | None = None

    @contextmanager
    def _now(self) -> Iterator[Sheet]:
        """Yield the sheet with this list's masks in step with it."""
        with sheet_of(self.desk, self.view.kind).now(self.desk) as sheet:
            if self._as_of != (sheet, sheet.columns.step):
                self._mask = both(sheet.typed(self.view.text), sheet.all_fitting(self.view.filters))
                self._listed = both(self._mask, self._open(sheet))
                self._places = None
                self._as_of = (sheet, sheet.columns.step)
            yield sheet

    def _open(self, sheet: Sheet) -> Mask:
        """Return the mask of the records whose group is not closed."""
        if self.view.group is None or not self.view.closed_groups:
            return sheet.everything()
        field, closed = sheet.field(self.view.group), self.view.closed_groups
        return sheet.column(field.name).where(lambda value: bucket(field, value) not in closed)

    def _in_turn(self, sheet: Sheet) -> Iterator[int]:
        """Give the places of the listed records in the order of the rows."""
        order = sheet.ordered(self.view)
        return compress(order, map(self._listed.__getitem__, order))

    def _all_places(self, sheet: Sheet) -> Sequence[int]:
        if self._places is None:
            self._places = list(self._in_turn(sheet))
        return self._places

    def __len__(self) -> int:
        """Return how many rows can be read: those shown, without the rows of closed groups."""
        with self._now():
            return self._listed.count(1)

    @property
    def counted(self) -> Counted:
        """How many are shown, of how many, with sums over all that are shown, closed groups too."""
        with self._now() as sheet:
            totals = {name: sheet.column(name).total(self._mask) for name in self._summed(sheet)}
            return Counted(self._mask.count(1), sheet.size, totals)

    def _summed(self, sheet: Sheet) -> list[str]:
        fields = [field for field in map(sheet.field, self.view.columns) if summed(field)]
        sheet.columns.need(fields)
        return [field.name for field in fields]

    def groups(self) -> list[Group]:
        """Return the groups in their order, the closed ones too; none if the view does not group."""
        if self.view.group is None:
            return []
        with self._now() as sheet:
            field, column = sheet.field(self.view.group), sheet.column(self.view.group)
            groups = _gathered(column.counts(self._mask), lambda code: (bucket(field, column.values[code]),))
            ordered = _in_order(sheet, field, groups)
            totals = self._subtotals(sheet, field)
            return [
                Group(value, _label(sheet, field, value), groups[value], totals.get(value, {})) for value in ordered
            ]

    def _subtotals(self, sheet: Sheet, field: Field) -> dict[Value, Totals]:
        """Return the sums of every group."""
        column, names = sheet.column(field.name), self._summed(sheet)
        sums = {name: column.subtotals(sheet.column(name).amounts(), self._mask) for name in names}
        totals: dict[Value, dict[str, int | Decimal]] = {}
        for code, value in enumerate(column.values):
            of_group = totals.setdefault(bucket(field, value), dict.fromkeys(names, 0))
            for name in names:
                of_group[name] += sums[name][code]
        return dict(totals)

    def rows(self, first: int, count: int) -> list[RowValues]:
        """Return up to *count* rows from number *first*, counting from nought."""
        with self._now() as sheet:
            fields = [sheet.field(name) for name in self.view.columns]
            uids = self._uids(sheet, first, count)
            held = sheet.columns.page(fields, uids)
            return [_row(sheet, fields, uid, held[uid]) for uid in uids]

    def uids(self, first: int, count: int) -> list[str]:
        """Return the uids of up to *count* rows from number *first*."""
        with self._now() as sheet:
            return self._uids(sheet, first, count)

    def _uids(self, sheet: Sheet, first: int, count: int) -> list[str]:
        if first < _NEAR:
            # The first page need not wait until all rows are in order of their places.
            places: Iterable[int] = islice(self._in_turn(sheet), first, first + count)
        else:
            places = self._all_places(sheet)[first : first + count]
        return [sheet.columns.uids[place] for place in places]

    def position_of(self, uid: str) -> int | None:
        """Return the number of a record's row, or None if the view does not list it."""
        with self._now() as sheet:
            place = sheet.columns.place_of(uid)
            try:
                return None if place is None else self._all_places(sheet).index(place)
            except ValueError:
                return None

    def facets(self, fields: Sequence[str]) -> Mapping[str, list[Facet]]:
        """Return the values of each column with counts that obey all filters but the column's own.

        A blank counts under None. A column of several values counts a record under each of them.
        """
        with self._now() as sheet:
            sheet.columns.need(sheet.field(name) for name in fields)
            return {name: self._facets(sheet, sheet.field(name)) for name in fields}

    def _facets(self, sheet: Sheet, field: Field) -> list[Facet]:
        others = [asked for asked in self.view.filters if asked.field != field.name]
        mask = self._mask
        if len(others) < len(self.view.filters):
            mask = both(sheet.typed(self.view.text), sheet.all_fitting(others))
        column = sheet.column(field.name)

        def under(code: int) -> tuple[Value, ...]:
            value = column.values[code]
            return (members(value) or (None,)) if field.several else (bucket(field, value),)

        counts = _gathered(column.counts(mask), under)
        return [Facet(value, _label(sheet, field, value), counts[value]) for value in _in_order(sheet, field, counts)]

    def warm(self) -> None:
        """Read ahead what typing, sorting and facets will need; meant for a worker thread after the first paint."""
        with self._now() as sheet:
            sheet.columns.need([*map(sheet.field, self.view.columns), *sheet.labelled()])
            sheet.columns.found("a")


def _row(sheet: Sheet, fields: Sequence[Field], uid: str, values: Sequence[Value]) -> RowValues:
    texts = (sheet.words.shown(field, value) for field, value in zip(fields, values, strict=True))
    return RowValues(uid, tuple(values), tuple(texts))


def _gathered(counts: Mapping[int, int], under: Callable[[int], tuple[Value, ...]]) -> dict[Value, int]:
    """Return how many records stand under each value, from how many hold each code."""
    gathered: Counter[Value] = Counter()
    for code, count in counts.items():
        for value in under(code):
            gathered[value] += count
    return gathered


def _in_order(sheet: Sheet, field: Field, values: Iterable[Value]) -> list[Value]:
    """Return values of a column as people would list them, a blank last."""
    held = list(values)
    filled = [(key, value) for key, value in zip(sheet.words.keys(field, held), held, strict=True) if key is not None]
    return [value for _, value in sorted(filled, key=lambda it: it[0])] + [None] * (None in held)


def _label(sheet: Sheet, field: Field, value: Value) -> str:
    return BLANK if value is None else sheet.words.shown(field, value)
