"""What waits in the watching over agreements: late returns, reds, actions, reviews, requirements.

The home page shows these lines, and the start of the window waits for them: each asks for a few fields of few records.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from ctdesk.domain.counting import counted
from ctdesk.domain.dates import add_months, date_text
from ctdesk.domain.definition import Value, Values
from ctdesk.domain.performance import effective
from ctdesk.domain.periods import HALF, QUARTER, YEAR, Period, read_period
from ctdesk.domain.records.agreement_watch import FINISHED
from ctdesk.domain.records.monitoring import Rating
from ctdesk.domain.records.round import Collects, RequestState
from ctdesk.services.desk import Desk
from ctdesk.services.todo_lines import TodoLine, TodoPlace

_SETTLED = {RequestState.EXCUSED.value, RequestState.NOT_SENT.value}
_Thing = TypeVar("_Thing")
_WATCHING = ("Watching over agreements", "")


def watching_lines(desk: Desk, titles: Mapping[str, str], today: date) -> Iterator[TodoLine]:
    """Yield the lines; `titles` are those of the agreements to be watched, by uid."""
    if not titles:
        return
    actions = {
        uid: values
        for uid, values in desk.load_fields("action", "agreement", "title", "state", "due").items()
        if values["agreement"] and values["state"] not in FINISHED
    }
    yield from _newest_period(desk, {it["agreement"] for it in actions.values()}, today)
    yield from _overdue(actions, today)
    reviews = desk.load_fields("agreement", "next_review")
    days = {uid: values["next_review"] for uid, values in reviews.items() if uid in titles}
    yield from _reviews(days, titles, today)
    held = desk.load_fields("requirement", "agreement", "expires", "detail").values()
    yield from _expired([it for it in held if it["agreement"] in titles], titles, today)


def _newest_period(desk: Desk, acted_on: set[Value], today: date) -> Iterator[TodoLine]:
    """Yield the lines of the newest quarter: returns that are late, and reds for which nothing is agreed."""
    rounds = desk.load_fields("round", "period", "due", collects=Collects.MONITORING.value)
    uid = max(rounds, key=lambda one: read_period(str(rounds[one]["period"])).first, default="")
    if not uid:
        return
    quarter, due = read_period(str(rounds[uid]["period"])), rounds[uid]["due"]
    requests = list(desk.load_fields("request", "agreement", "state", "received_on", round=uid).values())
    place = TodoPlace("monitoring", filters={"period": quarter.code})
    assert isinstance(due, date)  # noqa: S101 - a round is not made without it
    head = (f"Monitoring, {quarter.label}", f"due {date_text(due)}")
    late = [it for it in requests if not it["received_on"] and it["state"] not in _SETTLED] if due < today else []
    if late:
        days = f"{counted((today - due).days, 'day')} late"
        words = "Providers that have not reported"
        yield TodoLine(
            *head, "dates", "late", f"{len(late)} late", words, "Write chasers", place, age=days, overdue=True
        )
    came = {it["agreement"] for it in requests if it["received_on"]}
    red = _red(desk, quarter) & came - acted_on
    if red:
        words = "Red, and no action is agreed"
        yield TodoLine(*head, "standing", "red", f"{len(red)} red", words, "Look", place)


def _red(desk: Desk, quarter: Period) -> set[Value]:
    """Return the agreements of which a measure is red in the period that ends with a quarter."""
    ending = [period.code for length in (QUARTER, HALF, YEAR) if (period := quarter.covers(length))]
    results = (values for code in ending for values in desk.load("measure_result", period=code).values())
    return {values["agreement"] for values in results if effective(values).rating is Rating.RED}


def _overdue(actions: Mapping[str, Values], today: date) -> Iterator[TodoLine]:
    late = _by_day(((it["due"], it) for it in actions.values()), until=today)
    if late:
        first, action = late[0]
        words, hint = "Actions past their day", f"oldest: {action['title']}"
        place = TodoPlace("record", "agreement", str(action["agreement"]))
        age = f"{counted((today - first).days, 'day')} late"
        badge = counted(len(late), "action")
        yield TodoLine(*_WATCHING, "dates", "late", badge, words, "Open the oldest", place, hint, age, overdue=True)


def _reviews(days: Mapping[str, Value], titles: Mapping[str, str], today: date) -> Iterator[TodoLine]:
    due = _by_day(((day, uid) for uid, day in days.items()), until=add_months(today, 1))
    if due:
        first, uid = due[0]
        place = TodoPlace("record", "agreement", uid)
        badge, hint = counted(len(due), "review"), f"first: {titles[uid]}"
        words = "To be held within a month"
        yield TodoLine(
            *_WATCHING, "dates", "decide_by", badge, words, "Open the first", place, hint, date_text(first),
            overdue=first < today,
        )  # fmt: skip


def _expired(requirements: Iterable[Values], titles: Mapping[str, str], today: date) -> Iterator[TodoLine]:
    gone = _by_day(((it["expires"], it) for it in requirements), until=today)
    if gone:
        first, requirement = gone[0]
        uid = str(requirement["agreement"])
        place = TodoPlace("record", "agreement", uid)
        badge, hint = f"{len(gone)} expired", f"oldest: {requirement['detail']}, {titles[uid]}"
        words = "Insurance, checks and other requirements"
        yield TodoLine(
            *_WATCHING, "dates", "late", badge, words, "Open the oldest", place, hint, date_text(first), overdue=True
        )


def _by_day(dated: Iterable[tuple[Value, _Thing]], *, until: date) -> list[tuple[date, _Thing]]:
    """Return what falls before a day, the earliest first."""
    found = [(day, thing) for day, thing in dated if isinstance(day, date) and day < until]
    return sorted(found, key=lambda one: one[0])
