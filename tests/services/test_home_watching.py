"""The lines of the home page about watching over agreements."""

from datetime import date
from pathlib import Path

from ctdesk.domain.changes import Action, created, present, updated
from ctdesk.domain.definition import Value
from ctdesk.domain.periods import read_period
from ctdesk.services.agreements import agreements
from ctdesk.services.desk import Desk
from ctdesk.services.home import todo
from ctdesk.services.home_watching import watching_lines
from ctdesk.services.monitoring import send_period, start_period
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.todo_lines import TodoLine
from tests.services.monitored_borough import HOMES, TALK
from tests.services.returned_books import answer

TODAY = date(2026, 7, 25)


def lines(desk: Desk, on: date = TODAY) -> dict[str, TodoLine]:
    """Return the lines by their badge."""
    watched = {it.uid: it.title for it in agreements(desk, on) if it.kind == "agreement"}
    return {line.badge: line for line in watching_lines(desk, watched, on)}


def put(desk: Desk, kind: str, uid: str, **after: Value) -> None:
    """Alter a record."""
    desk.apply(Action.EDIT, "Alter", present([updated(kind, uid, desk.load(kind)[uid], after)]))


def test_a_desk_without_agreements_says_nothing(desk: Desk) -> None:
    assert lines(desk) == {}


def test_returns_that_did_not_come_are_late_once_they_are_due(ready: Desk, tmp_path: Path) -> None:
    send_period(ready, start_period(ready, read_period("2026-Q1")), tmp_path)
    assert "2 late" not in lines(ready, date(2026, 7, 20))
    late = lines(ready)["2 late"]
    assert (late.section, late.age, late.overdue) == ("Monitoring, quarter 1 of 2026/27", "5 days late", True)
    assert late.place.filters == {"period": "2026-Q1"}


def test_a_red_waits_until_an_action_is_agreed(ready: Desk, tmp_path: Path) -> None:
    items = send_period(ready, start_period(ready, read_period("2026-Q1")), tmp_path)
    sent = next(item for item in items if item.request.agreement_uid == HOMES)
    receive(ready, answer(ready, sent, [("Measures", "Visits made", "Actual", 3)]), Wishes(apply=True, received=TODAY))
    assert lines(ready)["1 red"].sentence == "Red, and no action is agreed"
    action: dict[str, Value] = {"agreement": HOMES, "title": "Visit", "owner": "Lead", "due": date(2026, 9, 1)}
    ready.apply(Action.EDIT, "Agree", [created("action", action)])
    assert "1 red" not in lines(ready)


def test_actions_past_their_day_lead_to_the_oldest(ready: Desk) -> None:
    line = lines(ready)["1 action"]
    assert (line.hint, line.age, line.place.uid) == ("oldest: Send the safeguarding audit", "25 days late", TALK)
    put(ready, "action", "act-18", state="done", done_on=TODAY)
    assert "1 action" not in lines(ready)


def test_reviews_of_the_next_month_and_expired_requirements_are_named(ready: Desk) -> None:
    put(ready, "agreement", TALK, next_review=date(2026, 8, 10))
    put(ready, "agreement", HOMES, next_review=date(2026, 9, 10))
    gone: dict[str, Value] = {
        "agreement": HOMES, "what": "insurance", "detail": "Public liability", "expires": date(2026, 6, 30),
    }  # fmt: skip
    kept = {**gone, "expires": date(2027, 6, 30)}
    ready.apply(Action.EDIT, "Require", [created("requirement", gone), created("requirement", kept)])
    found = lines(ready)
    assert (found["1 review"].place.uid, found["1 review"].overdue) == (TALK, False)
    assert found["1 expired"].hint == "oldest: Public liability, Supported lodgings"


def test_the_home_page_has_them_before_the_dates(ready: Desk) -> None:
    sections = [line.section for line in todo(ready, TODAY)]
    assert "Watching over agreements" in sections
