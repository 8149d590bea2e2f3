"""The form of the baseline workbook: which columns stand on which sheet, in what order, how wide.

Labels, help, need and lists are read off the record definitions; only order, grouping, widths and the columns that
belong to the form itself (Check, Still yours?, Key) are told here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Need
from ctdesk.domain.lists import ReferenceLists, plain
from ctdesk.domain.records.activity import WHAT

FORM_VERSION = "baseline-1"
"""What the hidden sheet says of the form; another one is read by headings alone."""

STILL_YOURS_WORDS = ("Yes", "Ended", "Not ours")
"""What an agency may answer under Still yours?"""

YES_NO_WORDS = ("Yes", "No")

CROSS = "x"
"""The mark in a column that stands for one entry of a several-valued field."""

_MOST_STEPS, _LONGEST_STEP = 10, 12


class Role(StrEnum):
    """What a column is for."""

    CHECK = "check"
    KEY = "key"
    STILL_YOURS = "still yours"
    FIELD = "field"
    STEP = "step"
    LOOKUP = "lookup"
    GIVEN = "given"
    STATE = "state"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` is in characters; `list_name` is the defined name its drop-down offers.

    `field` is what it fills, `entry` the code that a cross in a STEP column stands for, `aliases` other headings
    under which the column is found again.
    """

    heading: str
    role: Role
    need: Need
    width: float
    group: str
    field: Field | None
    help: str
    list_name: str | None = None
    entry: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its field, or of its role where it has none."""
        return self.field.name if self.field else self.role.value

    @property
    def tells_which(self) -> bool:
        """Whether it is the desk's own word for what its row is about, by which a row without a key is found."""
        return self.role is Role.GIVEN and self.field is not None


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One data sheet: the kind of record its rows are, its words, its columns; `freeze` is the first cell to move."""

    HEAD_ROW: ClassVar[int] = 5
    """The sheet's own number of the row of headings."""
    FIRST_ROW: ClassVar[int] = 6
    """The sheet's own number of the first row of data."""

    name: str
    kind: str
    title: str
    instruction: str
    columns: tuple[Column, ...]
    freeze: str
    grows: bool = True
    """Whether rows may be added, so that empty ones are prepared."""

    def position(self, name: str) -> int:
        """Return the zero-based position of a column by its field or role; KeyError if there is none."""
        for at, column in enumerate(self.columns):
            if column.name == name:
                return at
        raise KeyError(name)


_SHEETS = (
    (
        "Activity",
        "activity",
        "Activity: what you commission",
        "A row for each service. Yellow cells need filling; Check says why.",
        "D6",
    ),
    (
        "Staffing",
        "post",
        "Staffing: who does the commissioning",
        "A row for each post that commissions. Job titles, never names.",
        "C6",
    ),
    (
        "Funding",
        "funding_line",
        "Funding: only where money is split",
        "Leave empty unless one service has several sources or years.",
        "D6",
    ),
)

_CHECK_WIDTH = {"activity": 30.0, "post": 28.0, "funding_line": 28.0}

_WIDTHS: dict[str, dict[str, float]] = {
    "activity": {
        "reference": 12, "title": 42, "provider": 30, "agreement_type": 21, "agreement_reference": 16,
        "annual_value": 14, "funding_source": 22, "funding_arrangement": 17, "open_ended": 10, "notice_months": 9,
        "extension_option": 18, "main_outcome": 25, "other_outcomes": 25, "tier": 11, "purpose": 17, "age_from": 10,
        "age_to": 9, "client_groups": 24, "areas": 18, "capacity_unit": 12, "participation": 28, "monitoring": 28,
        "lead_commissioner": 22, "intention": 14, "description": 40, "comments": 34,
    },
    "post": {
        "title": 34, "employer": 22, "grade": 9, "vacant": 8, "term": 12, "fte": 9, "headcount": 12,
        "commissioning_percent": 14, "annual_cost": 13, "funding_source": 22, "skills": 34, "comments": 34,
    },
    "funding_line": {"activity": 12, "year": 14, "source": 24, "funder": 28, "arrangement": 18, "comments": 34},
}  # fmt: skip

_USUAL_WIDTH = {
    Kind.LONG_TEXT: 30.0,
    Kind.CODE: 14.0,
    Kind.EMAIL: 26.0,
    Kind.INTEGER: 10.0,
    Kind.DECIMAL: 10.0,
    Kind.PERCENT: 12.0,
    Kind.MONEY: 14.0,
    Kind.DATE: 12.0,
    Kind.YES_NO: 10.0,
}


def baseline_layout(lists: ReferenceLists) -> tuple[SheetLayout, ...]:
    """Return the data sheets of the baseline workbook for one workspace's lists."""
    return tuple(
        SheetLayout(name, kind, title, instruction, tuple(_columns(kind, lists)), freeze)
        for name, kind, title, instruction, freeze in _SHEETS
    )


def _columns(kind: str, lists: ReferenceLists) -> Iterator[Column]:
    yield _desk_column(
        Role.CHECK, "Check", _CHECK_WIDTH[kind], WHAT, "Filled by the workbook: what the row still needs."
    )
    asked_whether = kind == "funding_line"
    for field in DEFINITIONS[kind].fields:
        if field.need is Need.DESK:
            continue
        if not asked_whether and field.section != WHAT:
            yield _still_yours(kind, field.section)
            asked_whether = True
        yield from _field_columns(kind, field, lists)
        if kind == "funding_line" and field.name == "activity":
            yield _desk_column(Role.LOOKUP, "Service title", 38, WHAT, "Found by the workbook from the reference.")
    yield _desk_column(
        Role.KEY, "Key", 10, _last_section(kind), "Tells the desk which row this is. Blank on a new row."
    )


def _desk_column(role: Role, heading: str, width: float, group: str, help_text: str) -> Column:
    return Column(heading, role, Need.DESK, width, group, None, help_text)


def _still_yours(kind: str, section: str) -> Column:
    help_text = "Yes, Ended (with the end date) or Not ours. A row you delete is not taken as ended."
    group = "Still yours?" if kind == "activity" else section
    aliases = ("Still yours", "Is it still yours?")
    return Column(
        "Still yours?", Role.STILL_YOURS, Need.REQUIRED, 12, group, None, help_text, "list_row", aliases=aliases
    )


def _last_section(kind: str) -> str:
    return DEFINITIONS[kind].fields[-1].section


def _field_columns(kind: str, field: Field, lists: ReferenceLists) -> Iterator[Column]:
    if field.kind is Kind.CHOICES and _fits_as_steps(kind, field, lists):
        yield from _step_columns(field, lists)
        return
    width = _WIDTHS[kind].get(field.name, _USUAL_WIDTH.get(field.kind, 20.0))
    yield Column(
        field.label,
        Role.FIELD,
        field.need,
        width,
        field.section,
        field,
        field.help,
        _list_name(field),
        aliases=field.aliases,
    )


def _list_name(field: Field) -> str | None:
    if field.list:
        return f"list_{field.list}"
    if field.target == "organisation":
        return "list_provider"
    if field.target == "activity":
        return "refs"
    return {Kind.YES_NO: "list_yes_no", Kind.YEAR: "list_year"}.get(field.kind)


def _fits_as_steps(kind: str, field: Field, lists: ReferenceLists) -> bool:
    """Only the steps of the cycle are crossed, and only while they are few, short and unlike other headings.

    Retired entries count: a row that still has one must show its cross.
    """
    words = [plain(entry.short or entry.label) for entry in lists.all(field.list or "")]
    others = {plain(other.label) for other in DEFINITIONS[kind].fields}
    return (
        field.list == "cycle_stage"
        and 0 < len(words) <= _MOST_STEPS
        and all(len(word) <= _LONGEST_STEP for word in words)
        and len({*words} - others) == len(words)
    )


def _step_columns(field: Field, lists: ReferenceLists) -> Iterator[Column]:
    for entry in lists.all(field.list or ""):
        aliases = (entry.label, *entry.aliases)
        help_text = f"{entry.label}. {field.help}"
        heading = entry.short or entry.label
        width = max(9, len(heading) + 2)
        yield Column(heading, Role.STEP, field.need, width, field.section, field, help_text, None, entry.code, aliases)
