"""The state of a record as a person is told it beside its title."""

from datetime import date

from ctdesk.domain import clock
from ctdesk.domain.definition import Value


def state_of_record(kind: str, values: dict[str, Value]) -> str:
    """Return the state of an activity, worked out from its dates as the list does."""
    if kind != "activity" or not values:
        return ""
    from ctdesk.domain.activity_state import ActivityState
    from ctdesk.domain.dates import add_months

    today = clock.today()
    start, end = values.get("start"), values.get("end")
    if isinstance(start, date) and start > today:
        return ActivityState.UPCOMING
    if isinstance(end, date):
        if end < today:
            return ActivityState.ENDED
        return ActivityState.ENDING if end <= add_months(today, 12) else ActivityState.RUNNING
    return ActivityState.OPEN_ENDED if values.get("open_ended") else ""
