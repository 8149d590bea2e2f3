"""Gaps: needs with no service, areas far below the mean, services with no outcome, outcomes with one provider."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ctdesk.domain.map_findings import Gap, PerHead, PlanNeed
from ctdesk.domain.service_lines import ServiceLine

FAR_BELOW = 2
"""A cell is thin when it is under one in so many of the mean: half of it."""


def gaps(lines: Sequence[ServiceLine], needs: Sequence[PlanNeed], per_head: Iterable[PerHead]) -> list[Gap]:
    """Return every gap: the plan’s needs, priorities first, then what is thin, the thinnest first, then the rest."""
    thin = sorted(_thin(per_head), key=lambda gap: (gap.amount * 1_000 // (gap.mean or 1), gap.area))
    return [*_unmet(lines, needs), *thin, *_no_outcome(lines), *_one_provider(lines)]


def _unmet(lines: Sequence[ServiceLine], needs: Sequence[PlanNeed]) -> Iterator[Gap]:
    for need in sorted(needs, key=lambda need: not need.priority):
        if not any(meets(line, need) for line in lines):
            yield Gap(
                kind="no service",
                outcome=need.outcome,
                tier=need.tier,
                ages=ages_text(need.age_from, need.age_to),
                area=", ".join(need.areas),
                need=need.title,
                evidence=need.source,
                lead=need.lead,
                priority=need.priority,
            )


def meets(line: ServiceLine, need: PlanNeed) -> bool:
    """Whether a service answers a need: its outcome, and tier, ages and area as far as the need says them."""
    if line.outcome != need.outcome or (need.tier and line.tier != need.tier):
        return False
    if need.areas and not line.everywhere and not set(need.areas) <= set(line.areas):
        return False
    return _serves_ages(line, need)


def _serves_ages(line: ServiceLine, need: PlanNeed) -> bool:
    if need.age_from is None and need.age_to is None:
        return True
    if line.age_from is None and line.age_to is None:
        return False
    low, high = need.age_from or 0, 99 if need.age_to is None else need.age_to
    return (line.age_from or 0) <= high and low <= (99 if line.age_to is None else line.age_to)


def ages_text(low: int | None, high: int | None) -> str:
    """Return an age range in words; nothing where none is given."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low} and over"
    return f"{low or 0} to {high}" if low != high else str(low)


def _thin(tables: Iterable[PerHead]) -> Iterator[Gap]:
    for table in tables:
        for area, cost in table.areas:
            if cost is not None and table.mean and is_thin(cost, table.mean):
                by = {table.by: table.column}
                yield Gap(
                    "thin",
                    area=area,
                    amount=cost,
                    mean=table.mean,
                    tier=by.get("tier", ""),
                    ages=by.get("age_band", ""),
                )


def is_thin(cost: int, mean: int) -> bool:
    """Whether a cost a head is far below the mean."""
    return FAR_BELOW * cost < mean


def _no_outcome(lines: Sequence[ServiceLine]) -> Iterator[Gap]:
    found = [line for line in lines if not line.outcome]
    if found:
        uids = tuple(line.uid for line in found)
        yield Gap("no outcome", amount=sum(line.money for line in found), uids=uids)


def _one_provider(lines: Sequence[ServiceLine]) -> Iterator[Gap]:
    """Yield the outcomes for which all is bought from one provider."""
    of_outcome: dict[str, list[ServiceLine]] = defaultdict(list)
    for line in lines:
        if line.outcome:
            of_outcome[line.outcome].append(line)
    for outcome, found in sorted(of_outcome.items()):
        if len({line.deliverer for line in found}) == 1 and found[0].deliverer:
            uids, money = tuple(line.uid for line in found), sum(line.money for line in found)
            yield Gap("one provider", outcome, evidence=found[0].provider, amount=money, uids=uids)
