"""Overlaps: the same outcome, client group, ages and area bought by two agencies, or of one provider at two prices."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ctdesk.domain.map_findings import Overlap, OverlapKind
from ctdesk.domain.money import money_text
from ctdesk.domain.rounding import percentage
from ctdesk.domain.service_lines import ServiceLine

Pair = frozenset[str]
"""The uids of two activities."""

EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two activities that overlap, before anything is said of them: the larger first, and the groups they share."""

    first: ServiceLine
    second: ServiceLine
    kind: OverlapKind
    groups: tuple[str, ...]

    @property
    def pair(self) -> Pair:
        """The uids of the two."""
        return frozenset((self.first.uid, self.second.uid))


def overlaps(
    lines: Sequence[ServiceLine], intended: Mapping[Pair, str] | None = None, same_money: Collection[Pair] = ()
) -> list[Overlap]:
    """Return every overlap with its evidence, the largest first; pairs that are `intended` carry their reason."""
    reasons = intended or {}
    return [told(found, reasons.get(found.pair, "")) for found in meetings(lines, same_money)]


def meetings(lines: Sequence[ServiceLine], same_money: Collection[Pair] = ()) -> list[Meeting]:
    """Return every pair that overlaps, the largest first by the money of the smaller of the two.

    What two partners report of the same money is no overlap. An activity that gives no outcome, group, ages or area
    is compared with nothing.
    """
    groups: dict[tuple[int, int], tuple[str, ...]] = defaultdict(tuple)
    for group, members in _together(lines).items():
        for pair in _pairs(members):
            groups[pair] += (group[1],)
    found = []
    for (one, other), shared in groups.items():
        kind = _kind(lines[one], lines[other])
        if kind:
            first, second = sorted((lines[one], lines[other]), key=lambda line: (-line.money, line.uid))
            found.append(Meeting(first, second, kind, shared))
    if same_money:
        found = [it for it in found if it.pair not in same_money]
    return sorted(found, key=lambda it: (-it.second.money, it.first.reference, it.second.reference))


_Member = tuple[int, int, int, int, int, int, str, str]
"""An activity for comparing: its number, ages, areas as bits, first and last day, agency, and who delivers."""

_EVERYWHERE_BITS = -1


def _together(lines: Sequence[ServiceLine]) -> dict[tuple[str, str], list[_Member]]:
    """Return the activities by outcome and client group, ready to be compared."""
    bits: dict[str, int] = {}
    for area in dict.fromkeys(area for line in lines for area in line.areas):
        bits[area] = 1 << len(bits)
    together: dict[tuple[str, str], list[_Member]] = defaultdict(list)
    for number, line in enumerate(lines):
        areas = _EVERYWHERE_BITS if line.everywhere else sum(bits[area] for area in set(line.areas))
        if not line.outcome or not areas or line.age_from is None or line.age_to is None:
            continue
        first, last = (line.start or date.min).toordinal(), (line.end or date.max).toordinal()
        member = (number, line.age_from, line.age_to, areas, first, last, line.agency_uid, line.deliverer)
        for group in line.client_groups:
            together[line.outcome, group].append(member)
    return together


def _pairs(members: Sequence[_Member]) -> Iterator[tuple[int, int]]:
    """Yield those of two agencies, or of one body, that serve some age in some area at some time together."""
    for at, (one, low, high, areas, first, last, agency, body) in enumerate(members, start=1):
        for other, low2, high2, areas2, first2, last2, agency2, body2 in members[at:]:
            meet = low <= high2 and low2 <= high and areas & areas2 and first <= last2 and first2 <= last
            if meet and (agency != agency2 or (body and body == body2)):
                yield one, other


def shared_areas(one: ServiceLine, other: ServiceLine) -> tuple[str, ...]:
    """Return the areas both serve; what serves the whole place serves each of its areas."""
    if one.everywhere and other.everywhere:
        return (EVERYWHERE,)
    if one.everywhere or other.everywhere:
        return other.areas if one.everywhere else one.areas
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
    return percentage(high - low, low)


def told(found: Meeting, reason: str = "") -> Overlap:
    """Return an overlap with its evidence, and the reason why it is intended, if it is."""
    areas, apart = shared_areas(found.first, found.second), _apart(found.first, found.second)
    return Overlap(
        first=found.first,
        second=found.second,
        kind=found.kind,
        amount=found.second.money,
        groups=found.groups,
        areas=areas,
        apart=apart,
        evidence=tuple(_evidence(found.first, found.second, found.groups, areas, apart)),
        reason=reason,
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
