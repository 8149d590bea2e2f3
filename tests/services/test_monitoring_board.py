"""The board of a period: every agreement asked, the worst first, each with the sentence that says why."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from ctdesk.domain.changes import Action, updated
from ctdesk.domain.errors import DeskError
from ctdesk.domain.performance import Standing
from ctdesk.domain.periods import read_period
from ctdesk.services.desk import Desk
from ctdesk.services.monitoring import send_period, start_period
from ctdesk.services.monitoring_board import board, periods
from ctdesk.services.receiving import Wishes, receive
from tests.services.monitored_borough import HOMES, TALK, monitored
from tests.services.returned_books import answer

QUARTER = read_period("2026-Q1")
DUE = date(2026, 7, 20)
APPLY = Wishes(apply=True, received=date(2026, 7, 14))


@pytest.fixture
def asked(desk: Desk, tmp_path: Path) -> Desk:
    """The small borough with a quarter sent and one of two returns taken in."""
    organisations = list(desk.load("organisation"))
    desk.apply(Action.EDIT, "Add agreements", monitored(organisations[0], organisations[1], organisations[2]))
    sent = {s.request.agreement_uid: s for s in send_period(desk, start_period(desk, QUARTER), tmp_path)}
    typed = [
        ("Measures", "Waiting time", "Actual", 17.5),
        ("Measures", "Waiting time", "Commentary", "Two posts vacant."),
        ("Measures", "Children seen", "Actual", 312),
        ("Measures", "Goals met at discharge", "Actual", 84),
    ]
    receive(desk, answer(desk, sent[TALK], typed), APPLY)
    desk.workspace.changed = False
    return desk


def test_a_return_stands_as_its_worst_measure_and_says_why(asked: Desk) -> None:
    line = next(line for line in board(asked, QUARTER, DUE).lines if line.agreement == TALK)
    assert line.standing is Standing.RED
    assert line.why == "Waiting time: 17.5 weeks against 12 weeks (46% above): missed; amber ends at 13.2 weeks."
    assert (line.score, line.score_before) == (67, None)
    assert line.measures[0].name == "Waiting time"


def test_a_missing_return_is_missing_and_counts_its_days(asked: Desk) -> None:
    on_the_day = {line.agreement: line for line in board(asked, QUARTER, DUE).lines}[HOMES]
    assert (on_the_day.standing, on_the_day.days_late) == (Standing.NOT_DUE, 0)
    later = {line.agreement: line for line in board(asked, QUARTER, date(2026, 8, 1)).lines}[HOMES]
    assert (later.standing, later.why, later.score) == (Standing.MISSING, "Missing, 12 days late", None)


def test_the_counts_add_up_to_the_agreements_asked(asked: Desk) -> None:
    shown = board(asked, QUARTER, date(2026, 8, 1))
    assert sum(shown.count(standing) for standing in Standing) == len(shown.lines) == 2
    assert [line.standing for line in shown.lines] == [Standing.RED, Standing.MISSING]
    assert (shown.returned, shown.on_time) == (1, 1)


def test_the_officers_judgement_overrules_and_is_told(asked: Desk) -> None:
    for uid, values in asked.load("measure_result", agreement=TALK).items():
        if values["measure_name"] == "Waiting time":
            words = {"judgement": "amber", "judgement_reason": "agency cover has started"}
            asked.apply(Action.EDIT, "Judge", [updated("measure_result", uid, values, words)])  # type: ignore[list-item]
    line = next(line for line in board(asked, QUARTER, DUE).lines if line.agreement == TALK)
    assert line.standing is Standing.AMBER
    assert "Computed red; the officer says amber: agency cover has started." in line.why


def test_open_actions_are_told_with_how_late_they_are(asked: Desk) -> None:
    line = next(line for line in board(asked, QUARTER, DUE).lines if line.agreement == TALK)
    assert [(action.number, action.late) for action in line.actions] == [("18", 20)]


def test_figures_of_eight_periods_are_there_to_be_drawn(asked: Desk) -> None:
    measure = next(line for line in board(asked, QUARTER, DUE).lines if line.agreement == TALK).measures[0]
    assert len(measure.past) == len(measure.past_labels) == 8
    assert measure.past[-1] == Decimal("17.50")
    assert measure.past_labels[-1] == "Q1 2026/27"


def test_periods_are_listed_and_one_not_started_is_refused(asked: Desk) -> None:
    assert [(one.quarter.code, one.asked, one.due) for one in periods(asked)] == [("2026-Q1", 2, DUE)]
    with pytest.raises(DeskError, match="has not been started"):
        board(asked, read_period("2026-Q2"), DUE)
