"""What the desk holds that a return is compared with; it can be fetched while the workbook is still being read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ctdesk.domain.definition import Value
from ctdesk.domain.incoming import SentRow
from ctdesk.returns.forms import MONITORING
from ctdesk.returns.recognition import recognise_sheet
from ctdesk.returns.sheets import Sheet
from ctdesk.services.desk import Desk
from ctdesk.services.requests import RequestView, base_rows, request_view

Records = Mapping[str, dict[str, dict[str, Value]]]
"""Records by kind and uid."""


@dataclass(frozen=True, slots=True)
class OnFile:
    """The rows last agreed with an agency in one issue of its workbook, and its records now, by kind and uid.

    `base` is None if that issue was never sent.
    """

    request: str
    issue: int
    base: list[SentRow] | None
    ours: Records


def on_file(desk: Desk, request: RequestView, issue: int) -> OnFile:
    """Fetch what a request's workbook is compared with."""
    base = base_rows(desk, request.uid, issue)
    ours = _as_sent(desk, base or ()) if request.period else _of_agency(desk, request.agency_uid)
    return OnFile(request.uid, issue, base, ours)


def _of_agency(desk: Desk, agency: str) -> Records:
    activities = desk.load("activity", agency=agency)
    lines = {uid: line for uid, line in desk.load("funding_line").items() if line["activity"] in activities}
    return {"activity": activities, "post": desk.load("post", agency=agency), "funding_line": lines}


def _as_sent(desk: Desk, base: Iterable[SentRow]) -> Records:
    """Return the records that stood in a monitoring workbook, to which nobody adds any."""
    uids: dict[str, list[str]] = {kind: [] for kind in MONITORING.kinds}
    for row in base:
        uids[row.kind].append(row.uid)
    return {kind: desk.load_some(kind, found) for kind, found in uids.items()}


def foreseen(desk: Desk, hidden: Sheet | None) -> OnFile | None:
    """Fetch what a workbook's hidden sheet makes likely to be wanted; None if it names no request of the desk's.

    Nothing is believed yet: what was fetched for another request or issue than the workbook's is not used.
    """
    said = recognise_sheet(hidden) if hidden is not None else None
    request = request_view(desk, said.request_uid) if said and said.is_ours else None
    return on_file(desk, request, said.issue or request.issue) if said and request else None
