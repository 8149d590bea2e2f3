"""Sharing a cost among partners by weights as people type them: £5,600k, 62%, 14.5."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from ctdesk.analysis.shares import Share, shares
from ctdesk.domain.errors import DeskError
from ctdesk.domain.money import read_money
from ctdesk.domain.reading import Doubtful, Unreadable

_FACTORS = {"k": 1_000, "m": 1_000_000, "": 1}
_WEIGHT = re.compile(r"£?\s*(?P<number>[\d,]*\.?\d+)\s*(?P<factor>[km]?)\s*%?$", re.IGNORECASE)


def share_cost(amount: str, named: Sequence[str]) -> list[Share]:
    """Return the shares of a typed amount by texts like `NHS=9,200k`.

    Raises DeskError if the amount or a weight cannot be read, a name comes twice, or all weights are nought.
    """
    return shared(read_cost(amount), [_named_weight(text) for text in named])


def shared(amount: int, weights: Sequence[tuple[str, Fraction]]) -> list[Share]:
    """Return the shares of pence by weights with names; DeskError if one comes twice, or there is nothing to go by."""
    names = [name.casefold() for name, _ in weights]
    twice = next((name for name, _ in weights if names.count(name.casefold()) > 1), None)
    if twice:
        raise DeskError(f"{twice} is named twice; give each partner one weight.")
    try:
        return shares(amount, weights)
    except ValueError as fault:
        raise DeskError("All weights are nought, so there is nothing to share by; give at least one more.") from fault


def read_cost(typed: str) -> int:
    """Return a typed cost in pence; DeskError if it cannot be read or is below nought."""
    text = typed.strip()
    try:
        pence = read_money(text)
    except (Unreadable, Doubtful) as fault:
        raise DeskError(f"“{text}” {fault}; give the cost to be shared, for instance £118,400.") from fault
    if pence < 0:
        raise DeskError(f"“{text}” is below nought; give the cost to be shared, for instance £118,400.")
    return pence


def _named_weight(text: str) -> tuple[str, Fraction]:
    name, equals, typed = text.rpartition("=")
    if not equals or not name.strip():
        raise DeskError(f"“{text}” is not of the form Name=weight, for instance NHS=9,200k.")
    return name.strip(), read_weight(name.strip(), typed)


def read_weight(name: str, typed: str) -> Fraction:
    """Return the weight typed for a partner; DeskError if it is none."""
    found = _WEIGHT.match(typed.strip())
    try:
        number = Decimal(found["number"].replace(",", "")) if found else None
    except InvalidOperation:
        number = None
    if found is None or number is None:
        raise DeskError(f"{name}: “{typed.strip()}” is no weight; give a number like 9,200k.")
    return Fraction(number) * _FACTORS[found["factor"].lower()]
