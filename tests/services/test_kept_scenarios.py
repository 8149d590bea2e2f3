"""Scenarios under a name: kept, altered, compared, thrown away, and taken back by one undo each."""

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.services.deleting import delete_record
from ctdesk.services.kept_scenarios import all_side_by_side, keep_scenario, kept_scenarios, scenario_named, throw_away
from ctdesk.services.past import past, undo
from ctdesk.services.scenario_intentions import turn_into_intentions
from ctdesk.services.scenario_steps import read_steps
from tests.services.small_borough import CLUB, COUNCIL

SHIFT, SAVE = ["move £20,000 of AC-001 to Crisis", ""], ["end AC-003", "reduce AC-002 by 10k"]


def last(desk):
    return past(desk)[0].uid


def test_a_scenario_is_kept_found_again_and_altered(desk):
    kept = keep_scenario(desk, " Shift ", SHIFT)
    assert (kept.name, kept.steps, kept.turned_on) == ("Shift", ("move £20,000 of AC-001 to Crisis",), None)
    altered = keep_scenario(desk, "shift", SAVE)
    assert (altered.uid, altered.steps) == (kept.uid, tuple(SAVE))
    undo(desk, last(desk))
    assert scenario_named(desk, "SHIFT").steps == kept.steps
    step = throw_away(desk, kept)
    assert kept_scenarios(desk) == []
    undo(desk, step.uid)
    assert scenario_named(desk, "Shift") == kept


@pytest.mark.parametrize(
    ("name", "lines", "words"),
    [("", SAVE, "a name"), ("Empty", ["", " "], "no step"), ("Odd", ["close all"], "no step")],
)
def test_what_is_no_scenario_is_not_kept(desk, name, lines, words):
    with pytest.raises(DeskError, match=words):
        keep_scenario(desk, name, lines)
    assert kept_scenarios(desk) == []


def test_a_name_that_is_not_kept_names_those_that_are(desk):
    keep_scenario(desk, "Shift", SHIFT)
    with pytest.raises(DeskError, match="there are: Shift"):
        scenario_named(desk, "Drift")


def test_all_stand_side_by_side_and_each_column_adds_up(desk):
    assert all_side_by_side(desk) == []
    keep_scenario(desk, "Shift", SHIFT)
    keep_scenario(desk, "Save", SAVE)
    *tables, steps = all_side_by_side(desk)
    for table in tables:
        table.check()
        assert [head.label for head in table.heads[1:]] == ["Now", "Save", "Shift"]
        assert table.totals[1:] == (275_000_00, 250_000_00, 275_000_00)
    crisis = next(row for row in tables[0].rows if row[0] == "Crisis")
    assert crisis[1:] == (0, 0, 20_000_00)
    assert [row[0] for row in steps.rows] == ["Save", "Save", "Shift"]
    delete_record(desk, "activity", CLUB)
    tables = all_side_by_side(desk)
    assert [head.label for head in tables[0].heads] == ["Purpose", "Now", "Shift"]
    assert "Save is left out. There is no activity" in tables[0].notes[0]


def test_a_kept_scenario_with_something_new_becomes_intentions_in_one_step(desk):
    lines = [*SAVE, "add 5,000 to Crisis, Specialist as Night shelter by Alder Council"]
    kept = keep_scenario(desk, "Winter", lines)
    steps = read_steps(desk, kept.steps)
    done = turn_into_intentions(desk, steps, kept.uid)
    new = next(it for it in desk.load("activity").values() if it["title"] == "Night shelter")
    assert (new["agency"], new["purpose"], new["tier"], new["reference"]) == (COUNCIL, "crisis", "specialist", "AC-004")
    assert (new["intention"], new["annual_value"]) == ("vary", None), "nothing is bought yet"
    assert new["intention_reason"] == "Add £5,000 to Crisis, Specialist: Night shelter, by Alder Council"
    assert desk.load("activity")[CLUB]["intention"] == "decommission"
    assert scenario_named(desk, "Winter").turned_on is not None
    assert turn_into_intentions(desk, steps, kept.uid) is None, "a second time there is nothing to alter"
    undo(desk, done.uid)
    assert len(desk.load("activity")) == 5
    assert scenario_named(desk, "Winter").turned_on is None
    assert desk.load("activity")[CLUB]["intention"] == "continue"


def test_what_is_added_must_say_who_would_commission_it(desk):
    with pytest.raises(DeskError, match="who would commission it"):
        turn_into_intentions(desk, read_steps(desk, ["end AC-003", "add 5,000 to Crisis as Support by peers"]))
    assert desk.load("activity")[CLUB]["intention"] == "continue", "all or nothing"
