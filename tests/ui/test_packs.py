"""The builder of packs, worked through its widgets."""

from datetime import date, datetime

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.domain.pack import Edition
from ctdesk.services.pack_issue import issue, issued
from ctdesk.services.packs import add_item, add_outside, add_report, items_of, new_pack, packs
from ctdesk.services.records import save_record
from ctdesk.services.rounds import start_round
from ctdesk.ui.places import Place
from ctdesk.ui.screens.pack_item import PackItemDialog
from ctdesk.ui.screens.packs_new import CopyPack, NewPack
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from tests.reports import strangers
from tests.ui.windows import AGENCY, main_window, make_desk

JUNE = date(2026, 6, 25)
THEN = datetime(2026, 6, 15, 9, 20)  # noqa: DTZ001 - the office's own clock


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path / "weir.ctdesk")
    start_round(made, "Baseline 2026", date(2026, 3, 31), date(2026, 5, 15), [AGENCY])
    return made


@pytest.fixture
def pack(desk, tmp_path):
    path = tmp_path / "minutes.pdf"
    path.write_bytes(strangers.plain("Minutes"))
    uid = new_pack(desk, "Partnership Board", JUNE)
    add_item(desk, uid, "Welcome")
    add_outside(desk, uid, path, "Minutes")
    add_report(desk, uid, "baseline", {}, "Baseline")
    add_outside(desk, uid, path, "Prices", exempt="3")
    return uid


def titles(desk, pack):
    return [str(item.values["title"]) for item in items_of(desk, pack)]


def shown(window, qtbot, pack):
    window.go(Place("packs", uid=pack))
    screen = window._screens["packs"]
    qtbot.waitUntil(lambda: screen.builder.pages.view is not None)
    return screen.builder


def settled(qtbot, builder):
    qtbot.waitUntil(lambda: not builder._session.tasks and builder.pages.view is not None)


def said(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_without_a_pack_the_screen_says_how_to_begin(desk, qtbot):
    with main_window(desk) as window:
        window.go(Place("packs"))
        assert "No pack has been made yet" in said(window._screens["packs"]._stack.currentWidget())


def test_the_agenda_is_shown_with_its_pages_and_remarks(desk, pack, qtbot):
    with main_window(desk) as window:
        builder = shown(window, qtbot, pack)
        rows = [builder.agenda.list.topLevelItem(at) for at in range(4)]
        assert [row.text(0) for row in rows] == ["1", "2", "3", "4"]
        assert rows[1].text(2) == "3"
        assert rows[3].text(1) == "Prices\nNot for publication, paragraph 3 · Outside PDF, minutes.pdf"
        assert "Nothing of item 4 is in this edition" in said(builder.remarks)
        assert "Item 2 is an outside PDF without tags" in said(builder.remarks)
        builder.pages.editions.choose(1)
        qtbot.waitUntil(lambda: rows[3].text(2) == "R1")
        settled(qtbot, builder)


def test_an_item_is_moved_with_the_keyboard_and_removed(desk, pack, qtbot):
    with main_window(desk) as window:
        builder = shown(window, qtbot, pack)
        builder.agenda.list.setCurrentItem(builder.agenda.list.topLevelItem(2))
        builder.agenda.list.setFocus()
        qtbot.keyClick(builder.agenda.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert titles(desk, pack) == ["Welcome", "Baseline", "Minutes", "Prices"]
        assert builder.agenda.current.title == "Baseline"
        builder.agenda.down.click()
        builder.agenda.remove.click()
        assert titles(desk, pack) == ["Welcome", "Minutes", "Prices"]
        settled(qtbot, builder)


def test_reports_and_items_are_added(desk, pack, qtbot):
    with main_window(desk) as window:
        builder = shown(window, qtbot, pack)
        builder.agenda.report_wanted.emit("baseline")
        builder.agenda.add_item.click()
        assert titles(desk, pack)[-2:] == ["Baseline report", "New item"]
        settled(qtbot, builder)


def test_the_dialog_says_what_a_choice_left_blank_means(desk, pack, qtbot):
    with main_window(desk) as window:
        uid = add_report(desk, pack, "resource", {"share": "£100"})
        dialog = PackItemDialog(window.session, uid, desk.load_some("pack_item", [uid])[uid], window)
        assert dialog.choices["share"].currentText() == "£100"
        assert dialog.choices["partners"].lineEdit().placeholderText().startswith("All agencies")
        assert dialog.choices["by"].accessibleName() == "Shared by"
        dialog.deleteLater()


def test_the_words_of_an_item_are_saved_and_checked(desk, pack, qtbot):
    with main_window(desk) as window:
        builder = shown(window, qtbot, pack)
        row = builder._sheet.rows[2]
        dialog = PackItemDialog(window.session, row.uid, row.values, builder)
        dialog.choices["round"].setEditText("Baseline 2026")
        dialog.lead.setText("Lead officer")
        dialog.exempt.setCurrentIndex(dialog.exempt.findData("3"))
        dialog.public_title.setText("A report")
        dialog.save()
        values = desk.load_some("pack_item", [row.uid])[row.uid]
        assert values["choices"] == '{"round": "Baseline 2026"}'
        assert (values["lead"], values["exempt"], values["public_title"]) == ("Lead officer", "3", "A report")
        dialog.title.setText("")
        dialog.save()
        assert dialog.result() == 1
        dialog.deleteLater()
        settled(qtbot, builder)


def test_a_pack_is_frozen_looked_at_and_opened_again(desk, pack, qtbot):
    with main_window(desk) as window:
        builder = shown(window, qtbot, pack)
        builder.issue_now()
        qtbot.waitUntil(lambda: builder.state.text().startswith("Issued"))
        settled(qtbot, builder)
        assert not builder.agenda.add_report.isEnabled()
        assert issued(desk, pack, Edition.PUBLIC).startswith(b"%PDF")
        builder.again.click()
        settled(qtbot, builder)
        assert builder.state.text() == "Draft, figures live"
        assert builder.agenda.add_report.isEnabled()


def test_a_choice_that_there_is_not_is_refused_in_the_dialog(desk, qtbot):
    uid = new_pack(desk, "Partnership Board", JUNE)
    item = add_report(desk, uid, "map", {"rows": "outcome"})
    with main_window(desk) as window:
        dialog = PackItemDialog(window.session, item, desk.load_some("pack_item", [item])[item], window)
        dialog.choices["rows"].setEditText("zzz")
        dialog.save()
        assert dialog._fault.text().startswith("“zzz” is no dimension of the service map; choose one of outcome,")
        dialog.choices["rows"].setEditText("area")
        dialog.purpose.setEditText("To sleep")
        dialog.save()
        assert dialog._fault.text() == "For “To sleep” is none of: To decide, To discuss, To note."
        dialog.purpose.setEditText("to note")
        dialog.save()
        dialog.deleteLater()
        (line,) = items_of(desk, uid)
        assert (line.values["purpose"], line.values["choices"]) == ("To note", '{"rows": "area"}')


def test_a_pack_that_cannot_be_built_says_why(desk, qtbot):
    uid = new_pack(desk, "Partnership Board", JUNE)
    item = add_report(desk, uid, "baseline", {"round": "Baseline 2026"})
    before = desk.load_some("pack_item", [item])[item]
    save_record(desk, "pack_item", item, before, {"choices": '{"round": "No such round"}'})
    with main_window(desk) as window:
        window.go(Place("packs", uid=uid))
        builder = window._screens["packs"].builder
        qtbot.waitUntil(lambda: "No such round" in said(builder.pages))
        assert not builder.issue.isEnabled()
        qtbot.waitUntil(lambda: not builder._session.tasks)


def test_new_packs_and_copies_are_asked_for(desk, pack, qtbot):
    with main_window(desk) as window:
        window.go(Place("packs"))
        dialog = NewPack(window.session, window)
        dialog.board.setEditText("")
        dialog.begin()
        assert dialog.made is None
        assert "which board" in said(dialog)
        dialog.board.setEditText("Partnership Board")
        dialog.held_on.setText("24/09/2026")
        dialog.begin()
        assert dialog.made
        copy = CopyPack(window.session, pack, "a pack", window)
        copy.held_on.setText("soon")
        copy.begin()
        assert "“soon”" in said(copy)
        copy.held_on.setText("26/11/2026")
        copy.begin()
        assert len(packs(desk)) == 3
        assert window._screens["packs"].list.table.topLevelItemCount() == 3
        for each in (dialog, copy):
            each.deleteLater()


def test_an_issued_pack_is_only_looked_at(desk, pack, qtbot):
    issue(desk, pack, THEN)
    with main_window(desk) as window:
        builder = shown(window, qtbot, pack)
        assert not builder.agenda.edit.isEnabled()
        assert builder.issue.isHidden()
        builder.agenda.list.setFocus()
        qtbot.keyClick(builder.agenda.list, Qt.Key.Key_Delete)
        assert len(items_of(desk, pack)) == 4
        settled(qtbot, builder)


@pytest.mark.parametrize("agreed", [True, False])
def test_what_is_marked_exempt_is_shown_before_a_pack_is_issued(desk, pack, qtbot, agreed):
    agreement = created("agreement", {"reference": "Baseline", "title": "An agreement"})
    mark = created("exempt_mark", {"agreement": agreement.uid, "paragraph": "3"})
    desk.apply(Action.EDIT, "An agreement", [agreement, mark])
    asked = []
    with main_window(desk) as window:
        builder = shown(window, qtbot, pack)
        builder.asks_even_so = lambda words: bool(asked.append(words)) or agreed
        assert "show the agreement Baseline" in said(builder.remarks)
        builder.issue_now()
        qtbot.waitUntil(lambda: bool(asked))
        settled(qtbot, builder)
        qtbot.waitUntil(lambda: builder.state.text().startswith("Issued") == agreed)
        settled(qtbot, builder)
        assert "show the agreement Baseline" in asked[0]
