"""The fields of all records of one kind that a list works with, kept in step with the workspace.

Only fields that a list sorts, filters, groups or adds up are read, each once; after a change set only the records
it altered are read again.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from ctdesk.db import finding, listing
from ctdesk.db.stored import Stored, storer
from ctdesk.db.workspace import Workspace
from ctdesk.domain.column import Column, Mask
from ctdesk.domain.definition import Field, Value

_UNKNOWN = -1

WorkOut = Callable[[], Mapping[str, Mapping[str, Value]]]
"""Works out columns that no table holds: for every record, by uid, its values by column."""


class KindColumns:
    """Columns of all records of a kind, in the order of their uids, as on one day."""

    def __init__(
        self,
        workspace: Workspace,
        kind: str,
        today: date,
        worked: Iterable[str] = (),
        work_out: WorkOut = dict,
    ) -> None:
        """Prepare to read; nothing is read yet. The columns *worked* are not read, but worked out."""
        self.workspace, self.kind, self.today = workspace, kind, today
        self.step = 0
        self._worked_names, self._work_out = frozenset(worked), work_out
        self._forget()

    def _forget(self) -> None:
        self._uids: list[str] | None = None
        self._columns: dict[str, Column] = {}
        self._entries: array[int] | None = None
        self._worked: Mapping[str, Mapping[str, Value]] | None = None

    def _forget_worked(self) -> None:
        """Forget what was worked out: it also rests on records of other kinds."""
        self._worked = None
        for name in self._worked_names:
            self._columns.pop(name, None)

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
        self._forget_worked()
        if news.touched is None:
            self._forget()
        elif news.touched and self._uids is not None:
            self._read_again(self._uids, news.touched)
        return True

    def need(self, fields: Iterable[Field]) -> None:
        """Read the columns of these fields that have not been read, all in one pass."""
        missing = {field.name: field for field in fields if field.name not in self._columns}
        worked = [field for name, field in missing.items() if name in self._worked_names]
        held = [field for name, field in missing.items() if name not in self._worked_names]
        if held:
            self._load(held)
        for field in worked:
            self._columns[field.name] = self._worked_column(field)

    def _worked_column(self, field: Field) -> Column:
        column, store = Column(listing.reader_of(field)), storer(field)
        column.extend([store(self._worked_value(uid, field.name)) for uid in self.uids])
        column.pack(None)
        return column

    def _worked_value(self, uid: str, name: str) -> Value:
        if self._worked is None:
            self._worked = self._work_out()
        return self._worked.get(uid, {}).get(name)

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
        held = [field for field in fields if field.name not in self._worked_names]
        readers = {field.name: listing.reader_of(field) for field in held}
        with self.workspace.reading():
            pages = listing.read_columns(self.workspace, self.kind, list(readers), self.today, uids)
            found = {
                str(uid): {name: read(it) for (name, read), it in zip(readers.items(), stored, strict=True)}
                for rows in pages
                for uid, *stored in rows
            }
            return {uid: [self._of_page(uid, values, field.name) for field in fields] for uid, values in found.items()}

    def _of_page(self, uid: str, held: Mapping[str, Value], name: str) -> Value:
        return self._worked_value(uid, name) if name in self._worked_names else held[name]

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
