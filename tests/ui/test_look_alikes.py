"""Organisations that look alike, at the window: seen side by side, merged, told apart."""

import pytest
from ctdesk.services.past import past, undo
from ctdesk.services.records import new_record, record
from ctdesk.ui.places import Place
from PySide6.QtCore import Qt
from tests.ui.names import unnamed
from tests.ui.windows import PROVIDER, main_window, uid_of


@pytest.fixture
def window(desk, qtbot):
    with main_window(desk) as made:
        yield made


def look_alikes(window, qtbot, pairs=1):
    window.go(Place("look_alikes"))
    screen = window.made("look_alikes")
    qtbot.waitUntil(lambda: screen._stack.currentIndex() == (2 if pairs else 1))
    if pairs:
        qtbot.waitUntil(lambda: screen.side.pair is not None and screen.side.pair == screen.pair)
    return screen


def twin(desk):
    return new_record(desk, "organisation", {"name": f"{PROVIDER} Ltd", "short_name": "BF"})


def test_with_none_it_says_what_would_stand_here(window, qtbot):
    screen = look_alikes(window, qtbot, pairs=0)
    assert not screen.merge.isVisible()
    assert unnamed(screen) == []
    assert window.focusWidget().text() == "Show them"


def test_the_two_stand_side_by_side_with_a_choice_where_they_differ(window, desk, qtbot):
    twin(desk)
    screen = look_alikes(window, qtbot)
    assert screen.pairs.count() == 1
    assert set(screen.side._choices) == {"name"}
    assert unnamed(screen) == []
    assert window.focusWidget() is screen.pairs


def test_merging_keeps_the_chosen_name_and_what_pointed_at_either(window, desk, qtbot):
    uid = twin(desk)
    screen = look_alikes(window, qtbot)
    screen.side.choose("name", 0 if screen.pair.first == uid else 1)
    qtbot.mouseClick(screen.merge, Qt.MouseButton.LeftButton)
    assert record(desk, "activity", uid_of(desk, "WH-001"))["provider"] == uid
    assert record(desk, "organisation", uid)["name"] == f"{PROVIDER} Ltd"
    qtbot.waitUntil(lambda: screen._stack.currentIndex() == 1)
    assert "one organisation now" in screen.outcome.words.text()
    undo(desk, past(desk)[0].uid)
    qtbot.waitUntil(lambda: screen.pairs.count() == 1)


def test_a_pair_told_apart_goes_for_good(window, desk, qtbot):
    uid = twin(desk)
    screen = look_alikes(window, qtbot)
    screen.different.click()
    qtbot.waitUntil(lambda: screen._stack.currentIndex() == 1)
    assert record(desk, "organisation", uid)["name"] == f"{PROVIDER} Ltd"
    assert past(desk)[0].title.endswith("are different")
