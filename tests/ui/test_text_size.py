"""Another size of text, chosen here or in the system, while the window is open: all of it follows, nothing is cut."""

import pytest
from ctdesk.services.opening import open_desk
from ctdesk.ui.places import Place
from ctdesk.ui.theme import em, size
from ctdesk.ui.widgets import Button, PageHead
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from tests.ui.returned import prepare
from tests.ui.windows import main_window, uid_of

_SCREENS = ("home", "activity", "post", "organisation", "rounds", "settings", "history", "guide", "look_alikes")


def cut(window):
    """Return the buttons and titles that are narrower than what they show, or stand outside what is around them."""
    found = []
    for widget in window.findChildren(QAbstractButton):
        if not widget.isVisible():
            continue
        if isinstance(widget, Button) and widget.width() < widget.sizeHint().width():
            found.append(f"{widget.text()} is cut")
        around = widget.parentWidget()
        if around is not None and not around.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
            found.append(f"{widget.accessibleName() or widget.text()} stands out")
    heads = [head for head in window.findChildren(PageHead) if head.isVisible()]
    return found + [head.title.text() for head in heads if head.title.toolTip()]


@pytest.mark.slow
def test_the_whole_window_follows_a_size_chosen_in_the_settings(window, dressed, qtbot):
    window.go(Place("settings", kind="look"))
    row, bar = window.navigation.width(), window.top
    dressed("light", 1.5)
    qtbot.waitUntil(lambda: window.top is not bar)
    assert window.navigation.width() == size(54)  # 1366 pixels are too few for the words at 150%
    assert window.navigation.width() != row
    assert window.current == "settings"
    assert window.made("settings").pages.current == 1
    window.go(Place("home"))
    assert window.made("home").isVisible()
    dressed("light", 1.0)
    qtbot.waitUntil(lambda: window.navigation.width() == row)


def test_a_size_chosen_in_the_system_is_followed(window, dressed, qtbot, monkeypatch, qapp):
    before = em()
    larger = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    larger.setPixelSize(24)
    monkeypatch.setattr(QFontDatabase, "systemFont", lambda _: larger)
    dressed_before = window.top
    QApplication.sendEvent(window, QEvent(QEvent.Type.ThemeChange))
    assert em() > before
    qtbot.waitUntil(lambda: window.top is not dressed_before)
    monkeypatch.undo()
    dressed("light", 1.0001)


def test_commands_keys_and_undo_are_there_once_after_the_change(window, desk, dressed, qtbot):
    window.go(Place("activity"))
    before = sorted(action.text() for action in window.commands.all())
    bar = window.top
    dressed("light", 1.25)
    qtbot.waitUntil(lambda: window.top is not bar)
    assert sorted(action.text() for action in window.commands.all()) == before
    assert window.navigation.findChildren(QAbstractButton)[1].isEnabled()


@pytest.mark.slow
def test_what_is_typed_at_a_form_is_handed_on_to_one_of_the_new_size(window, desk, dressed, qtbot):
    uid = uid_of(desk, "WH-001")
    window.go(Place("record", kind="activity", uid=uid))
    screen, bar = window.made("record"), window.top
    editor = screen.form.rows["title"].editor
    editor.show_text("Health visiting for all")
    editor.edited.emit()
    dressed("light", 1.25)
    qtbot.waitUntil(lambda: window.top is not bar)
    fresh = window.made("record")
    assert fresh is not screen
    assert fresh.isVisible()
    assert fresh.form.rows["title"].editor.typed() == "Health visiting for all"
    assert fresh.form.touched() == ["title"]
    assert "Save" in [action.text() for action in window.commands.all()]
    fresh.save()
    assert desk.load("activity")[uid]["title"] == "Health visiting for all"


@pytest.mark.slow
def test_parts_being_typed_are_handed_on_to_the_form_of_the_new_size(window, desk, dressed, qtbot):
    uid = uid_of(desk, "WH-001")
    window.go(Place("record", kind="activity", uid=uid))
    screen, bar = window.made("record"), window.top
    screen.form.parts.add_new()
    screen.form.parts.rows[0].editors["funder"].show_text("Weir Council")
    dressed("light", 1.25)
    qtbot.waitUntil(lambda: window.top is not bar)
    fresh = window.made("record")
    assert fresh is not screen
    assert [line["funder"] for line in fresh.form.parts.values()] == ["Weir Council"]
    assert fresh.foot.state.text() == "1 funding line not saved"
    fresh.discard()
    assert not fresh.form.unsaved()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_button_or_title_is_cut_on_the_smallest_screen(window, desk, dressed, qtbot, scale):
    if scale != 1.0:
        bar = window.top
        dressed("light", scale)
        qtbot.waitUntil(lambda: window.top is not bar)
    for name in _SCREENS:
        window.go(Place(name))
        qtbot.wait(20)
        assert cut(window) == [], name
    menus = [action.text() for action in window.top.menus.actions()]
    shown = window.top.folded.menu().actions() if window.top.folded.isVisible() else window.top.menus.actions()
    assert [action.text() for action in shown] == menus


def test_a_sentence_in_the_status_bar_takes_the_room_it_needs(window, dressed, qtbot):
    window.resize(1000, 690)
    window.status.say("What was there before is kept as weir 2026-11-22 10.00.00 before restore.ctdesk, beside it.")
    qtbot.wait(20)
    said = window.status._work
    assert isinstance(said, QLabel)
    assert said.width() >= min(said.sizeHint().width(), 700)
    assert window.status._file.isVisible()
    assert isinstance(window.status._lock.parentWidget(), QWidget)
    assert not window.status._lock.isVisible()


@pytest.mark.parametrize("width", [1366, 1000, 900])
def test_the_bars_come_to_rest(window, qtbot, monkeypatch, width):
    window.resize(width, 600)
    qtbot.wait(50)
    laid_out = []
    for bar in (window.top, window.status, *window.findChildren(PageHead)):
        monkeypatch.setattr(bar, "_fit", lambda fit=bar._fit: (laid_out.append(1), fit()))
    qtbot.wait(100)
    assert laid_out == []


def test_dialogs_and_popups_are_no_larger_than_the_smallest_screen(window, desk, dressed, qtbot):
    from ctdesk.services.adoption_cells import LikeName
    from ctdesk.ui.grid.edit_many import EditManyDialog
    from ctdesk.ui.screens.adoption_names import LikeNamesDialog, NewNamesDialog
    from ctdesk.ui.screens.rounds_new import NewRound

    bar = window.top
    dressed("light", 2.0)
    qtbot.waitUntil(lambda: window.top is not bar)
    window.go(Place("activity"))
    over = window.made("activity")
    opened = [
        EditManyDialog(over, window.session, "activity", 2, "tier"),
        NewRound(window.session, over),
        NewNamesDialog(["Acorn Play"], over),
        LikeNamesDialog([LikeName("provider", "Acorn Play Ltd", "Acorn Play", None)], over),
    ]
    for dialog in opened:
        dialog.show()
    qtbot.wait(20)
    chooser = over.head.choose_columns()  # a popup: it closes as soon as something else is done
    assert all(each.width() <= 1366 and each.height() <= 690 for each in (*opened, chooser))
    chooser.close()
    for each in opened:
        each.close()
        each.deleteLater()


@pytest.fixture
def prepared(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    folder = prepare(tmp_path)
    register = "Ref,Contract title,Supplier,Value pa,Start\nC/1,Youth bus,Acorn Play,42000,01/09/2025\n"
    (folder / "register.csv").write_text(register, encoding="utf-8")
    return folder


def at_another_size(window, dressed, qtbot, scale):
    bar = window.top
    dressed("light", scale)
    qtbot.waitUntil(lambda: window.top is not bar)


@pytest.mark.slow
def test_a_review_half_done_goes_on_at_the_new_size(prepared, dressed, qtbot):
    with main_window(open_desk(prepared / "borough.ctdesk")) as window:
        window.go(Place("review", path=prepared / "returned.xlsx"))
        screen = window.made("review")
        qtbot.waitUntil(lambda: screen.review is not None and not window.session.tasks)
        screen._all("decline")
        decided = screen.review.sheet.totals
        at_another_size(window, dressed, qtbot, 1.5)
        fresh = window.made("review")
        assert fresh is not screen
        assert fresh.isVisible()
        assert fresh.review.sheet.totals == decided
        assert fresh._touched
        fresh._touched = False


@pytest.mark.slow
def test_an_adoption_half_done_goes_on_at_the_new_size(prepared, dressed, qtbot):
    with main_window(open_desk(prepared / "borough.ctdesk")) as window:
        window.go(Place("adoption", path=prepared / "register.csv"))
        screen = window.made("adoption")
        qtbot.waitUntil(lambda: screen.sheet is not None and not window.session.tasks)
        screen.name_agency("Alder Council")
        at_another_size(window, dressed, qtbot, 1.5)
        columns = window.made("adoption")
        assert columns is not screen
        assert columns.mapping.says.agency.currentText() == "Alder Council"
        columns.go_on()
        qtbot.waitUntil(lambda: columns.review is not None and not window.session.tasks)
        at_another_size(window, dressed, qtbot, 1.25)
        review = window.made("adoption")
        assert review is not columns
        assert review.pages.currentWidget() is review.page
        assert review.review.sheet.counts == columns.review.sheet.counts
        review._touched = False
