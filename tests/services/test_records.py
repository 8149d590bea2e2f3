"""One record's life: made whole, copied, saved against what others did, ended."""

from datetime import date

import pytest
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.past import past, undo
from ctdesk.services.records import (
    duplicate,
    end_record,
    new_record,
    record,
    save_record,
    values_to_duplicate,
)
from tests.services.small_borough import ACORN, BRIDGE, CLUB, COUNCIL, NURSING, SESSIONS


def steps(desk: Desk) -> int:
    return len(past(desk))


def test_a_new_activity_gets_the_next_reference_of_its_agency(desk: Desk) -> None:
    uid = new_record(desk, "activity", {"title": "Toy library", "agency": COUNCIL})
    assert record(desk, "activity", uid)["reference"] == "AC-004"
    assert past(desk)[0].title == "New activity AC-004"


@pytest.mark.parametrize(
    ("kind", "values", "label"),
    [
        ("activity", {"title": "Nobody’s"}, "Agency"),
        ("activity", {"agency": COUNCIL}, "Service title"),
        ("funding_line", {"source": "council_base"}, "Reference"),
        ("organisation", {"sector": "nhs"}, "Name"),
    ],
)
def test_what_says_neither_what_nor_whose_is_not_made(desk: Desk, kind: str, values: dict, label: str) -> None:
    before = steps(desk)
    with pytest.raises(DeskError, match=label):
        new_record(desk, kind, values)
    assert steps(desk) == before


def test_a_new_record_that_contradicts_itself_is_refused(desk: Desk) -> None:
    values = {"title": "X", "agency": COUNCIL, "start": date(2026, 4, 1), "end": date(2026, 3, 1)}
    with pytest.raises(DeskError, match="before the start date"):
        new_record(desk, "activity", values)


def test_a_reference_that_is_taken_is_refused(desk: Desk) -> None:
    with pytest.raises(DeskError, match="AC-001 is already the reference of School nursing"):
        new_record(desk, "activity", {"title": "X", "agency": COUNCIL, "reference": "AC-001"})
    held = record(desk, "activity", SESSIONS)
    with pytest.raises(DeskError, match="AC-001 is already"):
        save_record(desk, "activity", SESSIONS, held, {"reference": "AC-001"})


def test_a_new_name_is_made_with_the_record_and_only_once(desk: Desk) -> None:
    uid = new_record(desk, "activity", {"title": "X", "agency": COUNCIL}, {"provider": "Elm  Tree CIC"})
    (provider,) = desk.load("organisation", name="Elm Tree CIC")
    assert record(desk, "activity", uid)["provider"] == provider
    assert desk.organisations[provider]["is_provider"] is True
    held = record(desk, "activity", CLUB)
    save_record(desk, "activity", CLUB, held, {}, new_names={"provider": "ELM TREE, cic", "team": "Play"})
    assert len(desk.load("organisation")) == 6
    (team,) = desk.load("team", name="Play").values()
    assert team["agency"] == COUNCIL


def test_a_new_name_of_a_refused_save_is_not_remembered(desk: Desk) -> None:
    held = record(desk, "activity", CLUB)
    with pytest.raises(DeskError):
        save_record(desk, "activity", CLUB, held, {"title": None}, new_names={"provider": "Ghost Ltd"})
    assert desk.names["organisation"].find("Ghost Ltd") is None


def test_an_organisation_that_first_delivers_is_marked_as_a_provider(desk: Desk) -> None:
    new_record(desk, "activity", {"title": "X", "agency": COUNCIL, "provider": COUNCIL})
    assert desk.organisations[COUNCIL]["is_provider"] is True


def test_a_duplicate_has_its_own_reference_and_the_funding_lines(desk: Desk) -> None:
    uid = duplicate(desk, "activity", NURSING)
    copy, first = record(desk, "activity", uid), record(desk, "activity", NURSING)
    assert (copy["title"], copy["reference"]) == ("School nursing (copy)", "AC-004")
    assert {name for name in copy if copy[name] != first[name]} == {"title", "reference"}
    assert sum(int(line["amount"]) for line in desk.load("funding_line", activity=uid).values()) == 120_000_00
    assert "reference" not in values_to_duplicate(desk, "activity", NURSING)


def test_ending_an_activity_closes_an_open_end(desk: Desk) -> None:
    assert end_record(desk, "activity", CLUB, date(2026, 12, 31)).saved
    ended = record(desk, "activity", CLUB)
    assert (ended["end"], ended["open_ended"]) == (date(2026, 12, 31), False)
    with pytest.raises(DeskError, match="before the start"):
        end_record(desk, "activity", CLUB, date(2020, 1, 1))
    with pytest.raises(DeskError, match="do not end"):
        end_record(desk, "organisation", ACORN, date(2026, 12, 31))


def test_saving_keeps_what_others_did_in_other_fields(desk: Desk) -> None:
    opened = record(desk, "activity", NURSING)
    save_record(desk, "activity", NURSING, opened, {"tier": "universal"})
    outcome = save_record(desk, "activity", NURSING, opened, {**opened, "annual_value": 130_000_00}, why="Told by mail")
    assert outcome.saved
    now = record(desk, "activity", NURSING)
    assert (now["tier"], now["annual_value"]) == ("universal", 130_000_00)
    assert past(desk)[0].why == "Told by mail"


def test_a_stale_field_saves_nothing_and_shows_the_newer_value(desk: Desk) -> None:
    opened = record(desk, "activity", NURSING)
    save_record(desk, "activity", NURSING, opened, {"annual_value": 125_000_00})
    outcome = save_record(desk, "activity", NURSING, opened, {"annual_value": 130_000_00, "tier": "universal"})
    assert not outcome.saved
    (stale,) = outcome.stale
    assert (stale.was, stale.now_text, stale.wanted_text) == ("£120,000", "£125,000", "£130,000")
    assert record(desk, "activity", NURSING)["tier"] == "targeted"
    overruled = save_record(
        desk, "activity", NURSING, {**opened, "annual_value": stale.now}, {"annual_value": 130_000_00}
    )
    assert overruled.saved
    assert record(desk, "activity", NURSING)["annual_value"] == 130_000_00


def test_saving_nothing_makes_no_step(desk: Desk) -> None:
    before = steps(desk)
    opened = record(desk, "activity", NURSING)
    outcome = save_record(desk, "activity", NURSING, opened, opened)
    assert outcome.saved
    assert outcome.change_set is None
    assert steps(desk) == before


def test_a_required_field_cannot_be_emptied_but_may_have_been_blank(desk: Desk) -> None:
    opened = record(desk, "activity", NURSING)
    with pytest.raises(DeskError, match="Provider cannot be empty"):
        save_record(desk, "activity", NURSING, opened, {"provider": None})
    uid = new_record(desk, "activity", {"title": "Draft", "agency": COUNCIL})
    assert save_record(desk, "activity", uid, record(desk, "activity", uid), {"provider": BRIDGE}).saved


def test_a_record_that_was_deleted_meanwhile_says_so(desk: Desk) -> None:
    with pytest.raises(DeskError, match="activity has been deleted meanwhile"):
        save_record(desk, "activity", "nobody", {}, {"title": "X"})


def test_a_save_can_be_undone(desk: Desk) -> None:
    opened = record(desk, "activity", NURSING)
    outcome = save_record(desk, "activity", NURSING, opened, {"title": "Nursing"})
    assert outcome.change_set is not None
    undo(desk, outcome.change_set.uid)
    assert record(desk, "activity", NURSING) == opened


def test_every_kind_with_an_owner_has_it_as_a_field() -> None:
    assert all(it.owner is None or it.owner in it.by_name for it in DEFINITIONS.values())
