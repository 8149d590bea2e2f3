"""Checks of one record's values, read off its definition; they yield faults, which callers place in cells."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from ctdesk.domain.definition import FREE_TEXT, Fault, Field, Kind, RecordDefinition, Value, Values
from ctdesk.domain.money import money_text
from ctdesk.domain.personal_data import personal_data_in

_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>()]{2,}$")


def check_record(definition: RecordDefinition, values: Values) -> Iterator[Fault]:
    """Yield everything wrong with a record taken by itself: missing, out of range, out of order."""
    missing = missing_fields(definition, values)
    if missing:
        yield Fault("required", tuple(field.name for field in missing))
    for field in definition.fields:
        value = values.get(field.name)
        if value is not None and value != ():
            yield from check_value(field, value)
    for rule in definition.rules:
        yield from rule(values)


def missing_fields(definition: RecordDefinition, values: Values) -> list[Field]:
    """Return the required fields that hold nothing."""
    return [field for field in definition.fields if field.required and values.get(field.name) in (None, ())]


def check_value(field: Field, value: Value) -> Iterator[Fault]:
    """Yield what is wrong with one value taken by itself."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield from _check_range(field, value)
    elif isinstance(value, str):
        if field.kind is Kind.EMAIL and not _EMAIL.match(value):
            yield Fault("pattern", (field.name,), {"value": value, "words": "an e-mail address"})
        if field.pattern and not _pattern(field.pattern).fullmatch(value):
            yield Fault("pattern", (field.name,), {"value": value, "words": field.pattern_words})
        if field.kind in FREE_TEXT:
            for what in personal_data_in(value):
                yield Fault("personal_data", (field.name,), {"what": what})


def _check_range(field: Field, value: int | Decimal) -> Iterator[Fault]:
    least, most = field.minimum, field.maximum
    if (least is not None and value < least) or (most is not None and value > most):
        yield Fault(
            "range",
            (field.name,),
            {
                "value": _figure(field, value),
                "least": _figure(field, least or 0),
                "most": _figure(field, most or 0),
            },
        )


def _figure(field: Field, value: int | Decimal) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return money_text(value) if field.kind is Kind.MONEY else str(value)


@lru_cache(maxsize=64)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
