"""What was commissioned when the last baseline was agreed, and the way from there to what is commissioned now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ctdesk.analysis.between_rounds import reconcile
from ctdesk.domain.definition import Values
from ctdesk.domain.incoming import SentRow
from ctdesk.domain.map_outlook import Reconciliation, Stood
from ctdesk.domain.records.round import RequestState
from ctdesk.services.desk import Desk
from ctdesk.services.newest_baseline import baselines
from ctdesk.services.published_services import left_out
from ctdesk.services.requests import RequestView, base_rows, requests_of, sent_rows


@dataclass(frozen=True, slots=True)
class StateBefore:
    """All activities as they stood then but those left out, uid -> values; `as_at` is the day they describe."""

    name: str
    as_at: date
    rows: dict[str, Values]


def state_before(desk: Desk) -> StateBefore | None:
    """Return what was agreed at the end of the last baseline but one; with one baseline alone, what it was sent with.

    An agency counts as it last agreed in the earlier round; if it was not asked then, as it was sent the newest; if
    it was asked in neither, as it is now. None if no round has been sent.
    """
    sent = [found for uid, _ in baselines(desk) if (found := _sent(desk, uid))]
    if not sent:
        return None
    newest, last = sent[-1], sent[-2] if len(sent) > 1 else []
    asked = {it.agency_uid for it in last}
    rows = _not_asked(desk, [*newest, *last])
    for request in newest:
        if request.agency_uid not in asked:
            rows |= _of(request, sent_rows(desk, request.uid, 1))
    for request in last:
        rows |= _of(request, base_rows(desk, request.uid, request.issue) or [])
    told = last or newest
    name = f"at the end of {told[0].round}" if last else f"before {told[0].round}"
    return StateBefore(name, told[0].as_at, _counted(desk, rows))


def _counted(desk: Desk, rows: Mapping[str, Values]) -> dict[str, Values]:
    hidden = left_out(desk)
    return {uid: values for uid, values in rows.items() if uid not in hidden}


def _sent(desk: Desk, round_uid: str) -> list[RequestView]:
    """Return the requests of a round that were sent."""
    return [it for it in requests_of(desk, round_uid) if it.state is not RequestState.NOT_SENT and it.issue]


def _of(request: RequestView, rows: Iterable[SentRow]) -> dict[str, Values]:
    return {row.uid: {**row.values, "agency": request.agency_uid} for row in rows if row.kind == "activity"}


def _not_asked(desk: Desk, requests: list[RequestView]) -> dict[str, Values]:
    asked = {it.agency_uid for it in requests}
    return {uid: values for uid, values in desk.load("activity").items() if values.get("agency") not in asked}


def reconcile_rounds(desk: Desk, on: date) -> Reconciliation | None:
    """Return the way from the last baseline to what is held now, as on a day; None if no round was sent."""
    before = state_before(desk)
    if before is None:
        return None
    then = {uid: _stood(desk, uid, values) for uid, values in before.rows.items()}
    now = {uid: _stood(desk, uid, values) for uid, values in _counted(desk, desk.load("activity")).items()}
    return reconcile(then, now, before.name, (before.as_at, max(on, before.as_at)))


def _stood(desk: Desk, uid: str, values: Values) -> Stood:
    money, end = values.get("annual_value"), values.get("end")
    return Stood(
        uid=uid,
        reference=str(values.get("reference") or ""),
        title=str(values.get("title") or ""),
        agency=desk.names["organisation"].name(str(values["agency"])) if values.get("agency") else "",
        money=money if isinstance(money, int) else 0,
        end=end if isinstance(end, date) else None,
    )
