"""A round at the window: a workbook can be looked at before anything is sent."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from ctdesk.domain.records.round import RequestState
from ctdesk.services.past import past
from ctdesk.services.requests import requests_of
from ctdesk.services.rounds import start_round
from ctdesk.services.sending import send
from ctdesk.ui.places import Place
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.windows import AGENCY, main_window, make_desk


@pytest.mark.slow
def test_one_workbook_is_looked_at_and_nothing_counts_as_sent(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    opened: list[str] = []
    monkeypatch.setattr(
        "ctdesk.ui.screens.rounds_tracker.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    desk = make_desk(tmp_path / "weir.ctdesk")
    uid = start_round(desk, "Baseline 2026/27", date(2026, 4, 1), date(2026, 5, 15), [AGENCY]).uid
    before = len(past(desk))
    with main_window(desk) as window:
        window.go(Place("rounds", uid=uid))
        (look,) = [b for b in window.made("rounds").findChildren(QPushButton) if b.text() == "Look at one"]
        qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(opened) and not window.session.tasks)
        book = openpyxl.load_workbook(opened[0])
        told = {str(cell.value) for row in book["Activity"].iter_rows() for cell in row if cell.value}
        book.close()
        assert {"Health visiting", "School nursing"} <= told
        assert [request.state for request in requests_of(desk, uid)] == [RequestState.NOT_SENT]
        assert len(past(desk)) == before
        send(desk, "Baseline 2026/27", tmp_path)
        assert len(past(desk)) == before + 1
