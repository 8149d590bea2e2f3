"""What waits for a person, the figures with their coverage, and the months ahead."""

from datetime import UTC, date, datetime

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.services.agreements import agreements, coming, months_ahead
from ctdesk.services.desk import Desk
from ctdesk.services.figures import changed_lately, copied, figures
from ctdesk.services.home import home_page, todo
from ctdesk.services.past import undo
from ctdesk.services.records import new_record, record, save_record
from ctdesk.services.rounds import start_round
from ctdesk.services.todo_lines import TodoLine
from ctdesk.services.upkeep import back_up
from tests.services.small_borough import CLINIC, COUNCIL, HOSPITAL, NURSING, OLD, SESSIONS
from tests.services.small_register import SCHOOL, small_register
from tests.services.test_tracker import AS_AT, DUE, TODAY, put, sent


def told(lines: list[TodoLine]) -> list[tuple[str, str]]:
    return [(line.badge, line.age) for line in lines]


@pytest.fixture
def round_uid(desk: Desk) -> str:
    """A round that was started, nothing sent yet."""
    return start_round(desk, "Baseline 2026/27", AS_AT, DUE).uid


def without_dates(lines: list[TodoLine]) -> list[TodoLine]:
    return [line for line in lines if line.section != "Agreements"]


def test_with_nothing_waiting_there_are_no_lines(desk: Desk) -> None:
    back_up(desk)
    assert todo(desk, date(2030, 1, 1)) == []


def test_the_whole_page_says_the_same_as_its_parts(desk: Desk, round_uid: str) -> None:
    assert round_uid
    page = home_page(desk, TODAY)
    assert page.todo == todo(desk, TODAY)
    assert page.figures == figures(desk, TODAY)
    assert page.months == months_ahead(desk, TODAY)
    assert page.lately == changed_lately(desk)


def test_the_round_comes_first_the_late_before_what_waits_for_us(desk: Desk, round_uid: str) -> None:
    back_up(desk)
    sent(desk, COUNCIL)
    put(desk, HOSPITAL, state="received", issue=1, received_on=date(2026, 5, 12))
    back_up(desk)
    late, received = without_dates(todo(desk, TODAY))
    assert (late.badge, late.age, late.overdue, late.hint) == ("1 late", "10 days late", True, "1 sent")
    assert late.section == "Round Baseline 2026/27"
    assert late.section_hint == "due 08/05/2026, 10 days ago"
    assert (received.badge, received.hint, received.age) == ("1 return", "oldest: Birch Hospital Trust", "6 days")
    assert late.place.uid == round_uid


def test_questions_and_conflicts_are_told_with_whose_they_are(desk: Desk, round_uid: str) -> None:
    assert round_uid
    request = put(desk, COUNCIL, state="queried", issue=1, received_on=date(2026, 5, 14))
    put(desk, HOSPITAL, state="excused")
    finding = {"request": request, "rule": "required", "grade": "must fix", "message": "x"}
    conflict = {**finding, "rule": "conflict", "grade": "please explain"}
    desk.apply(
        Action.EDIT, "Ask", [created("finding", it) for it in (finding, conflict, {**conflict, "answered": True})]
    )
    back_up(desk)
    queried, held = without_dates(todo(desk, TODAY))
    assert (queried.badge, queried.hint, queried.age) == ("1 queried", "1 must fix, 1 to explain", "4 days")
    assert (held.badge, held.sentence) == ("1 conflict", "Held in the return of Alder Council")
    assert held.place.uid == request


def test_a_round_not_sent_yet_waits_to_be_sent(desk: Desk, round_uid: str) -> None:
    assert round_uid
    back_up(desk)
    (line,) = without_dates(todo(desk, date(2026, 4, 1)))
    assert (line.badge, line.verb) == ("2 not sent", "Send")


def test_dates_of_the_next_three_months_stand_one_by_one(desk: Desk) -> None:
    lines = [line for line in todo(desk, date(2026, 8, 1)) if line.section == "Agreements"]
    assert [(line.badge, line.sentence, line.age) for line in lines] == [
        ("Ends", "Parent sessions AC-002", "30/09/2026"),
        ("Notice by", "School nursing AC-001", "30/09/2026"),
        ("Notice by", "Speech clinic BH-001", "30/09/2026"),
        ("2 more", "Decision, notice and end dates within the year", ""),
    ]
    assert lines[0].section_hint == "3 dates in 3 months, 3 dates in 6 months, 5 dates in 12 months"


def test_incomplete_records_and_an_old_backup_are_tidied_up(desk: Desk) -> None:
    new_record(desk, "activity", {"title": "X", "agency": COUNCIL})
    new_record(desk, "post", {"title": "X", "agency": COUNCIL})
    lines = without_dates(todo(desk, date(2030, 1, 1)))
    assert [(line.badge, line.hint, line.age) for line in lines] == [
        ("2 records", "1 activity, 1 post", ""),
        ("Backup", "", "none yet"),
    ]
    back_up(desk)
    assert [line.badge for line in without_dates(todo(desk, date(2030, 1, 1)))] == ["2 records"]


def test_an_agreement_runs_from_its_start_to_its_end(desk: Desk) -> None:
    found = {it.uid: it for it in agreements(desk, date(2024, 1, 1))}
    assert found[NURSING].notice_by == date(2026, 9, 30)
    assert found[OLD].runs_on(date(2025, 3, 31))
    assert not found[OLD].runs_on(date(2025, 4, 1))
    assert not found[NURSING].runs_on(date(2024, 3, 31))
    assert found[SESSIONS].in_notice_period(date(2026, 5, 1))
    assert not found[CLINIC].in_notice_period(date(2026, 5, 1))


def test_the_months_ahead_hold_every_date_once(desk: Desk) -> None:
    today = date(2026, 9, 1)
    months = months_ahead(desk, today)
    assert [month.first for month in months][::12] == [date(2026, 9, 1), date(2027, 9, 1)]
    assert (months[0].notice_by, months[0].ends) == (2, 1)
    assert (months[6].notice_by, months[6].ends) == (0, 2)
    assert sum(month.notice_by + month.ends for month in months) == len(
        coming(agreements(desk, today), today, date(2027, 10, 1))
    )


def test_without_a_round_figures_say_what_they_rest_on(desk: Desk) -> None:
    found = {it.label: (it.value, it.note) for it in figures(desk, TODAY)}
    assert found == {
        "Activities": ("5", "as the desk knows them; no round yet"),
        "Commissioned in 2026/27": ("£275,000", "as the desk knows it; no round yet"),
        "Agreements running": ("4", "£255,000 a year; 1 in their notice period"),
        "Commissioning posts": ("2", "1.5 FTE, £90,000 a year"),
    }


def test_figures_of_a_round_state_their_coverage_and_add_up(desk: Desk, round_uid: str) -> None:
    assert round_uid
    by_label = {it.label: it for it in figures(desk, TODAY)}
    assert by_label["Commissioned in 2026/27"].value == "–"
    put(desk, COUNCIL, state="accepted", received_on=date(2026, 5, 1))
    save_record(desk, "activity", CLINIC, record(desk, "activity", CLINIC), {"estimated": True})
    by_label = {it.label: it for it in figures(desk, TODAY)}
    assert by_label["Activities"].note == "1 of 2 agencies returned, 1 estimated by us"
    money = by_label["Commissioned in 2026/27"]
    assert (money.value, money.note) == ("£255,000", "£175,000 returned, £80,000 estimated")
    answered = by_label["Agencies answered"]
    assert (answered.value, answered.note) == ("1 of 2", "1 on time (50%)")
    assert "Agencies answered: 1 of 2 (1 on time (50%))" in copied(
        desk, [answered], datetime(2026, 5, 18, 8, 52, tzinfo=UTC)
    )


def test_an_agency_that_is_missing_is_not_in_the_total(desk: Desk, round_uid: str) -> None:
    assert round_uid
    put(desk, COUNCIL, state="accepted", received_on=date(2026, 5, 1))
    money = next(it for it in figures(desk, TODAY) if it.label.startswith("Commissioned"))
    assert (money.value, money.note) == ("£175,000", "£175,000 returned; 1 agency is not in it")


def test_what_changed_lately_is_mine_or_somebody_elses(desk: Desk) -> None:
    uid = new_record(desk, "team", {"name": "X", "agency": COUNCIL})
    desk.who = "alex"
    save_record(desk, "team", uid, record(desk, "team", uid), {"name": "Y"})
    undo(desk, changed_lately(desk)[0].change_set)
    lately = changed_lately(desk, 3)
    assert [(it.who, it.undone) for it in lately] == [("You", False), ("You", True), ("sam", False)]
    assert not changed_lately(desk, 99)[-1].can_undo


def test_dates_come_from_agreements_and_from_activities_of_none(desk: Desk) -> None:
    desk.apply(Action.EDIT, "Take over the register", small_register())
    today = date(2026, 5, 18)
    found = {it.uid: it for it in agreements(desk, today)}
    assert found[SCHOOL].kind == "agreement"
    assert found[SCHOOL].end == date(2026, 12, 31)
    assert NURSING not in found  # school nursing delivers it
    assert found[SESSIONS].kind == "activity"
    lines = [line for line in todo(desk, today) if line.section == "Agreements"]
    assert lines[0].place.filters == {"waits": "yes"}
    assert (lines[1].badge, lines[1].place.kind, lines[1].age) == ("Notice by", "agreement", "30/06/2026")
    assert lines[-1].place.screen == "calendar"
