"""Going through the rows of a list at the form, one record after another, without returning to it."""

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.services.deleting import delete_record
from ctdesk.services.past import past
from ctdesk.ui.models.walk import Walk
from ctdesk.ui.places import Place
from tests.ui.windows import main_window, make_desk, uid_of


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    made = make_desk(tmp_path / "weir.ctdesk")
    more = [created("activity", {"reference": f"WH-00{n}", "title": f"Play {n}"}) for n in (3, 4)]
    made.apply(Action.EDIT, "More", more)
    return made


@pytest.fixture
def window(desk, qtbot):
    with main_window(desk) as made:
        made.go(Place("activity"))
        screen = made.made("activity")
        screen.state.type_text("play")
        screen.grid.select_row(0)
        screen.open_current()
        yield made


def type_title(window, text):
    row = window.made("record").form.rows["title"]
    row.editor.show_text(text)
    row.editor.edited.emit()


def test_the_form_says_where_in_the_filtered_list_one_is(window):
    screen = window.made("record")
    assert screen.steps.words.text() == "1 of 2"
    assert screen.title == "Play 3"
    assert not screen.steps.before.isEnabled()
    assert screen.steps.before.toolTip() == "This is the first of the list."
    assert screen.steps.after.isEnabled()


def test_save_and_next_saves_and_goes_on_until_the_last(window, desk):
    screen, steps, said = window.made("record"), len(past(desk)), []
    screen.said.connect(said.append)
    type_title(window, "Play for all")
    screen.foot.next.click()
    assert desk.load("activity")[uid_of(desk, "WH-003")]["title"] == "Play for all"
    assert (screen.steps.words.text(), screen.title) == ("2 of 2", "Play 4")
    assert "Play 4" in window.windowTitle()
    assert not screen.foot.next.isVisible()
    type_title(window, "Play at night")
    screen.save_and_go(1)
    assert desk.load("activity")[uid_of(desk, "WH-004")]["title"] == "Play at night"
    assert said[-1] == "This is the last of the list, 2 of 2."
    screen.save_and_go(-1)
    assert screen.title == "Play for all"
    assert len(past(desk)) == steps + 2


def test_what_falls_out_of_the_filter_keeps_its_place_until_one_returns(window, desk):
    screen = window.made("record")
    type_title(window, "Sport")
    screen.save_and_go(1)
    assert screen.title == "Play 4"
    screen.save_and_go(-1)
    assert (screen.steps.words.text(), screen.title) == ("1 of 2", "Sport")


def test_a_fault_holds_one_at_the_record(window):
    screen = window.made("record")
    row = screen.form.rows["annual_value"]
    row.editor.show_text("lots")
    row.editor.edited.emit()
    screen.save_and_go(1)
    assert screen.steps.words.text() == "1 of 2"
    assert screen.foot.to_fault.text().endswith(" to look at")
    screen.discard()


def test_back_leads_to_the_list_at_the_record_last_looked_at(window):
    window.made("record").save_and_go(1)
    window.go(Place("back"))
    assert window.current == "activity"
    grid = window.made("activity").grid
    assert grid.records.text(grid.currentIndex().row(), 1) == "Play 4"


def test_a_record_deleted_meanwhile_is_passed_over(window, desk):
    screen = window.made("record")
    delete_record(desk, "activity", uid_of(desk, "WH-004"))
    screen.save_and_go(1)
    assert (screen.steps.words.text(), screen.title) == ("1 of 1", "Play 3")
    assert window.current == "record"


def test_the_keys_are_told_and_offered_only_on_a_walk(window, desk):
    screen = window.made("record")
    keys = {action.text(): [it.toString() for it in action.shortcuts()] for action in screen.actions_offered()}
    assert keys["Save and next"] == ["Ctrl+PgDown", "Ctrl+Shift+S"]
    assert keys["Save and previous"] == ["Ctrl+PgUp"]
    window.go(Place("record", kind="activity", uid=uid_of(desk, "WH-001")))
    assert "Save and next" not in [action.text() for action in screen.actions_offered()]
    assert not screen.steps.isVisible()


def test_a_walk_stands_within_its_rows():
    walk = Walk(["a", "b", "c"], "b")
    assert (walk.words, walk.beside(-1), walk.beside(1), walk.beside(2)) == ("2 of 3", "a", "c", None)
    walk.leave_out("b")
    assert (walk.uid, walk.words) == ("c", "2 of 2")
    walk.stand_at("nobody")
    assert walk.uid == "c"
    with pytest.raises(ValueError, match="not in list"):
        Walk(["a"], "b")


def test_agreements_are_gone_through_at_their_own_screen(desk, qtbot):
    agreements = [
        created("agreement", {"reference": f"C-{n}", "title": f"Contract {n}", "type": "contract"}) for n in (1, 2)
    ]
    desk.apply(Action.EDIT, "Agreements", agreements)
    with main_window(desk) as window:
        window.go(Place("agreement"))
        window.made("agreement").grid.select_row(0)
        window.made("agreement").open_current()
        screen = window.made("contract")
        assert screen.steps.words.text() == "1 of 2"
        assert "Save and next" in [action.text() for action in screen.actions_offered()]
        assert not screen.details.panel.isVisibleTo(screen)
        screen.steps.after.click()
        assert (screen.title, screen.steps.words.text()) == ("Contract 2", "2 of 2")
        window.go(Place("back"))
        assert window.current == "agreement"


def test_where_there_is_no_room_beside_the_form_all_about_the_record_is_still_reached(desk, dressed, qtbot):
    dressed("light", 2.0)
    with main_window(desk) as window:
        window.go(Place("record", kind="activity", uid=uid_of(desk, "WH-001")))
        screen = window.made("record")
        assert screen.strip.isVisible()
        assert not screen.panel.isVisible()
        assert screen.strip.pages._group.button(0).text() == "Form"
        screen.strip.pages.choose(3)
        assert screen.panel.isVisible()
        assert screen.panel.currentIndex() == 2
        assert not screen.form.isVisible()
        screen.strip.pages.choose(0)
        assert screen.form.isVisible()
        menu = screen.strip.sections.menu()
        menu.aboutToShow.emit()
        money = next(action for action in menu.actions() if action.text().startswith("Money"))
        money.trigger()
        qtbot.waitUntil(lambda: screen.strip.sections.text().startswith("Money"))
