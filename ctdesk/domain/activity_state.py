"""Where an activity stands on a given day, worked out from its dates."""

from datetime import date
from enum import StrEnum

from ctdesk.domain.definition import Field, Kind, Need


class ActivityState(StrEnum):
    """How an agreement stands on a day, in the order in which people list them."""

    UPCOMING = "Upcoming"
    RUNNING = "Running"
    ENDING = "Ending within a year"
    OPEN_ENDED = "Open-ended"
    ENDED = "Ended"


STATE = Field(
    name="state",
    label="State",
    kind=Kind.TEXT,
    help="Worked out from the dates, as on today.",
    need=Need.DESK,
    options=tuple(ActivityState),
)
"""The column of a list that shows it."""


def a_year_after(day: date) -> date:
    """Return the same day of the next year; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
