"""Sharing a whole number out so that the rounded parts add up to it (the method of largest remainders)."""

from collections.abc import Sequence
from fractions import Fraction


def apportion(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Return whole parts of `total` in proportion to `weights`, adding up to it exactly.

    Each part is its exact share rounded down or up; those with the largest remainders are rounded up, the
    earlier first where they tie, so a weight of nought gets nothing. Raises ValueError for negative numbers
    and for a total that has no weight to go to.
    """
    whole = sum(weights)
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("only amounts of nought or more can be shared out")
    if not whole:
        if total:
            raise ValueError("there is nothing to share the total out by")
        return [0] * len(weights)
    shares = [divmod(total * weight, whole) for weight in weights]
    parts = [int(part) for part, _ in shares]
    by_remainder = sorted(range(len(parts)), key=lambda place: shares[place][1], reverse=True)
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
