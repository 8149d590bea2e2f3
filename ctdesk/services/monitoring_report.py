"""Printing the monitoring report of a period."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from ctdesk.domain import clock
from ctdesk.domain.contract_paper import WHOLE, public_standing
from ctdesk.domain.errors import DeskError
from ctdesk.domain.monitoring_lines import PeriodBoard
from ctdesk.domain.periods import Period
from ctdesk.domain.suppression import SETTING
from ctdesk.services.contracts import register
from ctdesk.services.desk import Desk
from ctdesk.services.monitoring_board import board, periods


def print_monitoring(
    desk: Desk,
    path: Path,
    quarter: Period | None = None,
    *,
    on: date | None = None,
    provider: str | None = None,
    public: bool = False,
) -> None:
    """Write the report of a quarter, the newest if none is named, as PDF; of one provider alone if it is named.

    `public` leaves out small numbers of people, whole agreements that are exempt, and the money and names that are.
    Raises DeskError if no period was started, the provider has no agreement in it, or the file cannot be written.
    """
    from ctdesk.reports.monitoring import write_monitoring

    printed = clock.now()
    shown = board(desk, quarter or _newest(desk), on or printed.date())
    words = "None"
    if provider is not None:
        shown, words = _only(desk, shown, provider)
    if public:
        shown, words = _published(desk, shown), f"{words}; public edition"
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


def _published(desk: Desk, shown: PeriodBoard) -> PeriodBoard:
    """Return a board as the public may read it."""
    exempt = {it.uid: it.exempt for it in register(desk, shown.on, [line.agreement for line in shown.lines])}
    smallest = int(desk.setting(SETTING))
    told = (
        public_standing(line, exempt[line.agreement], smallest)
        for line in shown.lines
        if WHOLE not in exempt[line.agreement]
    )
    return replace(shown, lines=tuple(told))
