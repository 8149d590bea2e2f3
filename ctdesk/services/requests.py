"""Requests and the rows that travelled with them: finding one, and keeping what was sent and agreed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ctdesk.db import queries
from ctdesk.domain.changes import RecordChange
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.incoming import SentRow
from ctdesk.domain.records.round import FilePurpose, RequestState
from ctdesk.domain.snapshot import pack, unpack
from ctdesk.services.desk import Desk
from ctdesk.services.kept_files import bytes_of, keep_file

if TYPE_CHECKING:
    from ctdesk.returns.forms import Form


@dataclass(frozen=True, slots=True)
class RequestView:
    """One agency's part of a round, or one agreement's part of a period's monitoring, with the words of both.

    Of monitoring `agency` is the provider, `period` is like `2026-Q1`, and `agreement` is the agreement's reference.
    """

    uid: str
    round_uid: str
    round: str
    as_at: date
    due: date
    agency_uid: str
    agency: str
    state: RequestState
    issue: int
    values: Mapping[str, Value]
    period: str = ""
    agreement_uid: str = ""
    agreement: str = ""
    asks: tuple[str, ...] = ()
    """The kinds of record a baseline round asks for; all if none is named."""

    @property
    def called(self) -> str:
        """What its files and messages are called by: the round, whose it is, and about which agreement."""
        return " - ".join(part for part in (self.round, self.agency, self.agreement) if part)


def form_of(request: RequestView) -> "Form":
    """Return the form in which a request is answered."""
    from ctdesk.returns.forms import BASELINE, MONITORING

    return MONITORING if request.period else BASELINE.only(request.asks or BASELINE.kinds)


def requests_of(desk: Desk, round_uid: str) -> list[RequestView]:
    """Return the requests of a round, by the agencies' names."""
    round_values = desk.load("round")[round_uid]
    views = [
        _view(desk, uid, values, round_uid, round_values)
        for uid, values in desk.load("request", round=round_uid).items()
    ]
    return sorted(views, key=lambda view: (view.agency.casefold(), view.agreement.casefold()))


def request_view(desk: Desk, uid: str) -> RequestView | None:
    """Return one request by its uid, or None."""
    found = queries.load(desk.workspace, "request", uids=[uid]).get(uid)
    if found is None:
        return None
    round_uid = str(found["round"])
    return _view(desk, uid, found, round_uid, desk.load("round")[round_uid])


def _view(
    desk: Desk, uid: str, values: Mapping[str, Value], round_uid: str, round_values: Mapping[str, Value]
) -> RequestView:
    as_at, due = round_values["as_at"], round_values["due"]
    assert isinstance(as_at, date) and isinstance(due, date)  # noqa: S101, PT018 - a round is not made without them
    agency = str(values["agency"])
    issue, agreement = values.get("issue"), str(values.get("agreement") or "")
    return RequestView(
        uid=uid,
        round_uid=round_uid,
        round=str(round_values["name"]),
        as_at=as_at,
        due=due,
        agency_uid=agency,
        agency=desk.names["organisation"].name(agency),
        state=RequestState(str(values.get("state") or RequestState.NOT_SENT)),
        issue=issue if isinstance(issue, int) else 0,
        values=values,
        period=str(round_values.get("period") or ""),
        agreement_uid=agreement,
        agreement=desk.names["agreement"].name(agreement) if agreement else "",
        asks=tuple(str(round_values.get("asks") or "").split()),
    )


def round_named(desk: Desk, name: str) -> str:
    """Return the uid of the round a person names; DeskError names the rounds there are."""
    found = desk.names["round"].find(name)
    if found is None:
        known = sorted(desk.names["round"].name_of.values())
        there = f"; there are: {', '.join(known)}" if known else "; no round has been started yet"
        raise DeskError(f"There is no round “{name}” in {desk.workspace.path.name}{there}.")
    return found


def agencies_named(desk: Desk, names: Iterable[str]) -> list[str]:
    """Return the uids of the agencies a person names, or of all agencies if none is named."""
    agencies = desk.load("organisation", is_agency=True)
    wanted = []
    for name in names:
        uid = desk.names["organisation"].find(name)
        if uid is None or uid not in agencies:
            raise DeskError(
                f"There is no agency “{name}” in {desk.workspace.path.name}; see: ctdesk list … organisation."
            )
        wanted.append(uid)
    return wanted or sorted(agencies, key=lambda uid: str(agencies[uid].get("name")).casefold())


def keep_rows(rows: Iterable[SentRow], purpose: FilePurpose, files: dict[str, bytes], **fields: Value) -> RecordChange:
    """Return the keeping of a block of rows as sent, agreed or adopted."""
    return keep_file(pack(rows), f"{purpose.value}.json.z", purpose, files, **fields)


def base_rows(desk: Desk, request_uid: str, issue: int) -> list[SentRow] | None:
    """Return the rows of a request's issue as last agreed, or as sent; None if that issue was never sent."""
    return _kept_rows(desk, request_uid, issue, {FilePurpose.SENT_ROWS, FilePurpose.AGREED_ROWS})


def sent_rows(desk: Desk, request_uid: str, issue: int) -> list[SentRow]:
    """Return the rows of a request's issue as sent, whatever has been agreed since."""
    return _kept_rows(desk, request_uid, issue, {FilePurpose.SENT_ROWS}) or []


def _kept_rows(desk: Desk, request_uid: str, issue: int, purposes: set[FilePurpose]) -> list[SentRow] | None:
    stored = desk.load("stored_file", request=request_uid, issue=issue)
    return latest_rows(desk, {uid: values for uid, values in stored.items() if values["purpose"] in purposes})


def latest_rows(desk: Desk, stored: Mapping[str, Mapping[str, Value]]) -> list[SentRow] | None:
    """Return the rows of the youngest of these stored files; uids are in the order of time."""
    if not stored:
        return None
    return unpack(bytes_of(desk, stored[max(stored)]))
