"""Running a period's monitoring: whom to ask, what to ask of each agreement, and sending the workbooks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from ctdesk.domain.changes import Action, RecordChange, created
from ctdesk.domain.contract_lines import ContractLine
from ctdesk.domain.counting import counted
from ctdesk.domain.definition import Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.identity import new_uid, row_keys
from ctdesk.domain.incoming import SentRow
from ctdesk.domain.lifecycle import AgreementState
from ctdesk.domain.periods import QUARTER, Period, read_period
from ctdesk.domain.records.agreement_watch import FINISHED
from ctdesk.domain.records.monitoring import TargetShape
from ctdesk.domain.records.round import Collects, RequestState
from ctdesk.returns.forms import MONITORING
from ctdesk.services.contracts import register
from ctdesk.services.desk import Desk
from ctdesk.services.measures import months_between_reports
from ctdesk.services.monitoring_periods import months_between_returns, period_asked, period_for
from ctdesk.services.requests import RequestView, requests_of
from ctdesk.services.sending import SentRequest, send_requests

Records = Mapping[str, Mapping[str, Value]]
"""Records of one kind by uid."""

DAYS_TO_ANSWER = 20
"""Days after a period's end by which its returns are due, unless another day is given."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One agreement that reports when a quarter ends, and the period it reports."""

    uid: str
    values: Values
    period: Period


def round_name(quarter: Period) -> str:
    """Return what the round of a quarter's monitoring is called."""
    return f"Monitoring, {quarter.label}"


def agreements_to_ask(desk: Desk, quarter: Period) -> list[Asked]:
    """Return the agreements with measures that ran in the quarter and report at its end, by their references.

    In-house agreements are asked like any other; drafts and those that ended before the quarter are not.
    """
    measured = {str(values["agreement"]) for values in desk.load_fields("agreement_measure", "agreement").values()}
    months = months_between_returns(desk)
    asked = []
    for line in register(desk, quarter.last, measured):
        period = period_for(months, line.tier, quarter)
        if period is not None and _ran_in(line, quarter):
            asked.append(Asked(line.uid, line.values, period))
    return asked


def _ran_in(line: ContractLine, quarter: Period) -> bool:
    """Whether an agreement was in force on any day of the quarter."""
    if line.state in {AgreementState.DRAFT, AgreementState.UPCOMING}:
        return False
    return line.life.end is None or line.life.end >= quarter.first


def agreements_of(desk: Desk, quarter: Period, organisations: Sequence[str]) -> list[str]:
    """Return the agreements that report in a quarter and that these organisations deliver or commission.

    Raises DeskError if there is no such organisation, or none of its agreements reports then.
    """
    asked, found = agreements_to_ask(desk, quarter), []
    for name in organisations:
        uid, values = desk.find("organisation", name)
        own = [one.uid for one in asked if uid in {one.values.get("provider"), one.values.get("agency")}]
        if not own:
            raise DeskError(f"No agreement of {values['name']} reports for {quarter.label}.")
        found += own
    return found


def start_period(
    desk: Desk, quarter: Period, due: date | None = None, agreements: Sequence[str] = (), message: str = ""
) -> str:
    """Prepare a quarter's monitoring and return the uid of its round; one that is prepared already is added to.

    For each agreement that is to report and is not asked yet, the request and its empty results, counts and lines of
    money are made. `agreements` narrows them by reference or title. Raises DeskError if nobody is to be asked.
    """
    asked = _narrowed(desk, agreements_to_ask(desk, quarter), agreements)
    if not asked:
        raise DeskError(
            f"No agreement with measures reports for {quarter.label}; give agreements measures, a start and the day "
            "they were signed."
        )
    found = next(iter(desk.load("round", collects=Collects.MONITORING.value, period=quarter.code)), None)
    there = {request.agreement_uid for request in requests_of(desk, found)} if found else set()
    fresh = [one for one in asked if one.uid not in there]
    round_uid = found or new_uid()
    changes = [] if found else [created("round", _round_values(quarter, due, message), round_uid)]
    changes += [change for one in fresh for change in _questions(desk, one, round_uid)]
    if changes:
        title = f"Start {round_name(quarter)}: {counted(len(fresh), 'agreement')} asked"
        desk.apply(Action.ROUND, title, changes)
    return round_uid


def _narrowed(desk: Desk, asked: list[Asked], names: Sequence[str]) -> list[Asked]:
    if not names:
        return asked
    wanted = {desk.find("agreement", name)[0]: name for name in names}
    left = set(wanted) - {one.uid for one in asked}
    if left:
        raise DeskError(f"Agreement “{wanted[left.pop()]}” does not report in this period or has no measures.")
    return [one for one in asked if one.uid in wanted]


def _round_values(quarter: Period, due: date | None, message: str) -> dict[str, Value]:
    return {
        "name": round_name(quarter),
        "as_at": quarter.last,
        "due": due or quarter.last + timedelta(days=DAYS_TO_ANSWER),
        "message": message or None,
        "collects": Collects.MONITORING.value,
        "period": quarter.code,
    }


def _questions(desk: Desk, asked: Asked, round_uid: str) -> list[RecordChange]:
    """Return the request to one agreement's provider with a blank record for each thing that is asked."""
    about: dict[str, Value] = {"agreement": asked.uid, "period": asked.period.code}
    request = {
        "round": round_uid,
        "agency": asked.values.get("provider"),
        "agreement": asked.uid,
        "state": RequestState.NOT_SENT.value,
        "issue": 0,
    }
    targets = desk.load("measure_target")
    changes = [created("request", request)]
    for uid, measure in desk.load("agreement_measure", agreement=asked.uid).items():
        if _is_asked(measure, asked.period):
            changes.append(created("measure_result", _result(uid, measure, about, asked.period, targets)))
    changes += [created("period_count", {**about, "what": entry.code}) for entry in desk.lists.offered("count_line")]
    plans = _plans(desk, asked)
    changes += [
        created("period_money", {**about, "what": entry.code, "plan": plans.get(entry.code)})
        for entry in desk.lists.offered("spend_line")
    ]
    return changes


def _is_asked(measure: Values, period: Period) -> bool:
    """Whether a measure is reported for a period: its own frequency ends with it, and it is neither new nor gone."""
    if _own_period(measure, period) is None:
        return False
    first, last = (str(measure.get(name) or "") for name in ("from_period", "to_period"))
    return (not first or read_period(first).first <= period.last) and (
        not last or period.last <= read_period(last).last
    )


def _own_period(measure: Values, period: Period) -> Period | None:
    """Return the period of a measure's own frequency that ends with a period of its agreement, if one does."""
    months = months_between_reports(measure)
    return Period(period.year, QUARTER, period.number * period.months // QUARTER).covers(max(months, period.months))


def _result(uid: str, measure: Values, about: Values, period: Period, targets: Records) -> dict[str, Value]:
    return {
        **about,
        "measure": uid,
        "measure_name": measure.get("name"),
        "unit": measure.get("unit"),
        "polarity": measure.get("polarity"),
        "target": target_of(uid, measure, period, targets),
        "amber_percent": measure.get("amber_percent"),
    }


def target_of(uid: str, measure: Values, period: Period, targets: Records) -> Decimal | None:
    """Return the target of a measure for a period: its own if one is set, else what the aim comes to.

    A measure that is reported less often than its agreement may have its target set for its own period: the year.

    An aim that adds up over the year is reached evenly: after two quarters of four it is half.
    """
    own = {target.get("period"): target.get("target") for target in targets.values() if target.get("measure") == uid}
    for one in (period, _own_period(measure, period)):
        if one and isinstance(value := own.get(one.code), Decimal):
            return value
    aim = measure.get("target")
    if not isinstance(aim, Decimal) or measure.get("shape") == TargetShape.PROFILE:
        return None
    if measure.get("shape") == TargetShape.CUMULATIVE:
        return (aim * period.number * period.months / 12).quantize(Decimal("0.01"))
    return aim


def _plans(desk: Desk, asked: Asked) -> dict[str, Decimal]:
    """Return what was to be spent, in pounds: in the period, and in the year so far, by the payments agreed."""
    profile = {"spend": Decimal(0), "spend_year": Decimal(0)}
    first_of_year = Period(asked.period.year, 12).first
    payments = desk.load("payment", agreement=asked.uid).values()
    for payment in payments:
        due, pence = payment.get("due"), payment.get("profile")
        if isinstance(due, date) and isinstance(pence, int) and first_of_year <= due <= asked.period.last:
            profile["spend_year"] += Decimal(pence) / 100
            profile["spend"] += Decimal(pence) / 100 if due >= asked.period.first else 0
    return profile if payments else {}


def send_period(
    desk: Desk,
    round_uid: str,
    folder: Path,
    agreements: Sequence[str] = (),
    *,
    on_step: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[SentRequest]:
    """Write the workbooks and messages of a period's monitoring into a folder, and keep what was sent.

    `agreements` narrows them by reference or title; else those that were not sent yet are written, or all of them
    again if each was. Raises DeskError if the folder cannot be written.
    """
    wanted = {desk.find("agreement", name)[0] for name in agreements}
    asked = [it for it in requests_of(desk, round_uid) if it.state is not RequestState.EXCUSED]
    unsent = [it for it in asked if it.state is RequestState.NOT_SENT]
    requests = [it for it in asked if it.agreement_uid in wanted] if wanted else unsent or asked
    if not requests:
        raise DeskError("No agreement is left to be sent a workbook for this period.")
    rows = _rows_by_agreement(desk, requests)
    return send_requests(desk, requests, lambda request: rows[request.agreement_uid], folder, on_step=on_step)


def _rows_by_agreement(desk: Desk, requests: Sequence[RequestView]) -> dict[str, list[SentRow]]:
    """Return the rows of each agreement's workbook: what is asked for its period, and its open actions."""
    quarter = read_period(requests[0].period)
    rows: dict[str, list[SentRow]] = {}
    for request in requests:
        uid = request.agreement_uid
        asked = {values["period"] for values in desk.load_fields("period_count", "period", agreement=uid).values()}
        rows[uid] = _rows(desk, uid, period_asked(quarter, asked.__contains__) or quarter)
    return rows


def _rows(desk: Desk, agreement: str, period: Period) -> list[SentRow]:
    about: dict[str, Value] = {"agreement": agreement, "period": period.code}
    found = {kind: desk.load(kind, **about) for kind in ("measure_result", "period_count", "period_money")}
    found["action"] = {
        uid: values
        for uid, values in desk.load("action", agreement=agreement).items()
        if values.get("state") not in FINISHED
    }
    keys = row_keys([uid for records in found.values() for uid in records])
    order = {name: at for at, name in enumerate(_listed(desk))}
    return [
        SentRow(kind, uid, keys[uid], {name: value for name, value in values.items() if value not in (None, ())})
        for kind in MONITORING.kinds
        for uid, values in sorted(found[kind].items(), key=lambda item: order.get(str(item[1].get("what")), 0))
    ]


def _listed(desk: Desk) -> list[str]:
    """Return the lines that are counted and compared, in the order of their lists."""
    return [entry.code for name in ("count_line", "spend_line") for entry in desk.lists.all(name)]
