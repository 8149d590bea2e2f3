"""Faults shown beside the fields of a form: what cannot be read, is missing, out of range or does not fit together.

The words are those of the findings, so that an agency and an officer read the same sentence.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ctdesk.domain import clock
from ctdesk.domain.checks import check_record, check_value
from ctdesk.domain.dates import financial_year
from ctdesk.domain.definition import Fault, Field, RecordDefinition, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.findings import RULES, Grade, sentence
from ctdesk.domain.money import money_text
from ctdesk.domain.reading import Doubtful, Unreadable
from ctdesk.domain.review import plain_label
from ctdesk.domain.values import UnknownName
from ctdesk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One fault of one field, with what was perhaps meant.

    `suggestion` is a value that would put it right, `suggested` the same in words. `new_name` is a name that the
    desk does not know and the field would take as a new record.
    """

    field: str
    rule: str
    message: str
    suggestion: Value = None
    suggested: str = ""
    new_name: str = ""

    @property
    def grade(self) -> Grade:
        """How much it matters."""
        return RULES[self.rule].grade


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What was read of a typed text: the value, or the fault that stands in its way."""

    value: Value
    fault: FieldFault | None = None


def read_field(desk: Desk, field: Field, typed: str) -> FieldReading:
    """Read what a person typed into a field, and look at it by itself; an empty text is no value."""
    try:
        value = desk.reader.read(field, typed)
    except UnknownName as unknown:
        return FieldReading(None, _unknown(desk, field, unknown.text))
    except Doubtful as doubt:
        value = _held(doubt.suggestion)
        words = sentence("doubtful", label=plain(field), cell=typed.strip(), reason=str(doubt))
        return FieldReading(None, FieldFault(field.name, "doubtful", words, value, desk.show(field, value)))
    except Unreadable as reason:
        words = sentence("unreadable", label=plain(field), cell=typed.strip(), reason=str(reason))
        return FieldReading(None, FieldFault(field.name, "unreadable", words))
    found = next(check_value(field, value), None) if value is not None else None
    return FieldReading(value, _fault(found, field) if found else None)


def read_cell(desk: Desk, field: Field, text: str) -> tuple[Value, str]:
    """Return the value of a text in a cell among many, or why it cannot be taken without asking a person."""
    reading = read_field(desk, field, text)
    if reading.fault is not None and (reading.value is None or reading.fault.grade is Grade.MUST_FIX):
        return None, reading.fault.message
    return reading.value, ""


def faults(
    desk: Desk,
    definition: RecordDefinition,
    values: Values,
    uid: str | None = None,
    lines: Iterable[Values] | None = None,
) -> list[FieldFault]:
    """Return everything wrong with a record as it would stand, in the order of its fields.

    With the uid of an activity its funding lines are compared with its value: those given, or else those held.
    """
    found = [beside for fault in check_record(definition, values) for beside in _beside(definition, fault)]
    if definition.kind == "activity" and (lines is not None or uid is not None):
        held = desk.load("funding_line", activity=uid).values() if lines is None else lines
        found += _funding_sum(figures_year(desk), held, values)
    order = list(definition.by_name)
    return sorted(found, key=lambda fault: order.index(fault.field))


def must_hold(definition: RecordDefinition, values: Values, touched: Collection[str]) -> None:
    """Refuse an edit of these fields that empties what is needed or makes the record contradict itself."""
    for fault in check_record(definition, values):
        concerned = [name for name in fault.fields if name in touched]
        if not concerned or RULES[fault.rule].grade is not Grade.MUST_FIX:
            continue
        if fault.rule == "required":
            raise DeskError(f"{definition[concerned[0]].label} cannot be empty.")
        raise DeskError(_fault(fault, definition[concerned[0]]).message)


def plain(field: Field) -> str:
    """Return a field's label at the beginning of a sentence, without its unit."""
    return field.label.split(" (")[0]


def figures_year(desk: Desk) -> str:
    """Return the financial year that figures are for: that of the newest round, or else the present one."""
    dues = [due for values in desk.load("round").values() if isinstance(due := values.get("due"), date)]
    return financial_year(max(dues, default=clock.today()))


def _beside(definition: RecordDefinition, fault: Fault) -> Iterator[FieldFault]:
    """Yield a fault beside the field it concerns first; each missing field has one of its own."""
    names = fault.fields if fault.rule == "required" else fault.fields[:1]
    for name in names:
        yield _fault(fault, definition[name])


def _fault(fault: Fault, field: Field) -> FieldFault:
    words = {"label": plain(field), **fault.words}
    if fault.rule == "required":
        label = plain_label(field)
        words = {"fields": label[:1].upper() + label[1:], "verb": "is", "last": ""}
    return FieldFault(field.name, fault.rule, sentence(fault.rule, **words))


def _unknown(desk: Desk, field: Field, text: str) -> FieldFault:
    """Return the fault of a name that is not known: perhaps another spelling, perhaps somebody new."""
    from ctdesk.returns.name_matching import suggest

    near = suggest(text, desk.names[field.target or ""])
    new_name = " ".join(text.split()) if field.open else ""
    if near is None:
        words = sentence("unreadable", label=plain(field), cell=text, reason="is not known to the desk")
        return FieldFault(field.name, "unreadable", words, new_name=new_name)
    words = sentence("new_name", label=plain(field), cell=text, suggestion=near.name)
    value: Value = (near.uid,) if field.several else near.uid
    return FieldFault(field.name, "new_name", words, value, near.name, new_name)


def _held(suggestion: object) -> Value:
    """Return a suggestion as a value; the readers suggest nothing else."""
    return suggestion if isinstance(suggestion, str | int | date | tuple) else None


def _funding_sum(year: str, lines: Iterable[Values], values: Values) -> Iterator[FieldFault]:
    value, own = values.get("annual_value"), (line for line in lines if line.get("year") == year)
    amounts = [amount for line in own if isinstance(amount := line.get("amount"), int)]
    if amounts and isinstance(value, int) and sum(amounts) != value:
        words = {"year": year, "total": money_text(sum(amounts)), "value": money_text(value)}
        yield FieldFault("annual_value", "funding_sum", sentence("funding_sum", **words))
