"""What ends within a year of the as-at date, and how all other activities end."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from ctdesk.analysis.tally import tally
from ctdesk.domain.baseline import ActivityLine
from ctdesk.domain.baseline_figures import Ending, Month
from ctdesk.domain.dates import add_months


def ending(lines: Iterable[ActivityLine], as_at: date) -> Ending:
    """Return every activity under one of five heads; within a year means after `as_at` and by its anniversary.

    An activity with an end date counts by it, also when it is marked open-ended.
    """
    horizon = add_months(as_at, 12)
    heads: dict[str, list[ActivityLine]] = defaultdict(list)
    for line in lines:
        heads[_head(line, as_at, horizon)].append(line)
    within = sorted(heads["within"], key=lambda line: (line.end or horizon, -(line.value or 0), line.agency))
    return Ending(
        horizon=horizon,
        lines=tuple(within),
        total=tally("", within),
        months=_months(within, as_at, horizon),
        already=tally("", heads["already"]),
        later=tally("", heads["later"]),
        open_ended=tally("", heads["open"]),
        not_given=tally("", heads["not given"]),
    )


def _head(line: ActivityLine, as_at: date, horizon: date) -> str:
    if line.end is None:
        return "open" if line.open_ended else "not given"
    if line.end <= as_at:
        return "already"
    return "within" if line.end <= horizon else "later"


def _months(lines: Iterable[ActivityLine], as_at: date, horizon: date) -> tuple[Month, ...]:
    """Return each calendar month that has a day after `as_at` and by `horizon`, also where nothing ends."""
    counts: dict[date, int] = defaultdict(int)
    values: dict[date, int] = defaultdict(int)
    for line in lines:
        first = (line.end or horizon).replace(day=1)
        counts[first] += 1
        values[first] += line.value or 0
    start = date.fromordinal(as_at.toordinal() + 1).replace(day=1)
    months = []
    while start <= horizon:
        months.append(Month(start, counts[start], values[start]))
        start = add_months(start, 1)
    return tuple(months)
