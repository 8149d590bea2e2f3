"""Workbooks on their way: a round sent from the small borough, and returns filled in as agencies do."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ctdesk.returns.filling import TypedCell, TypedRow, fill_in
from ctdesk.services.desk import Desk
from ctdesk.services.rounds import start_round
from ctdesk.services.sending import SentRequest, send

AS_AT, DUE = date(2026, 3, 31), date(2026, 5, 8)


def send_round(desk: Desk, folder: Path) -> dict[str, SentRequest]:
    """Start a round and send it; return what was sent by the agencies' uids."""
    start_round(desk, "Baseline 2026/27", AS_AT, DUE)
    return {item.request.agency_uid: item for item in send(desk, "Baseline 2026/27", folder)}


def answer(
    desk: Desk,
    sent: SentRequest,
    cells: Sequence[tuple[str, str, str, object]] = (),
    rows: Sequence[tuple[str, dict[str, object]]] = (),
) -> Path:
    """Fill a workbook in: cells by sheet, reference or title of the row, column label and what is typed."""
    path = sent.workbook.with_name(f"returned {sent.workbook.name}")
    typed = [TypedCell(*cell) for cell in cells]  # type: ignore[arg-type]
    fill_in(sent.workbook, path, desk.lists, typed, [TypedRow(*row) for row in rows], confirm=True)
    return path
