"""The journey of an explanation: typed in one round's review, and found again in the review of the next."""

from datetime import date

import pytest
from ctdesk.domain.changes import Action
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.services.rounds import start_round
from ctdesk.services.sending import send
from ctdesk.ui.places import Place
from ctdesk.ui.screens.review import ReviewScreen
from ctdesk.ui.session import Session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QPushButton
from tests.services.returned_books import answer, send_round
from tests.services.small_borough import COUNCIL, borough

WHY = "It runs from month to month until the new centre opens."
NO_END = [("Activity", "AC-001", "End date", "clear")]


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    desk = Desk(create_workspace(tmp_path / "borough.ctdesk", name="Small borough"), "sam")
    desk.apply(Action.EDIT, "Take over what is known", borough())
    opened = Session(desk)
    yield opened
    desk.workspace.changed = False
    opened.close()


@pytest.fixture
def screen(session, qtbot):
    made = ReviewScreen(session)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    return made


def review(screen, qtbot, path):
    screen.review = None
    screen.go(Place("review", path=path))
    qtbot.waitUntil(lambda: screen.review is not None and not screen._busy)


def explaining(screen):
    """Return the links by which a missing end date is explained."""
    links = screen.page.findings.findChildren(QPushButton)
    return [each for each in links if each.accessibleName().startswith("Explain…: There is neither")]


def words(screen):
    return [each.text() for each in screen.page.findings.findChildren(QLabel) if each.text()]


@pytest.mark.slow
def test_what_was_explained_is_shown_in_the_next_round_and_not_asked(session, screen, qtbot, tmp_path, monkeypatch):
    desk = session.desk
    review(screen, qtbot, answer(desk, send_round(desk, tmp_path)[COUNCIL], NO_END))
    monkeypatch.setattr(QInputDialog, "getMultiLineText", lambda *_: (WHY, True))
    qtbot.mouseClick(explaining(screen)[0], Qt.MouseButton.LeftButton)
    assert f"Explained: {WHY}" in words(screen)
    qtbot.mouseClick(screen.page.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.review.applied is not None and not screen._busy)

    start_round(desk, "Baseline 2027/28", date(2027, 3, 31), date(2027, 5, 7))
    folder = tmp_path / "next"
    folder.mkdir()
    sent = next(it for it in send(desk, "Baseline 2027/28", folder) if it.request.agency_uid == COUNCIL)
    review(screen, qtbot, answer(desk, sent))
    assert f"Explained before: {WHY}" in words(screen)
    assert explaining(screen) == []
    assert screen.page.hand_back.text() == "Hand back the slip"
