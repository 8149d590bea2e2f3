"""What all open lists of one kind of record share: its columns, labels, orders and the words already looked up."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import reduce
from typing import Any
from weakref import WeakKeyDictionary

from ctdesk.db import listing
from ctdesk.db.columns import KindColumns
from ctdesk.db.workspace import Workspace
from ctdesk.domain import clock
from ctdesk.domain.column import Column, Mask, both, either
from ctdesk.domain.definition import FREE_TEXT, Field, Kind, Value
from ctdesk.domain.lifecycle_columns import WORKED_COLUMNS, worked_values
from ctdesk.domain.words import words_of
from ctdesk.services.contracts import lifecycles, waiting
from ctdesk.services.desk import Desk
from ctdesk.services.list_view import Filter, View, column_of, columns_of
from ctdesk.services.list_words import ListWords, bucket


def _worked(desk: Desk, today: date) -> dict[str, dict[str, Value]]:
    """Return what a list of agreements shows of them besides their fields."""
    waits = set(waiting(desk, today))
    return {uid: worked_values(life, waits=uid in waits) for uid, life in lifecycles(desk, today).items()}


Order = Sequence[int]
"""Places of records, in the order in which a list shows them."""

_TEXTS = FREE_TEXT | {Kind.CODE, Kind.EMAIL}
_KEPT_WORDS, _KEPT_ORDERS = 64, 4
_FEW = 5_000


class Sheet:
    """The records of one kind, ready to be filtered and put in order."""

    def __init__(self, desk: Desk, kind: str, today: date) -> None:
        """Prepare; what a list needs is read when it asks."""
        self.kind = kind
        worked = [field.name for field in WORKED_COLUMNS] if kind == "agreement" else ()
        self.columns = KindColumns(desk.workspace, kind, today, worked, lambda: _worked(desk, today))
        self._renew(desk)

    def _renew(self, desk: Desk) -> None:
        self.words = ListWords(desk)
        self._found: dict[str, Mask] = {}
        self._orders: dict[object, Order] = {}

    @contextmanager
    def now(self, desk: Desk) -> Iterator["Sheet"]:
        """Yield the sheet in step with the workspace, which nobody else reads or writes until the block ends."""
        with desk.workspace.reading():
            if self.columns.refresh():
                self._renew(desk)
            yield self

    @property
    def size(self) -> int:
        """How many records there are."""
        return len(self.columns.uids)

    def field(self, name: str) -> Field:
        """Return the column of that name; KeyError if there is none."""
        return column_of(self.kind, name)

    def column(self, name: str) -> Column:
        """Return the values of a column."""
        return self.columns.column(self.field(name))

    def everything(self) -> Mask:
        """Return the mask of all records."""
        return b"\1" * self.size

    def fitting(self, asked: Filter) -> Mask:
        """Return the mask of the records that a filter lets through."""
        return self.column(asked.field).where(self.words.fits(self.field(asked.field), asked))

    def all_fitting(self, filters: Iterable[Filter]) -> Mask:
        """Return the mask of the records that every one of these filters lets through."""
        return reduce(both, map(self.fitting, filters), self.everything())

    def typed(self, text: str) -> Mask:
        """Return the mask of the records in which every word typed begins some word."""
        return reduce(both, map(self._with_word, words_of(text)), self.everything())

    def _with_word(self, word: str) -> Mask:
        if word not in self._found:
            if len(self._found) >= _KEPT_WORDS:
                del self._found[next(iter(self._found))]
            self._found[word] = reduce(
                either, (mask for mask in self._where_found(word) if 1 in mask), bytes(self.size)
            )
        return self._found[word]

    def _where_found(self, word: str) -> Iterator[Mask]:
        """Give a mask for each place where a word is found: the full-text index, and every column with labels."""
        indexed = listing.searched(self.kind)
        if indexed:
            yield self.columns.found(word)
        for field in self.labelled(with_texts=not indexed):
            yield self.columns.column(field).where(self.words.begins(field, word))

    def labelled(self, *, with_texts: bool = False) -> list[Field]:
        """Return the columns whose words the full-text index does not know; its own texts too, if so wished."""
        return [
            field
            for field in columns_of(self.kind)
            if self.words.has_label(field) or (field.kind in _TEXTS and (with_texts or field.options))
        ]

    def ordered(self, view: View) -> Order:
        """Return all records in the order of a view: by group, then by its columns, then by uid."""
        wanted = (view.group, view.sort)
        if wanted not in self._orders:
            if len(self._orders) >= _KEPT_ORDERS:
                del self._orders[next(iter(self._orders))]
            self._orders[wanted] = self._sorted(view)
        return self._orders[wanted]

    def _sorted(self, view: View) -> Order:
        places: Order = range(self.size)
        # Sorting is stable, so the last column is sorted by first.
        for sort in reversed(view.sort):
            field = self.field(sort.field)
            keys = self.words.keys(field, self.column(field.name).values)
            places = _put_in_order(places, self.column(field.name), keys, descending=sort.descending)
        if view.group is not None:
            field = self.field(view.group)
            groups = [bucket(field, value) for value in self.column(field.name).values]
            places = _put_in_order(places, self.column(field.name), self.words.keys(field, groups))
        return places


def _put_in_order(places: Order, column: Column, keys: Sequence[Any], *, descending: bool = False) -> Order:
    """Return places in the order of the keys of their values; those without a key stay behind, in either direction."""
    of_place = list(column.each(_ranks(keys) if len(keys) <= _FEW else keys))
    filled = [place for place in places if of_place[place] is not None]
    filled.sort(key=of_place.__getitem__, reverse=descending)
    if len(filled) < len(places):
        filled += [place for place in places if of_place[place] is None]
    return filled


def _ranks(keys: Sequence[Any]) -> list[int | None]:
    """Return numbers that order as the keys do and compare faster."""
    ranks = {key: rank for rank, key in enumerate(sorted({key for key in keys if key is not None}))}
    return [ranks.get(key) for key in keys]


_SHEETS: WeakKeyDictionary[Workspace, dict[str, Sheet]] = WeakKeyDictionary()


def sheet_of(desk: Desk, kind: str) -> Sheet:
    """Return the sheet of a kind of record, which all lists of an open workspace share; a new one each day."""
    today = clock.today()
    sheets = _SHEETS.setdefault(desk.workspace, {})
    if kind not in sheets or sheets[kind].columns.today != today:
        sheets[kind] = Sheet(desk, kind, today)
    return sheets[kind]
