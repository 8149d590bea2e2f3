"""Each rule finds its fault, and only its fault."""

from dataclasses import FrozenInstanceError, fields
from datetime import date
from decimal import Decimal

import pytest
from ctdesk.domain.checks import check_record, check_value
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.findings import RULES
from ctdesk.domain.personal_data import personal_data_in
from ctdesk.domain.records import Activity

WHOLE = {
    "title": "Health visiting",
    "provider": "p",
    "agreement_type": "contract",
    "annual_value": 100,
    "funding_source": "s",
    "funding_arrangement": "joint",
    "start": date(2026, 4, 1),
    "end": date(2027, 3, 31),
    "main_outcome": "be_healthy",
    "tier": "universal",
    "purpose": "prevention",
    "age_from": 0,
    "age_to": 5,
    "client_groups": ("all",),
    "areas": ("borough",),
    "lead_commissioner": "Head of commissioning",
    "intention": "continue",
}
POST = {
    "title": "Officer",
    "employer": "o",
    "vacant": False,
    "term": "permanent",
    "fte": Decimal(1),
    "headcount": 1,
    "commissioning_percent": 100,
    "annual_cost": 1,
    "funding_source": "s",
}


def rules(kind, values):
    return {fault.rule for fault in check_record(DEFINITIONS[kind], values)}


def test_a_whole_record_has_no_fault():
    assert rules("activity", WHOLE) == set()
    assert rules("post", POST) == set()


@pytest.mark.parametrize("field", [field for field in WHOLE if DEFINITIONS["activity"][field].required])
def test_each_required_field_is_missed(field):
    (fault,) = [f for f in check_record(DEFINITIONS["activity"], {**WHOLE, field: None}) if f.rule == "required"]
    assert fault.fields == (field,)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"end": date(2026, 3, 31)}, "dates_reversed"),
        ({"end": None}, "no_end"),
        ({"open_ended": True}, "end_and_open"),
        ({"age_from": 12}, "ages_reversed"),
        ({"funding_arrangement": "pooled"}, "no_pool"),
        ({"intention": "vary"}, "no_reason"),
        ({"intention": "decommission"}, "no_reason"),
        ({"other_outcomes": ("be_healthy",)}, "outcome_twice"),
        ({"age_to": 26}, "range"),
        ({"notice_months": 37}, "range"),
        ({"annual_value": -1}, "range"),
        ({"lead_email": "nobody"}, "pattern"),
        ({"comments": "Her NHS number is 943 476 5919"}, "personal_data"),
    ],
)
def test_each_fault_of_an_activity_is_found(change, rule):
    assert rules("activity", {**WHOLE, **change}) == {rule}


@pytest.mark.parametrize(
    "change",
    [
        {"end": None, "open_ended": True},
        {"end": date(2026, 4, 1)},
        {"age_from": 5},
        {"funding_arrangement": "pooled", "pool": "Section 75 pool"},
        {"intention": "vary", "intention_reason": "Demand has fallen"},
        {"lead_email": "team@council.example"},
        {"annual_value": 0},
    ],
)
def test_what_is_in_order_is_not_found_at_fault(change):
    assert rules("activity", {**WHOLE, **change}) == set()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"fte": Decimal("1.5")}, "fte_over_headcount"),
        ({"term": "fixed_term"}, "no_term_end"),
        ({"commissioning_percent": 101}, "range"),
    ],
)
def test_each_fault_of_a_post_is_found(change, rule):
    assert rules("post", {**POST, **change}) == {rule}


@pytest.mark.parametrize("number", ["123456", "1234567", "1234567-1", "SC123456", "NIC123456"])
def test_charity_numbers(number):
    assert not list(check_value(DEFINITIONS["organisation"]["charity_number"], number))


@pytest.mark.parametrize("number", ["12345", "12345678", "charity"])
def test_what_is_no_charity_number(number):
    assert [f.rule for f in check_value(DEFINITIONS["organisation"]["charity_number"], number)] == ["pattern"]


@pytest.mark.parametrize("number", ["01234567", "SC123456", "OC300001"])
def test_company_numbers(number):
    assert not list(check_value(DEFINITIONS["organisation"]["company_number"], number))


@pytest.mark.parametrize("number", ["1234567", "XX123456"])
def test_what_is_no_company_number(number):
    assert [f.rule for f in check_value(DEFINITIONS["organisation"]["company_number"], number)] == ["pattern"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("NHS no 943 476 5919", "an NHS number"),
        ("9434765919", "an NHS number"),
        ("see file.9434765919, opened in May", "an NHS number"),
        ("NI: QQ123456C is not issued but AB 12 34 56 C is", "a National Insurance number"),
        ("Jane Example, DOB 01/02/2015", "a person’s name or date of birth"),
        ("dob: 1.2.15", "a person’s name or date of birth"),
    ],
)
def test_personal_data_is_seen(text, what):
    assert what in list(personal_data_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "9434765918",
        "01a202b2-9a8e-741c-8083-5514819841ed",
        "01a202b2-9a8e-741c-8083-ed5514819841",
        "Ring 020 7946 0000",
        "Charity 1234567",
        "Born in the borough",
        "£1234567890.12",
        "Age 5 to 11",
    ],
)
def test_other_figures_and_words_are_not_taken_for_personal_data(text):
    assert not list(personal_data_in(text))


def test_every_fault_has_words():
    for definition in DEFINITIONS.values():
        for fault in check_record(definition, {"funding_arrangement": "pooled", "start": date(2026, 1, 1)}):
            assert fault.rule in RULES


def test_the_definition_is_the_dataclass():
    made = Activity(uid="a", title="Mentoring")
    assert {field.name for field in DEFINITIONS["activity"].fields} | {"uid"} == {it.name for it in fields(made)}
    assert made == Activity(uid="a", title="Mentoring") != Activity(uid="a", title="Respite")
    assert (made.start, made.areas) == (None, ())
    with pytest.raises(FrozenInstanceError):
        made.title = "Respite"
    with pytest.raises(TypeError):
        Activity(uid="a", colour="red")


@pytest.mark.parametrize(("fte", "faults"), [("-0.01", 1), ("0", 0), ("1000", 0), ("1000.01", 1)])
def test_decimals_have_their_range_too(fte: str, faults: int) -> None:
    found = list(check_value(DEFINITIONS["post"]["fte"], Decimal(fte)))
    assert [fault.rule for fault in found] == ["range"] * faults
