"""The office's own clock, in one place: whatever asks what day or time it is in the office asks here."""

from datetime import date, datetime


def today() -> date:
    """Return the day in the office, as people count days to a deadline."""
    return now().date()


def now() -> datetime:
    """Return the time in the office to the second, with no zone: the time that stands on screen and paper."""
    return datetime.now().astimezone().replace(tzinfo=None, microsecond=0)
