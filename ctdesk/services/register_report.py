"""Printing the papers about the whole register: the register itself and its calendar."""

from datetime import date
from pathlib import Path

from ctdesk.domain import clock
from ctdesk.domain.contract_paper import public_lines
from ctdesk.domain.lifecycle import LIVE
from ctdesk.domain.register_paper import CalendarPaper, RegisterPaper
from ctdesk.services.contract_calendar import MONTHS, calendar
from ctdesk.services.contracts import register
from ctdesk.services.desk import Desk


def print_register(desk: Desk, path: Path, *, on: date | None = None, public: bool = False) -> None:
    """Write the register as PDF, `public` without what is exempt; DeskError if the file cannot be written."""
    from ctdesk.reports.register import write_register

    printed = clock.now()
    write_register(register_paper(desk, on or printed.date(), public=public), path, printed=printed)


def register_paper(desk: Desk, on: date, *, public: bool = False) -> RegisterPaper:
    """Return the register as it is printed."""
    lines = register(desk, on)
    shown = public_lines(lines) if public else lines
    return RegisterPaper(
        trust=desk.setting("name"), on=on, lines=shown, left_out=len(lines) - len(shown), public=public
    )


def print_calendar(desk: Desk, path: Path, *, on: date | None = None, public: bool = False) -> None:
    """Write the calendar of 18 months as PDF, `public` without what is exempt; DeskError if it cannot be written."""
    from ctdesk.reports.register_calendar import write_calendar

    printed = clock.now()
    write_calendar(calendar_paper(desk, on or printed.date(), public=public), path, printed=printed)


def calendar_paper(desk: Desk, on: date, *, public: bool = False) -> CalendarPaper:
    """Return the calendar as it is printed."""
    lines = register(desk, on)
    shown = {line.uid: line for line in (public_lines(lines) if public else lines)}
    dates = [
        it
        for it in calendar(desk, on, lines=shown.values())
        if not it.agreement or not public or it.kind not in shown[it.agreement].exempt
    ]
    return CalendarPaper(
        trust=desk.setting("name"),
        on=on,
        months=MONTHS,
        lines=[line for line in shown.values() if line.state in LIVE],
        dates=dates,
        left_out=len(lines) - len(shown),
        public=public,
    )
