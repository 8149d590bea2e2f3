"""The activities and posts of a workspace as lines for the questions about the service map."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ctdesk.domain.definition import Value, Values
from ctdesk.domain.service_lines import PostResource, ServiceLine
from ctdesk.domain.service_map import Basis, Measure
from ctdesk.services.desk import Desk
from ctdesk.services.list_view import Filter
from ctdesk.services.map_data import map_data
from ctdesk.services.populations import WHOLE
from ctdesk.services.service_map import BucketFilter, MapView, masked


def service_lines(
    desk: Desk, filters: Sequence[Filter] = (), buckets: Sequence[BucketFilter] = ()
) -> tuple[ServiceLine, ...]:
    """Return the activities that filters let through, oldest first."""
    with map_data(desk) as data:
        mask = masked(data, MapView("none", filters=tuple(filters), buckets=tuple(buckets)))
        held, funding = desk.load("activity"), _funding(desk)
        return tuple(
            _line(desk, uid, held[uid], data.bases[place], funding.get(uid, []))
            for place, uid in enumerate(data.uids)
            if mask[place]
        )


def lines_counted_once(desk: Desk) -> tuple[ServiceLine, ...]:
    """Return every activity, oldest first, less the money that a partner reports again: they add up to the map."""
    lines = service_lines(desk)
    with map_data(desk) as data:
        money = dict(zip(data.uids, data.amounts(Measure.MONEY), strict=True))
    return tuple(line if line.money == money[line.uid] else replace(line, value=money[line.uid]) for line in lines)


def _funding(desk: Desk) -> dict[str, list[Values]]:
    lines: dict[str, list[Values]] = defaultdict(list)
    for line in desk.load_fields("funding_line", "activity", "year", "funder").values():
        lines[str(line["activity"])].append(line)
    return lines


def _line(desk: Desk, uid: str, values: Values, basis: Basis, funding: Sequence[Values]) -> ServiceLine:
    names = desk.names["organisation"]
    provider = desk.organisations.get(str(values.get("provider")), {})
    areas = _several(values.get("areas"))
    start, end = values.get("start"), values.get("end")
    return ServiceLine(
        uid=uid,
        reference=_text(values, "reference"),
        title=_text(values, "title"),
        agency_uid=_text(values, "agency"),
        agency=names.name(_text(values, "agency")) if values.get("agency") else "",
        provider_uid=_text(values, "provider"),
        provider=str(provider.get("name") or ""),
        sector=_label(desk, "sector", provider.get("sector")),
        small=bool(provider["sme"]) if provider.get("sme") is not None else None,
        agreement_type=_label(desk, "agreement_type", values.get("agreement_type")),
        agreement_reference=_text(values, "agreement_reference"),
        outcome=_label(desk, "outcome", values.get("main_outcome")),
        tier=_label(desk, "tier", values.get("tier")),
        purpose=_label(desk, "purpose", values.get("purpose")),
        funding_source=_label(desk, "funding_source", values.get("funding_source")),
        age_from=_whole(values.get("age_from")),
        age_to=_whole(values.get("age_to")),
        client_groups=tuple(_label(desk, "client_group", it) for it in _several(values.get("client_groups"))),
        areas=tuple(_label(desk, "area", it) for it in areas if it != WHOLE),
        everywhere=WHOLE in areas,
        value=_whole(values.get("annual_value")),
        capacity=_whole(values.get("capacity")),
        capacity_unit=_label(desk, "capacity_unit", values.get("capacity_unit")),
        users=_whole(values.get("users_last_year")),
        start=start if isinstance(start, date) else None,
        end=end if isinstance(end, date) else None,
        open_ended=bool(values.get("open_ended")),
        intention=_label(desk, "intention", values.get("intention")),
        basis=basis,
        funders=tuple(sorted({str(line["funder"]) for line in funding if line["funder"]})),
        funded_until=max((str(line["year"]) for line in funding if line["year"]), default=""),
    )


def post_resources(desk: Desk) -> tuple[PostResource, ...]:
    """Return every post, oldest first."""
    names = desk.names["organisation"]
    return tuple(
        PostResource(
            uid=uid,
            title=_text(values, "title"),
            agency=names.name(_text(values, "agency")) if values.get("agency") else "",
            vacant=bool(values.get("vacant")),
            fte=Fraction(fte) if isinstance(fte := values.get("fte"), Decimal) else Fraction(0),
            percent=_whole(values.get("commissioning_percent")),
            cost=_whole(values.get("annual_cost")),
            stages=tuple(_label(desk, "cycle_stage", it) for it in _several(values.get("cycle_stages"))),
            skills=tuple(_label(desk, "skill", it) for it in _several(values.get("skills"))),
        )
        for uid, values in desk.load("post").items()
    )


def _text(values: Values, name: str) -> str:
    return str(values.get(name) or "")


def _label(desk: Desk, name: str, code: Value) -> str:
    return desk.lists.label(name, code) if isinstance(code, str) and code else ""


def _several(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) else None
