"""Monitoring at the window: a period read, grouped, filtered, judged, sent and chased."""

from datetime import date

import pytest
from ctdesk.domain import clock
from ctdesk.domain.changes import Action
from ctdesk.domain.periods import read_period
from ctdesk.domain.records.monitoring import Rating
from ctdesk.services.desk import Desk
from ctdesk.services.monitoring import send_period, start_period
from ctdesk.services.receiving import Wishes, receive
from ctdesk.ui.places import Place
from ctdesk.ui.screens.monitoring_judge import JudgeDialog
from PySide6.QtCore import Qt
from tests.made_once import copied
from tests.services.monitored_borough import HOMES, TALK, monitored
from tests.services.returned_books import answer
from tests.ui.names import unnamed
from tests.ui.windows import main_window, make_desk

QUARTER = read_period("2026-Q1")


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    return Desk(copied("two monitored", agreed, tmp_path / "weir.ctdesk"), "sam")


def agreed(path):
    made = make_desk(path)
    agency, provider = made.load("organisation")
    made.apply(Action.EDIT, "Add agreements", monitored(agency, provider, agency))
    return made.workspace


@pytest.fixture
def reported(desk, tmp_path):
    sent = {item.request.agreement_uid: item for item in send_period(desk, start_period(desk, QUARTER), tmp_path)}
    typed = [
        ("Measures", "Waiting time", "Actual", 17.5),
        ("Measures", "Children seen", "Actual", 312),
        ("Measures", "Goals met at discharge", "Actual", 84),
    ]
    receive(desk, answer(desk, sent[TALK], typed), Wishes(apply=True, received=date(2026, 7, 14)))
    return desk


@pytest.fixture
def window(desk, qtbot):
    with main_window(desk) as made:
        yield made


def opened(window):
    window.go(Place("monitoring"))
    return window.made("monitoring")


def groups(screen):
    return [screen.table.topLevelItem(at).text(0) for at in range(screen.table.topLevelItemCount())]


def test_before_the_first_period_it_says_how_to_begin(window):
    screen = opened(window)
    assert screen._stack.currentIndex() == 0
    assert unnamed(screen) == []


def test_the_worst_come_first_and_the_first_is_looked_at(reported, window):
    screen = opened(window)
    assert groups(screen) == ["Red: 1 agreement", "Missing: 1 agreement"]
    assert screen.table.currentItem().text(0) == "Speech and language"
    assert unnamed(screen) == []


def test_grouping_and_filtering_keep_the_lines(reported, window, qtbot):
    screen = opened(window)
    screen.table.group_by(1)
    assert sorted(groups(screen)) == ["Bridge Families: 1 agreement", "Weir Health: 1 agreement"]
    screen.table.show_only("lodg")
    hidden = [screen.table.topLevelItem(at).isHidden() for at in range(2)]
    assert sorted(hidden) == [False, True]


def test_enter_opens_the_agreement(reported, window, qtbot):
    screen = opened(window)
    wanted = []
    screen.wants.connect(wanted.append)
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    assert [(place.screen, place.uid) for place in wanted] == [("record", TALK)]


def test_a_judgement_needs_its_reason_and_is_undone(reported, window, qtbot):
    measure = opened(window)._board.lines[0].measures[0]
    dialog = JudgeDialog(measure)
    qtbot.addWidget(dialog)
    dialog.choose(Rating.AMBER)
    dialog.keep()
    assert dialog._fault.text() == "Say why it stands otherwise than computed."
    dialog.reason.setText("agency cover has started")
    dialog.keep()
    assert dialog.result() == 1


def test_a_kept_judgement_moves_the_agreement_to_its_group(reported, window, monkeypatch):
    screen = opened(window)
    line = screen._board.lines[0]

    def agree(dialog):
        dialog.choose(Rating.AMBER)
        dialog.reason.setText("agency cover has started")
        return 1

    monkeypatch.setattr(JudgeDialog, "exec", agree)
    screen.panel.ask_judgement(line.measures[0])
    assert groups(screen) == ["Missing: 1 agreement", "Amber: 1 agreement"]


def test_the_next_quarter_is_sent_from_the_window(reported, window, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("ctdesk.ui.screens.monitoring.QDesktopServices.openUrl", lambda _: True)
    screen = opened(window)
    screen.send_to(read_period("2026-Q2"), tmp_path / "second")
    qtbot.waitUntil(lambda: len(list((tmp_path / "second").glob("*.xlsx"))) == 2)
    qtbot.waitUntil(lambda: screen._choice.count() == 2 and "Q2" in screen._send.text())


def test_a_period_that_was_prepared_and_not_sent_is_sent_next(reported, window):
    start_period(reported, read_period("2026-Q2"))
    assert opened(window)._next() == read_period("2026-Q2")


def test_late_returns_are_chased(reported, window, qtbot, tmp_path):
    screen = opened(window)
    late = [line for line in screen._board.lines if line.days_late]
    assert [line.agreement for line in late] == [HOMES]
    screen.chase_to([line.request for line in late], tmp_path / "chasers")
    qtbot.waitUntil(lambda: reported.load("request", agreement=HOMES).popitem()[1]["state"] == "chased")
    assert len(list((tmp_path / "chasers").iterdir())) == 1
