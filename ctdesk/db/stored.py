"""How values stand in the file: money, numbers and yes/no as integers, everything else as text."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ctdesk.domain.definition import Field, Kind, Value

Stored = str | int | None
"""What a column holds."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of value is stored: the type it must have and must not, its column, and both ways."""

    wanted: type
    unwanted: tuple[type, ...] = ()
    integer: bool = False
    store: Callable[[Field], Callable[[Value], Stored]] | None = None
    restore: Callable[[Field], Callable[[Stored], Value]] | None = None


def _as_iso(_: Field) -> Callable[[Value], Stored]:
    return lambda value: value.isoformat() if isinstance(value, date) else None


def _scaled(field: Field) -> Callable[[Value], Stored]:
    def scale(value: Value) -> Stored:
        scaled = Decimal(str(value)).scaleb(field.decimals)
        if scaled != int(scaled):
            raise ValueError(f"{field.name} keeps {field.decimals} decimal places, which {value} exceeds.")
        return int(scaled)

    return scale


def _unscaled(field: Field) -> Callable[[Stored], Value]:
    return lambda stored: Decimal(str(stored)).scaleb(-field.decimals)


_TEXT = Form(str)
# To Python a yes is also an int, and a moment also a date; to us they are not.
_INTEGER = Form(int, (bool,), integer=True)
_FORMS = {
    Kind.INTEGER: _INTEGER,
    Kind.PERCENT: _INTEGER,
    Kind.MONEY: _INTEGER,
    Kind.YES_NO: Form(bool, integer=True, store=lambda _: int, restore=lambda _: bool),  # type: ignore[arg-type, return-value]  # the wanted type is looked at first
    Kind.DECIMAL: Form(Decimal, integer=True, store=_scaled, restore=_unscaled),
    Kind.DATE: Form(date, (datetime,), store=_as_iso, restore=lambda _: lambda stored: date.fromisoformat(str(stored))),
    Kind.MOMENT: Form(datetime, store=_as_iso, restore=lambda _: lambda stored: datetime.fromisoformat(str(stored))),
}


def link_table(kind: str, field: Field) -> str:
    """Return the name, in quotes, of the table that holds the values of a field that holds several."""
    return f'"{kind}_{field.name}"'


def is_integer(field: Field) -> bool:
    """Whether the field's column holds integers; the others hold text."""
    return _FORMS.get(field.kind, _TEXT).integer


def storer(field: Field) -> Callable[[Value], Stored]:
    """Return the function that gives a value as its column holds it; TypeError for a value of another type."""
    form = _FORMS.get(field.kind, _TEXT)
    wanted, unwanted = form.wanted, form.unwanted
    convert = form.store(field) if form.store else None

    def store(value: Value) -> Stored:
        if value is None:
            return None
        if not isinstance(value, wanted) or isinstance(value, unwanted):
            raise TypeError(f"The field {field.name} ({field.kind}) cannot hold {value!r}.")
        return convert(value) if convert else value  # type: ignore[return-value]  # text and integers stand as they are

    return store


def restorer(field: Field) -> Callable[[Stored], Value] | None:
    """Return the function that gives back the value of a column that is not empty, or None if it is the value."""
    restore = _FORMS.get(field.kind, _TEXT).restore
    return restore(field) if restore else None


def several(field: Field, value: Value) -> tuple[str, ...]:
    """Return the values of a field that holds several; TypeError unless they are sorted texts, each once."""
    if value is None:
        return ()
    if not isinstance(value, tuple) or list(value) != sorted(set(value)):
        raise TypeError(f"The field {field.name} holds a sorted tuple of texts, each once, and not {value!r}.")
    return value
