"""The office's own clock, in one place: whatever asks what day or time it is in the office asks here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

_stands_at: ContextVar[datetime | None] = ContextVar("stands_at", default=None)
"""The moment to which figures are fixed in what is being done now."""


def today() -> date:
    """Return the day in the office, as people count days to a deadline."""
    return now().date()


def now() -> datetime:
    """Return the time in the office to the second, with no zone: the time that stands on screen and paper."""
    return _stands_at.get() or datetime.now().astimezone().replace(tzinfo=None, microsecond=0)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let it be this time for what is done meanwhile: a pack is of the moment to which its figures are fixed."""
    before = _stands_at.set(moment)
    try:
        yield
    finally:
        _stands_at.reset(before)
