"""The map on the screen: cells add up, filters narrow, a cell leads to its activities, and an overlap is settled."""

import json
from datetime import date, timedelta

import pytest
from ctdesk.domain import clock
from ctdesk.domain.changes import Action, created
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.service_map import Measure
from ctdesk.domain.suppression import MARK
from ctdesk.services.adding import add
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.services.editing import edit
from ctdesk.services.list_edit import Word, add_entry
from ctdesk.services.lists import RecordList, standard_view
from ctdesk.services.map_chosen import view_chosen
from ctdesk.services.opening import open_desk
from ctdesk.services.packs import new_pack
from ctdesk.services.rounds import start_round
from ctdesk.services.sending import send
from ctdesk.services.service_map import MapView
from ctdesk.services.shared_costs import By
from ctdesk.ui.models.service_map import CELL
from ctdesk.ui.places import Place
from ctdesk.ui.screens.record_list_places import view_of
from ctdesk.ui.screens.service_map_page import MapPage
from ctdesk.ui.widgets import Button
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog
from tests.ui.names import unnamed
from tests.ui.windows import AGENCY, PROVIDER, main_window, make_desk, uid_of


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    made = make_desk(tmp_path / "weir.ctdesk")
    common = {"main_outcome": "Be healthy", "client_groups": "All children", "areas": "Borough-wide"}
    edit(made, "activity", "WH-001", {**common, "tier": "Universal", "age_from": "0", "age_to": "4"})
    edit(made, "activity", "WH-002", {**common, "tier": "Targeted", "age_from": "3", "age_to": "16"})
    return made


@pytest.fixture
def screen(desk, qtbot):
    with main_window(desk) as window:
        window.start()
        window.go(Place("map"))
        yield window.made("map")


def cells(screen):
    model = screen.map.heat.map
    return [
        [model.index(row, column).data(CELL).figure for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_map_shows_every_cell_with_totals_both_ways(screen):
    shown = cells(screen)
    assert shown[0] == ["£100,000", "£25,000.50", "–", "£125,000.50"]
    assert shown[-1] == ["£100,000", "£25,000.50", "£0", "£125,000.50"]


def test_rows_columns_and_measure_can_be_chosen_and_exchanged(screen):
    page = screen.map
    page.exchange()
    assert (page.view.rows, page.view.columns) == ("tier", "outcome")
    page.rows.setCurrentIndex(page.rows.findData("outcome"))
    page.rows.activated.emit(page.rows.currentIndex())
    assert (page.view.rows, page.view.columns) == ("outcome", "tier"), "the same twice makes them change places"
    page.measure.setCurrentIndex(page.measure.findData(Measure.ACTIVITIES.value))
    page.measure.activated.emit(page.measure.currentIndex())
    assert cells(screen)[-1][-1] == "2"


def test_people_can_be_shown_as_the_public_may_see_them(desk, screen):
    edit(desk, "activity", "WH-001", {"users_last_year": "3"})
    edit(desk, "activity", "WH-002", {"users_last_year": "240"})
    page = screen.map
    assert not page.public.isVisibleTo(page), "money is not of people"
    page.measure.setCurrentIndex(page.measure.findData(Measure.USERS.value))
    page.measure.activated.emit(page.measure.currentIndex())
    assert cells(screen)[0] == ["3", "240", "–", "243"]
    page.public.click()
    assert cells(screen)[0][0] == MARK
    assert "3" not in {figure for row in cells(screen) for figure in row}


def test_a_service_whose_price_is_exempt_is_in_no_figure_for_the_public(desk, screen):
    page = screen.map
    total = cells(screen)[-1][-1]
    sold = created("agreement", {"title": "Nursing at school", "activities": (uid_of(desk, "WH-002"),)})
    mark = created("exempt_mark", {"agreement": sold.uid, "item": "annual_value", "paragraph": "3"})
    desk.apply(Action.EDIT, "An agreement", [sold, mark])
    page.show_view(page.view)
    assert page.public.isVisibleTo(page)
    assert cells(screen)[-1][-1] == total
    page.public.click()
    assert cells(screen)[-1][-1] == "£100,000"


def test_each_column_may_be_parted_once_more(screen):
    page = screen.map
    page.then.activated.emit(0)  # the box stands at Nothing
    page.then.setCurrentIndex(page.then.findData("age_band"))
    page.then.activated.emit(page.then.currentIndex())
    assert page.view.columns == "tier,age_band"
    heads = [page.heat.map.headerData(at, Qt.Orientation.Horizontal) for at in range(page.heat.map.columnCount())]
    assert (heads[0], heads[-1]) == ("Universal, Early years and pregnancy", "Total")
    assert (cells(screen)[-1][0], cells(screen)[-1][-1]) == ("£100,000", "£125,000.50")
    page.exchange()
    assert (page.view.rows, page.view.columns) == ("tier", "outcome,age_band")
    page.rows.setCurrentIndex(page.rows.findData("age_band"))
    page.rows.activated.emit(page.rows.currentIndex())
    assert (page.view.rows, page.view.columns) == ("age_band", "outcome,tier"), (
        "the same twice makes them change places"
    )
    page.columns.setCurrentIndex(page.columns.findData("none"))
    page.columns.activated.emit(page.columns.currentIndex())
    assert page.view.columns == "tier", "the inner becomes the outer"
    assert MapPage(screen.session).view == page.view, "it is remembered"


def test_a_filter_narrows_the_map_and_its_chip_takes_it_off(screen):
    page = screen.map
    page.tick("tier", "Universal")
    assert cells(screen)[-1][-1] == "£100,000"
    (chip,) = page.chips.chips()
    assert (chip.filter.words, chip.filter.value) == ("Tier is", "Universal")
    page.tick("tier", "Targeted")
    assert cells(screen)[-1][-1] == "£125,000.50"
    page.chips.removed.emit("tier")
    assert page.chips.chips() == []


def test_a_cell_leads_to_its_activities_which_add_up_to_it(screen, qtbot):
    page = screen.map
    page.heat.setCurrentIndex(page.heat.map.index(0, 1))
    assert page.panel.list.count() == 1
    assert page.panel.list.item(0).data(Qt.ItemDataRole.UserRole)[1] == "£25,000.50"
    page.wants.disconnect()
    with qtbot.waitSignal(page.wants) as told:
        page.panel.listed.emit()
    assert (told.args[0].screen, told.args[0].filters) == ("activity", {"reference": "WH-002"})


def test_a_place_may_name_several_values_of_a_field(desk):
    view = view_of(desk, standard_view("activity"), {"reference": "WH-001 | WH-002"})
    assert RecordList(desk, view).counted.shown == 2
    desk.workspace.close()


def test_a_change_elsewhere_is_seen_at_once(screen, desk):
    edit(desk, "activity", "WH-001", {"annual_value": "50,000"})
    assert cells(screen)[-1][-1] == "£75,000.50"


def test_what_is_low_for_each_head_is_said_in_its_cell(screen, desk):
    for name in ("North", "South"):
        add_entry(desk, "area", Word(name))
    for reference, area in (("WH-001", "North"), ("WH-002", "South")):
        edit(desk, "activity", reference, {"areas": area, "tier": "Targeted"})
    people = {"age_from": 0, "age_to": 25, "people": 1000, "source": "Census"}
    desk.apply(
        Action.EDIT,
        "Heads",
        [created("population", people | {"area": desk.lists.find("area", it)}) for it in ("North", "South")],
    )
    page = screen.map
    page.show_view(MapView("area", "tier"))
    model = page.heat.map
    rows = [model.headerData(at, Qt.Orientation.Vertical) for at in range(model.rowCount())]
    columns = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    index = model.index(rows.index("South"), columns.index("Targeted"))
    assert index.data() == "£25,000.50, low per head, 1 act."
    assert index.data(CELL).low
    assert "Low per head" in page.legend.toolTip()
    page.heat.setCurrentIndex(index)
    assert page.panel.notes.text() == "Low per head: £25 a head, the mean is £62.50."
    page.heat.grab()


def test_a_bar_leads_to_its_activities_and_many_columns_are_one_bar(screen, qtbot):
    page = screen.map
    page.how.choose(2)
    bars = page.chart._bars
    bars.grab()
    box, row, column = next(it for it in bars._places if it[2] is not None)
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=box.center())
    assert page.panel._title.text() == "Be healthy, Universal"
    bars.setFocus()
    qtbot.keyClick(bars, Qt.Key.Key_Right)
    assert page.panel._title.text() == "Be healthy, Targeted"
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    bars.grab()
    assert page.panel._title.text() == "Stay safe, Targeted"
    page.show_view(MapView("outcome", "client_group"))
    assert len(bars._parts) == 1, "only columns with anything in them are parts"
    page.show_view(MapView("tier", "outcome,age_band"))
    bars.grab()
    assert {part for _, _, part in bars._places} == set(bars._parts) | {None}
    assert (row, column) == (0, 0)


def test_percentages_and_the_chart_show_the_same_map(screen):
    screen.map.how.choose(1)
    assert cells(screen)[0][:2] == ["80.0%", "20.0%"]
    screen.map.how.choose(2)
    assert screen.map.faces.currentIndex() == 1


@pytest.mark.parametrize("tab", range(1, 8))
def test_every_question_has_a_page(screen, tab):
    screen.tabs.choose(tab)
    page = screen.pages[tab]
    assert page.isVisible()
    assert page.model.rowCount() or page.nothing.isVisible()


def test_each_step_between_rounds_leads_to_its_services_and_they_to_their_records(screen, desk, qtbot, tmp_path):
    start_round(desk, "Baseline", date(2026, 3, 31), date(2026, 5, 15))
    send(desk, "Baseline", tmp_path / "sent")
    edit(desk, "activity", "WH-001", {"annual_value": "120,000"})
    screen.tabs.choose(7)
    page = screen.pages[7]
    names = [row[0] for row in page.model.table.rows]
    page.opened.emit("Between rounds", names.index("Costing more"))
    assert (page.model.table.title, page.choice.currentText()) == ("Costing more", "Costing more")
    for table in ("first", "total"):
        page.show_table("Between rounds")
        page.view.activated.emit(page.model.index(0 if table == "first" else page.model.rowCount() - 1, 0))
        assert page.model.table.title == "Every service"
    screen.wants.disconnect()
    with qtbot.waitSignal(screen.wants) as told:
        page.opened.emit("Costing more", 0)
    assert told.args[0].filters == {"reference": "WH-001"}


def test_gaps_say_what_they_cannot_be_told_by_and_lead_to_it(screen, desk, qtbot):
    screen.tabs.choose(2)
    page = screen.pages[2]
    assert "No need of the plan is entered yet" in page.notes.text()
    screen.wants.disconnect()
    for words, kind in (("Needs of the plan", "need"), ("Populations", "population")):
        with qtbot.waitSignal(screen.wants) as told:
            next(it for it in page.findChildren(Button) if it.text() == words).click()
        assert told.args[0].screen == kind
    desk.apply(Action.EDIT, "A need", [created("need", {"title": "Play", "outcome": "stay_safe", "priority": True})])
    assert "No need" not in page.notes.text()
    assert "Yes" in page.model.table.rows[0]
    with qtbot.waitSignal(screen.wants) as told:
        page.opened.emit("Gaps", 0)
    assert (told.args[0].screen, told.args[0].filters) == ("need", {"title": "Play"})


@pytest.mark.parametrize("kind", ["need", "population", "scenario"])
def test_what_the_map_is_told_by_has_a_list_and_a_form(screen, kind):
    window = screen.window()
    window.go(Place(kind))
    assert DEFINITIONS[kind].plural.lower() in window.made(kind).nothing_yet.title.text()
    window.made(kind).nothing_yet.made.emit()
    assert window.made("record").kind == kind


def test_costs_a_head_lead_to_the_populations_as_long_as_there_are_none(screen, desk):
    page = screen.map
    assert page.no_people.isHidden()
    page.show_view(MapView("area", "tier", Measure.COST_PER_HEAD))
    assert not page.no_people.isHidden()
    people = {"age_from": 0, "age_to": 25, "people": 1000, "source": "Census"}
    desk.apply(Action.EDIT, "Heads", [created("population", people)])
    assert page.no_people.isHidden()
    assert cells(screen)[-1][-1] == "£125"


def test_a_workspace_without_activities_is_told_how_to_begin(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    with main_window(Desk(create_workspace(tmp_path / "new.ctdesk", name="New"), "sam")) as window:
        window.start()
        window.go(Place("map"))
        screen = window.made("map")
        for tab in range(8):
            screen.tabs.choose(tab)
            empty = screen.stack.currentWidget() is screen.nothing_yet
            assert empty == (tab != 6)
            if empty:
                with qtbot.waitSignal(screen.said) as told:
                    screen.print()
                assert "nothing to write" in told.args[0]
        assert screen.pages[6].nothing.isVisible() or screen.pages[6].model.rowCount()


ALL = "WH-001 | WH-002 | WH-003"


@pytest.mark.parametrize(
    ("row", "leads_to"),
    [
        ((2, "Gaps", "No outcome given"), ("activity", {"reference": "WH-003"})),
        ((3, "By tier", "Universal"), ("activity", {"reference": "WH-001"})),
        ((3, "Shares by agency", AGENCY), ("activity", {"reference": ALL})),
        ((4, "Ending by outcome", "Be healthy"), ("activity", {"reference": "WH-002"})),
        ((4, "Ending by month", "{month}"), ("activity", {"reference": "WH-002"})),
        ((5, "Providers", PROVIDER), ("activity", {"reference": ALL})),
        ((6, "By skill", "Procurement"), ("post", {"skills": "Procurement"})),
    ],
)
def test_every_row_leads_to_what_stands_behind_it(screen, desk, qtbot, row, leads_to):
    soon = clock.today() + timedelta(days=60)
    edit(desk, "activity", "WH-002", {"end": f"{soon:%d/%m/%Y}"})
    more = {"title": "Play", "agency": AGENCY, "provider": PROVIDER, "reference": "WH-003", "tier": "Targeted"}
    add(desk, "activity", more)
    tab, title, name = row
    screen.tabs.choose(tab)
    page = screen.pages[tab]
    page.show_table(title)
    assert page.model.table.title == title
    rows = [str(row[0]) for row in page.model.table.rows]
    screen.wants.disconnect()
    with qtbot.waitSignal(screen.wants) as told:
        page.opened.emit(title, rows.index(name.format(month=f"{soon:%m/%Y}")))
    assert (told.args[0].screen, told.args[0].filters) == leads_to


def test_cliffs_are_looked_for_as_far_ahead_as_is_wanted(screen, desk, qtbot, tmp_path):
    edit(desk, "activity", "WH-002", {"end": f"{clock.today() + timedelta(days=600):%d/%m/%Y}"})
    screen.tabs.choose(4)
    page = screen.pages[4]
    assert (page.tables[0].totals[1], page.choices) == (0, {})
    page.ahead.setCurrentIndex(page.ahead.findData(24))
    page.ahead.activated.emit(page.ahead.currentIndex())
    assert (page.tables[0].totals[1], page.choices) == (2_500_050, {"months": "24"})
    page.show_table("Ending by outcome")
    screen.wants.disconnect()
    with qtbot.waitSignal(screen.wants) as told:
        page.opened.emit("Ending by outcome", 0)
    assert told.args[0].filters == {"reference": "WH-002"}
    with qtbot.waitSignal(screen.said):
        screen.export_to(tmp_path / "cliffs.pdf")
    assert "ends within 24 months" in PdfReader(tmp_path / "cliffs.pdf").pages[0].extract_text()


def test_what_a_row_has_no_room_for_is_said_below_it(screen, desk):
    screen.tabs.choose(5)
    page = screen.pages[5]
    assert page.whole_row.isHidden()
    page.view.setColumnWidth(0, 30)
    assert page.whole_row.text() == "Provider: Bridge Families."
    page.view.setColumnWidth(0, 300)
    assert page.whole_row.isHidden()


def test_an_overlap_is_marked_as_intended(screen, desk, monkeypatch):
    from tests.ui.windows import uid_of

    other = desk.load("organisation", name="Bridge Families")
    edit(desk, "organisation", "Bridge Families", {"is_agency": "Yes"})
    edit(desk, "activity", "WH-002", {"agency": "Bridge Families"})
    assert other
    screen.tabs.choose(1)
    assert screen.pages[1].model.table.rows[0][0] == "WH-001 Health visiting"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("By design", True))
    page = screen.pages[1]
    page.mark_intended()
    assert [table.title for table in screen.pages[1].tables] == ["Overlaps", "Intended overlaps"]
    (mark,) = desk.load("mark").values()
    assert {mark["first"], mark["second"]} == {uid_of(desk, "WH-001"), uid_of(desk, "WH-002")}
    page.show_table("Intended")
    assert [it.text() for it in page.findChildren(Button) if it.isVisibleTo(page)] == ["No longer intended"]
    page.unmark()
    assert desk.load("mark") == {}
    assert [table.title for table in page.tables] == ["Overlaps"]


def test_a_scenario_is_compared_thrown_away_or_made_intentions(screen, desk):
    screen.tabs.choose(3)
    page = screen.pages[3]
    page.steps.setPlainText("close everything")
    page.compare()
    assert "no step" in page.fault.text()
    page.steps.setPlainText("end WH-001")
    page.compare()
    assert page.tables[0].totals[1:] == (12_500_050, 2_500_050, -10_000_000)
    page.turn()
    assert [it["intention"] for it in desk.load("activity").values()].count("decommission") == 1
    page.throw_away()
    assert page.tables[0].title == "By tier"


def test_scenarios_are_kept_reopened_compared_and_thrown_away(screen, desk, monkeypatch):
    screen.tabs.choose(3)
    page = screen.pages[3]
    names = iter(["Save", "Shift"])
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: (next(names), True))
    assert not page.all.isEnabled()
    page.steps.setPlainText("end WH-001")
    page.keep()
    assert (page.which.currentText(), page.scenario_name) == ("Save", "Save")
    page.which.setCurrentIndex(0)
    page.which.activated.emit(0)
    assert page.steps.toPlainText() == "", "a new scenario begins empty"
    page.steps.setPlainText("move WH-002 to Crisis")
    page.keep()
    page.show_beside()
    assert [head.label for head in page.tables[0].heads] == ["Purpose", "Now", "Save", "Shift"]
    page.which.activated.emit(page.which.findText("Save"))
    assert (page.steps.toPlainText(), page.model.table.heads[1].label) == ("end WH-001", "Before")
    page.turn()
    assert page.told.text().startswith("Its steps became intentions on ")
    page.throw_away()
    assert [page.which.itemText(at) for at in range(page.which.count())] == ["New scenario", "Shift"]
    assert page.model.table.title == "By tier"


def test_steps_that_are_not_kept_yet_stay_with_their_scenario(screen, monkeypatch):
    screen.tabs.choose(3)
    page = screen.pages[3]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Save", True))
    page.steps.setPlainText("end WH-001")
    page.keep()
    page.steps.setPlainText("end WH-001\nend WH-002")
    page.which.activated.emit(0)
    page.which.activated.emit(1)
    assert page.steps.toPlainText() == "end WH-001\nend WH-002"


def test_money_passed_on_is_confirmed_and_counted_once(screen, desk):
    edit(desk, "organisation", "Bridge Families", {"is_agency": "Yes"})
    edit(
        desk, "activity", "WH-002", {"agency": "Bridge Families", "title": "Health visiting", "annual_value": "100,000"}
    )
    assert screen.map.panel.pairs.text() == "1 pair of money passed on to confirm"
    assert cells(screen)[-1][-1] == "£200,000"
    screen.map.panel.pairs.clicked.emit()
    assert screen.pages[1].model.table.title.startswith("Money passed on")
    screen.pages[1].mark_money(same=True)
    screen.tabs.choose(0)
    assert cells(screen)[-1][-1] == "£100,000"
    assert screen.map.panel.pairs.isHidden()
    screen.tabs.choose(1)
    page = screen.pages[1]
    page.show_table("Money passed on, settled")
    assert page.model.table.rows[0][-1] == "The same money, counted once"
    page.ask_again()
    screen.tabs.choose(0)
    assert cells(screen)[-1][-1] == "£200,000"


def shares(page):
    model = page.sharing.model
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def test_a_cost_is_shared_among_partners_who_may_be_left_out_and_added(screen, desk, tmp_path, qtbot):
    next(it for it in screen.actions_offered() if it.text() == "Share a cost…").trigger()
    page = screen.pages[6]
    sharing, model = page.sharing, page.sharing.model
    assert shares(page) == [[AGENCY, "£125,000.50", "", ""]]
    assert (page.choices, page.written) == ({}, page.tables)
    sharing.amount.setText("£100")
    sharing.amount.editingFinished.emit()
    assert shares(page) == [[AGENCY, "£125,000.50", "100%", "£100"], ["Total", "£125,000.50", "100%", "£100"]]
    assert page.choices == {"share": "£100", "by": "Size of budget", "partners": ""}, "all, as the records know them"
    row = model.add()
    model.setData(model.index(row, 0), "Schools")
    model.setData(model.index(row, 1), "125k")
    model.setData(model.index(0, 1), "250k")
    qtbot.waitUntil(lambda: shares(page)[-1][1] == "£375,000")
    assert [line[1:] for line in shares(page)] == [
        ["£250,000", "67%", "£66.67"], ["£125,000", "33%", "£33.33"], ["£375,000", "100%", "£100"],
    ]  # fmt: skip
    assert page.choices["partners"] == f"{AGENCY}=250k; Schools=125k"
    assert page.written[-1].totals[3] == 100_00
    sharing.copy()
    assert "Schools\t£125,000\t33%\t£33.33" in QGuiApplication.clipboard().text()
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    qtbot.waitUntil(lambda: shares(page)[1][2] == "100%")
    edit(desk, "activity", "WH-001", {"annual_value": "50,000"})
    assert shares(page)[1][3] == "£100", "a change elsewhere leaves what was typed"
    assert page.choice.currentText() == "Share a cost"
    for ending in (".xlsx", ".pdf"):
        with qtbot.waitSignal(screen.said):
            screen.export_to(tmp_path / f"shares{ending}")
        assert (tmp_path / f"shares{ending}").exists()


def test_a_cost_that_was_being_shared_is_taken_up_again_where_it_is_asked_for(desk, qtbot):
    for again in (False, True):
        with main_window(open_desk(desk.workspace.path) if again else desk) as window:
            window.go(Place("map", filters={"tab": "resource"}))
            page = window.made("map").pages[6]
            assert page.choices == {}, "what was shared another time is not printed unasked"
            page.show_sharing()
            model = page.sharing.model
            if not again:
                page.sharing.amount.setText("£100")
                row = model.add()
                model.setData(model.index(row, 0), "Schools")
                model.setData(model.index(row, 1), "125k")
            qtbot.waitUntil(lambda page=page: shares(page)[-1][0] == "Total")
            assert page.choices == {"share": "£100", "by": "Size of budget", "partners": f"{AGENCY}; Schools=125k"}


def test_what_cannot_be_shared_is_said_below_the_partners(screen):
    screen.tabs.choose(6)
    page = screen.pages[6]
    page.show_sharing()
    page.sharing.amount.setText("lots")
    page.sharing.work_out()
    assert "cost to be shared" in page.sharing.fault.text()
    page.sharing.amount.setText("5")
    page.sharing.choose(By.STATED)
    assert "give one a weight" in page.sharing.fault.text()
    model = page.sharing.model
    model.setData(model.index(0, 1), "1")
    page.sharing.work_out()
    assert page.sharing.fault.isHidden()
    page.sharing.choose(By.BUDGET)
    assert shares(page)[0][1] == "£125,000.50"


def test_what_is_seen_is_written_as_a_workbook(screen, tmp_path, qtbot):
    path = tmp_path / "map.xlsx"
    with qtbot.waitSignal(screen.said):
        screen.export_to(path)
    assert path.exists()


def test_what_is_seen_is_added_to_a_pack(screen, desk):
    pack = new_pack(desk, "Board", date(2026, 6, 25))
    screen.map.exchange()
    screen.add_to_pack(pack)
    (item,) = desk.load("pack_item").values()
    assert (item["report"], item["choices"]) == ("map", '{"columns": "outcome", "rows": "tier"}')


def test_the_measure_and_filters_of_the_map_go_into_the_pack_as_well(screen, desk):
    pack = new_pack(desk, "Board", date(2026, 6, 25))
    screen.map.show_view(MapView("outcome", "tier", Measure.ACTIVITIES))
    screen.map.tick("tier", "Universal")
    screen.map.tick("tier", "Targeted")
    screen.add_to_pack(pack)
    (item,) = desk.load("pack_item").values()
    assert json.loads(item["choices"]) == {
        "rows": "outcome", "columns": "tier", "measure": "Activities", "filter": "Tier: Universal | Targeted",
    }  # fmt: skip
    assert view_chosen(desk, json.loads(item["choices"]), public=False) == screen.map.view


def test_a_scenario_goes_into_a_pack_once_it_is_kept(screen, desk, monkeypatch):
    pack = new_pack(desk, "Board", date(2026, 6, 25))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Save", True))
    screen.tabs.choose(3)
    page = screen.pages[3]
    page.steps.setPlainText("end WH-001")
    said = []
    screen.said.connect(said.append)
    screen.add_to_pack(pack)
    assert said[-1].startswith("Keep the scenario first")
    page.keep()
    screen.add_to_pack(pack)
    page.show_beside()
    screen.add_to_pack(pack)
    page.throw_away()
    screen.add_to_pack(pack)
    items = sorted(desk.load("pack_item").values(), key=lambda item: item["position"])
    assert [(item["report"], item["choices"]) for item in items] == [
        ("scenario", '{"scenario": "Save"}'), ("scenario", "{}"), ("prevention", "{}"),
    ]  # fmt: skip
    assert said[-1] == "Prevention balance is an item of the pack now."


def test_a_shared_cost_goes_into_a_pack(screen, desk):
    pack = new_pack(desk, "Board", date(2026, 6, 25))
    screen.tabs.choose(6)
    screen.pages[6].sharing.amount.setText("£100")
    screen.add_to_pack(pack)
    (item,) = desk.load("pack_item").values()
    assert json.loads(item["choices"]) == {"share": "£100", "by": "Size of budget"}


def test_everything_has_a_name(screen):
    assert unnamed(screen) == []


@pytest.mark.parametrize(("scheme", "scale"), [("dark", 1.0), ("contrast", 1.0), ("light", 2.0)])
def test_it_paints_in_every_look(screen, dressed, scheme, scale):
    dressed(scheme, scale)
    assert not screen.grab().isNull()
