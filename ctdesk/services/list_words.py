"""Values of a list as people read, order, look for and ask for them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from ctdesk.db import listing
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Value
from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.names import NameIndex
from ctdesk.domain.values import show
from ctdesk.domain.words import begins_a_word, in_turn, plain_text
from ctdesk.services.desk import Desk
from ctdesk.services.list_view import Filter

BLANK = "Blank"
"""What people read for nothing, where something must stand."""

_LABELLED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.LINK, Kind.LINKS})
_AS_THEY_ARE = frozenset(
    {Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.MONEY, Kind.DATE, Kind.MOMENT, Kind.YES_NO, Kind.YEAR}
)
_DATED = frozenset({Kind.DATE, Kind.MOMENT})


class ListWords:
    """One workspace's labels, as they were when this was made."""

    def __init__(self, desk: Desk) -> None:
        """Take the lists; names of linked records are read when first needed."""
        self.lists: ReferenceLists = desk.lists
        self.names = _LinkedNames(desk)
        self._positions: dict[str, dict[str, int]] = {}

    def shown(self, field: Field, value: Value) -> str:
        """Return a value of a field, or a year of its dates, as people read it."""
        if field.kind in _DATED and isinstance(value, int):
            return str(value)
        if field.target is not None:
            self.names.know(field.target)
        return show(field, value, self.lists, self.names)

    def has_label(self, field: Field) -> bool:
        """Whether people read something else for the field's values than what is stored."""
        return field.kind in _LABELLED

    def begins(self, field: Field, word: str) -> Callable[[Value], bool]:
        """Return the question whether a value is read with a word that begins like this one."""
        return lambda value: bool(value) and begins_a_word(self.shown(field, value), word)

    def keys(self, field: Field, values: Sequence[Value]) -> list[Any]:
        """Return the keys by which values of a field, or years of its dates, are put in order; None for a blank.

        Choices stand in the order of their list, links and texts by the alphabet without regard to case, references
        by the numbers in them too: A9 before A10.
        """
        if field.kind in _AS_THEY_ARE:
            return list(values)
        key = self._key(field)
        return [None if blank(value) else key(value) for value in values]

    def _key(self, field: Field) -> Callable[[Any], Any]:
        if field.list is not None:
            place, last = self._position(field.list), len(self._position(field.list))
            return lambda value: tuple((place.get(str(code), last), code) for code in members(value))
        if field.target is not None:
            return lambda value: tuple(plain_text(self.shown(field, uid)) for uid in members(value))
        if field.options:
            return lambda value: field.options.index(value) if value in field.options else len(field.options)
        return in_turn if field.kind is Kind.CODE else plain_text

    def _position(self, name: str) -> dict[str, int]:
        if name not in self._positions:
            self._positions[name] = {entry.code: place for place, entry in enumerate(self.lists.all(name))}
        return self._positions[name]

    def fits(self, field: Field, asked: Filter) -> Callable[[Value], bool]:
        """Return the question that a filter puts to a value of its field."""
        match asked.how:
            case "blank":
                return blank
            case "not blank":
                return lambda value: not blank(value)
            case "contains" | "starts":
                return self._reads_like(field, asked)
            case "at least" | "at most" | "between":
                return _within(field, *_ends(asked))
        wanted = {_comparable(field, one) for one in asked.values}
        return lambda value: _holds(field, value, wanted) is (asked.how != "is not")

    def _reads_like(self, field: Field, asked: Filter) -> Callable[[Value], bool]:
        sought = [plain_text(str(one)) for one in asked.values]
        starts = asked.how == "starts"

        def reads_like(value: Value) -> bool:
            texts = [plain_text(self.shown(field, one)) for one in members(value)]
            return any(text.startswith(it) if starts else it in text for text in texts for it in sought)

        return reads_like


class _LinkedNames(dict[str, NameIndex]):
    """Names of the records that links lead to, read kind by kind; for showing only, not for finding."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def know(self, kind: str) -> None:
        """Read the names of a kind of record, unless they are known."""
        if kind not in self:
            self[kind] = self._dated(kind) or self._titled(kind)

    def _dated(self, kind: str) -> NameIndex | None:
        """Return what records are known by whose title is a day, and would read as it is stored."""
        definition = DEFINITIONS[kind]
        return self._desk.names.get(kind) if definition[definition.title].kind in _DATED else None

    def _titled(self, kind: str) -> NameIndex:
        names = NameIndex()
        names.name_of = listing.titles(self._desk.workspace, kind)
        return names


def blank(value: Value) -> bool:
    """Whether a field holds nothing; nought and No are something."""
    return value is None or value in ("", ())


def members(value: Value) -> tuple[Value, ...]:
    """Return the values of a field that holds several, or its only one; none of a blank."""
    if isinstance(value, tuple):
        return value
    return () if blank(value) else (value,)


def bucket(field: Field, value: Value) -> Value:
    """Return what values of a field are counted and grouped under: a date under its year, nothing under None."""
    if blank(value):
        return None
    return value.year if isinstance(value, date) else value


def _comparable(field: Field, value: Value) -> Value:
    return plain_text(value) if isinstance(value, str) and not field.list and not field.target else value


def _holds(field: Field, value: Value, wanted: set[Value]) -> bool:
    """Whether a value, one of several, or a date's year is among those wanted; None among them means a blank."""
    if blank(value):
        return None in wanted
    if isinstance(value, date) and value.year in wanted:
        return True
    return any(_comparable(field, one) in wanted for one in members(value))


def _ends(asked: Filter) -> tuple[Value, Value]:
    if asked.how == "between":
        least, most = asked.values
        return least, most
    (only,) = asked.values
    return (only, None) if asked.how == "at least" else (None, only)


def _within(field: Field, least: Value, most: Value) -> Callable[[Value], bool]:
    def within(value: Value) -> bool:
        if blank(value):
            return False
        return all(
            _in_order(low, high)
            for low, high in ((least, value), (value, most))
            if low is not None and high is not None
        )

    def _in_order(low: Any, high: Any) -> bool:
        if isinstance(low, date) is not isinstance(high, date):
            low, high = (it.year if isinstance(it, date) else it for it in (low, high))
        if isinstance(low, str):
            low, high = _comparable(field, low), _comparable(field, high)
        return bool(low <= high)

    return within
