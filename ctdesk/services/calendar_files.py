"""The calendar of the register as a file: .ics for other programs’ calendars, .xlsx and .csv as a table."""

from datetime import date
from pathlib import Path

from ctdesk.domain.contract_lines import CalendarLine
from ctdesk.domain.errors import DeskError
from ctdesk.domain.icalendar import Event, calendar_text
from ctdesk.services.contract_calendar import calendar
from ctdesk.services.desk import Desk
from ctdesk.services.exporting import write_text
from ctdesk.services.past import past

HEADINGS = ("Date", "What", "Agreement", "Details", "How it was worked out")


def export_calendar(desk: Desk, path: Path, today: date) -> int:
    """Write the dates of the coming 18 months, in the form the path’s ending says, and return how many they are.

    Raises DeskError if the ending is another or the file cannot be written.
    """
    lines = calendar(desk, today)
    if path.suffix.lower() == ".ics":
        _write_ics(desk, path, lines)
    elif path.suffix.lower() in {".xlsx", ".csv"}:
        from ctdesk.returns.export import write_table

        write_table(path, HEADINGS, map(_row, lines), sheet="Calendar")
    else:
        raise DeskError(f"{path.name} should end in .ics, .xlsx or .csv.")
    return len(lines)


def _row(line: CalendarLine) -> list[object]:
    """Return a line of the table; what an agreement’s own dates are called is said by What alone."""
    details = "" if line.kind == "agreement" else line.words
    return [line.day, line.what[:1].upper() + line.what[1:], line.called, details, line.sum]


def _write_ics(desk: Desk, path: Path, lines: list[CalendarLine]) -> None:
    events = [_event(line) for line in lines]
    write_text(path, calendar_text(f"{desk.setting('name')}: agreements", events, past(desk)[0].when))


def _event(line: CalendarLine) -> Event:
    return Event(
        key=f"{line.what.replace(' ', '-')}-{line.uid}@ctdesk",
        day=line.day,
        summary=f"{line.words}: {line.called}" if line.called else line.words,
        description=line.sum,
        category=line.what[:1].upper() + line.what[1:],
    )
