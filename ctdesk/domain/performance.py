"""How a result stands to its target: rating with its reason in words, direction, score of an agreement.

Percentages of tolerance and distance are of the target, without its sign. Where the target is nought any miss is red.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from ctdesk.domain.definition import Value, Values
from ctdesk.domain.records.monitoring import PER_CENT, Polarity, Rating
from ctdesk.domain.rounding import percentage

ALIKE = Decimal("0.02")
"""Results that differ by no more than this part of the larger are about the same."""

_PART_OF_ONE_TO = 5
"""Parts of one up to this, 500%, are thought of; a higher rate is rare."""


class Direction(StrEnum):
    """Where a measure has gone since the period before."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "about the same"
    UNKNOWN = "not known"


class Standing(StrEnum):
    """How an agreement stands in a period, worst first as it is listed."""

    RED = "red"
    MISSING = "missing"
    AMBER = "amber"
    GREEN = "green"
    NOT_DUE = "not due"


@dataclass(frozen=True, slots=True)
class Judged:
    """A rating with the sentence that says why."""

    rating: Rating | None
    reason: str


def figure_text(value: Decimal, unit: str = "") -> str:
    """Return a figure for people, without idle noughts, with its unit: 17.5 weeks, 84%, 1,200."""
    text = f"{value.normalize():,f}"
    if unit in PER_CENT:
        return f"{text}%"
    return f"{text} {unit}".strip()


def reached(values: Values) -> Decimal | None:
    """Return what was reached: the figure given, else the rate of its two parts in per cent; None if neither is."""
    actual = values.get("actual")
    if isinstance(actual, Decimal):
        return actual
    top, bottom = values.get("numerator"), values.get("denominator")
    if isinstance(top, Decimal) and isinstance(bottom, Decimal) and bottom:
        return (top / bottom * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return None


def likely_per_cent(actual: Decimal, values: Values, target: Value) -> Decimal | None:
    """Return the percentage that a figure stands for if it seems to be a part of one; None if it seems to be none.

    It seems so up to one, and above it if a hundred times as much is nearer the target; not if it is the rate of the
    two parts that `values` give beside it.
    """
    parts = reached({**values, "actual": None})
    if parts is not None and abs(parts - actual) <= Decimal("0.1"):
        return None
    hundredfold = (actual * 100).quantize(Decimal("0.01"))
    nearer = isinstance(target, Decimal) and abs(hundredfold - target) < abs(actual - target)
    return hundredfold if 0 < actual <= 1 or (1 < actual <= _PART_OF_ONE_TO and nearer) else None


def rate(values: Values) -> Judged:
    """Return the rating of one result and its reason, from the target, polarity and tolerance it carries.

    The rating is None where nothing was reported or no target was set, and the reason says which.
    """
    actual, target, unit = reached(values), values.get("target"), str(values.get("unit") or "")
    if actual is None:
        return Judged(None, "Nothing was reported.")
    if not isinstance(target, Decimal):
        return Judged(None, "No target was set.")
    low = values.get("polarity") == Polarity.LOW
    missed_by = actual - target if low else target - actual
    against = f"{figure_text(actual, unit)} against {figure_text(target, unit)}"
    if missed_by <= 0:
        return Judged(Rating.GREEN, f"{against}: {'met' if missed_by == 0 else 'better than the target'}.")
    return _missed(values, target, missed_by, against, low=low)


def _missed(values: Values, target: Decimal, missed_by: Decimal, against: str, *, low: bool) -> Judged:
    unit, size = str(values.get("unit") or ""), abs(target)
    percent = values.get("amber_percent")
    tolerance = size * Decimal(percent if isinstance(percent, int) else 0) / 100
    side = "above" if low else "below"
    share = f" ({_percent(missed_by / size)} {side})" if size else ""
    if missed_by <= tolerance:
        return Judged(Rating.AMBER, f"{against}{share}: missed, within the {percent}% that is still amber.")
    edge = target + tolerance if low else target - tolerance
    ends = f"; amber ends at {figure_text(edge.quantize(Decimal('0.01')), unit)}" if tolerance else ""
    return Judged(Rating.RED, f"{against}{share}: missed{ends}.")


def _percent(share: Decimal) -> str:
    """Return a share in whole per cent, and one that is not nought never as nought."""
    whole = (share * 100).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{whole}%" if whole else "under 1%"


def effective(values: Values) -> Judged:
    """Return the officer's judgement with its reason where there is one, else the computed rating."""
    computed, judgement = rate(values), values.get("judgement")
    if judgement and judgement != computed.rating:
        told = computed.rating.value if computed.rating else "not rated"
        return Judged(
            Rating(str(judgement)), f"Computed {told}; the officer says {judgement}: {values['judgement_reason']}."
        )
    return computed


def direction(before: Decimal | None, now: Decimal | None, polarity: Value) -> Direction:
    """Return whether a figure has got better or worse from one period to the next."""
    if before is None or now is None:
        return Direction.UNKNOWN
    largest = max(abs(before), abs(now))
    if abs(now - before) <= largest * ALIKE:
        return Direction.SAME
    return Direction.BETTER if (now > before) != (polarity == Polarity.LOW) else Direction.WORSE


def movement(figures: Sequence[Decimal | None], polarity: Value) -> str:
    """Return the direction of the last of several figures in words, counting how often it has been the same.

    `figures` are of successive periods, the latest last: “Worse, 3rd time”, “Better”, “About the same”, “Not known”.
    """
    steps = [direction(a, b, polarity) for a, b in pairwise(figures)]
    if not steps:
        return Direction.UNKNOWN.capitalize()
    last, times = steps[-1], 0
    while times < len(steps) and steps[-1 - times] == last:
        times += 1
    told = last.capitalize()
    return f"{told}, {_ordinal(times)} time" if times > 1 and last in {Direction.BETTER, Direction.WORSE} else told


def _ordinal(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def score(results: Iterable[tuple[Values, int]]) -> int | None:
    """Return the weighted share of targets met, from 0 to 100, halves up; None if nothing could be rated.

    `results` are pairs of a result and its weight. A measure asked for and not reported counts as not met; one
    without a target does not count.
    """
    met = of = 0
    reported = False
    for values, weight in results:
        if not isinstance(values.get("target"), Decimal):
            continue
        judged = effective(values)
        reported = reported or judged.rating is not None
        of += weight
        met += weight if judged.rating is Rating.GREEN else 0
    return percentage(met, of) if reported and of else None


def standing(results: Sequence[Values], *, returned: bool, due: bool) -> Standing:
    """Return how an agreement stands: by its worst measure if the return came, else missing or not due."""
    if not returned:
        return Standing.MISSING if due else Standing.NOT_DUE
    found = {effective(values).rating for values in results}
    for rating, stands in _WORST_FIRST.items():
        if rating in found:
            return stands
    return Standing.MISSING if results else Standing.GREEN


_WORST_FIRST: Mapping[Rating, Standing] = {
    Rating.RED: Standing.RED,
    Rating.AMBER: Standing.AMBER,
    Rating.GREEN: Standing.GREEN,
}
