"""Printing the monitoring report of a period."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from ctdesk.domain import clock
from ctdesk.domain.errors import DeskError
from ctdesk.domain.monitoring_lines import PeriodBoard
from ctdesk.domain.periods import Period
from ctdesk.services.desk import Desk
from ctdesk.services.monitoring_board import board, periods


def print_monitoring(
    desk: Desk, path: Path, quarter: Period | None = None, *, on: date | None = None, provider: str | None = None
) -> None:
    """Write the report of a quarter, the newest if none is named, as PDF; of one provider alone if it is named.

    Raises DeskError if no period was started, the provider has no agreement in it, or the file cannot be written.
    """
    from ctdesk.reports.monitoring import write_monitoring

    printed = clock.now()
    shown = board(desk, quarter or _newest(desk), on or printed.date())
    words = "None"
    if provider is not None:
        shown, words = _only(desk, shown, provider)
    write_monitoring(shown, path, filter_words=words, printed=printed)


def _newest(desk: Desk) -> Period:
    found = periods(desk)
    if not found:
        raise DeskError("No period of monitoring has been started yet; send one first.")
    return found[0].quarter


def _only(desk: Desk, shown: PeriodBoard, provider: str) -> tuple[PeriodBoard, str]:
    uid, values = desk.find("organisation", provider)
    lines = [line for line in shown.lines if line.provider_uid == uid]
    if not lines:
        raise DeskError(f"{values['name']} was not asked in {shown.quarter.label}; name a provider that was.")
    return replace(shown, lines=tuple(lines), not_asked=0), f"{values['name']} only"
