"""What has been kept as long as the team means to keep it: listed for review, never removed by itself.

What removing it would mean is told by `services/removing.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Values
from ctdesk.services.desk import Desk
from ctdesk.services.naming import title_of

KINDS = ("agreement", "activity")
"""Kinds of record that end on a day, from which the years are counted."""


@dataclass(frozen=True, slots=True)
class PastKeeping:
    """One record whose time is over: when it ended, until when it was to be kept, and by which rule, in words."""

    kind: str
    uid: str
    title: str
    ended: date
    keep_until: date
    why: str


def past_keeping(desk: Desk, on: date) -> list[PastKeeping]:
    """Return the records that ended so many years ago that they need be kept no longer, the oldest first."""
    years = int(desk.setting("keep_years"))
    return sorted(_found(desk, on, years), key=lambda it: (it.keep_until, it.title))


def _found(desk: Desk, on: date, years: int) -> Iterator[PastKeeping]:
    for kind in KINDS:
        for uid, values in desk.load(kind).items():
            ended = values.get("end")
            if not isinstance(ended, date) or values.get("open_ended"):
                continue
            until = _later(ended, years)
            if until < on:
                yield PastKeeping(
                    kind=kind,
                    uid=uid,
                    title=_called(desk, kind, values),
                    ended=ended,
                    keep_until=until,
                    why=f"Ended {date_text(ended)}, kept {counted(years, 'year')}",
                )


def _called(desk: Desk, kind: str, values: Values) -> str:
    return " ".join(filter(None, (str(values.get("reference") or ""), title_of(desk, kind, values))))


def _later(day: date, years: int) -> date:
    """Return the same day so many years later; of 29 February the last of that month."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
