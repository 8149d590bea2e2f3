"""The activities and posts of a workspace as lines for the questions about the service map."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ctdesk.domain.definition import Values
from ctdesk.domain.held import number_in, several_in, text_in
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


def lines_counted_once(
    desk: Desk, filters: Sequence[Filter] = (), buckets: Sequence[BucketFilter] = ()
) -> tuple[ServiceLine, ...]:
    """Return the same less the money that a partner reports again: they add up to the map."""
    lines = service_lines(desk, filters, buckets)
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
    areas = several_in(values, "areas")
    start, end = values.get("start"), values.get("end")
    return ServiceLine(
        uid=uid,
        reference=text_in(values, "reference"),
        title=text_in(values, "title"),
        agency_uid=text_in(values, "agency"),
        agency=names.name(text_in(values, "agency")) if values.get("agency") else "",
        provider_uid=text_in(values, "provider"),
        provider=str(provider.get("name") or ""),
        sector=desk.word("sector", provider.get("sector")),
        small=bool(provider["sme"]) if provider.get("sme") is not None else None,
        agreement_type=desk.word("agreement_type", values.get("agreement_type")),
        agreement_reference=text_in(values, "agreement_reference"),
        outcome=desk.word("outcome", values.get("main_outcome")),
        tier=desk.word("tier", values.get("tier")),
        purpose=desk.word("purpose", values.get("purpose")),
        funding_source=desk.word("funding_source", values.get("funding_source")),
        age_from=number_in(values, "age_from"),
        age_to=number_in(values, "age_to"),
        client_groups=tuple(desk.word("client_group", it) for it in several_in(values, "client_groups")),
        areas=tuple(desk.word("area", it) for it in areas if it != WHOLE),
        everywhere=WHOLE in areas,
        value=number_in(values, "annual_value"),
        capacity=number_in(values, "capacity"),
        capacity_unit=desk.word("capacity_unit", values.get("capacity_unit")),
        users=number_in(values, "users_last_year"),
        start=start if isinstance(start, date) else None,
        end=end if isinstance(end, date) else None,
        open_ended=bool(values.get("open_ended")),
        intention=desk.word("intention", values.get("intention")),
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
            title=text_in(values, "title"),
            agency=names.name(text_in(values, "agency")) if values.get("agency") else "",
            vacant=bool(values.get("vacant")),
            fte=Fraction(fte) if isinstance(fte := values.get("fte"), Decimal) else Fraction(0),
            percent=number_in(values, "commissioning_percent"),
            cost=number_in(values, "annual_cost"),
            stages=tuple(desk.word("cycle_stage", it) for it in several_in(values, "cycle_stages")),
            skills=tuple(desk.word("skill", it) for it in several_in(values, "skills")),
        )
        for uid, values in desk.load("post").items()
    )
