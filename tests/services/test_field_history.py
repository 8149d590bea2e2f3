"""The history of one record, undo of one field, its notes, and the records around it."""

from datetime import date

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.field_history import field_history, undo_field
from ctdesk.services.naming import headed
from ctdesk.services.notes import add_note, notes
from ctdesk.services.records import record, save_record
from ctdesk.services.related import related
from tests.services.small_borough import COUNCIL, NURSING, OAK, SESSIONS


def save(desk: Desk, **after: object) -> str:
    outcome = save_record(desk, "activity", NURSING, record(desk, "activity", NURSING), after)  # type: ignore[arg-type]
    assert outcome.change_set is not None
    return outcome.change_set.uid


def test_history_is_told_field_by_field_newest_first(desk: Desk) -> None:
    save(desk, annual_value=125_000_00, tier="universal")
    save(desk, annual_value=130_000_00)
    told = [(line.label, line.old, line.new, line.can_undo) for line in field_history(desk, "activity", NURSING)]
    assert told[0] == ("Annual value (£)", "£125,000", "£130,000", True)
    assert set(told[1:3]) == {
        ("Annual value (£)", "£120,000", "£125,000", False),
        ("Tier", "Targeted", "Universal", True),
    }
    assert told[3][0] == "Made"


def test_undo_of_one_field_leaves_the_others(desk: Desk) -> None:
    step = save(desk, annual_value=125_000_00, tier="universal")
    assert undo_field(desk, "activity", NURSING, step, "tier") is not None
    now = record(desk, "activity", NURSING)
    assert (now["tier"], now["annual_value"]) == ("targeted", 125_000_00)
    assert undo_field(desk, "activity", NURSING, step, "tier") is None


def test_a_field_changed_again_since_is_not_taken_back(desk: Desk) -> None:
    step = save(desk, annual_value=125_000_00)
    save(desk, annual_value=130_000_00)
    with pytest.raises(DeskError, match="changed again since, to £130,000"):
        undo_field(desk, "activity", NURSING, step, "annual_value")
    with pytest.raises(DeskError, match="did not change Tier"):
        undo_field(desk, "activity", NURSING, step, "tier")


def test_undo_of_a_field_must_leave_the_record_in_order(desk: Desk) -> None:
    step = save(desk, age_from=1)
    save(desk, age_to=4)
    with pytest.raises(DeskError, match="below age from"):
        undo_field(desk, "activity", NURSING, step, "age_from")


def test_notes_are_kept_newest_first_and_can_be_mended(desk: Desk) -> None:
    first = add_note(desk, "activity", NURSING, "One")
    add_note(desk, "activity", NURSING, "Two")
    save_record(desk, "note", first, record(desk, "note", first), {"words": "One, mended"})
    assert [(note.words, note.who) for note in notes(desk, "activity", NURSING)] == [
        ("Two", "sam"),
        ("One, mended", "sam"),
    ]
    assert notes(desk, "activity", SESSIONS) == []


@pytest.mark.parametrize("words", ["  ", "NHS number 943 476 5919"])
def test_an_empty_note_and_personal_data_are_refused(desk: Desk, words: str) -> None:
    with pytest.raises(DeskError):
        add_note(desk, "activity", NURSING, words)


def test_related_records_stand_in_groups_with_their_totals(desk: Desk) -> None:
    groups = {group.heading: group for group in related(desk, "organisation", COUNCIL)}
    assert [line.reference for line in groups["Activities it commissions"].lines] == ["AC-001", "AC-002", "AC-003"]
    assert groups["Activities it commissions"].total == 175_000_00
    assert {"Posts that commission for it", "Posts it employs", "Teams"} <= groups.keys()
    delivered = related(desk, "organisation", OAK)
    assert [group.heading for group in delivered] == ["Activities it delivers"]


def test_an_activity_shows_its_lines_and_what_else_its_provider_does(desk: Desk) -> None:
    groups = {group.heading: group.total for group in related(desk, "activity", NURSING)}
    assert groups == {"Funding lines": 120_000_00, "Named in it": None}
    (clinic,) = desk.load("activity", reference="BH-001")
    also, named = related(desk, "activity", clinic)
    assert [line.detail for line in named.lines][:2] == ["Agency", "Provider"]
    assert also.heading == "Also delivered by Oak Families Ltd"
    assert also.lines[0].detail == "to 31/03/2025"


def test_an_activity_tells_what_else_is_agreed_with_its_provider_and_a_part_tells_its_agreement(desk: Desk) -> None:
    (clinic,) = desk.load("activity", reference="BH-001")
    agreements = [
        created("agreement", {"reference": f"C-{n}", "title": f"Contract {n}", "provider": OAK, "activities": on})
        for n, on in ((1, (clinic,)), (2, ()))
    ]
    payment = created("payment", {"agreement": agreements[1].uid, "due": date(2026, 6, 30), "profile": 5})
    desk.apply(Action.EDIT, "Agree", [*agreements, payment])
    groups = {group.heading: group for group in related(desk, "activity", clinic)}
    assert [line.title for line in groups["Agreements"].lines] == ["Contract 1"]
    assert [line.title for line in groups["Other agreements with Oak Families Ltd"].lines] == ["Contract 2"]
    (named,) = related(desk, "payment", payment.uid)
    assert [(line.title, line.detail) for line in named.lines] == [("Contract 2", "Agreement")]
    assert headed(desk, "payment", payment.after) == "Payment 30/06/2026, C-2"
    assert headed(desk, "agreement", agreements[0].after) == "Contract 1"
