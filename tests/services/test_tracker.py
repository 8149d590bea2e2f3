"""Following a round: urgency, words about days, what is next, and what may be done by hand."""

from datetime import date
from pathlib import Path

import pytest
from ctdesk.domain.changes import Action, created, updated
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import RequestState
from ctdesk.services.desk import Desk
from ctdesk.services.past import past, undo
from ctdesk.services.round_actions import ask_after_all, mark, move_due_date, write_chasers
from ctdesk.services.rounds import start_round
from ctdesk.services.tracker import due_words, rounds, tracker
from tests.services.small_borough import COUNCIL, HOSPITAL

AS_AT, DUE, TODAY = date(2026, 3, 31), date(2026, 5, 8), date(2026, 5, 18)


@pytest.fixture
def round_uid(desk: Desk) -> str:
    """A round that was started, nothing sent yet."""
    return start_round(desk, "Baseline 2026/27", AS_AT, DUE).uid


def put(desk: Desk, agency: str, **after: object) -> str:
    """Alter an agency's request, as sending and receiving do."""
    ((uid, values),) = desk.load("request", agency=agency).items()
    desk.apply(Action.EDIT, "As sent or returned", [updated("request", uid, values, after)])  # type: ignore[list-item,arg-type]
    return uid


def sent(desk: Desk, agency: str) -> str:
    return put(desk, agency, state="sent", issue=1, sent_on=date(2026, 3, 20))


@pytest.mark.usefixtures("round_uid")
def test_the_late_come_first_with_what_is_next(desk: Desk, round_uid: str) -> None:
    sent(desk, COUNCIL)
    put(desk, HOSPITAL, state="received", issue=1, received_on=date(2026, 5, 12))
    first, second = tracker(desk, round_uid, TODAY).lines
    assert (first.agency, first.group, first.against_due, first.next) == (
        "Alder Council",
        "Late, not answered",
        "10 days late",
        "Write chaser",
    )
    assert (second.group, second.against_due, second.next, second.since) == (
        "Received, waiting for review",
        "4 days late",
        "Review",
        date(2026, 5, 12),
    )


@pytest.mark.parametrize(
    ("came", "words"),
    [(date(2026, 5, 8), "on the day"), (date(2026, 5, 7), "1 day early"), (date(2026, 5, 10), "2 days late")],
)
def test_answers_are_counted_against_the_due_date(desk: Desk, round_uid: str, came: date, words: str) -> None:
    put(desk, COUNCIL, state="accepted", received_on=came, accepted_on=came)
    line = next(line for line in tracker(desk, round_uid, TODAY).lines if line.agency_uid == COUNCIL)
    assert (line.against_due, line.late, line.group) == (words, False, "Accepted")


def test_rows_contacts_and_findings_stand_beside_the_agency(desk: Desk, round_uid: str) -> None:
    request = sent(desk, COUNCIL)
    finding = {"request": request, "rule": "no_end", "grade": "please explain", "message": "Why"}
    desk.apply(
        Action.EDIT,
        "Ask",
        [
            created("finding", finding),
            created("finding", {**finding, "answered": True}),
            created("contact", {"agency": COUNCIL, "role": "Clerk"}),
            created("contact", {"agency": COUNCIL, "role": "Data officer", "email": "d@x.uk", "for_returns": True}),
        ],
    )
    line = next(line for line in tracker(desk, round_uid, TODAY).lines if line.agency_uid == COUNCIL)
    assert line.rows == 3 + 1 + 2
    assert (line.contact, line.email) == ("Data officer", "d@x.uk")
    assert line.findings == {"please explain": 1}


def test_the_summary_leaves_the_excused_out_of_the_expected(desk: Desk, round_uid: str) -> None:
    request = sent(desk, COUNCIL)
    put(desk, HOSPITAL, state="queried", issue=1, received_on=DUE)
    mark(desk, [request], RequestState.EXCUSED, TODAY, "Merged into another")
    summary = tracker(desk, round_uid, TODAY).round.summary
    assert (summary.asked, summary.expected, summary.answered, summary.on_time, summary.late) == (2, 1, 1, 1, 0)
    line = tracker(desk, round_uid, TODAY).lines[-1]
    assert (line.group, line.against_due, line.note) == ("Excused", "–", "Merged into another")
    ask_after_all(desk, [request])
    assert tracker(desk, round_uid, TODAY).lines[0].state is RequestState.SENT


def test_rounds_are_told_newest_first_with_the_one_before(desk: Desk, round_uid: str) -> None:
    later = start_round(desk, "Baseline 2027/28", date(2027, 3, 31), date(2027, 5, 8)).uid
    assert [line.uid for line in rounds(desk, TODAY)] == [later, round_uid]
    previous = tracker(desk, later, TODAY).previous
    assert previous is not None
    assert (previous.uid, previous.due_words) == (round_uid, "10 days ago")


def test_due_words() -> None:
    assert [due_words(DUE, day) for day in (DUE, date(2026, 5, 7), date(2026, 5, 10))] == [
        "today",
        "in 1 day",
        "2 days ago",
    ]


def test_chasers_are_written_and_marked_as_one_step_that_can_be_undone(
    desk: Desk, round_uid: str, tmp_path: Path
) -> None:
    requests = [sent(desk, COUNCIL), sent(desk, HOSPITAL)]
    before = len(past(desk))
    paths = write_chasers(desk, requests, tmp_path / "out", TODAY)
    assert len(paths) == 2
    assert "it was due by 08/05/2026" in paths[0].read_text(encoding="utf-8")
    lines = tracker(desk, round_uid, TODAY).lines
    assert {(line.state, line.since, line.next) for line in lines} == {(RequestState.CHASED, TODAY, "Chase again")}
    assert len(past(desk)) == before + 1
    undo(desk, past(desk)[0].uid)
    assert {line.state for line in tracker(desk, round_uid, TODAY).lines} == {RequestState.SENT}


def test_a_second_chaser_moves_the_day(desk: Desk, round_uid: str) -> None:
    request = sent(desk, COUNCIL)
    mark(desk, [request], RequestState.CHASED, TODAY)
    assert mark(desk, [request], RequestState.CHASED, TODAY) is None
    mark(desk, [request], RequestState.CHASED, date(2026, 5, 20))
    assert tracker(desk, round_uid, TODAY).lines[0].since == date(2026, 5, 20)


def test_what_was_answered_or_never_sent_is_not_chased(desk: Desk, round_uid: str, tmp_path: Path) -> None:
    assert round_uid
    (never,) = desk.load("request", agency=COUNCIL)
    with pytest.raises(DeskError, match="not been sent its workbook"):
        write_chasers(desk, [never], tmp_path, TODAY)
    answered = put(desk, HOSPITAL, state="accepted", issue=1)
    with pytest.raises(DeskError, match="has answered already"):
        mark(desk, [answered], RequestState.EXCUSED, TODAY)
    assert not list(tmp_path.glob("*chaser*"))


def test_the_due_date_moves_but_not_before_the_as_at_date(desk: Desk, round_uid: str) -> None:
    move_due_date(desk, round_uid, date(2026, 5, 30))
    assert tracker(desk, round_uid, TODAY).lines[0].against_due == "12 days left"
    assert move_due_date(desk, round_uid, date(2026, 5, 30)) is None
    with pytest.raises(DeskError, match="before the as-at date"):
        move_due_date(desk, round_uid, date(2026, 3, 1))
