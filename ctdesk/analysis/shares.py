"""Sharing a cost: by the size of budgets, by headcount, or by stated shares, adding up to the penny and to 100."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ctdesk.domain.apportion import apportion


@dataclass(frozen=True, slots=True)
class Share:
    """One partner's part of a cost: pence, and a whole percentage."""

    name: str
    weight: Fraction
    amount: int
    percent: int


def shares(amount: int, weights: Sequence[tuple[str, Fraction]]) -> list[Share]:
    """Return each partner's part of an amount of pence, in proportion to the weights, in the order given.

    Amounts add up to the whole and percentages to 100: what rounding leaves goes to the largest remainders, the
    earlier first. Raises ValueError for weights below nought or with no weight among them.
    """
    numbers = [weight for _, weight in weights]
    if not any(numbers):
        raise ValueError("there is nothing to share by")
    parts, percents = apportion(amount, numbers), apportion(100, numbers)
    return [
        Share(name, weight, part, percent)
        for (name, weight), part, percent in zip(weights, parts, percents, strict=True)
    ]
