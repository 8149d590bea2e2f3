"""What is written to a provider with its monitoring workbook, and to remind it."""

from ctdesk.domain.dates import date_text
from ctdesk.domain.periods import read_period
from ctdesk.services.desk import Desk
from ctdesk.services.requests import RequestView


def monitoring_message(desk: Desk, request: RequestView, greeting: str) -> str:
    """Return the covering message; `greeting` is its first line, to whom it goes."""
    extra, reply = desk.load_some("round", [request.round_uid])[request.round_uid].get("message"), _reply(desk)
    lines = [
        f"{greeting}Subject: {request.round}: {request.agreement}\n",
        (
            f"Attached is the monitoring workbook of {request.agency} for agreement {request.agreement}, "
            f"{_span(request)}. It holds the measures, their targets and what you reported before."
        ),
        (
            "Please give what was reached, say why where a measure is red or amber, count whom you reached, and say "
            "where each open action stands. The first sheet counts what is still missing. The file has no macros and "
            "no links."
        ),
        f"Please send it back by {date_text(request.due)}{f' to {reply}' if reply else ''}.",
        *([str(extra)] if extra else []),
        desk.setting("team"),
    ]
    return "\n\n".join(lines) + "\n"


def monitoring_chaser(desk: Desk, request: RequestView, greeting: str) -> str:
    """Return the reminder to send if the workbook has not come back."""
    reply = _reply(desk)
    lines = [
        f"{greeting}Subject: Reminder: {request.round}: {request.agreement}\n",
        (
            f"We have not had the monitoring workbook of {request.agency} for agreement {request.agreement}, "
            f"{_span(request)}, yet; it was due by {date_text(request.due)}."
        ),
        (
            "If some figures are not ready, send those you have and say when the others will come: until then the "
            "report to the board names the agreement as missing."
        ),
        *([f"Please reply to {reply}."] if reply else []),
        desk.setting("team"),
    ]
    return "\n\n".join(lines) + "\n"


def _span(request: RequestView) -> str:
    return read_period(request.period).label


def _reply(desk: Desk) -> str:
    return desk.setting("reply_to")
