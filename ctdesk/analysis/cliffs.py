"""Cliff edges: money that ends with nothing to follow it, and who depends on it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from ctdesk.analysis.parting import share_out
from ctdesk.domain.dates import add_months, financial_year
from ctdesk.domain.map_outlook import Cliffs, Dependence, MonthEnding, Part
from ctdesk.domain.service_lines import ServiceLine
from ctdesk.domain.words import plain_text

EARLY, LATE = 1, 3
"""A successor starts from so many months before the end to so many after it."""

WHOLE_AREA, NO_AREA, NO_NAME = "The whole area", "Not given", "Not given"


def cliffs(lines: Sequence[ServiceLine], as_at: date, months: int = 12) -> Cliffs:
    """Return what ends in the months after `as_at`: with nothing to follow, or followed by what.

    An activity is followed by one of the same agency and outcome, with the same provider or title, that starts about
    when it ends. One that is to be decommissioned ends as it was meant to, but its money still ends.
    """
    horizon = add_months(as_at, months)
    ending = sorted((it for it in lines if it.end and as_at < it.end <= horizon), key=lambda it: (it.end, -it.money))
    alike: dict[tuple[str, str], list[ServiceLine]] = defaultdict(list)
    for line in lines:
        alike[line.agency_uid, line.outcome].append(line)
    after = {line.uid: successor(line, alike[line.agency_uid, line.outcome]) for line in ending}
    lost = tuple(line for line in ending if after[line.uid] is None)
    return Cliffs(
        as_at=as_at,
        horizon=horizon,
        lines=lost,
        amount=sum(line.money for line in lost),
        months=_months(ending, {line.uid for line in lost}, as_at, horizon),
        by_outcome=_by(lost, lambda line: (line.outcome,)),
        by_area=_by(lost, lambda line: (WHOLE_AREA,) if line.everywhere else line.areas),
        by_provider=_by(lost, lambda line: (line.provider,)),
        by_agency=_by(lost, lambda line: (line.agency,)),
        followed=tuple((line, follower) for line in ending if (follower := after[line.uid]) is not None),
        dependence=_dependence(lines, lost),
        grants=tuple(line for line in lines if _outlives_its_funder(line, as_at)),
    )


def successor(line: ServiceLine, lines: Iterable[ServiceLine]) -> ServiceLine | None:
    """Return which of these follows an activity when it ends, if any does."""
    end = line.end
    if end is None:
        return None
    first, last = add_months(end, -EARLY), add_months(end, LATE)
    return next((it for it in lines if it.start and first <= it.start <= last and _follows(it, line)), None)


def _follows(later: ServiceLine, line: ServiceLine) -> bool:
    if later.uid == line.uid or later.agency_uid != line.agency_uid or later.outcome != line.outcome:
        return False
    if later.end and line.end and later.end <= line.end:
        return False
    same_provider = bool(line.deliverer) and later.deliverer == line.deliverer
    return same_provider or plain_text(later.title) == plain_text(line.title)


def _months(ending: Iterable[ServiceLine], lost: set[str], as_at: date, horizon: date) -> tuple[MonthEnding, ...]:
    """Return each month that has a day after `as_at` and by the horizon, also where nothing ends."""
    sums: dict[date, list[int]] = defaultdict(lambda: [0, 0, 0])
    for line in ending:
        found = sums[(line.end or horizon).replace(day=1)]
        if line.uid in lost:
            found[0] += line.money
            found[1] += 1
        else:
            found[2] += 1
    first = date.fromordinal(as_at.toordinal() + 1).replace(day=1)
    months = []
    while first <= horizon:
        months.append(MonthEnding(first, *sums[first]))
        first = add_months(first, 1)
    return tuple(months)


def _by(lines: Iterable[ServiceLine], names: Callable[[ServiceLine], tuple[str, ...]]) -> tuple[Part, ...]:
    """Return the money by names, the largest first, shared equally where there are several, to the penny."""
    amounts: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for line in lines:
        under = [name or NO_NAME for name in names(line)] or [NO_AREA]
        for name, part in zip(under, share_out(line.money, tuple((0, 1) for _ in under)), strict=True):
            amounts[name] += part
            counts[name] += 1
    parts = (Part(name, amounts[name], counts[name]) for name in counts)
    return tuple(sorted(parts, key=lambda part: (-part.amount, part.name.casefold())))


def _dependence(lines: Iterable[ServiceLine], lost: Iterable[ServiceLine]) -> tuple[Dependence, ...]:
    """Return the providers that lose money, those that lose the largest part first."""
    ending: Counter[str] = Counter()
    for line in lost:
        if line.deliverer != line.agency_uid:
            ending[line.deliverer] += line.money
    by_agency: dict[str, Counter[str]] = defaultdict(Counter)
    names: dict[str, str] = {}
    for line in lines:
        if line.deliverer and line.deliverer in ending and line.deliverer != line.agency_uid:
            by_agency[line.deliverer][line.agency] += line.money
            names[line.deliverer] = line.provider
    found = [
        Dependence(names[uid], sum(agencies.values()), ending[uid], *agencies.most_common(1)[0])
        for uid, agencies in by_agency.items()
        if ending[uid]
    ]
    return tuple(sorted(found, key=lambda it: (-it.percent_ending, -it.ending, it.provider.casefold())))


def _outlives_its_funder(line: ServiceLine, as_at: date) -> bool:
    """Whether its funding lines stop in a year before the one it ends in, or before now if it goes on for good."""
    if not line.funded_until or (line.end and line.end <= as_at):
        return False
    until = financial_year(line.end) if line.end else financial_year(add_months(as_at, 12))
    return line.funded_until < until
