"""The fields of all records of one kind that a list works with, kept in step with the workspace.

Only fields that a list sorts, filters, groups or adds up are read, each once; after a change set only the records
it altered are read again.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date

from ctdesk.db import finding, listing
from ctdesk.db.stored import Stored
from ctdesk.db.workspace import Workspace
from ctdesk.domain.column import Column, Mask
from ctdesk.domain.definition import Field, Value

_UNKNOWN = -1


class KindColumns:
    """Columns of all records of a kind, in the order of their uids, as on one day."""

    def __init__(self, workspace: Workspace, kind: str, today: date) -> None:
        """Prepare to read; nothing is read yet."""
        self.workspace, self.kind, self.today = workspace, kind, today
        self.step = 0
        self._forget()

    def _forget(self) -> None:
        self._uids: list[str] | None = None
        self._columns: dict[str, Column] = {}
        self._entries: array[int] | None = None

    @property
    def uids(self) -> list[str]:
        """The uids of all records, sorted."""
        if self._uids is None:
            self._load([])
        return self._uids or []

    def refresh(self) -> bool:
        """Bring what was read in step with the workspace; return whether anything at all was saved meanwhile."""
        news = listing.news(self.workspace, self.kind, self.step)
        if news is None:
            return False
        self.step = news.step
        if news.touched is None:
            self._forget()
        elif news.touched and self._uids is not None:
            self._read_again(self._uids, news.touched)
        return True

    def need(self, fields: Iterable[Field]) -> None:
        """Read the columns of these fields that have not been read, all in one pass."""
        missing = {field.name: field for field in fields if field.name not in self._columns}
        if missing:
            self._load(list(missing.values()))

    def column(self, field: Field) -> Column:
        """Return the column of a field."""
        self.need([field])
        return self._columns[field.name]

    def place_of(self, uid: str) -> int | None:
        """Return the place of a record among all of its kind."""
        place = bisect_left(self.uids, uid)
        return place if place < len(self.uids) and self.uids[place] == uid else None

    def page(self, fields: Sequence[Field], uids: Sequence[str]) -> dict[str, list[Value]]:
        """Return the values of some fields of some records, by uid, without keeping them."""
        readers = [listing.reader_of(field) for field in fields]
        with self.workspace.reading():
            pages = listing.read_columns(self.workspace, self.kind, [it.name for it in fields], self.today, uids)
            return {
                str(uid): [read(it) for read, it in zip(readers, stored, strict=True)]
                for rows in pages
                for uid, *stored in rows
            }

    def found(self, word: str) -> Mask:
        """Return the mask of the records in which a word begins like this, by the full-text index."""
        hits = set(finding.numbers_of(self.workspace, f'"{word}"*'))
        return bytes(map(hits.__contains__, self._numbers()))

    def _numbers(self) -> "array[int]":
        """Return the numbers under which the full-text index knows the records."""
        if self._entries is None:
            known = listing.entries(self.workspace, self.kind)
            self._entries = array("q", [known.get(uid, _UNKNOWN) for uid in self.uids])
        return self._entries

    def _load(self, fields: list[Field]) -> None:
        new = [Column(listing.reader_of(field)) for field in fields]
        uids: list[str] = []
        with self.workspace.reading():
            for rows in listing.read_columns(self.workspace, self.kind, [it.name for it in fields], self.today):
                names, *stored = zip(*rows, strict=True)
                uids.extend(names)
                for column, values in zip(new, stored, strict=True):
                    column.extend(values)
        if self._uids is None:
            self._uids = sorted(uids)
        # Records stand in the file as they came, which is most often the order of their uids.
        places = None if uids == self._uids else sorted(range(len(uids)), key=uids.__getitem__)
        for field, column in zip(fields, new, strict=True):
            column.pack(places)
            self._columns[field.name] = column

    def _read_again(self, uids: list[str], touched: Iterable[str]) -> None:
        self._entries = None
        wanted = sorted(touched)
        with self.workspace.reading():
            pages = listing.read_columns(self.workspace, self.kind, list(self._columns), self.today, wanted)
            now = {str(uid): stored for rows in pages for uid, *stored in rows}
        for uid in wanted:
            place = bisect_left(uids, uid)
            held = place < len(uids) and uids[place] == uid
            if uid in now:
                self._put(place, now[uid], new=not held)
                uids[place:place] = [] if held else [uid]
            elif held:
                self._delete(place)

    def _put(self, place: int, stored: list[Stored], *, new: bool) -> None:
        for column, value in zip(self._columns.values(), stored, strict=True):
            if new:
                column.insert(place)
            column.put(place, value)

    def _delete(self, place: int) -> None:
        del self.uids[place]
        for column in self._columns.values():
            column.delete(place)
