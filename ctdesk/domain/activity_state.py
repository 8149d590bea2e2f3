"""Where an activity stands on a given day, worked out from its dates."""

from enum import StrEnum

from ctdesk.domain.definition import Field, Kind, Need


class ActivityState(StrEnum):
    """How an activity stands on a day, in the order in which people list them."""

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
