"""Deleting takes along what belongs to a record, and refuses what others point at."""

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.services.deleting import delete_record, delete_records, hanging_on
from ctdesk.services.desk import Desk
from ctdesk.services.notes import add_note, notes
from ctdesk.services.past import past, undo
from ctdesk.services.rounds import start_round
from tests.services.small_borough import ACORN, CLUB, COUNCIL, NURSING, SESSIONS, TEAM


def test_what_hangs_on_an_activity_is_named_and_goes_with_it(desk: Desk) -> None:
    add_note(desk, "activity", NURSING, "Ask about the new contract")
    hanging = hanging_on(desk, "activity", [NURSING])
    assert [(it.label, it.goes_along) for it in hanging] == [("2 funding lines", True), ("1 note", True)]
    assert hanging[0].titles[0] == "Council base budget, 2026/27, £70,000"
    delete_record(desk, "activity", NURSING)
    assert not desk.load("funding_line")
    assert not desk.load("note")
    assert len(desk.load("activity")) == 4


def test_one_undo_brings_everything_back(desk: Desk) -> None:
    before = {kind: desk.load(kind) for kind in ("activity", "funding_line")}
    undo(desk, delete_records(desk, "activity", [NURSING, SESSIONS]).uid)
    assert {kind: desk.load(kind) for kind in before} == before


def test_an_organisation_that_is_pointed_at_is_refused_in_one_sentence(desk: Desk) -> None:
    before = len(past(desk))
    with pytest.raises(DeskError, match=r"^Alder Council cannot be deleted: .*3 activities.*1 post.* merge it") as told:
        delete_record(desk, "organisation", COUNCIL)
    assert str(told.value).count(". ") == 0
    assert len(past(desk)) == before


def test_one_that_is_pointed_at_keeps_all_the_others(desk: Desk) -> None:
    delete_record(desk, "activity", CLUB)
    with pytest.raises(DeskError, match="One of them cannot be deleted"):
        delete_records(desk, "organisation", [ACORN, COUNCIL])
    assert len(desk.load("organisation")) == 5
    delete_record(desk, "organisation", ACORN)
    assert len(desk.load("organisation")) == 4


def test_a_team_is_refused_while_posts_name_it(desk: Desk) -> None:
    with pytest.raises(DeskError, match="1 post would be left"):
        delete_record(desk, "team", TEAM)


def test_a_round_that_was_not_sent_goes_with_its_requests(desk: Desk) -> None:
    from datetime import date

    started = start_round(desk, "Baseline", date(2026, 3, 31), date(2026, 5, 8))
    assert [it.label for it in hanging_on(desk, "round", [started.uid])] == ["2 requests"]
    delete_record(desk, "round", started.uid)
    assert not desk.load("request")


def test_deleting_what_is_gone_says_so(desk: Desk) -> None:
    delete_record(desk, "activity", CLUB)
    with pytest.raises(DeskError, match="deleted meanwhile"):
        delete_record(desk, "activity", CLUB)
    assert notes(desk, "activity", CLUB) == []
