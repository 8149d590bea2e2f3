"""Home: every line leads somewhere, the figures can be copied, and the last steps taken back."""

from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.services.past import past
from ctdesk.ui.screens.home_lines import LatelyRow, TodoRow
from ctdesk.ui.widgets import EmptyState
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from tests.ui.names import unnamed
from tests.ui.windows import main_window


def pressed(home, words):
    return next(it for it in home.findChildren(QPushButton) if not it.isHidden() and it.text().startswith(words))


def test_records_that_lack_a_value_are_a_line_that_enter_follows(window, qtbot):
    home = window.made("home")
    row = next(it for it in home.findChildren(TodoRow) if "must have" in it.accessibleName())
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert window.current == "activity"


def test_the_figures_go_to_the_clipboard_with_what_they_rest_on(window, qtbot):
    home = window.made("home")
    pressed(home, "Copy").click()
    text = QGuiApplication.clipboard().text()
    assert "Weir Children’s Trust" in text
    assert "Activities: 2" in text


def test_a_late_step_is_taken_back(window, desk, qtbot):
    home = window.made("home")
    row = home.findChildren(LatelyRow)[0]
    next(it for it in row.findChildren(QPushButton) if it.text() == "Undo").click()
    assert past(desk)[0].title.startswith("Undo 2")
    assert desk.load("activity") == {}


def test_all_history_leads_to_history(window):
    pressed(window.made("home"), "All history").click()
    assert window.current == "history"


def test_a_new_workspace_says_how_to_begin(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    desk = Desk(create_workspace(tmp_path / "new.ctdesk", name="New"), "sam")
    with main_window(desk) as window:
        window.start()
        home = window.made("home")
        assert [it.title.text() for it in home.findChildren(EmptyState)] == ["This workspace is new"]
        pressed(home, "Read the guide").click()
        assert window.current == "guide"


def test_every_control_has_a_name(window):
    assert unnamed(window.made("home")) == []
