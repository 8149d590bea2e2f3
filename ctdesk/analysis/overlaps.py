"""Overlaps: the same outcome, client group, ages and area bought by two agencies, or of one provider at two prices."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from ctdesk.domain.map_findings import Overlap, OverlapKind
from ctdesk.domain.money import money_text
from ctdesk.domain.service_lines import ServiceLine

Pair = frozenset[str]
"""The uids of two activities."""

EVERYWHERE = "everywhere"


def overlaps(
    lines: Sequence[ServiceLine], intended: Mapping[Pair, str] | None = None, same_money: Collection[Pair] = ()
) -> list[Overlap]:
    """Return every overlap, the largest first; `amount` is the money of the smaller of the two.

    Pairs that are `intended` carry their reason. What two partners report of the same money is no overlap. An
    activity that gives no outcome, group, ages or area is compared with nothing.
    """
    reasons = intended or {}
    found = [
        _overlap(one, other, kind, groups, reasons)
        for (one, other), groups in _pairs(lines).items()
        if (kind := _kind(one, other)) and frozenset((one.uid, other.uid)) not in same_money
    ]
    return sorted(found, key=lambda it: (-it.amount, it.first.reference, it.second.reference))


def _pairs(lines: Sequence[ServiceLine]) -> dict[tuple[ServiceLine, ServiceLine], tuple[str, ...]]:
    """Return the pairs that share outcome, ages and area, with the client groups they share."""
    together: dict[tuple[str, str], list[ServiceLine]] = defaultdict(list)
    for line in lines:
        if line.outcome and (line.areas or line.everywhere):
            for group in line.client_groups:
                together[line.outcome, group].append(line)
    pairs: dict[tuple[str, str], tuple[ServiceLine, ServiceLine]] = {}
    groups: dict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for (_, group), members in together.items():
        for one, other in _meeting(members):
            uids = (one.uid, other.uid)
            pairs[uids] = (one, other)
            groups[uids] += (group,)
    return {pair: groups[uids] for uids, pair in pairs.items()}


def _meeting(members: Sequence[ServiceLine]) -> Iterator[tuple[ServiceLine, ServiceLine]]:
    """Yield the pairs that serve some age in some area at some time together."""
    for one, other in combinations(members, 2):
        if one.agency_uid == other.agency_uid and not same_provider(one, other):
            continue
        if one.shares_ages_with(other) and shared_areas(one, other) and one.runs_with(other):
            yield one, other


def shared_areas(one: ServiceLine, other: ServiceLine) -> tuple[str, ...]:
    """Return the areas both serve; what serves the whole place serves each of its areas."""
    if one.everywhere and other.everywhere:
        return (EVERYWHERE,)
    if one.everywhere or other.everywhere:
        return other.areas or one.areas
    return tuple(area for area in one.areas if area in other.areas)


def same_provider(one: ServiceLine, other: ServiceLine) -> bool:
    """Whether one body delivers both."""
    return bool(one.deliverer) and one.deliverer == other.deliverer


def _kind(one: ServiceLine, other: ServiceLine) -> OverlapKind | None:
    if same_provider(one, other) and _apart(one, other):
        return "two prices"
    return "two agencies" if one.agency_uid != other.agency_uid else None


def _apart(one: ServiceLine, other: ServiceLine) -> int | None:
    """Return by how many per cent of the lower the unit costs differ; None where they cannot be compared."""
    first, second = one.unit_cost, other.unit_cost
    if first is None or second is None or first[1] != second[1] or not min(first[0], second[0]):
        return None
    low, high = sorted((first[0], second[0]))
    return (200 * (high - low) + low) // (2 * low)


def _overlap(
    one: ServiceLine, other: ServiceLine, kind: OverlapKind, groups: tuple[str, ...], reasons: Mapping[Pair, str]
) -> Overlap:
    first, second = sorted((one, other), key=lambda line: (-line.money, line.uid))
    areas, apart = shared_areas(one, other), _apart(one, other)
    return Overlap(
        first=first,
        second=second,
        kind=kind,
        amount=second.money,
        groups=groups,
        areas=areas,
        apart=apart,
        evidence=tuple(_evidence(first, second, groups, areas, apart)),
        reason=reasons.get(frozenset((one.uid, other.uid)), ""),
    )


def _evidence(
    one: ServiceLine, other: ServiceLine, groups: tuple[str, ...], areas: tuple[str, ...], apart: int | None
) -> Iterator[str]:
    """Say what the two share and where they differ."""
    low, high = max(one.age_from or 0, other.age_from or 0), min(one.age_to or 0, other.age_to or 0)
    yield f"same outcome, {one.outcome}"
    yield ", ".join(groups)
    yield f"ages {low} to {high}" if low < high else f"age {low}"
    yield ", ".join(areas) if areas != (EVERYWHERE,) else "the whole area"
    yield f"one provider, {one.provider}" if same_provider(one, other) else "two providers"
    if one.tier and one.tier == other.tier:
        yield f"both {one.tier.lower()}"
    if apart is not None and one.unit_cost and other.unit_cost:
        unit = one.unit_cost[1].lower()
        costs = f"{money_text(one.unit_cost[0])} and {money_text(other.unit_cost[0])} a unit ({unit})"
        yield f"{costs}, {apart}% apart" if apart else f"{costs}: the same price"
