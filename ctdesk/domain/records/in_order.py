"""Rules that records of several kinds keep: dates and ages stand in order, and an end is given or said to be open."""

from collections.abc import Iterator
from datetime import date

from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Fault, Values


def dates_in_order(values: Values) -> Iterator[Fault]:
    """An agreement cannot end before it starts."""
    start, end = values.get("start"), values.get("end")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        yield Fault("dates_reversed", ("end", "start"), {"end": date_text(end), "start": date_text(start)})


def ended_or_open(values: Values) -> Iterator[Fault]:
    """An agreement has an end date or is open-ended: not neither, not both."""
    if not values.get("start"):
        return
    if values.get("end") and values.get("open_ended"):
        yield Fault("end_and_open", ("open_ended", "end"))
    elif not values.get("end") and not values.get("open_ended"):
        yield Fault("no_end", ("end", "open_ended"))


def ages_in_order(values: Values) -> Iterator[Fault]:
    """The oldest age served is not below the youngest."""
    youngest, oldest = values.get("age_from"), values.get("age_to")
    if isinstance(youngest, int) and isinstance(oldest, int) and oldest < youngest:
        yield Fault("ages_reversed", ("age_to", "age_from"), {"from": str(youngest), "to": str(oldest)})
