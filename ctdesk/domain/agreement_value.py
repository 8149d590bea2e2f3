"""What an agreement is worth: a year, after variations and uplifts; and over its term.

The year’s value on a day is that agreed at the start, then altered by each variation in the order of their first days.
The value over the term is that of the first term, with what exercised extensions add and what variations add from
their day to the end. Sums are whole pence; parts of a year are counted in whole months and days of the last month.
"""

from datetime import date, timedelta
from fractions import Fraction

from ctdesk.domain.agreement_parts import AgreementParts, day_in, number_in
from ctdesk.domain.agreement_term import exercised
from ctdesk.domain.dates import add_months
from ctdesk.domain.definition import Value, Values
from ctdesk.domain.records.agreement_terms import VariationKind

_OF_VALUE = {VariationKind.VALUE, VariationKind.UPLIFT}


def annual_value(parts: AgreementParts, on: date) -> int | None:
    """Return the value of a year in pence as it is on a day; None if none was ever given."""
    value = number_in(parts.values, "annual_value")
    for variation in value_variations(parts):
        if (day_in(variation, "from_date") or date.max) <= on:
            value = varied(value, variation)
    return value


def value_variations(parts: AgreementParts) -> list[Values]:
    """Return the variations of value, in the order in which they begin."""
    of_value = [it for it in parts.variations if it.get("what") in _OF_VALUE and day_in(it, "from_date")]
    return sorted(of_value, key=lambda it: day_in(it, "from_date") or date.max)


def varied(value: int | None, variation: Values) -> int | None:
    """Return a year’s value after a variation: the new value, or the old one with its percentage added."""
    if variation.get("what") == VariationKind.VALUE:
        new = number_in(variation, "annual_value")
        return value if new is None else new
    tenths = number_in(variation, "percent_tenths")
    return value if value is None or tenths is None else uplifted(value, tenths)


def uplifted(value: int, tenths: int) -> int:
    """Return pence with tenths of a per cent added, rounded to the penny, halves to the even one."""
    return round(Fraction(value * (1000 + tenths), 1000))


def total_value(parts: AgreementParts, end: date | None) -> int | None:
    """Return the value over the term that ends on a day, in pence; None where too little is known.

    Where no total was given it is the year’s value times the years. An extension without a value of its own adds
    the year’s value times its years.
    """
    first = _first_term(parts)
    if first is None:
        return None
    return first + sum(_extensions(parts)) + _variations(parts, end)


def years_between(first: date, last: date) -> Fraction:
    """Return the years from a first to a last day, both counted: whole months, and days of the month begun."""
    after = last + timedelta(days=1)
    if after <= first:
        return Fraction(0)
    months = (after.year - first.year) * 12 + after.month - first.month
    months -= add_months(first, months) > after
    begun, next_one = add_months(first, months), add_months(first, months + 1)
    return Fraction(months, 12) + Fraction((after - begun).days, (next_one - begun).days * 12)


def _first_term(parts: AgreementParts) -> int | None:
    total, yearly = number_in(parts.values, "total_value"), number_in(parts.values, "annual_value")
    start, end = day_in(parts.values, "start"), day_in(parts.values, "end")
    if total is not None or yearly is None or start is None or end is None:
        return total
    return round(yearly * years_between(start, end))


def _extensions(parts: AgreementParts) -> list[int]:
    """Return what each exercised extension adds, in pence."""
    yearly, before, added = number_in(parts.values, "annual_value"), day_in(parts.values, "end"), []
    for extension in exercised(parts):
        value, end = number_in(extension, "value"), day_in(extension, "end")
        if value is None and yearly is not None and before is not None and end is not None:
            value = round(yearly * years_between(before + timedelta(days=1), end))
        added.append(value or 0)
        before = end or before
    return added


def _variations(parts: AgreementParts, end: date | None) -> int:
    """Return what variations add to the value from their days to the end, in pence; a cut is below nought."""
    value, added = number_in(parts.values, "annual_value"), 0
    for variation in value_variations(parts):
        new = varied(value, variation)
        added += _over_the_rest((new or 0) - (value or 0), variation.get("from_date"), end) if value else 0
        value = new
    return added


def _over_the_rest(more_a_year: int, first: Value, end: date | None) -> int:
    if end is None or not isinstance(first, date):
        return 0
    return round(more_a_year * years_between(first, end))
