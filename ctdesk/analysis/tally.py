"""Counting activity lines and their money."""

from collections.abc import Iterable

from ctdesk.domain.baseline import ActivityLine
from ctdesk.domain.baseline_figures import Tally


def tally(name: str, lines: Iterable[ActivityLine]) -> Tally:
    """Return how many lines there are and what they come to, in pence a year."""
    activities = value = estimated_activities = estimated = unvalued = 0
    for line in lines:
        activities += 1
        value += line.value or 0
        unvalued += line.value is None
        if line.estimated:
            estimated_activities += 1
            estimated += line.value or 0
    return Tally(name, activities, value, estimated_activities, estimated, unvalued)
