"""The form of a record: typed as people type, faults beside fields, saved through the door, undone again."""

import pytest
from ctdesk.services.editing import edit
from ctdesk.ui.places import Place
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from tests.ui.windows import PROVIDER, main_window, make_desk, uid_of


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    return make_desk(tmp_path / "weir.ctdesk")


@pytest.fixture
def window(desk, qtbot):
    with main_window(desk) as made:
        made.go(Place("record", kind="activity", uid=uid_of(desk, "WH-001")))
        yield made


def row(window, name):
    return window.made("record").form.rows[name]


def type_into(qtbot, window, name, text):
    editor = row(window, name).editor
    editor.show_text("")
    target = editor.focusProxy()
    target.setFocus()
    qtbot.keyClicks(target, text)
    editor.edited.emit()
    editor.left.emit()


def test_a_record_is_shown_as_people_write_it(window):
    assert row(window, "annual_value").editor.typed() == "100,000.00"
    assert row(window, "provider").editor.typed() == PROVIDER
    assert "Health visiting" in window.windowTitle()


def test_what_is_typed_is_saved_and_can_be_undone(window, desk, qtbot):
    type_into(qtbot, window, "annual_value", "£120,000.50")
    type_into(qtbot, window, "start", "1 April 2026")
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    screen = window.made("record")
    assert screen.save() or not screen.form.touched()
    saved = desk.load("activity")[uid_of(desk, "WH-001")]
    assert saved["annual_value"] == 12_000_050
    assert str(saved["start"]) == "2026-04-01"
    window.past.undo.trigger()
    assert desk.load("activity")[uid_of(desk, "WH-001")]["annual_value"] == 10_000_000
    assert row(window, "annual_value").editor.typed() == "100,000.00"
    window.past.redo.trigger()
    assert desk.load("activity")[uid_of(desk, "WH-001")]["annual_value"] == 12_000_050


def test_a_fault_is_said_beside_its_field_and_stands_in_the_way(window, desk, qtbot):
    type_into(qtbot, window, "end", "31/02/2026")
    assert "does not exist" in row(window, "end").said.text()
    assert not window.made("record").save()
    assert desk.load("activity")[uid_of(desk, "WH-001")]["end"] is None


def test_a_likely_meaning_is_offered_and_taken(window, qtbot):
    type_into(qtbot, window, "tier", "Universl")
    assert "Take Universal" in row(window, "tier").said.text()
    row(window, "tier").said.linkActivated.emit("take")
    assert row(window, "tier").editor.typed() == "Universal"
    assert window.made("record").save()


def test_a_new_name_becomes_an_organisation_on_saving(window, desk, qtbot):
    type_into(qtbot, window, "provider", "Quayside Families")
    assert "New to the desk" in row(window, "provider").said.text()
    assert window.made("record").save()
    assert any(values["name"] == "Quayside Families" for values in desk.load("organisation").values())


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(window, desk, qtbot):
    type_into(qtbot, window, "annual_value", "1")
    edit(desk, "activity", "WH-001", {"annual_value": "2"})
    said = []
    window.made("record").said.connect(said.append)
    assert not window.made("record").save()
    assert "£2" in said[-1]


@pytest.mark.parametrize(("answer", "left"), [("Stay", False), ("Discard", True), ("Save", True)])
def test_unsaved_work_is_never_lost_silently(request, monkeypatch, answer, left):
    window, desk, qtbot = (request.getfixturevalue(name) for name in ("window", "desk", "qtbot"))
    type_into(qtbot, window, "title", "Health visiting for all")
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: None)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: next(b for b in box.buttons() if b.text() == answer))
    window.go(Place("home"))
    assert (window.current == "home") is left
    assert desk.load("activity")[uid_of(desk, "WH-001")]["title"].endswith("for all") is (answer == "Save")


def test_a_new_record_is_given_a_reference(window, desk, qtbot):
    window.go(Place("record", kind="activity", filters={"agency": "Weir Health"}))
    type_into(qtbot, window, "title", "Breastfeeding support")
    assert window.made("record").save()
    assert desk.load("activity")[uid_of(desk, "WH-003")]["title"] == "Breastfeeding support"


def test_a_record_is_deleted_once_the_officer_agrees(window, desk, monkeypatch):
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    window.made("record").delete()
    assert len(desk.load("activity")) == 1
    window.past.undo.trigger()
    assert len(desk.load("activity")) == 2
