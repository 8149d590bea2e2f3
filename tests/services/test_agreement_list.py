"""The list of agreements: what is worked out can be filtered, sorted and grouped, and follows every change."""

import pytest
from ctdesk.domain import clock
from ctdesk.domain.changes import Action
from ctdesk.services.editing import edit
from ctdesk.services.lists import Filter, RecordList, Sort, View
from tests.services.small_register import SECOND, TODAY, small_register


@pytest.fixture(autouse=True)
def _register(desk, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    desk.apply(Action.EDIT, "Take over the register", small_register())


def shown(desk, columns=("reference", "state", "current_end"), **view):
    rows = RecordList(desk, View("agreement", columns, **view)).rows(0, 10)
    return [row.texts for row in rows]


def test_worked_out_columns_stand_beside_fields(desk):
    assert shown(desk, sort=(Sort("current_end"),)) == [
        ("CON-0043", "ending", "30/09/2026"),
        ("CON-0042", "ending", "31/12/2026"),
        ("CON-0050", "draft", "31/10/2028"),
    ]


def test_they_can_be_filtered_and_counted(desk):
    view = {"filters": (Filter("state", "is", ("draft",)),)}
    assert [row[0] for row in shown(desk, **view)] == ["CON-0050"]
    facets = RecordList(desk, View("agreement", ("reference",))).facets(["state"])["state"]
    assert {it.value: it.count for it in facets} == {"ending": 2, "draft": 1}


def test_they_follow_what_is_changed_elsewhere(desk):
    found = RecordList(desk, View("agreement", ("reference", "state"), sort=(Sort("reference"),)))
    assert found.rows(0, 1)[0].texts == ("CON-0042", "ending")
    edit(desk, "extension", SECOND, {"state": "exercised", "decided_on": "18/05/2026"})
    assert found.rows(0, 1)[0].texts == ("CON-0042", "running")
