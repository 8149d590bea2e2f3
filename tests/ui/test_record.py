"""The form of a record: typed as people type, faults beside fields, saved through the door, undone again."""

import pytest
from ctdesk.domain import clock
from ctdesk.domain.changes import Action, created
from ctdesk.domain.dates import financial_year
from ctdesk.services.editing import edit
from ctdesk.services.past import past
from ctdesk.ui.form.calendar import CalendarButton
from ctdesk.ui.places import Place
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Link
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLabel, QMessageBox
from tests.ui.names import unnamed
from tests.ui.windows import AGENCY, PROVIDER, main_window, uid_of

YEAR = financial_year(clock.today())


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


def test_a_person_who_was_told_of_the_newer_value_may_overrule_it(window, desk, qtbot):
    type_into(qtbot, window, "annual_value", "90,000")
    edit(desk, "activity", "WH-001", {"annual_value": "95,000"})
    screen = window.made("record")
    said = []
    screen.said.connect(said.append)
    assert not screen.save()
    assert "has meanwhile become “£95,000”" in said[-1]
    assert screen.save()
    assert desk.load("activity")[uid_of(desk, "WH-001")]["annual_value"] == 9_000_000


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
    asked = []
    monkeypatch.setattr("ctdesk.ui.screens.record_asking.agreed", lambda *words: asked.append(words) or True)
    window.made("record").delete()
    assert asked[0][2] == "Delete WH-001?"
    assert len(desk.load("activity")) == 1
    window.past.undo.trigger()
    assert len(desk.load("activity")) == 2


@pytest.fixture
def funded(desk, qtbot):
    """Return a window with the form of an activity that has one funding line of £60,000."""
    uid = uid_of(desk, "WH-001")
    source = desk.lists.offered("funding_source")[0].code
    line = created("funding_line", {"activity": uid, "year": YEAR, "source": source, "amount": 6_000_000})
    desk.apply(Action.EDIT, "Fund it", [line])
    with main_window(desk) as made:
        made.go(Place("record", kind="activity", uid=uid))
        yield made


def fill(qtbot, part, name, text):
    editor = part.editors[name]
    editor.show_text("")
    editor.focusProxy().setFocus()
    qtbot.keyClicks(editor.focusProxy(), text)
    editor.edited.emit()
    editor.left.emit()


def words(widget) -> str:
    return " ".join(each.text() for each in widget.findChildren(QLabel) if not each.isHidden())


def test_funding_lines_are_added_altered_and_deleted_at_the_form_in_one_step(funded, desk, qtbot):
    screen = funded.made("record")
    table = screen.form.parts
    assert "£40,000 less than the annual value, £100,000" in words(table)
    assert "add up to" in row(funded, "annual_value").said.text()
    qtbot.mouseClick(table.add, Qt.MouseButton.LeftButton)
    added = table.rows[1]
    assert (added.editors["year"].typed(), added.editors["amount"].typed()) == (YEAR, "40,000.00")
    assert "Adds up to the annual value" in words(table)
    assert "add up to" not in row(funded, "annual_value").said.text()
    fill(qtbot, added, "source", desk.lists.offered("funding_source")[1].label)
    fill(qtbot, table.rows[0], "amount", "59,000")
    fill(qtbot, table.rows[0], "funder", "Weir Council")
    assert "£1,000 less" in words(table)
    assert screen.foot.state.text().startswith("2 funding lines not saved")
    before = len(past(desk))
    assert screen.save()
    assert len(past(desk)) == before + 1
    held = sorted((line["amount"], line["funder"]) for line in desk.load("funding_line").values())
    assert held == [(4_000_000, None), (5_900_000, "Weir Council")]
    screen.form.parts.rows[0].wants.emit("delete")
    assert screen.save()
    assert [line["amount"] for line in desk.load("funding_line").values()] == [4_000_000]
    funded.past.undo.trigger()
    assert len(desk.load("funding_line")) == 2


def test_a_fault_in_a_funding_line_is_said_below_it_and_stands_in_the_way(funded, desk, qtbot):
    screen = funded.made("record")
    line = screen.form.parts.rows[0]
    fill(qtbot, line, "amount", "a lot")
    assert "“a lot”" in words(screen.form.parts)
    assert not screen.save()
    assert [line["amount"] for line in desk.load("funding_line").values()] == [6_000_000]
    screen.discard()
    assert not screen.form.unsaved()


def test_a_half_typed_funding_line_is_never_saved(funded, desk, qtbot):
    screen, steps = funded.made("record"), len(past(desk))
    table = screen.form.parts
    table.add_new()
    added = table.rows[1]
    assert added.fault is None, "nobody is told off for what is not typed yet"
    fill(qtbot, added, "funder", "Weir Council")
    assert not screen.save()
    assert "Funding source is empty: fill it, or delete the funding line." in words(table)
    fill(qtbot, added, "source", desk.lists.offered("funding_source")[1].label)
    fill(qtbot, added, "amount", "12.345")
    assert not screen.save(), "what is doubtful would be left out of the line"
    fill(qtbot, added, "amount", "")
    assert not screen.save()
    fill(qtbot, table.rows[0], "year", "")
    assert not screen.save()
    fill(qtbot, table.rows[0], "year", YEAR)
    assert len(past(desk)) == steps
    assert len(desk.load("funding_line")) == 1
    added.wants.emit("delete")
    assert not table.edits()
    assert screen.save()


def test_what_is_only_doubtful_is_not_dropped_on_saving(window, desk, qtbot):
    type_into(qtbot, window, "comments", "Ask the team")
    type_into(qtbot, window, "annual_value", "12.345")
    screen = window.made("record")
    assert not screen.save()
    assert desk.load("activity")[uid_of(desk, "WH-001")]["comments"] is None
    assert row(window, "annual_value").editor.typed() == "12.345"


def test_a_new_activity_is_saved_with_its_funding(window, desk, qtbot):
    window.go(Place("record", kind="activity"))
    for name, text in (("title", "Toy library"), ("agency", AGENCY), ("annual_value", "9,000")):
        type_into(qtbot, window, name, text)
    screen = window.made("record")
    screen.form.parts.add_new()
    fill(qtbot, screen.form.parts.rows[0], "source", desk.lists.offered("funding_source")[0].label)
    assert screen.save()
    (line,) = desk.load("funding_line").values()
    assert (line["activity"], line["amount"]) == (screen.uid, 900_000)
    screen.duplicate()
    assert [part["amount"] for part in screen.form.parts.values()] == [900_000]


def test_the_reading_panel_tells_the_funding(funded, desk, qtbot):
    funded.go(Place("activity"))
    screen = funded.made("activity")
    qtbot.waitUntil(lambda: "Funding 1" in [screen.panel.tabs.tabText(at) for at in range(5)])
    screen.panel.tabs.setCurrentIndex(1)
    assert f"Funding {YEAR}" in words(screen.panel.parts)
    assert "less than the annual value" in words(screen.panel.parts)


def test_a_record_is_ended_on_a_day_and_says_so(window, desk, qtbot, monkeypatch):
    screen = window.made("record")
    monkeypatch.setattr("ctdesk.ui.screens.record_asking.QInputDialog.getText", lambda *_: ("31 March 2026", True))
    qtbot.mouseClick(screen._end, Qt.MouseButton.LeftButton)
    assert str(desk.load("activity")[uid_of(desk, "WH-001")]["end"]) == "2026-03-31"
    qtbot.waitUntil(lambda: row(window, "end").editor.typed() == "31/03/2026")
    assert screen._badge.isVisible()


def test_what_is_related_is_led_to_and_a_long_name_is_cut_not_clipped(funded, qtbot):
    screen, gone = funded.made("record"), []
    screen.panel.wants.connect(gone.append)
    (link,) = [each for each in screen.panel.findChildren(Link) if YEAR in each.text()]
    assert link.minimumSizeHint().width() < link.sizeHint().width()
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert [place.kind for place in gone] == ["funding_line"]


def test_every_control_of_the_form_has_a_name(funded, qtbot):
    screen = funded.made("record")
    screen.form.parts.add_new()
    for tab in range(screen.panel.count()):
        screen.panel.setCurrentIndex(tab)
        assert unnamed(screen) == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_what_is_typed_in_a_list_has_the_width_between_edge_and_arrow(window, dressed, qtbot, scale):
    dressed("light", scale)
    window.made("record").form.resize(900, 600)
    qtbot.wait(20)
    line = row(window, "agency").editor.line
    box = line.parentWidget()
    assert line.contentsRect().width() == line.width()  # no edge or padding of its own within the list's
    assert line.height() >= line.fontMetrics().height()
    assert box.width() - line.width() <= size(22) + size(7) * 2 + 4


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_calendar_of_a_date_is_large_enough_to_hit(desk, dressed, qtbot, scale):
    dressed("light", scale)
    with main_window(desk) as window:
        window.go(Place("record", kind="activity", uid=uid_of(desk, "WH-001")))
        line = row(window, "start").editor.line
        opener = line.findChild(CalendarButton)
        assert opener.height() == size(22)
        assert opener.iconSize().height() >= size(15)
        assert line.rect().contains(opener.geometry())
        line.setText("01/04/2026")
        line.setFocus()
        qtbot.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        opened = QApplication.activePopupWidget()
        assert opened.findChild(QCalendarWidget).selectedDate().toString("dd/MM/yyyy") == "01/04/2026"
        opened.close()


@pytest.fixture
def shared(desk, qtbot):
    """Return a window with the form of an activity that serves two areas and two age bands."""
    area, other = (entry.label for entry in desk.lists.offered("area")[1:3])
    edit(desk, "activity", "WH-001", {"areas": f"{area}; {other}", "age_from": "0", "age_to": "9"})
    with main_window(desk) as made:
        made.go(Place("record", kind="activity", uid=uid_of(desk, "WH-001")))
        yield made


def weigh(qtbot, table, bucket, text):
    row = next(row for key, row in table.rows.items() if key[1] == bucket)
    row.editor.line.clear()
    qtbot.keyClicks(row.editor.line, text)
    row.editor.left.emit()
    return row


def test_weights_are_typed_below_what_is_served_and_their_parts_are_said(shared, desk, qtbot):
    screen = shared.made("record")
    table = screen.form.weights
    one, other = desk.lists.offered("area")[1:3]
    assert [row.line.label for row in table.rows.values()][-2:] == [one.label, other.label]
    assert {row.share.text() for row in table.rows.values()} == {"Equally, one of 2"}
    row = weigh(qtbot, table, one.code, "60")
    assert [it.share.text() for it in table.rows.values()][-2:] == ["100%", "Nothing"]
    weigh(qtbot, table, other.code, "20")
    assert row.share.text() == "75%"
    assert screen.foot.state.text().startswith("2 stated weights not saved")
    assert screen.save()
    held = {it["bucket"]: (it["dimension"], it["weight"]) for it in desk.load("weight").values()}
    assert held == {one.code: ("area", 60), other.code: ("area", 20)}
    weigh(qtbot, screen.form.weights, one.code, "")
    assert screen.save()
    assert [it["bucket"] for it in desk.load("weight").values()] == [other.code], "an emptied weight is taken out"
    shared.past.undo.trigger()
    assert len(desk.load("weight")) == 2


def test_a_weight_that_is_no_number_stands_in_the_way(shared, desk, qtbot):
    screen = shared.made("record")
    weigh(qtbot, screen.form.weights, desk.lists.offered("area")[1].code, "much")
    assert not screen.save()
    assert "“much”" in words(screen.form.weights)
    assert desk.load("weight") == {}


def test_the_lines_of_weights_follow_what_is_typed(shared, desk, qtbot):
    table = shared.made("record").form.weights
    type_into(qtbot, shared, "age_to", "4")
    assert {row.line.dimension for row in table.rows.values()} == {"area"}
    row_of_areas = row(shared, "areas")
    row_of_areas.editor.show_text("")
    row_of_areas.editor.edited.emit()
    assert table.rows == {}
    assert "Nothing to share" in words(table)


def test_a_copy_of_an_activity_takes_its_weights_along(shared, desk, qtbot):
    screen = shared.made("record")
    weigh(qtbot, screen.form.weights, desk.lists.offered("area")[1].code, "3")
    assert screen.save()
    screen.duplicate()
    assert screen.save()
    assert [it["weight"] for it in desk.load("weight").values()] == [3, 3]


def test_the_form_begins_at_its_first_field_and_its_kind_stands_beside_the_title(window, desk, qtbot):
    screen = window.made("record")
    assert screen.form.rows["reference"].editor.isAncestorOf(window.focusWidget())
    long = created("activity", {"reference": "WH-009", "title": "A very long title of a service " * 2})
    desk.apply(Action.EDIT, "Long", [long])
    for uid in (long.uid, uid_of(desk, "WH-001")):
        window.go(Place("record", kind="activity", uid=uid))
        qtbot.wait(20)
    head = screen.head
    whole = head.title.fontMetrics().horizontalAdvance(head.title.text())
    qtbot.waitUntil(lambda: head.title.width() <= whole + size(6))
