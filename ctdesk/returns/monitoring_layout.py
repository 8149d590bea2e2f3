"""The sheets of a provider's monitoring workbook: what the desk gives, what the provider fills, what is worked out.

Labels, help and limits are read off the record definitions; which columns are given, their order and widths stand here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ctdesk.domain.definition import DEFINITIONS, Field, Need
from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.periods import read_period
from ctdesk.returns.layout import Column, Role, SheetLayout

MONITORING_VERSION = "monitoring-1"
"""What the hidden sheet says of the form."""

PAST_PERIODS = 4
"""How many periods before the one asked about are shown."""

LAST_PERIOD = "Last period"
"""The heading of what was counted in the period before."""

_PAST_GROUP, _THIS = "The past four periods", "This period"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet: `columns` are its fields and roles in order, each with its width; fields in `given` are the desk's."""

    name: str
    kind: str
    title: str
    instruction: str
    freeze: str
    check_width: float
    columns: tuple[tuple[str, float], ...]
    given: frozenset[str]


_PAST, _LAST = "past", "last"
"""Stand for the columns that show earlier periods."""

_SHEETS = (
    _Sheet(
        "Measures",
        "measure_result",
        "Measures: what was agreed, what was reached",
        "A row for each measure. Yellow cells need filling; Check says why.",
        "C6",
        30,
        (("measure_name", 38), ("unit", 11), ("polarity", 9), ("target", 10), ("amber_percent", 9), (_PAST, 11),
         ("numerator", 11), ("denominator", 12), ("actual", 10), (Role.STATE, 12), ("commentary", 50)),
        frozenset({"measure_name", "unit", "polarity", "target", "amber_percent"}),
    ),
    _Sheet(
        "Users and incidents",
        "period_count",
        "Users and incidents: whom you reached, what happened",
        "Count each child once. The ages add up to all users.",
        "C6",
        28,
        (("what", 46), ("count", 13), (_LAST, 13), ("note", 50)),
        frozenset({"what"}),
    ),
    _Sheet(
        "Money and staff",
        "period_money",
        "Money and staff: against what was planned",
        "Pounds in figures; staff as full-time equivalents.",
        "C6",
        28,
        (("what", 34), ("plan", 16), ("actual", 16), (Role.DIFFERENCE, 16), ("note", 50)),
        frozenset({"what", "plan"}),
    ),
    _Sheet(
        "Actions",
        "action",
        "Actions: what was agreed to be done",
        "Say of each where it stands: open, done or dropped.",
        "D6",
        28,
        (("number", 8), ("title", 52), ("owner", 28), ("due", 12), ("state", 16), ("progress", 50), ("done_on", 12)),
        frozenset({"number", "title", "owner", "due"}),
    ),
)  # fmt: skip


def monitoring_layout(_lists: ReferenceLists, period: str) -> tuple[SheetLayout, ...]:
    """Return the data sheets for a period such as `2026-Q1`; without one the columns of the past are left out."""
    return tuple(
        SheetLayout(
            sheet.name, sheet.kind, sheet.title, sheet.instruction, tuple(_columns(sheet, period)), sheet.freeze,
            grows=False,
        )
        for sheet in _SHEETS
    )  # fmt: skip


def past_headings(period: str) -> list[str]:
    """Return the headings of the earlier periods, the oldest first: Q1 2025/26 and so on."""
    asked = read_period(period)
    return [asked.moved(-back).short for back in range(PAST_PERIODS, 0, -1)]


def _columns(sheet: _Sheet, period: str) -> Iterator[Column]:
    fields = DEFINITIONS[sheet.kind].by_name
    first = fields[sheet.columns[0][0]]
    yield _desk(
        Role.CHECK, "Check", sheet.check_width, first.section, "Filled by the workbook: what the row still needs."
    )
    for name, width in sheet.columns:
        if name in fields:
            yield _field(fields[name], width, given=name in sheet.given)
        else:
            yield from _shown(name, width, period)
    yield _desk(Role.KEY, "Key", 10, _THIS, "Tells the desk which row this is. Leave it as it is.")


def _shown(name: str, width: float, period: str) -> Iterator[Column]:
    if name == Role.STATE:
        help_text = "Worked out by the workbook: green if the target is met, amber if nearly, else red."
        yield _desk(Role.STATE, "State", width, _THIS, help_text)
    elif name == Role.DIFFERENCE:
        yield _desk(Role.DIFFERENCE, "Difference", width, _THIS, "Worked out by the workbook: actual less plan.")
    elif period:
        headings = past_headings(period) if name == _PAST else [LAST_PERIOD]
        group = _PAST_GROUP if name == _PAST else _THIS
        for heading in headings:
            yield _desk(Role.GIVEN, heading, width, group, "What was reported before.")


def _desk(role: Role, heading: str, width: float, group: str, help_text: str) -> Column:
    return Column(heading, role, Need.DESK, width, group, None, help_text)


def _field(field: Field, width: float, *, given: bool) -> Column:
    if given:
        return Column(field.label, Role.GIVEN, Need.DESK, width, field.section, field, field.help)
    need = Need.REQUIRED if field.options else field.need
    words = "list_progress" if field.options else None
    return Column(field.label, Role.FIELD, need, width, field.section, field, field.help, words, aliases=field.aliases)
