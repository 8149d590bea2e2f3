"""The language in which a record is defined once: kinds of field, their meaning, and the registry of records.

A record is a frozen dataclass whose fields are made by the functions below (`text`, `money`, `choice` ...).
Tables, workbook columns, forms, checks and report rows are all read off `RecordDefinition`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar, dataclass_transform

Value = str | int | bool | Decimal | date | datetime | tuple[str, ...] | None
"""What a field may hold: money in whole pence, a choice as its entry's code, a link as a uid,
several choices as a sorted tuple of codes."""

Values = Mapping[str, Value]
"""The fields of one record by name; a name that is absent holds nothing."""


class Kind(StrEnum):
    """What sort of value a field holds; reading, writing, storing and showing all follow from it."""

    TEXT = "text"
    LONG_TEXT = "long text"
    CODE = "code"
    EMAIL = "e-mail"
    INTEGER = "whole number"
    DECIMAL = "number"
    PERCENT = "per cent"
    MONEY = "money"
    DATE = "date"
    MOMENT = "date and time"
    YEAR = "financial year"
    YES_NO = "yes or no"
    CHOICE = "choice"
    CHOICES = "several choices"
    LINK = "link"
    LINKS = "several links"


class Need(StrEnum):
    """How far a person must fill a field, in the words of the workbook's fourth row."""

    REQUIRED = "Required"
    IF_APPLIES = "If it applies"
    OPTIONAL = "If you know it"
    DESK = "Leave as it is"


SEVERAL = frozenset({Kind.CHOICES, Kind.LINKS})
"""Kinds that hold several values, each kept in a link table."""

FREE_TEXT = frozenset({Kind.TEXT, Kind.LONG_TEXT})
"""Kinds into which a person may type anything, and so also what should not be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The meaning of one field, from which every room works.

    `list` names the reference list of a choice, `target` the kind of record a link points at, `options` a
    fixed set of words that belong to the program, `option_words` what people read for each of them, where that is
    something else. `minimum` and `maximum` are in the stored unit (pence for
    money). `decimals` are the places kept of a decimal number. `pattern` is a regular expression that the
    whole text must match, and `pattern_words` says so to a person. `open` links may name something new.
    `aliases` are other headings under which the field is known in other people's spreadsheets. `only_for` are the
    types of agreement that have the field; empty means all.
    """

    name: str = ""
    label: str
    kind: Kind
    help: str
    need: Need = Need.OPTIONAL
    section: str = ""
    list: str | None = None
    target: str | None = None
    options: tuple[str, ...] = ()
    option_words: tuple[str, ...] = ()
    unit: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    decimals: int = 0
    max_length: int = 32_767
    pattern: str | None = None
    pattern_words: str = ""
    open: bool = False
    aliases: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether a record without this field is incomplete."""
        return self.need is Need.REQUIRED

    @property
    def several(self) -> bool:
        """Whether the field holds several values."""
        return self.kind in SEVERAL


def _make(kind: Kind, label: str, help_text: str, **options: Any) -> Any:
    definition = Field(label=label, kind=kind, help=help_text, **options)
    return field(default=() if definition.several else None, metadata={"ctdesk": definition})


def text(label: str, help_text: str, **options: Any) -> Any:
    """Define a short text."""
    return _make(Kind.TEXT, label, help_text, **{"max_length": 500, **options})


def long_text(label: str, help_text: str, **options: Any) -> Any:
    """Define a text of several sentences."""
    return _make(Kind.LONG_TEXT, label, help_text, **options)


def code(label: str, help_text: str, **options: Any) -> Any:
    """Define a reference or number that is kept letter for letter, leading noughts included."""
    return _make(Kind.CODE, label, help_text, **{"max_length": 100, **options})


def email(label: str, help_text: str, **options: Any) -> Any:
    """Define an e-mail address."""
    return _make(Kind.EMAIL, label, help_text, **{"max_length": 254, **options})


def integer(label: str, help_text: str, **options: Any) -> Any:
    """Define a whole number, nought or more unless said otherwise."""
    return _make(Kind.INTEGER, label, help_text, **{"minimum": 0, "maximum": 999_999_999, **options})


def decimal(label: str, help_text: str, **options: Any) -> Any:
    """Define a number with a fixed count of decimal places (two unless said otherwise)."""
    return _make(Kind.DECIMAL, label, help_text, **{"minimum": 0, "decimals": 2, **options})


def percent(label: str, help_text: str, **options: Any) -> Any:
    """Define a whole percentage from 0 to 100."""
    return _make(Kind.PERCENT, label, help_text, unit="%", minimum=0, maximum=100, **options)


def money(label: str, help_text: str, **options: Any) -> Any:
    """Define an amount of money, held in whole pence, up to ten thousand million pounds."""
    limits = {"minimum": 0, "maximum": 1_000_000_000_000}
    return _make(Kind.MONEY, label, help_text, unit="£", **{**limits, **options})


def day(label: str, help_text: str, **options: Any) -> Any:
    """Define a calendar date."""
    return _make(Kind.DATE, label, help_text, **options)


def moment(label: str, help_text: str, **options: Any) -> Any:
    """Define a date with a time of day, in UTC."""
    return _make(Kind.MOMENT, label, help_text, **options)


def year(label: str, help_text: str, **options: Any) -> Any:
    """Define a financial year, held as `2026/27`."""
    return _make(Kind.YEAR, label, help_text, **options)


def yes_no(label: str, help_text: str, **options: Any) -> Any:
    """Define a question answered yes or no."""
    return _make(Kind.YES_NO, label, help_text, **options)


def choice(label: str, help_text: str, *, list: str, **options: Any) -> Any:  # noqa: A002 - the field's own word
    """Define one entry of a reference list."""
    return _make(Kind.CHOICE, label, help_text, list=list, **options)


def choices(label: str, help_text: str, *, list: str, **options: Any) -> Any:  # noqa: A002 - the field's own word
    """Define several entries of a reference list."""
    return _make(Kind.CHOICES, label, help_text, list=list, **options)


def link(label: str, help_text: str, *, target: str, **options: Any) -> Any:
    """Define a link to one other record, held as its uid."""
    return _make(Kind.LINK, label, help_text, target=target, **options)


def links(label: str, help_text: str, *, target: str, **options: Any) -> Any:
    """Define links to several other records, held as a sorted tuple of uids."""
    return _make(Kind.LINKS, label, help_text, target=target, **options)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a record's own rule found: the rule's code, the fields it concerns, and the words for its sentence."""

    rule: str
    fields: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)


Rule = Callable[[Values], Iterator[Fault]]
"""A check across the fields of one record; it yields what is wrong and leaves blanks to the required check."""


@dataclass(frozen=True)
class RecordDefinition:
    """One kind of record: its words, its fields in order, its rules.

    `title` names the field that a person knows the record by, `reference` the field with its code (or the
    title again), `owner` the link to the agency whose record it is, if it is an agency's.
    """

    kind: str
    label: str
    plural: str
    record: type
    title: str
    reference: str
    owner: str | None
    rules: tuple[Rule, ...]
    given: Mapping[str, Field]
    """What the record's class says of each field, without the uid."""

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields in order, without the uid."""
        return tuple(replace(item, name=name) for name, item in self.given.items())

    @cached_property
    def required(self) -> tuple[Field, ...]:
        """The fields without which a record is incomplete."""
        return tuple(item for item in self.fields if item.required)

    @cached_property
    def required_names(self) -> tuple[str, ...]:
        """The names of the fields without which a record is incomplete."""
        return tuple(item.name for item in self.required)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {item.name: item for item in self.fields}

    def __getitem__(self, name: str) -> Field:
        """Return the field of that name; KeyError if the record has none."""
        return self.by_name[name]


DEFINITIONS: dict[str, RecordDefinition] = {}
"""Every kind of record by its name, filled as `ctdesk.domain.records` is imported."""

_Record = TypeVar("_Record", bound=type)


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(
    kind: str,
    *,
    label: str,
    plural: str,
    title: str,
    reference: str | None = None,
    owner: str | None = None,
    rules: tuple[Rule, ...] = (),
) -> Callable[[_Record], _Record]:
    """Make a class a record: a frozen dataclass, entered in `DEFINITIONS` under its kind."""

    def define(cls: _Record) -> _Record:
        given = {name: vars(cls)[name].metadata["ctdesk"] for name in cls.__annotations__ if name != "uid"}
        DEFINITIONS[kind] = RecordDefinition(kind, label, plural, cls, title, reference or title, owner, rules, given)
        cls.__new__ = _new  # type: ignore[assignment]  # made like any object
        return cls

    return define


_MAKING = Lock()


def _new(cls: type, **_: Value) -> object:
    """Return a record still blank; with the first of its kind the class becomes a dataclass.

    Made at once, the dataclasses of all kinds would take a third of the time in which a bare window starts.
    """
    with _MAKING:
        if not is_dataclass(cls):
            dataclass(frozen=True, kw_only=True)(cls)
    return object.__new__(cls)
