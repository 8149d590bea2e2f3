"""Days as they are typed after an option of the command line."""

from datetime import date

from ctdesk.domain.dates import read_date
from ctdesk.domain.errors import DeskError
from ctdesk.domain.reading import Unreadable


def typed_day(text: str, option: str) -> date:
    """Return the day that was typed; DeskError names the option if it is none."""
    try:
        return read_date(text)
    except Unreadable as fault:
        raise DeskError(f"{option}: “{text}” {fault}.") from fault
