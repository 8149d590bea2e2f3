"""What the desk holds that a return is compared with; it can be fetched while the workbook is still being read."""

from collections.abc import Mapping
from dataclasses import dataclass

from ctdesk.domain.definition import Value
from ctdesk.domain.incoming import SentRow
from ctdesk.returns.recognition import recognise_sheet
from ctdesk.returns.sheets import Sheet
from ctdesk.services.desk import Desk
from ctdesk.services.requests import RequestView, base_rows, request_view


@dataclass(frozen=True, slots=True)
class OnFile:
    """The rows last agreed with an agency in one issue of its workbook, and its records now, by kind and uid.

    `base` is None if that issue was never sent.
    """

    request: str
    issue: int
    base: list[SentRow] | None
    ours: Mapping[str, dict[str, dict[str, Value]]]


def on_file(desk: Desk, request: RequestView, issue: int) -> OnFile:
    """Fetch what a request's workbook is compared with."""
    agency = request.agency_uid
    activities = desk.load("activity", agency=agency)
    lines = {uid: line for uid, line in desk.load("funding_line").items() if line["activity"] in activities}
    ours = {"activity": activities, "post": desk.load("post", agency=agency), "funding_line": lines}
    return OnFile(request.uid, issue, base_rows(desk, request.uid, issue), ours)


def foreseen(desk: Desk, hidden: Sheet | None) -> OnFile | None:
    """Fetch what a workbook's hidden sheet makes likely to be wanted; None if it names no request of the desk's.

    Nothing is believed yet: what was fetched for another request or issue than the workbook's is not used.
    """
    said = recognise_sheet(hidden) if hidden is not None else None
    request = request_view(desk, said.request_uid) if said and said.is_ours else None
    return on_file(desk, request, said.issue or request.issue) if said and request else None
