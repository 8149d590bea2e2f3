"""The list screen, worked as an officer works it: through its widgets, by mouse and keys."""

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action, updated
from ctdesk.services.desk import Desk
from ctdesk.services.past import last_to_undo, undo
from ctdesk.services.records import record
from ctdesk.ui.grid import chosen
from ctdesk.ui.grid.preview import PreviewDialog
from ctdesk.ui.places import Place
from ctdesk.ui.screens.areas import go_to_area
from ctdesk.ui.screens.record_asking import end_on
from ctdesk.ui.screens.record_list import RecordListScreen
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from tests.services.small_borough import CLUB, NURSING, OAK, borough
from tests.ui.list_screen import go_to, list_screen, make_desk, shown


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    return make_desk(tmp_path / "Borough.ctdesk", borough())


@pytest.fixture
def screen(desk):
    with list_screen(desk) as made:
        yield made


def undo_last(desk: Desk) -> None:
    undo(desk, last_to_undo(desk).uid)


def key(screen: RecordListScreen, code: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(screen.focusWidget() or screen.grid, code, held)


def in_dialog(act) -> None:
    """Do something with the dialog that opens next."""

    def when_open() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        act(dialog)

    QTimer.singleShot(0, when_open)


def test_typing_in_the_grid_filters_the_list(screen, qtbot):
    screen.grid.setFocus()
    QTest.keyClicks(screen.grid, "h")
    assert screen.focusWidget() is screen.head.search
    QTest.keyClicks(screen.head.search, "oli")
    qtbot.waitUntil(lambda: shown(screen) == ["AC-003"])
    assert screen.totals.words == "Shown: 1 of 5 activities"
    QTest.keyClick(screen.head.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(shown(screen)) == 5)


def test_slash_leads_to_the_filter_and_down_leads_back(screen):
    screen.grid.setFocus()
    QTest.keyClicks(screen.grid, "/")
    assert screen.focusWidget() is screen.head.search
    assert screen.head.search.text() == ""
    QTest.keyClick(screen.head.search, Qt.Key.Key_Down)
    assert screen.focusWidget() is screen.grid


def test_f6_goes_round_the_areas(screen):
    screen.grid.setFocus()
    been = []
    for _ in range(4):
        go_to_area(screen.areas(), screen.focusWidget(), 1)
        been.append(screen.focusWidget())
    first = next(iter(screen.facets.sections.values())).head
    assert been == [screen.panel.tabs, screen.head.search, first, screen.grid]


def test_a_facet_click_filters_and_its_own_counts_stay(screen, qtbot):
    qtbot.waitUntil(lambda: bool(screen.facets.sections["tier"].rows))
    agency = screen.facets.sections["agency"]
    agency._fold()
    QTest.qWait(1)
    row = next(it for value, it in agency.rows.items() if it.text() == "Alder Council")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert shown(screen) == ["AC-001", "AC-002", "AC-003"]
    screen.count_facets()
    assert {it.text(): it._count for it in agency.rows.values()} == {"Alder Council": 3, "Birch Hospital Trust": 2}
    (chip,) = screen.head.chips.chips()
    assert f"{chip.filter.words} {chip.filter.value}" == "Agency is Alder Council"


def test_a_chip_is_taken_off_by_delete_and_all_by_reset(screen):
    screen.state.toggle_value("agency", "u-council")
    screen.state.toggle_value("tier", "targeted")
    chip = screen.head.chips.chips()[0]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert [it.field for it in screen.state.view.filters] == ["tier"]
    screen.head.chips._reset.click()
    assert screen.state.view.filters == ()
    assert not screen.head.chips.isVisible()


def test_heads_sort_and_shift_sorts_also(screen):
    head = screen.grid.horizontalHeader()
    title, value = screen.records.view.columns.index("title"), screen.records.view.columns.index("annual_value")
    head.sort_asked.emit(title, False)  # noqa: FBT003 - a signal
    assert shown(screen, "title")[0] == "Holiday club"
    head.sort_asked.emit(title, False)  # noqa: FBT003 - a signal
    assert shown(screen, "title")[0] == "Speech clinic"
    head.sort_asked.emit(value, True)  # noqa: FBT003 - a signal
    assert [it.field for it in screen.state.view.sort] == ["title", "annual_value"]


def test_groups_have_subtotals_and_fold_by_keys(screen):
    screen.state.group_by("agency")
    assert shown(screen) == ["Alder Council", "AC-001", "AC-002", "AC-003", "Birch Hospital Trust", "BH-001", "BH-002"]
    assert [group.totals["annual_value"] for group in screen.records.rows.groups] == [175_000_00, 100_000_00]
    screen.grid.select_row(0, 0)
    screen.grid.setFocus()
    QTest.keyClick(screen.grid, Qt.Key.Key_Left)
    assert shown(screen) == ["Alder Council", "Birch Hospital Trust", "BH-001", "BH-002"]
    assert screen.grid.currentIndex().row() == 0
    assert screen.records.counted.totals["annual_value"] == 275_000_00
    QTest.keyClick(screen.grid, Qt.Key.Key_Right)
    assert len(shown(screen)) == 7


def test_a_cell_is_edited_in_its_place_and_undone(screen, desk):
    go_to(screen, "AC-003", "annual_value")
    screen.edit_current()
    line = screen.editing.editor.focusProxy()
    line.setText("")
    QTest.keyClicks(line, "16.5k")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert screen.editing.editor is None
    assert record(desk, "activity", CLUB)["annual_value"] == 16_500_00
    assert "£16,500" in shown(screen, "annual_value")
    undo_last(desk)
    assert "£15,000" in shown(screen, "annual_value")


def test_escape_leaves_the_cell_as_it_was(screen, desk):
    go_to(screen, "AC-003", "title")
    screen.edit_current()
    line = screen.editing.editor.focusProxy()
    QTest.keyClicks(line, "Something else")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert screen.editing.editor is None
    assert record(desk, "activity", CLUB)["title"] == "Holiday club"
    assert screen.focusWidget() is screen.grid


def test_a_fault_is_said_below_the_cell_and_a_suggestion_taken(screen, desk):
    go_to(screen, "AC-003", "provider")
    screen.edit_current()
    screen.editing.editor.show_text("Oak Familys Ltd")
    assert not screen.editing.commit()
    assert "Oak Families Ltd" in screen.editing.fault.take.text()
    screen.editing.fault.take.click()
    assert record(desk, "activity", CLUB)["provider"] == OAK


def test_a_new_name_is_added_on_purpose(screen, desk):
    go_to(screen, "AC-003", "provider")
    screen.edit_current()
    screen.editing.editor.show_text("Zebra Play Company")
    assert not screen.editing.commit()
    screen.editing.fault.add.click()
    assert "Zebra Play Company" in shown(screen, "provider")


def test_a_computed_column_says_why_it_is_not_edited(screen, qtbot):
    go_to(screen, "AC-003", "state")
    with qtbot.waitSignal(screen.said) as said:
        screen.edit_current()
    assert "worked out" in said.args[0]


def test_a_block_is_copied_as_excel_takes_it(screen):
    go_to(screen, "AC-001")
    for _ in range(2):
        key(screen, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    key(screen, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    screen.doing.copy()
    assert QGuiApplication.clipboard().text() == (
        "AC-001\tSchool nursing\tBirch Hospital Trust\nAC-002\tParent sessions\tThe Bridge Project\n"
    )


def test_a_paste_shows_what_changes_and_what_is_refused(screen, desk):
    QGuiApplication.clipboard().setText("£121,000\r\nabout forty\r\n£15,000\r\n")
    go_to(screen, "AC-001", "annual_value")
    seen = {}

    def look(dialog: PreviewDialog) -> None:
        lines = dialog.lines
        seen["sentence"] = dialog.sentence.text()
        seen["first"] = [lines.item(0, column).text() for column in range(4)]
        seen["why"] = lines.item(0, 4).text()
        seen["button"] = dialog.agree.text()
        dialog.accept()

    in_dialog(look)
    screen.doing.many.paste()
    assert seen["sentence"] == "1 field of 1 activity would change, 1 is refused, 1 stays as it is."
    assert seen["first"][:2] == ["AC-002", "Annual value (£)"]
    assert "about forty" in seen["why"]
    assert seen["button"] == "Change 1 field"
    assert record(desk, "activity", NURSING)["annual_value"] == 121_000_00


def test_a_paste_below_the_last_row_makes_new_records(screen, desk):
    QGuiApplication.clipboard().setText("Club for all\tAlder Council\nToy library\tAlder Council\nNobody's\t\n")
    screen.state.show_columns(("title", "agency", "provider"))
    screen.state.sort_by("title")
    last = screen.records.rowCount() - 1
    screen.grid.select_row(last, 0)
    before, seen = shown(screen, "title"), {}

    def look(dialog: PreviewDialog) -> None:
        seen["sentence"], seen["button"] = dialog.sentence.text(), dialog.agree.text()
        seen["lines"] = [
            [dialog.lines.item(row, at).text() for at in range(5)] for row in range(dialog.lines.rowCount())
        ]
        dialog.accept()

    in_dialog(look)
    screen.doing.many.paste()
    assert seen["sentence"].startswith("2 fields of 1 activity would change, 1 activity would be made, 1 is refused")
    assert seen["button"] == "Change 2 fields, make 1 activity"
    assert seen["lines"][0] == ["New: Nobody's", "not made", "–", "Nobody's", seen["lines"][0][4]]
    assert "Agency cannot be empty" in seen["lines"][0][4]
    assert ["New: Toy library", "Service title", "–", "Toy library", ""] in seen["lines"]
    assert sorted([*before[:-1], "Club for all", "Toy library"]) == sorted(shown(screen, "title"))
    undo_last(desk)
    assert shown(screen, "title") == before


def test_rows_with_headings_become_new_records_with_what_the_filters_ask(screen, desk):
    QGuiApplication.clipboard().setText("Service title\tAnnual value\nToy library\t£12k\n\nPlay bus\t£9,000\n")
    screen.state.toggle_value("agency", "u-hospital")
    in_dialog(lambda dialog: dialog.accept())
    screen.doing.many.paste_new()
    made = {values["title"]: values for values in desk.load("activity", agency="u-hospital").values()}
    assert made["Toy library"]["annual_value"] == 12_000_00
    assert made["Play bus"]["reference"] == "BH-004"
    assert made["Toy library"]["reference"] == "BH-003"


def test_new_records_can_be_pasted_into_an_empty_list(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    desk = make_desk(tmp_path / "New.ctdesk", [])
    QGuiApplication.clipboard().setText("Name\tShort name\nAlder Council\tAC\nOak Families\t\nAlder Council\t\n")
    with list_screen(desk, "organisation") as screen:
        in_dialog(lambda dialog: dialog.accept())
        screen.commands["paste_new"].trigger()
        assert sorted(values["name"] for values in desk.load("organisation").values()) == [
            "Alder Council",
            "Oak Families",
        ]


def test_fill_down_gives_the_rows_below_what_the_first_holds(screen, desk):
    go_to(screen, "AC-001", "provider")
    key(screen, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(screen, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    screen.doing.many.fill_down()
    assert shown(screen, "provider")[:3] == ["Birch Hospital Trust"] * 3
    undo_last(desk)
    assert len(set(shown(screen, "provider")[:3])) == 3


def test_edit_many_sets_several_fields_of_all_that_are_chosen(screen, desk):
    go_to(screen, "AC-001", "tier")
    screen.grid.selectAll()

    def choose(dialog) -> None:
        assert dialog.rows[0].field.name == "tier"
        dialog.rows[0].editor.show_text("Universal")
        assert not dialog.rows[0].remove.isVisible()
        dialog.add("notice_months").editor.show_text("3")
        twice = dialog.add("level")
        twice.fields.setCurrentIndex(twice.fields.findText("Tier"))
        assert not dialog.go_on.isEnabled()
        twice.removed.emit()
        assert dialog.go_on.isEnabled()
        in_dialog(lambda preview: preview.accept())
        dialog.accept()

    in_dialog(choose)
    screen.doing.many.edit_many()
    assert set(shown(screen, "tier")) == {"Universal"}
    assert {values["notice_months"] for values in desk.load("activity").values()} == {3}
    undo_last(desk)
    assert set(shown(screen, "tier")) == {"Targeted"}


def test_delete_asks_and_names_what_goes_along(screen, monkeypatch):
    asked = []
    monkeypatch.setattr("ctdesk.ui.screens.record_asking.agreed", lambda *words: asked.append(words) or True)
    go_to(screen, "AC-001")
    screen.doing.delete()
    assert "2 funding lines" in asked[0][3]
    assert shown(screen) == ["AC-002", "AC-003", "BH-001", "BH-002"]


def test_the_current_record_is_ended_on_a_day(screen, desk):
    assert end_on(desk, "activity", CLUB, "31/8/2027") == ""
    values = record(desk, "activity", CLUB)
    assert f"{values['end']:%d/%m/%Y}" == "31/08/2027"
    assert not values["open_ended"]


def test_the_panel_follows_the_current_row_and_opens_it(screen, qtbot):
    go_to(screen, "AC-002")
    qtbot.waitUntil(lambda: screen.panel.title.text() == "Parent sessions")
    key(screen, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: screen.panel.title.text() == "Holiday club")
    assert screen.focusWidget() is screen.grid
    with qtbot.waitSignal(screen.wants) as wanted:
        key(screen, Qt.Key.Key_Return)
    assert wanted.args[0] == Place("record", kind="activity", uid=CLUB)


def test_a_narrow_window_has_no_panel(desk):
    with list_screen(desk, width=1100) as screen:
        assert not screen.panel.isVisible()
        assert screen.facets.isVisible()
        screen.resize(700, 600)
        assert not screen.facets.isVisible()
        screen.toggle_facets()
        assert screen.facets.isVisible()


def test_columns_widths_sort_and_group_are_remembered(desk):
    with list_screen(desk) as screen:
        chooser = screen.head.choose_columns()
        first = chooser.columns.item(0)
        first.setCheckState(Qt.CheckState.Unchecked)
        chooser.apply()
        screen.state.sort_by("title", descending=True)
        screen.grid.setColumnWidth(0, 222)
        columns = screen.records.view.columns
        assert "reference" not in columns
        again = RecordListScreen(screen.session, "activity")
        again.bring_up_to_date()
        assert again.records.view.columns == columns
        assert again.records.view.sort == screen.records.view.sort
        assert again.grid.columnWidth(0) == 222
        again._counting.stop()
        again.deleteLater()


def test_a_dragged_column_stands_where_it_was_put(screen, qtbot):
    head, columns = screen.grid.horizontalHeader(), screen.records.view.columns
    head.moveSection(0, 1)
    qtbot.waitUntil(lambda: screen.records.view.columns[:2] == (columns[1], columns[0]))
    assert [head.visualIndex(at) for at in range(3)] == [0, 1, 2]


def test_a_view_is_saved_shown_and_deleted(screen):
    screen.state.toggle_value("agency", "u-hospital")
    screen.tabs.keep_as("Hospital")
    assert [screen.tabs.tabText(at) for at in range(screen.tabs.count())] == ["All", "Hospital"]
    screen.tabs.setCurrentIndex(0)
    assert len(shown(screen)) == 5
    screen.tabs.setCurrentIndex(1)
    assert shown(screen) == ["BH-001", "BH-002"]
    assert screen.tabs.tabData(1) == 2
    screen.tabs.rename_to("Hospital", "Trust")
    assert screen.tabs.tabText(1) == "Trust"
    screen.tabs.forget("Trust")
    assert screen.tabs.count() == 1


def test_filtered_to_nothing_says_which_filters_and_takes_the_last_off(screen):
    screen.state.toggle_value("agency", "u-hospital")
    screen.state.type_text("zzz")
    assert screen.nothing_left.isVisible()
    assert "the words “zzz”" in screen.nothing_left.words.text()
    assert "5 activities are hidden" in screen.nothing_left.words.text()
    screen.nothing_left.last.click()
    assert shown(screen) == ["BH-001", "BH-002"]


def test_an_empty_workspace_says_how_to_begin(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    with list_screen(make_desk(tmp_path / "New.ctdesk", [])) as screen:
        assert screen.nothing_yet.isVisible()
        assert screen.nothing_yet.title.text() == "There are no activities yet"


def test_a_workspace_open_to_read_only_offers_no_editing(desk, tmp_path):
    desk.workspace.close()
    reading = Desk(Workspace.open(desk.workspace.path, read_only=True), "Officer 2")
    with list_screen(reading) as screen:
        for widget in (screen.head.new, screen.head.many, screen.head.save, screen.panel.duplicate):
            assert widget.isVisible()
            assert not widget.isEnabled()
        assert not any(screen.commands[name].isEnabled() for name in ("new", "edit", "paste", "fill", "delete", "end"))
        go_to(screen, "AC-001", "title")
        screen.edit_current()
        assert screen.editing.editor is None


def test_export_writes_what_is_seen(screen, tmp_path, qtbot):
    screen.state.toggle_value("agency", "u-hospital")
    screen.state.show_columns(("title", "annual_value", "end"))
    screen.state.sort_by("annual_value")
    path = tmp_path / "seen.csv"
    with qtbot.waitSignal(screen.doing.said):
        screen.doing.export_to(path)
    assert path.read_text(encoding="utf-8-sig").splitlines() == [
        "Service title,Annual value (£),End date",
        "Home visits,20000.0,2025-03-31",
        "Speech clinic,80000.0,2027-03-31",
    ]


def test_print_sets_what_is_seen_on_pages(screen, tmp_path, qtbot):
    from ctdesk.ui.preview.window import PreviewWindow
    from pypdf import PdfReader

    screen.state.group_by("agency")
    screen.state.toggle_value("tier", "targeted")
    screen.doing.print()
    qtbot.waitUntil(lambda: bool(screen.window().findChildren(PreviewWindow)))
    shown_pages = screen.window().findChildren(PreviewWindow)[0]
    shown_pages.save_to(tmp_path / "seen.pdf")
    shown_pages.close()
    text = PdfReader(tmp_path / "seen.pdf").pages[0].extract_text()
    assert "Tier is Targeted" in text
    assert "Page 1 of 1" in text
    for words in ("Alder Council", "School nursing", "£175,000", "£275,000"):
        assert words in text


def test_sums_of_the_selection_are_said_in_the_foot(screen):
    go_to(screen, "AC-001", "annual_value")
    key(screen, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert screen.totals.more == "2 activities selected, sum £160,000"
    assert chosen.count(screen.grid) == 2


def test_a_place_filters_by_its_values(screen):
    screen.go(Place("activity", filters={"end": "01/01/2026 to 31/12/2026"}))
    assert shown(screen) == ["AC-002"]


def test_a_place_shows_the_records_that_lack_something_required(screen, desk):
    desk.apply(Action.EDIT, "Forget", [updated("activity", CLUB, {"tier": "targeted"}, {"tier": None})])
    screen.go(Place("activity", filters={"missing": "required"}))
    assert shown(screen) == ["AC-003"]
    assert screen.head.chips.chips()[0].filter.words == "Lacks a required value is"


@pytest.mark.parametrize("kind", ["post", "organisation", "team", "contact", "funding_line", "note"])
def test_every_kind_has_a_list(desk, kind):
    with list_screen(desk, kind) as screen:
        assert screen.records.counted.of == len(desk.load(kind))
