"""Agreements and their dates: which run, by when notice must be given, what ends when."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from ctdesk.db import queries
from ctdesk.domain.dates import add_months
from ctdesk.domain.definition import Values
from ctdesk.domain.held import several_in
from ctdesk.domain.lifecycle import LIVE
from ctdesk.services.contracts import lifecycles
from ctdesk.services.desk import Desk

_FIELDS = ("reference", "title", "start", "end", "open_ended", "notice_months")

What = Literal["decide_by", "notice_by", "ends"]
"""The dates that an officer must not miss."""


class Agreement(NamedTuple):
    """An agreement, or an activity of which the desk holds none; `notice_by` is the last day to give notice.

    Of an activity nothing tells by when to decide.
    """

    # A tuple, as thousands of them are made before the home page shows.

    uid: str
    reference: str
    title: str
    start: date | None
    end: date | None
    notice_by: date | None
    kind: str = "activity"
    decide_by: date | None = None

    def runs_on(self, day: date) -> bool:
        """Whether it is in force on a day; one without dates is taken to be."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def in_notice_period(self, day: date) -> bool:
        """Whether the last day to give notice has passed, and the end has not come."""
        return self.notice_by is not None and self.runs_on(day) and self.notice_by < day


@dataclass(frozen=True, slots=True)
class Coming:
    """One date that comes: what must be done or happens by then, and with which agreement."""

    day: date
    what: What
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class MonthAhead:
    """How many dates fall into a calendar month, of which `first` is the first day."""

    first: date
    notice_by: int
    ends: int


def agreements(desk: Desk, today: date) -> list[Agreement]:
    """Return the agreements to be watched, and the activities of none whose end is still to come."""
    named = desk.load_fields("agreement", "reference", "title", "activities")
    covered = {uid for values in named.values() for uid in several_in(values, "activities")}
    held = queries.load(desk.workspace, "activity", fields=_FIELDS, since={"end": today})
    activities = ((uid, values) for uid, values in held.items() if uid not in covered and not values["open_ended"])
    return [*_watched(desk, named, today), *(_agreement(uid, values) for uid, values in activities)]


def _watched(desk: Desk, named: Mapping[str, Values], today: date) -> Iterator[Agreement]:
    for uid, life in lifecycles(desk, today).items() if named else ():
        if life.state in LIVE:
            yield Agreement(
                uid=uid,
                reference=str(named[uid]["reference"] or ""),
                title=str(named[uid]["title"] or ""),
                start=life.start,
                end=life.end,
                notice_by=life.notice_by.day if life.notice_by else None,
                kind="agreement",
                decide_by=life.decide_by.day if life.decide_by else None,
            )


def coming(found: list[Agreement], today: date, until: date) -> list[Coming]:
    """Return the dates from today until a day, that day left out, in their order."""
    dates = [date_ for agreement in found for date_ in _dates(agreement) if today <= date_.day < until]
    return sorted(dates, key=lambda it: (it.day, it.what, it.agreement.reference, it.agreement.title))


def months_ahead(desk: Desk, today: date, found: list[Agreement] | None = None) -> list[MonthAhead]:
    """Return this month, from today, and the twelve after it."""
    first = today.replace(day=1)
    until = add_months(first, 13)
    counts = Counter(
        (it.day.replace(day=1), it.what)
        for it in coming(agreements(desk, today) if found is None else found, today, until)
    )
    months = [add_months(first, n) for n in range(13)]
    return [MonthAhead(month, counts[month, "notice_by"], counts[month, "ends"]) for month in months]


def _dates(agreement: Agreement) -> Iterator[Coming]:
    if agreement.decide_by is not None:
        yield Coming(agreement.decide_by, "decide_by", agreement)
    if agreement.notice_by is not None:
        yield Coming(agreement.notice_by, "notice_by", agreement)
    if agreement.end is not None:
        yield Coming(agreement.end, "ends", agreement)


def _agreement(uid: str, values: Values) -> Agreement:
    start, end, months = values["start"], values["end"], values["notice_months"]
    last = end if isinstance(end, date) else None
    return Agreement(
        uid=uid,
        reference=str(values.get("reference") or ""),
        title=str(values.get("title") or ""),
        start=start if isinstance(start, date) else None,
        end=last,
        notice_by=add_months(last, -months) if last and isinstance(months, int) and months else None,
    )
