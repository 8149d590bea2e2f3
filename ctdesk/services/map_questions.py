"""What the service map tells, asked of a workspace: overlaps, gaps, cliff edges, market, resource."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ctdesk.analysis.cliffs import cliffs
from ctdesk.analysis.gaps import gaps, meets
from ctdesk.analysis.market import market
from ctdesk.analysis.overlaps import meetings, told
from ctdesk.analysis.passed_on import passed_on
from ctdesk.analysis.resource import resource
from ctdesk.domain import clock
from ctdesk.domain.definition import Value, Values
from ctdesk.domain.map_findings import Gap, Overlap, PassedOn, PerHead, PlanNeed
from ctdesk.domain.map_outlook import Cliffs, Market, Resource
from ctdesk.domain.records.mapping import Verdict
from ctdesk.domain.service_lines import IN_HOUSE, NOBODY, ServiceLine
from ctdesk.domain.service_map import NOT_GIVEN, Cover, Measure
from ctdesk.services.desk import Desk
from ctdesk.services.last_baseline import state_before
from ctdesk.services.list_view import Filter
from ctdesk.services.map_marks import intended_overlaps, settled_money
from ctdesk.services.populations import WHOLE
from ctdesk.services.published_services import for_the_public
from ctdesk.services.service_lines import lines_counted_once, post_resources, service_lines
from ctdesk.services.service_map import BucketFilter, MapView, service_map
from ctdesk.services.shared_costs import CostToShare, commissioned

YEAR = 12
"""How many months are looked ahead if nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which activities a question is put to: filters as of a list, and of dimensions that are no field."""

    filters: tuple[Filter, ...] = ()
    buckets: tuple[BucketFilter, ...] = ()
    share: CostToShare | None = None
    """A cost that is to be shared beside the answer about resource."""
    months: int = YEAR
    """How far to look ahead for what ends."""


ALL = Asked()


@dataclass(frozen=True, slots=True)
class Overlaps:
    """The overlaps to look at, the largest first, those marked as intended apart, and pairs of money to confirm.

    `count` is how many there are to look at, where only the largest were wanted.
    """

    open: tuple[Overlap, ...]
    intended: tuple[Overlap, ...]
    passed_on: tuple[PassedOn, ...]
    count: int
    settled: tuple[tuple[ServiceLine, ServiceLine, Verdict], ...] = ()
    """Pairs of money that somebody has settled: payer, partner, and whether they are the same."""


def find_overlaps(desk: Desk, asked: Asked = ALL, most: int | None = None) -> Overlaps:
    """Return the overlaps, or only so many of the largest, and the pairs that look like money passed on."""
    lines = service_lines(desk, asked.filters, asked.buckets)
    settled, intended, by_uid = settled_money(desk), intended_overlaps(desk), {line.uid: line for line in lines}
    same = {frozenset(pair) for pair, verdict in settled.items() if verdict is Verdict.SAME_MONEY}
    found = meetings(lines, same)
    looked_at = [it for it in found if it.pair not in intended]
    return Overlaps(
        open=tuple(told(it) for it in looked_at[:most]),
        intended=tuple(told(it, intended[it.pair]) for it in found if it.pair in intended),
        passed_on=tuple(passed_on(lines, set(map(frozenset, settled)))),
        count=len(looked_at),
        settled=tuple(
            (by_uid[payer], by_uid[partner], verdict)
            for (payer, partner), verdict in settled.items()
            if payer in by_uid and partner in by_uid
        ),
    )


def pairs_to_confirm(desk: Desk) -> int:
    """Return how many pairs look like money that two partners report, and nobody has said whether they are."""
    return len(passed_on(service_lines(desk), set(map(frozenset, settled_money(desk)))))


def find_gaps(desk: Desk, asked: Asked = ALL) -> list[Gap]:
    """Return the gaps: needs, what is thin, services without an outcome, outcomes with one provider.

    A need is met by any service there is, whichever the question is put to, and though its price is exempt.
    """
    lines = service_lines(desk, asked.filters, asked.buckets)
    view = MapView("none", filters=asked.filters, buckets=asked.buckets)
    with for_the_public(public=False):
        every = service_lines(desk)
    unmet = [need for need in needs(desk) if not any(meets(line, need) for line in every)]
    return gaps(lines, unmet, [it for by in PER_HEAD for it in per_head(desk, view, by)])


def gap_notes(desk: Desk) -> list[str]:
    """Return what gaps cannot be found, as the team has not entered what they are told by."""
    notes = []
    if not desk.load("need"):
        notes.append("No need of the plan is entered yet, so none can be found without a service.")
    if not desk.load("population"):
        notes.append("No population is entered yet, so no area can be found far below the mean a head.")
    return notes


def needs(desk: Desk) -> list[PlanNeed]:
    """Return what the plan says is needed, in the plan's order."""
    held = sorted(desk.load("need").items(), key=lambda it: (_number(it[1], "position"), it[0]))
    names = desk.names["organisation"]
    return [
        PlanNeed(
            uid=uid,
            title=str(it.get("title") or ""),
            outcome=_label(desk, "outcome", it.get("outcome")),
            tier=_label(desk, "tier", it.get("tier")),
            age_from=_whole(it.get("age_from")),
            age_to=_whole(it.get("age_to")),
            areas=tuple(_label(desk, "area", area) for area in _several(it.get("areas")) if area != WHOLE),
            priority=bool(it.get("priority")),
            lead=names.name(str(it["lead"])) if it.get("lead") else "",
            source=str(it.get("source") or ""),
        )
        for uid, it in held
    ]


PER_HEAD = ("tier", "age_band")
"""By what, besides by area, money is told for each head."""


def per_head(desk: Desk, view: MapView, by: str) -> Iterator[PerHead]:
    """Yield what each area has a head, by tier or age band, of what a map lets through, if populations were entered."""
    if not desk.load("population"):
        return
    whole = {entry.label for entry in desk.lists.all("area") if entry.code == WHOLE} | {NOT_GIVEN}
    asked = replace(view, rows="area", columns=by)
    money, found = (
        service_map(desk, replace(asked, measure=it)).matrix for it in (Measure.MONEY, Measure.COST_PER_HEAD)
    )
    rows = [at for at, name in enumerate(found.rows) if name not in whole]
    for column, name in enumerate(found.columns):
        if name != NOT_GIVEN:
            costs = [(found.rows[row], found.cells[row][column]) for row in rows]
            amounts = [money.cells[row][column] or 0 for row in rows]
            yield PerHead(name, by, costs, _mean(amounts, [cost for _, cost in costs]))


def _mean(amounts: Sequence[int], costs: Sequence[int | None]) -> int | None:
    """Return the mean cost a head of areas: their money over their people, as their own costs tell those."""
    people = [amount / cost for amount, cost in zip(amounts, costs, strict=True) if cost]
    total = sum(amount for amount, cost in zip(amounts, costs, strict=True) if cost)
    known = [cost for cost in costs if cost is not None]
    return round(total / sum(people)) if people and len(known) > 1 else None


def find_cliffs(desk: Desk, as_at: date, asked: Asked = ALL) -> Cliffs:
    """Return the money that ends in the months asked about with nothing to follow, what partners report twice once.

    A provider depends on all that a partner pays it, though it reports that as its own.
    """
    found = cliffs(lines_counted_once(desk, asked.filters, asked.buckets), as_at, asked.months)
    paid = cliffs(service_lines(desk, asked.filters, asked.buckets), as_at, asked.months)
    return replace(found, dependence=paid.dependence)


def find_market(desk: Desk, asked: Asked = ALL, on: date | None = None) -> Market:
    """Return the market; who is new and gone since the last baseline, by a day, is told whatever the filters."""
    lines, before = lines_counted_once(desk, asked.filters, asked.buckets), state_before(desk)
    if before is None:
        return market(lines)
    day = on or clock.today()
    names = desk.names["organisation"]
    then = {
        str(it["provider"]): names.name(str(it["provider"]))
        for it in before.rows.values()
        if it.get("provider") and it["provider"] != it["agency"] and _runs(it.get("end"), before.as_at)
    }
    bodies = {uid: name for uid, name in then.items() if name.casefold() not in IN_HOUSE | NOBODY}
    now = {it.provider_uid for it in service_lines(desk) if it.deliverer != it.agency_uid and _runs(it.end, day)}
    return market(lines, bodies, now, before.name)


def _runs(end: Value, day: date) -> bool:
    return not isinstance(end, date) or end > day


def find_resource(desk: Desk) -> Resource:
    """Return the commissioning posts beside what their agencies commission."""
    stages, skills = ([entry.label for entry in desk.lists.offered(name)] for name in ("cycle_stage", "skill"))
    return resource(post_resources(desk), commissioned(desk), stages, skills)


def coverage(desk: Desk, asked: Asked = ALL) -> Cover:
    """Return what the money of these activities rests on."""
    return service_map(desk, MapView("outcome", filters=asked.filters, buckets=asked.buckets)).cover


def _number(values: Values, name: str) -> int:
    number = values.get(name)
    return number if isinstance(number, int) else 10**9


def _label(desk: Desk, name: str, code: Value) -> str:
    return desk.lists.label(name, code) if isinstance(code, str) and code else ""


def _several(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) else None
