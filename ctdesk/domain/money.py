"""Money in whole pence: read as people type it, written as people read it."""

import re
from decimal import ROUND_HALF_EVEN, Decimal

from ctdesk.domain.reading import Doubtful, Unreadable

_FACTORS = {"": 1, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000}
_AMOUNT = re.compile(
    r"""(?P<minus>[-−–(])?\s*(?:£|gbp)?\s*(?P<minus2>[-−–])?\s*
        (?P<number>\d[\d,\s]*(?:\.\d+)?|\.\d+)\s*
        (?P<factor>k|thousand|mn|m|million)?\s*(?:pounds|gbp|£)?\s*\)?\s*
        (?P<period>(?:p\.?\s?a\.?|per\s+annum|per\s+year|a\s+year|/\s?(?:yr|year|annum)|annually|each\s+year)\.?)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_GROUPED = re.compile(r"\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?$|\d+(?:\.\d+)?$|\.\d+$")
_WHOLE_BELOW = 10**12
"""Pounds that a float holds to the penny, so that whole ones need no decimal arithmetic."""
_OTHER_PERIOD = re.compile(
    r"\b(?:per|a|each|/)\s*(?:month|week|day|quarter|term|hour)\b|\b(?:pcm|pw|pm)\b", re.IGNORECASE
)


def read_money(cell: object) -> int:
    """Return the pence of an amount as a person types it: £1,250.50, 1.2m, 3k, £3,000 pa, (250).

    Raises Unreadable if it is not an amount, Doubtful if it is one that should be asked about.
    """
    if isinstance(cell, bool):
        raise Unreadable("is not an amount of money")
    if isinstance(cell, int | float) and abs(cell) < _WHOLE_BELOW and cell == int(cell):
        return int(cell) * 100
    if isinstance(cell, int | float | Decimal):
        return _pence(Decimal(str(cell)), str(cell))
    text = str(cell).strip()
    if _OTHER_PERIOD.search(text):
        raise Unreadable("is not a yearly amount; give pounds for the whole year")
    found = _AMOUNT.match(text)
    if not found or text.count("(") != text.count(")") or not _GROUPED.match(found["number"].strip()):
        raise Unreadable("is not an amount of money; put pounds in figures only")
    number = Decimal(re.sub(r"[,\s]", "", found["number"])) * _FACTORS[(found["factor"] or "").lower()]
    negative = found["minus"] or found["minus2"]
    return _pence(-number if negative else number, text)


def _pence(pounds: Decimal, written: str) -> int:
    if not pounds.is_finite() or abs(pounds) > 10**13:
        raise Unreadable("is not an amount of money that can be kept")
    pence = pounds * 100
    whole = pence.quantize(Decimal(1), ROUND_HALF_EVEN)
    if abs(pence - whole) > Decimal("0.01"):
        raise Doubtful(f"has parts of a penny ({written.strip()})", int(whole))
    return int(whole)


def money_text(pence: int) -> str:
    """Return an amount for people: £1,250.50, £642,000, –£11."""
    pounds, rest = divmod(abs(pence), 100)
    sign = "–" if pence < 0 else ""
    return f"{sign}£{pounds:,}.{rest:02d}" if rest else f"{sign}£{pounds:,}"
