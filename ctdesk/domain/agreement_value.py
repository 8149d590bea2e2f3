"""What an agreement is worth: a year, after variations and uplifts; and over its term, with the sum it came from.

The year’s value on a day is that agreed at the start, then altered by each variation in the order of their first days.
The value over the term is that of the first term, with what exercised extensions add and what variations add from
their day to the end. Sums are whole pence; parts of a year are counted in whole months and days of the last month.

Where the term ends before it was to, early or by a variation, each stretch of it counts in proportion to the months
that are left of it. The payments agreed so far would not do: what is paid quarterly in advance or in arrears falls due
before or after what it is for, and most registers hold no profile. Where the parties settled on another sum, an officer
types it, and it goes before what is worked out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from ctdesk.domain.agreement_parts import AgreementParts
from ctdesk.domain.agreement_term import exercised, extension_name
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import add_months, date_text
from ctdesk.domain.definition import Values
from ctdesk.domain.held import day_in, number_in
from ctdesk.domain.money import money_text
from ctdesk.domain.records.agreement_terms import VariationKind

_OF_VALUE = {VariationKind.VALUE, VariationKind.UPLIFT}


@dataclass(frozen=True, slots=True)
class WorkedValue:
    """An amount in pence with the sum it came from, in words: `£75,000 is £50,000 a year for 18 months`."""

    pence: int
    sum: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one stretch of the term adds, in pence, what it is called, and how that was worked out, if it was."""

    pence: int
    called: str
    how: str = ""


def annual_value(parts: AgreementParts, on: date) -> int | None:
    """Return the value of a year in pence as it is on a day; None if none was ever given."""
    return [value for since, value in yearly_values(parts) if since <= on][-1]


def yearly_values(parts: AgreementParts) -> Iterator[tuple[date, int | None]]:
    """Yield each value of a year in pence with the day from which it is so, the first from ever."""
    value = number_in(parts.values, "annual_value")
    yield date.min, value
    for variation in value_variations(parts):
        value = varied(value, variation)
        yield day_in(variation, "from_date") or date.max, value


def value_variations(parts: AgreementParts) -> list[Values]:
    """Return the variations of value, in the order in which they begin."""
    of_value = [it for it in parts.variations if it.get("what") in _OF_VALUE and day_in(it, "from_date")]
    return sorted(of_value, key=lambda it: day_in(it, "from_date") or date.max)


def varied(value: int | None, variation: Values) -> int | None:
    """Return a year’s value after a variation: the new value, or the old one with its percentage added."""
    if variation.get("what") == VariationKind.VALUE:
        new = number_in(variation, "annual_value")
        return value if new is None else new
    percent = variation.get("percent")
    return uplifted(value, percent) if value is not None and isinstance(percent, Decimal) else value


def uplifted(value: int, percent: Decimal) -> int:
    """Return pence with so many per cent added, rounded to the penny, halves to the even one."""
    return round(value * (100 + Fraction(percent)) / 100)


def total_value(parts: AgreementParts, end: date | None) -> WorkedValue | None:
    """Return the value over the term that ends on a day, with its sum; None where too little is known.

    Where no total was given it is the year’s value times the years. An extension without a value of its own, and what
    a variation adds to the term, add the year’s value times their years.
    """
    settled = number_in(parts.values, "final_value")
    if settled is not None and day_in(parts.values, "terminated_on"):
        return WorkedValue(settled, f"{money_text(settled)} is what was settled on when it was ended early")
    pieces = list(_pieces(parts, end))
    if not pieces:
        return None
    pence = sum(piece.pence for piece in pieces)
    return WorkedValue(pence, f"{money_text(pence)} is {_added(pieces)}")


def _added(pieces: list[_Piece]) -> str:
    if len(pieces) == 1:
        return pieces[0].how or f"what was agreed for {pieces[0].called}"
    said = (f"{money_text(it.pence)} for {it.called}{f' ({it.how})' if it.how else ''}" for it in pieces)
    return " and ".join(said)


def years_between(first: date, last: date) -> Fraction:
    """Return the years from a first to a last day, both counted: whole months, and days of the month begun."""
    months, begun, next_one, after = _counted(first, last)
    return Fraction(months, 12) + Fraction((after - begun).days, (next_one - begun).days * 12)


def span_words(first: date, last: date) -> str:
    """Return how long it is from a first to a last day, both counted: 15 months and 12 days."""
    months, begun, _, after = _counted(first, last)
    said = [counted(months, "month")] if months or after == begun else []
    return " and ".join([*said, *([counted((after - begun).days, "day")] if after > begun else [])])


def _counted(first: date, last: date) -> tuple[int, date, date, date]:
    """Return the whole months of a stretch, the first days of the month begun and of the next, and the day after."""
    after = max(last + timedelta(days=1), first)
    months = (after.year - first.year) * 12 + after.month - first.month
    months -= add_months(first, months) > after
    return months, add_months(first, months), add_months(first, months + 1), after


def _pieces(parts: AgreementParts, end: date | None) -> Iterator[_Piece]:
    """Yield what each stretch of the term adds until the end; nothing at all if the first term’s value is unknown."""
    total, yearly = number_in(parts.values, "total_value"), number_in(parts.values, "annual_value")
    start, last = day_in(parts.values, "start"), day_in(parts.values, "end")
    if last is None and total is None:
        last = day_in(parts.values, "terminated_on")
    if total is None and (yearly is None or start is None or last is None):
        return
    yield _stretch("the first term", start, last, end=end, value=total, yearly=yearly)
    for extension in exercised(parts):
        first, to = _day_after(last), day_in(extension, "end")
        if first is None or end is None or first <= end:
            called, value = extension_name(extension).lower(), number_in(extension, "value")
            yield _stretch(called, first, to, end=end, value=value, yearly=yearly)
        last = to or last
    if last is not None and end is not None and end > last and yearly is not None:
        yield _stretch("the term as varied", _day_after(last), end, end=end, value=None, yearly=yearly)
    yield from _variations(parts, end)


def _stretch(
    called: str, first: date | None, last: date | None, *, end: date | None, value: int | None, yearly: int | None
) -> _Piece:
    """Return what a stretch of the term adds, whole or as far as the end: its own value, or the year’s."""
    if first is None or last is None:
        return _Piece(value or 0, called)
    until = last if end is None else min(end, last)
    years, whole = years_between(first, until), years_between(first, last)
    if value is None:
        how = f"{span_words(first, until)} at {money_text(yearly or 0)} a year"
        return _Piece(round((yearly or 0) * years), called, how)
    if years == whole:
        return _Piece(value, called)
    how = f"{span_words(first, until)} of {span_words(first, last)} at {money_text(value)}"
    return _Piece(round(value * years / whole), f"{called} until {date_text(until)}", how)


def _variations(parts: AgreementParts, end: date | None) -> Iterator[_Piece]:
    """Yield what variations add to the value from their days to the end; a cut is below nought."""
    value = number_in(parts.values, "annual_value")
    for variation in value_variations(parts):
        new, first = varied(value, variation), day_in(variation, "from_date")
        if value and end is not None and first is not None and first <= end:
            added = round(((new or 0) - value) * years_between(first, end))
            how = f"{span_words(first, end)} at {money_text((new or 0) - value)} a year"
            yield _Piece(added, f"the variation from {date_text(first)}", how)
        value = new


def _day_after(day: date | None) -> date | None:
    return day + timedelta(days=1) if day is not None else None
