"""How the agreements stand in a period: read from the workspace, rated, and put in order, the worst first."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ctdesk.domain.contract_lines import ContractLine
from ctdesk.domain.counting import counted
from ctdesk.domain.definition import Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.monitoring_lines import AgreementPeriod, CountLine, MeasureLine, OpenAction, PeriodBoard
from ctdesk.domain.performance import (
    Standing,
    direction,
    effective,
    movement,
    rate,
    reached,
    score,
    standing,
)
from ctdesk.domain.periods import Period, read_period
from ctdesk.domain.published_monitoring import people_behind
from ctdesk.domain.records.agreement_watch import FINISHED
from ctdesk.domain.records.monitoring import Rating
from ctdesk.domain.records.round import Collects, RequestState
from ctdesk.services.contracts import register
from ctdesk.services.desk import Desk
from ctdesk.services.monitoring import agreements_to_ask
from ctdesk.services.monitoring_periods import months_between_returns, period_asked, period_for
from ctdesk.services.requests import RequestView, requests_of

PERIODS_SHOWN = 8
"""Periods of a measure that are drawn, the one at hand among them."""

_EARLIER = 3
_ORDER = tuple(Standing)


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """A quarter whose monitoring was started: its period, its round, how many agreements it asks, how many unsent."""

    quarter: Period
    round: str
    due: date
    asked: int
    unsent: int


@dataclass(frozen=True, slots=True)
class _Held:
    """What the workspace holds of the agreements' monitoring, read once."""

    results: Mapping[tuple[str, str], Mapping[str, tuple[str, Values]]]
    measures: Mapping[str, Values]
    counts: Mapping[tuple[str, str], Sequence[Values]]
    money: Mapping[tuple[str, str], Sequence[Values]]
    actions: Mapping[str, Sequence[tuple[str, Values]]]
    requests: Mapping[str, Mapping[str, RequestView]]


def periods(desk: Desk) -> list[PeriodChoice]:
    """Return the quarters whose monitoring was started, the newest first."""
    found = []
    for uid, values in desk.load("round", collects=Collects.MONITORING.value).items():
        due = values["due"]
        assert isinstance(due, date)  # noqa: S101 - a round is not made without it
        states = [request["state"] for request in desk.load_fields("request", "state", round=uid).values()]
        unsent = states.count(RequestState.NOT_SENT.value)
        found.append(PeriodChoice(read_period(str(values["period"])), uid, due, len(states), unsent))
    return sorted(found, key=lambda one: one.quarter.first, reverse=True)


def board(desk: Desk, quarter: Period, on: date) -> PeriodBoard:
    """Return how every agreement asked about a quarter stands on a day; DeskError if it was not started."""
    started = {choice.quarter: choice for choice in periods(desk)}
    if quarter not in started:
        raise DeskError(f"The monitoring of {quarter.label} has not been started; send it first.")
    chosen = started[quarter]
    held = _held(desk, list(started.values()))
    contracts = {line.uid: line for line in register(desk, on)}
    months = months_between_returns(desk)
    requests = held.requests[quarter.code]
    lines = [
        _line(
            desk,
            held,
            contract=contracts[uid],
            request=request,
            period=_period(held, contracts[uid], quarter, months),
            on=on,
        )
        for uid, request in requests.items()
        if uid in contracts
    ]
    lines.sort(key=lambda line: (_ORDER.index(line.standing), -line.value, line.reference))
    measured = {str(values["agreement"]) for values in held.measures.values()}
    chased = {day for request in requests.values() if isinstance(day := request.values.get("chased_on"), date)}
    return PeriodBoard(
        quarter=quarter,
        name=str(desk.load_some("round", [chosen.round])[chosen.round]["name"]),
        round=chosen.round,
        due=chosen.due,
        on=on,
        trust=desk.setting("name"),
        lines=tuple(lines),
        not_asked=len(measured - requests.keys()),
        outcomes=tuple(entry.label for entry in desk.lists.all("outcome")),
        chased=tuple(sorted(chased)),
    )


def _period(held: _Held, contract: ContractLine, quarter: Period, months: dict[str, int]) -> Period:
    """Return the period that an agreement was asked about, or else that it would be."""
    asked = period_asked(quarter, lambda code: (contract.uid, code) in held.counts)
    return asked or period_for(months, contract.tier, quarter) or quarter


def to_be_asked(desk: Desk, quarter: Period) -> int:
    """Return how many agreements would report when a quarter ends."""
    return len(agreements_to_ask(desk, quarter))


def _held(desk: Desk, started: Sequence[PeriodChoice]) -> _Held:
    results: dict[tuple[str, str], dict[str, tuple[str, Values]]] = defaultdict(dict)
    for uid, values in desk.load("measure_result").items():
        results[_about(values)][str(values["measure"])] = uid, values
    actions: dict[str, list[tuple[str, Values]]] = defaultdict(list)
    for uid, values in desk.load("action").items():
        actions[str(values.get("agreement"))].append((uid, values))
    return _Held(
        results=results,
        measures=desk.load("agreement_measure"),
        counts=_grouped(desk, "period_count"),
        money=_grouped(desk, "period_money"),
        actions=actions,
        requests={
            choice.quarter.code: {request.agreement_uid: request for request in requests_of(desk, choice.round)}
            for choice in started
        },
    )


def _grouped(desk: Desk, kind: str) -> dict[tuple[str, str], list[Values]]:
    found: dict[tuple[str, str], list[Values]] = defaultdict(list)
    for values in desk.load(kind).values():
        found[_about(values)].append(values)
    return found


def _about(values: Values) -> tuple[str, str]:
    return str(values.get("agreement")), str(values.get("period"))


def _line(
    desk: Desk, held: _Held, *, contract: ContractLine, request: RequestView, period: Period, on: date
) -> AgreementPeriod:
    received = request.values.get("received_on")
    came = received if isinstance(received, date) else None
    late = max((on - request.due).days, 0) if came is None and request.state is not RequestState.EXCUSED else 0
    results = [values for _, values in held.results.get((contract.uid, period.code), {}).values()]
    measures = _measures(desk, held, contract.uid, period)
    stands = standing(results, returned=came is not None, due=late > 0)
    uid = contract.uid
    return AgreementPeriod(
        agreement=uid,
        reference=contract.reference,
        title=contract.title,
        provider=contract.provider,
        provider_uid=str(contract.values.get("provider") or ""),
        agency=contract.agency,
        manager=contract.manager,
        outcome=desk.lists.label("outcome", str(contract.values.get("main_outcome") or "")),
        value=_value(contract),
        period=period,
        request=request.uid,
        state=request.state.value,
        received=came,
        days_late=late,
        standing=stands,
        why=_why(stands, measures, late),
        score=_score(held, uid, period),
        score_before=_score(held, uid, period.moved(-1)),
        earlier=tuple(_earlier(held, uid, period.moved(-back)) for back in range(1, _EARLIER + 1)),
        measures=tuple(measures),
        counts=_counts(desk, held.counts, "count_line", uid, period),
        money=_counts(desk, held.money, "spend_line", uid, period),
        actions=tuple(_open_actions(held.actions.get(uid, ()), on)),
    )


def _value(contract: ContractLine) -> int:
    value = contract.life.annual_value
    return value if value is not None else 0


def _measures(desk: Desk, held: _Held, agreement: str, period: Period) -> list[MeasureLine]:
    """Return the measures of a period, the worst first."""
    shown = [period.moved(-back) for back in range(PERIODS_SHOWN - 1, -1, -1)]
    lines = []
    for measure, (uid, values) in held.results.get((agreement, period.code), {}).items():
        line = _measure(
            desk,
            held.measures.get(measure, {}),
            uid,
            values,
            past=[reached(past) for past in _past(held, agreement, measure, shown)],
            labels=[one.short for one in shown],
        )
        people = [people_behind(past) for past in _past(held, agreement, measure, shown)]
        lines.append(replace(line, people=tuple(people)))
    rank = {Rating.RED: 0, Rating.AMBER: 1, None: 2, Rating.GREEN: 3}
    return sorted(lines, key=lambda line: rank[line.judged.rating])


def _past(held: _Held, agreement: str, measure: str, periods: Sequence[Period]) -> list[Values]:
    """Return what was reported of a measure in each of these periods, nothing where it was not asked."""
    found = (held.results.get((agreement, one.code), {}).get(measure) for one in periods)
    return [it[1] if it else {} for it in found]


def _measure(
    desk: Desk, agreed: Values, uid: str, values: Values, *, past: Sequence[Decimal | None], labels: Sequence[str]
) -> MeasureLine:
    target, amber, weight = values.get("target"), values.get("amber_percent"), agreed.get("weight")
    told = [figure for figure in past if figure is not None] if past[-1] is not None else []
    return MeasureLine(
        result=uid,
        name=str(values.get("measure_name") or ""),
        unit=str(values.get("unit") or ""),
        polarity=str(values.get("polarity") or ""),
        target=target if isinstance(target, Decimal) else None,
        amber_percent=amber if isinstance(amber, int) else None,
        actual=past[-1],
        computed=rate(values),
        judged=effective(values),
        judgement=Rating(str(values["judgement"])) if values.get("judgement") else None,
        direction=direction(past[-2], past[-1], values.get("polarity")),
        movement=movement(told, values.get("polarity")),
        past=tuple(past),
        past_labels=tuple(labels),
        weight=weight if isinstance(weight, int) else 1,
        outcome=desk.lists.label("outcome", str(agreed.get("outcome") or "")),
        commentary=str(values.get("commentary") or ""),
    )


def _why(stands: Standing, measures: Sequence[MeasureLine], late: int) -> str:
    """Say in one sentence why an agreement stands so: the worst measure's reason, or how late its return is."""
    match stands:
        case Standing.MISSING:
            return f"Missing, {counted(late, 'day')} late" if late else "Returned without any figure"
        case Standing.NOT_DUE:
            return "Not due yet"
        case Standing.GREEN:
            return "Every target met" if measures else "Nothing was to be measured"
    worst = next(line for line in measures if line.judged.rating == stands.value)
    return f"{worst.name}: {worst.judged.reason}"


def _score(held: _Held, agreement: str, period: Period) -> int | None:
    found = held.results.get((agreement, period.code), {})
    return score((values, _weight(held.measures.get(measure, {}))) for measure, (_, values) in found.items())


def _weight(measure: Values) -> int:
    weight = measure.get("weight")
    return weight if isinstance(weight, int) else 1


def _earlier(held: _Held, agreement: str, period: Period) -> Standing | None:
    """Return how an agreement stood in an earlier period, None if it was not asked then."""
    results = [values for _, values in held.results.get((agreement, period.code), {}).values()]
    if not results:
        return None
    return standing(results, returned=any(reached(values) is not None for values in results), due=True)


def _counts(
    desk: Desk, lines: Mapping[tuple[str, str], Sequence[Values]], list_name: str, agreement: str, period: Period
) -> tuple[CountLine, ...]:
    """Return the counts or sums of a period in the order of their list."""
    before = {values.get("what"): values for values in lines.get((agreement, period.moved(-1).code), ())}
    order = {entry.code: at for at, entry in enumerate(desk.lists.all(list_name))}
    held = sorted(lines.get((agreement, period.code), ()), key=lambda values: order.get(str(values.get("what")), 0))
    return tuple(
        CountLine(
            desk.lists.label(list_name, str(values.get("what"))),
            _number(values.get("plan")),
            _number(values.get("actual", values.get("count"))),
            _number((earlier := before.get(values.get("what"), {})).get("actual", earlier.get("count"))),
            str(values.get("note") or ""),
        )
        for values in held
    )


def _number(value: Value) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _open_actions(actions: Sequence[tuple[str, Values]], on: date) -> list[OpenAction]:
    """Return the actions that are still to be done, the earliest first."""
    found = []
    for uid, values in actions:
        if values.get("state") in FINISHED:
            continue
        due = values.get("due") if isinstance(values.get("due"), date) else None
        late = max((on - due).days, 0) if isinstance(due, date) else 0
        title, number, owner = (str(values.get(name) or "") for name in ("title", "number", "owner"))
        found.append(OpenAction(uid, number, title, owner, due if isinstance(due, date) else None, late))
    return sorted(found, key=lambda action: (action.due or date.max, action.number))
