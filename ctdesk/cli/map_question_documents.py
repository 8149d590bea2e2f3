"""What the service map tells as JSON documents: money in pence, dates ISO, names instead of uids."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ctdesk.domain.figure_table import FigureTable
from ctdesk.domain.map_findings import Gap, Overlap
from ctdesk.domain.map_outlook import Cliffs, Market, Part, Resource, ResourceLine
from ctdesk.domain.service_lines import ServiceLine

if TYPE_CHECKING:
    from ctdesk.services.map_questions import Overlaps
    from ctdesk.services.shared_costs import SharedCost


def service_document(line: ServiceLine) -> dict[str, object]:
    """Return one activity as the questions see it."""
    cost = line.unit_cost
    return {
        "uid": line.uid,
        "reference": line.reference,
        "title": line.title,
        "agency": line.agency,
        "provider": line.provider,
        "outcome": line.outcome,
        "value": line.value,
        "end": line.end.isoformat() if line.end else None,
        "unit_cost": cost[0] if cost else None,
        "unit": cost[1] if cost else None,
    }


def overlaps_document(found: "Overlaps") -> list[dict[str, object]]:
    """Return the overlaps, the largest first; those that are intended come last, with their reason."""
    return [_overlap(it, intended=False) for it in found.open] + [_overlap(it, intended=True) for it in found.intended]


def _overlap(it: Overlap, *, intended: bool) -> dict[str, object]:
    return {
        "kind": it.kind,
        "amount": it.amount,
        "first": service_document(it.first),
        "second": service_document(it.second),
        "client_groups": list(it.groups),
        "areas": list(it.areas),
        "percent_apart": it.apart,
        "evidence": list(it.evidence),
        "intended": intended,
        "reason": it.reason or None,
    }


def gaps_document(found: Sequence[Gap]) -> list[dict[str, object]]:
    """Return the gaps; `amount` is what is bought, or pence a head of what is thin."""
    return [
        {
            "kind": it.kind,
            "outcome": it.outcome or None,
            "tier": it.tier or None,
            "ages": it.ages or None,
            "area": it.area or None,
            "need": it.need or None,
            "priority": it.priority,
            "evidence": it.evidence or None,
            "lead": it.lead or None,
            "amount": it.amount,
            "mean": it.mean,
            "activities": list(it.uids),
        }
        for it in found
    ]


def cliffs_document(found: Cliffs) -> dict[str, object]:
    """Return what ends, every way it is asked about."""
    return {
        "as_at": found.as_at.isoformat(),
        "until": found.horizon.isoformat(),
        "amount": found.amount,
        "months": [
            {"month": f"{it.first:%Y-%m}", "amount": it.amount, "activities": it.activities, "followed": it.followed}
            for it in found.months
        ],
        "outcomes": _parts(found.by_outcome),
        "areas": _parts(found.by_area),
        "providers": _parts(found.by_provider),
        "agencies": _parts(found.by_agency),
        "activities": [service_document(it) for it in found.lines],
        "followed": [{"ends": service_document(a), "followed_by": service_document(b)} for a, b in found.followed],
        "dependence": [
            {
                "provider": it.provider,
                "amount": it.amount,
                "ending": it.ending,
                "percent_ending": it.percent_ending,
                "largest_agency": it.largest_agency,
                "largest": it.largest,
            }
            for it in found.dependence
        ],
        "outliving_their_funder": [service_document(it) | {"funded_until": it.funded_until} for it in found.grants],
    }


def _parts(parts: Iterable[Part]) -> list[dict[str, object]]:
    return [{"name": it.name, "amount": it.amount, "activities": it.activities} for it in parts]


def market_document(found: Market) -> dict[str, object]:
    """Return the market."""
    return {
        "amount": found.amount,
        "providers": [
            {
                "name": it.name,
                "sector": it.sector or None,
                "small": it.small,
                "agreements": it.agreements,
                "agencies": it.agencies,
                "amount": it.amount,
                "new": it.new,
            }
            for it in found.providers
        ],
        "sectors": _parts(found.by_sector),
        "sizes": _parts(found.by_size),
        "gone": list(found.gone),
        "since": found.since or None,
        "concentration": found.index,
        "top": {str(count): percent for count, percent in found.top},
    }


def resource_document(found: Resource, shared: "SharedCost | None" = None) -> dict[str, object]:
    """Return the commissioning resource; FTE and costs as numbers, the latter in pence; and a cost that is shared."""
    shares = {"shares": shares_document(shared)} if shared else {}
    return {
        "total": _resource(found.total),
        "agencies": [_resource(it) for it in found.by_agency],
        "stages": [_resource(it) for it in found.by_stage],
        "skills": [_resource(it) for it in found.by_skill],
        "skills_nobody_has": list(found.without_skill),
        "steps_nobody_works_on": list(found.without_stage),
        **shares,
    }


def shares_document(shared: "SharedCost") -> dict[str, object]:
    """Return a shared cost: pence, and whole percentages that add to 100; weights in pounds, posts or as stated."""
    return {
        "amount": shared.amount,
        "by": shared.by.value,
        "partners": [
            {"name": it.name, "weight": float(it.weight), "amount": it.amount, "percent": it.percent}
            for it in shared.shares
        ],
    }


def _resource(it: ResourceLine) -> dict[str, object]:
    fte, cost = it.per_million(it.fte), it.per_million(it.cost)
    return {
        "name": it.name,
        "posts": it.posts,
        "fte": round(float(it.fte), 4),
        "cost": it.cost,
        "commissioned": it.commissioned,
        "fte_per_million": None if fte is None else round(float(fte), 4),
        "cost_per_million": None if cost is None else round(cost),
    }


def scenario_document(tables: Sequence[FigureTable]) -> dict[str, object]:
    """Return the tables of a scenario: before, after and change by purpose, tier, outcome and agency, in pence."""
    return {**_compared(tables, ("before", "after", "change")), "steps": [row[-1] for row in tables[-1].rows]}


def scenarios_document(tables: Sequence[FigureTable]) -> dict[str, object]:
    """Return what is, and what every scenario kept would make of it, by purpose, tier, outcome and agency, in pence."""
    names = [head.label for head in tables[0].heads[1:]]
    steps = [{"scenario": name, "step": words} for name, _, words in tables[-1].rows]
    return {**_compared(tables, names), "steps": steps}


def _compared(tables: Sequence[FigureTable], names: Sequence[str]) -> dict[str, object]:
    return {
        table.heads[0].label.lower(): [{"name": row[0], **dict(zip(names, row[1:], strict=True))} for row in table.rows]
        for table in tables[:-1]
    }
