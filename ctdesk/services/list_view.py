"""What a person wants of a list: which columns, which records, in what order; immutable, so that it can be kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ctdesk.domain.activity_state import STATE
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Need, RecordDefinition, Value
from ctdesk.domain.lifecycle_columns import WORKED_COLUMNS

How = Literal["is", "is not", "any of", "contains", "starts", "at least", "at most", "between", "blank", "not blank"]
"""The ways in which a filter may ask."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on one column, with the values it compares with.

    A field of several values *is* or *contains* what one of them is. A date may be compared with a year (a whole
    number). `between` takes both ends in, and None leaves an end open. A blank is nothing but *blank* and *is not*.
    """

    field: str
    how: How
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Sort:
    """An order by one column; blanks come last in either direction."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A list as somebody wants to see it.

    `text` is what is typed into the search field: each of its words must begin a word of a text, of a linked
    record's name or of a choice. `group` names a column by which rows stand together, before `sort`; the rows of
    `closed_groups` (values of `Group.value`) are counted but not listed.
    """

    kind: str
    columns: tuple[str, ...]
    text: str = ""
    filters: tuple[Filter, ...] = ()
    sort: tuple[Sort, ...] = ()
    group: str | None = None
    closed_groups: frozenset[Value] = field(default_factory=frozenset)


INCOMPLETE = Field(
    name="incomplete",
    label="Lacks a required value",
    kind=Kind.YES_NO,
    help="Worked out: whether a value that every record of its kind must have is missing.",
    need=Need.DESK,
)
"""The column that every kind with required fields has."""

COMPUTED: Mapping[str, tuple[Field, ...]] = {
    "activity": (STATE, INCOMPLETE),
    "post": (INCOMPLETE,),
    "agreement": (*WORKED_COLUMNS, INCOMPLETE),
}
"""Columns that are worked out from others, by kind of record."""

SUMMED = frozenset({Kind.MONEY, Kind.INTEGER, Kind.DECIMAL})
"""Kinds of field that may be added up."""

_NEVER_SUMMED = frozenset(
    {
        *("age_from", "age_to", "notice_months", "lead_weeks", "review_months", "position", "issue", "number"),
        *("likelihood", "impact", "percent", "weight", "target", "numerator", "denominator", "actual"),
    }
)
"""Figures of which a sum says nothing: ages, months, numbers in a row, marks out of five, rates and their parts."""
_LISTED_FIRST = 9
_SHORT = frozenset({Kind.LINK, Kind.CHOICE, Kind.MONEY, Kind.DATE, Kind.DECIMAL, Kind.YES_NO})


def columns_of(kind: str) -> tuple[Field, ...]:
    """Return every column a list of that kind may show: its fields in order, then those worked out."""
    return (*DEFINITIONS[kind].fields, *COMPUTED.get(kind, ()))


def column_of(kind: str, name: str) -> Field:
    """Return the column of that name; KeyError if there is none."""
    for one in COMPUTED.get(kind, ()):
        if one.name == name:
            return one
    return DEFINITIONS[kind][name]


def summed(column: Field) -> bool:
    """Whether a total of the column means anything: ages and months of notice do not add up."""
    return column.kind in SUMMED and column.name not in _NEVER_SUMMED


_STANDARD = {
    "activity": ("reference", "title", "provider", "annual_value", "agency", "state", "end", "funding_source", "tier"),
    "agreement": ("reference", "title", "state", "current_end", "notice_by", "decide_by", "provider", "value_now"),
    "organisation": ("name", "short_name", "is_agency", "is_provider", "sector", "charity_number", "company_number"),
}


def standard_view(kind: str) -> View:
    """Return the view a kind of record is first shown in: what identifies it, whose it is, its money and dates."""
    definition = DEFINITIONS[kind]
    columns = _STANDARD.get(kind) or _plain_columns(definition)
    return View(kind, columns, sort=(Sort(columns[0]),))


def _plain_columns(definition: RecordDefinition) -> tuple[str, ...]:
    first = dict.fromkeys((definition.reference, definition.title, *filter(None, [definition.owner])))
    others = [one.name for one in definition.fields if one.kind in _SHORT and one.name not in first]
    rest = [one.name for one in definition.fields if one.name not in first and one.name not in others]
    return (*first, *others, *rest)[:_LISTED_FIRST]
