"""Faults beside fields say what the findings say, and offer what was perhaps meant."""

from datetime import date

import pytest
from ctdesk.domain import clock
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.domain.findings import Grade
from ctdesk.services.desk import Desk
from ctdesk.services.faults import faults, must_hold, read_field
from ctdesk.services.records import record
from tests.services.small_borough import BRIDGE, NURSING

ACTIVITY = DEFINITIONS["activity"]


def test_a_typed_value_is_read_as_people_type_it(desk: Desk) -> None:
    assert read_field(desk, ACTIVITY["annual_value"], "1.2m").value == 120_000_000
    assert read_field(desk, ACTIVITY["client_groups"], "Young carers; All children").fault is None
    assert read_field(desk, ACTIVITY["provider"], "bridge").value == BRIDGE
    assert read_field(desk, ACTIVITY["provider"], "  ").value is None


def test_a_doubtful_value_offers_what_was_perhaps_meant(desk: Desk) -> None:
    fault = read_field(desk, ACTIVITY["start"], "04/13/2026").fault
    assert fault is not None
    assert (fault.grade, fault.suggestion, fault.suggested) == (Grade.EXPLAIN, date(2026, 4, 13), "13/04/2026")
    assert fault.message.startswith("Start date: “04/13/2026”")
    choice = read_field(desk, ACTIVITY["tier"], "Targetted").fault
    assert choice is not None
    assert choice.suggestion == "targeted"


def test_what_cannot_be_read_says_why(desk: Desk) -> None:
    fault = read_field(desk, ACTIVITY["start"], "31/02/2026").fault
    assert fault is not None
    assert (fault.grade, fault.suggestion) == (Grade.MUST_FIX, None)
    assert "does not exist" in fault.message


@pytest.mark.parametrize(
    ("typed", "suggested", "new_name"),
    [("Oak Famlies", "Oak Families Ltd", "Oak Famlies"), ("Zebra  Trust", "", "Zebra Trust")],
)
def test_an_unknown_name_is_suggested_or_may_be_made(desk: Desk, typed: str, suggested: str, new_name: str) -> None:
    fault = read_field(desk, ACTIVITY["provider"], typed).fault
    assert fault is not None
    assert (fault.suggested, fault.new_name) == (suggested, new_name)


def test_a_closed_link_takes_no_new_name(desk: Desk) -> None:
    fault = read_field(desk, DEFINITIONS["contact"]["agency"], "Zebra Trust").fault
    assert fault is not None
    assert fault.new_name == ""


def test_ranges_patterns_and_personal_data_are_found_in_one_field(desk: Desk) -> None:
    told = {
        "notice_months": "40",
        "lead_email": "nobody",
        "comments": "Her NHS number is 943 476 5919",
    }
    rules = {name: read_field(desk, ACTIVITY[name], text).fault for name, text in told.items()}
    assert {name: fault and fault.rule for name, fault in rules.items()} == {
        "notice_months": "range",
        "lead_email": "pattern",
        "comments": "personal_data",
    }


def test_a_record_in_order_has_no_faults(desk: Desk) -> None:
    assert faults(desk, ACTIVITY, record(desk, "activity", NURSING), NURSING) == []


def test_each_missing_field_has_a_fault_of_its_own_in_the_order_of_the_form(desk: Desk) -> None:
    values = {**record(desk, "activity", NURSING), "tier": None, "provider": None, "end": date(2020, 1, 1)}
    found = faults(desk, ACTIVITY, values)
    assert [fault.field for fault in found] == ["provider", "end", "tier"]
    assert found[0].message == "Provider is empty."
    assert "before the start date" in found[1].message


def test_funding_lines_are_added_up_against_the_value(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    values = {**record(desk, "activity", NURSING), "annual_value": 1}
    (fault,) = faults(desk, ACTIVITY, values, NURSING)
    assert (fault.field, fault.grade) == ("annual_value", Grade.EXPLAIN)
    assert "£120,000" in fault.message


def test_only_fields_that_were_touched_stand_in_the_way(desk: Desk) -> None:
    values = {**record(desk, "activity", NURSING), "age_from": 10, "age_to": 5}
    must_hold(ACTIVITY, values, {"title"})
    with pytest.raises(DeskError, match="below age from"):
        must_hold(ACTIVITY, values, {"age_to"})
