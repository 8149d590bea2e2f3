"""The frame: places, palette, keys, what is remembered, and names for everything."""

from datetime import date
from itertools import pairwise

import pytest
from ctdesk.domain.changes import Action, created, updated
from ctdesk.services.rounds import start_round
from ctdesk.ui.frame.catalogue import CATALOGUE
from ctdesk.ui.places import Place
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QToolButton,
    QTreeWidget,
)
from tests.ui.windows import main_window, uid_of

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QTreeWidget)


def test_it_begins_at_home_with_what_there_is(window):
    assert window.current == "home"
    assert window.windowTitle() == "weir.ctdesk – Home – ctdesk"


def test_the_palette_finds_records_in_any_order_of_words(window, qtbot):
    window.commands.open_palette()
    palette = window.commands._palette
    qtbot.keyClicks(palette._entry, "nursing school")
    palette.search()
    assert palette._list.item(0).text() == "School nursing"
    qtbot.keyClick(palette._entry, Qt.Key.Key_Return)
    assert window.current == "record"
    assert window.made("record").title == "School nursing"


def test_the_palette_runs_commands_and_closes(window, qtbot):
    window.commands.open_palette()
    palette = window.commands._palette
    palette._entry.setText("rounds returns")
    palette.search()
    qtbot.keyClick(palette._entry, Qt.Key.Key_Return)
    assert window.current == "rounds"
    assert not palette.isVisible()
    window.commands.open_palette()
    qtbot.keyClick(palette._entry, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_back_leads_where_one_was(window, desk):
    window.go(Place("rounds"))
    window.go(Place("record", kind="activity", uid=uid_of(desk, "WH-001")))
    window.go(Place("back"))
    assert window.current == "rounds"
    window.go(Place("back"))
    assert window.current == "home"


def test_the_last_screen_and_the_fold_are_remembered(desk, qtbot, tmp_path):
    with main_window(desk) as first:
        first.go(Place("rounds"))
        first.navigation.fold(folded=True)
    from ctdesk.services.opening import open_desk

    with main_window(open_desk(tmp_path / "weir.ctdesk")) as second:
        second.start()
        assert second.current == "rounds"
        assert second.navigation.is_folded


def test_a_narrow_window_folds_the_navigation(window):
    window.resize(1000, 690)
    assert window.navigation.is_folded
    window.resize(1366, 690)
    assert not window.navigation.is_folded


@pytest.mark.parametrize("name", ["home", "rounds", "record"])
def test_every_control_has_a_name(window, desk, name):
    window.go(Place(name, kind="activity", uid=uid_of(desk, "WH-001")) if name == "record" else Place(name))
    for control in window.findChildren(CONTROLS[0]) + [c for kind in CONTROLS[1:] for c in window.findChildren(kind)]:
        if not control.isVisible() or control.objectName().startswith("qt_"):
            continue
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.text(QAccessible.Text.Name), f"{type(control).__name__} in {control.parent()}"


@pytest.mark.slow
def test_what_waits_is_counted_on_screens_not_yet_seen(desk, qtbot):
    started = start_round(desk, "Spring 2027", date(2027, 3, 31), date(2027, 4, 30))
    uid, values = next(iter(desk.load("request", round=started.uid).items()))
    desk.apply(Action.EDIT, "It came", [updated("request", uid, values, {"state": "received"})])
    with main_window(desk) as window:
        window.start()
        assert "rounds" not in window._screens
        button = window.navigation._buttons["rounds"]
        qtbot.waitUntil(lambda: button.accessibleName() == "Rounds and returns, 1 waiting")
        desk.apply(Action.EDIT, "Answered", [updated("request", uid, {"state": "received"}, {"state": "accepted"})])
        qtbot.waitUntil(lambda: button.accessibleName() == "Rounds and returns")
        qtbot.waitUntil(lambda: not window.session.tasks)


@pytest.mark.slow
def test_every_kind_people_keep_has_a_list_that_the_menus_lead_to(window):
    names = {action.text() for action in window.commands.all()}
    for entry in CATALOGUE:
        if entry.kind and not entry.listed:
            assert entry.title in names
            window.go(Place(entry.name))
            assert window.current == entry.name
            assert window.made(entry.name).kind == entry.name


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_all_of_the_navigation_is_in_sight_on_the_smallest_screen(desk, dressed, qtbot, scale):
    dressed("light", scale)
    with main_window(desk) as window:
        window.start()
        qtbot.wait(20)
        buttons = list(window.navigation._buttons.values())
        assert all(button.height() >= button.minimumSizeHint().height() for button in buttons)
        assert all(one.geometry().bottom() < other.y() for one, other in pairwise(buttons))
        assert window.navigation._fold.geometry().bottom() <= window.navigation.height()


def test_a_long_step_is_named_short_beside_undo_and_whole_in_its_tip(desk, qtbot):
    with main_window(desk) as opened:
        desk.apply(Action.EDIT, "Enter the monitoring that came back late", [created("team", {"name": "Early years"})])
        opened.past.refresh()
        button = next(tool for tool in opened.findChildren(QToolButton) if tool.defaultAction() is opened.past.undo)
        assert button.text() == "Undo enter the monitoring that…"
        assert "came back late" in button.toolTip()


@pytest.mark.parametrize(
    ("screen", "under"),
    [("review", "rounds"), ("calendar", "agreement"), ("measure", "monitoring"), ("look_alikes", "organisation")],
)
def test_the_navigation_marks_where_a_screen_belongs(window, screen, under):
    window.go(Place("packs"))
    window.go(Place(screen))
    marked = [name for name, each in window.navigation._buttons.items() if each.isChecked()]
    assert marked == [under]


def test_a_screen_that_is_gone_to_has_the_keys(window):
    for name in ("rounds", "history", "home", "settings", "activity"):
        window.go(Place(name))
        assert window.made(name).isAncestorOf(window.focusWidget()) or window.focusWidget() is window.made(name)
    assert window.focusWidget() is window.made("activity").grid


@pytest.mark.parametrize("name", ["history", "map", "activity"])
def test_the_first_list_of_a_screen_has_the_keys_and_not_a_button_of_its_head(window, name):
    window.go(Place("home"))
    window.navigation.setFocus()
    window.made("home").setFocus()
    window.go(Place(name, kind="activity" if name == "activity" else ""))
    assert isinstance(window.focusWidget(), QAbstractItemView)


def test_what_had_the_keys_on_a_screen_has_them_again(window):
    window.go(Place("map"))
    window.made("map").map.rows.setFocus()
    window.go(Place("home"))
    window.go(Place("map"))
    assert window.focusWidget() is window.made("map").map.rows


def test_f6_goes_round_the_window_and_back(window, qtbot):
    window.go(Place("history"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    been = []
    for _ in range(5):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        been.append(window.focusWidget())
    assert {window.top.search, window.navigation._buttons["home"]} & set(been)
    assert any(window.made("history").isAncestorOf(each) for each in been)
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is been[-2]


def test_an_empty_screen_gives_the_keys_to_its_first_way_to_begin(window):
    window.go(Place("adoption"))
    assert window.focusWidget().text() == "Choose file"
