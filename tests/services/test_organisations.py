"""Organisations that look alike are found, merged with all that points at them, and told apart for good."""

import random

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.notes import add_note, notes
from ctdesk.services.organisations import likely_duplicates, mark_different, merge, side_by_side
from ctdesk.services.past import undo
from ctdesk.services.records import new_record, record, save_record
from ctdesk.services.rounds import start_round
from tests.services.returned_books import AS_AT, DUE
from tests.services.small_borough import ACORN, BRIDGE, CLINIC, CLUB, COUNCIL, HOSPITAL, NURSING, OAK, OLD


def make(desk: Desk, name: str, **more: object) -> str:
    return new_record(desk, "organisation", {"name": name, **more})  # type: ignore[dict-item]


def pairs(desk: Desk) -> list[set[str]]:
    return [{pair.first, pair.second} for pair in likely_duplicates(desk)]


def everything(desk: Desk) -> dict[str, dict[str, dict[str, object]]]:
    return {kind: dict(desk.load(kind)) for kind in DEFINITIONS}  # type: ignore[arg-type]


def test_names_that_differ_by_spelling_legal_form_or_alias_are_found(desk: Desk) -> None:
    assert pairs(desk) == []
    oak, acorn, bridge = make(desk, "Oak Famlies Limited"), make(desk, "ACORN PLAY C.I.C."), make(desk, "Bridge")
    make(desk, "Elm Trust")
    assert sorted(pairs(desk), key=sorted) == sorted([{OAK, oak}, {ACORN, acorn}, {BRIDGE, bridge}], key=sorted)
    best = likely_duplicates(desk)[0]
    assert best.score == 100
    assert best.evidence[0] == "same name but for spelling or legal form"


def test_register_numbers_join_and_part(desk: Desk) -> None:
    first = make(desk, "Rowan House", charity_number="1012345")
    second = make(desk, "The Willows", charity_number="1012345")
    make(desk, "Rowan House Ltd", charity_number="1099999")
    (pair,) = likely_duplicates(desk)
    assert {pair.first, pair.second} == {first, second}
    assert pair.evidence[0] == "same charity number"


def test_a_pair_told_apart_does_not_come_back(desk: Desk) -> None:
    oak = make(desk, "Oak Families")
    assert len(pairs(desk)) == 1
    mark_different(desk, oak, OAK)
    assert pairs(desk) == []
    acorn = make(desk, "Acorn Play Ltd")
    mark_different(desk, ACORN, acorn)
    assert pairs(desk) == []


def test_two_stand_side_by_side_with_what_points_at_each(desk: Desk) -> None:
    other = make(desk, "Oak Families", sector="voluntary")
    seen = side_by_side(desk, OAK, other)
    by_name = {it.field: it for it in seen.fields}
    assert by_name["name"].differs
    assert not by_name["sector"].differs
    assert by_name["sector"].second == desk.lists.label("sector", "voluntary")
    assert seen.first_links == {"activity": "2 activities"}
    assert seen.second_links == {}


def test_everything_follows_to_the_one_that_stays_and_comes_back_with_undo(desk: Desk) -> None:
    gone = make(desk, "Oak Famlies", short_name="OF", aliases="Old Oak; oak families ltd", sector="voluntary")
    save_record(desk, "activity", CLUB, record(desk, "activity", CLUB), {"provider": gone})
    add_note(desk, "organisation", gone, "Spelt wrongly in the register")
    before = everything(desk)
    change_set = merge(desk, OAK, gone)
    kept = record(desk, "organisation", OAK)
    assert record(desk, "activity", CLUB)["provider"] == OAK
    assert gone not in desk.load("organisation")
    assert kept["name"] == "Oak Families Ltd"
    assert kept["aliases"] == "Oak Famlies; Old Oak"
    assert (kept["short_name"], kept["sector"], kept["is_provider"]) == ("OF", "voluntary", True)
    assert desk.names["organisation"].find("Oak Famlies") == OAK
    assert [note.words for note in notes(desk, "organisation", OAK)] == ["Spelt wrongly in the register"]
    undo(desk, change_set.uid)
    assert everything(desk) == before


def test_fields_may_be_taken_from_the_one_that_goes(desk: Desk) -> None:
    gone = make(desk, "Oak Families CIO", comments="Now a charity")
    merge(desk, OAK, gone, take=["name"])
    kept = record(desk, "organisation", OAK)
    assert (kept["name"], kept["aliases"], kept["comments"]) == (
        "Oak Families CIO",
        "Oak Families Ltd",
        "Now a charity",
    )


def test_agencies_bring_their_activities_posts_teams_and_roles(desk: Desk) -> None:
    merge(desk, COUNCIL, HOSPITAL)
    assert {uid for uid, it in desk.load("activity").items() if it["agency"] == COUNCIL} >= {CLINIC, OLD, NURSING}
    assert record(desk, "activity", NURSING)["provider"] == COUNCIL
    assert {it["employer"] for it in desk.load("post").values()} == {COUNCIL}
    assert record(desk, "organisation", COUNCIL)["is_provider"] is True


def test_what_a_round_needs_apart_is_not_merged(desk: Desk) -> None:
    started = start_round(desk, "Baseline", AS_AT, DUE, ["Alder Council"])
    with pytest.raises(DeskError, match="itself"):
        merge(desk, COUNCIL, COUNCIL)
    request = {"round": started.uid, "agency": HOSPITAL, "state": "sent", "issue": 1}
    desk.apply(Action.EDIT, "Send", [created("request", request)])
    with pytest.raises(DeskError, match="Both were asked in Baseline"):
        merge(desk, COUNCIL, HOSPITAL)
    with pytest.raises(DeskError, match="has a workbook of Baseline out"):
        merge(desk, OAK, HOSPITAL)


@pytest.mark.slow
def test_look_alikes_are_found_among_three_thousand(desk: Desk) -> None:
    words = [
        f"{a}{b}" for a in ("Ash", "Bel", "Cor", "Dun", "Elm", "Fen", "Gar", "Hol") for b in ("ton", "ford", "ham")
    ]
    kinds = ["Primary School", "Youth Project", "Family Centre", "Care Services", "Nursery", "Trust", "Housing"]
    chance = random.Random(7)  # noqa: S311 - the same names every time
    names = [f"{chance.choice(words)} {chance.choice(words)} {chance.choice(kinds)}" for _ in range(3000)]
    desk.apply(Action.EDIT, "Many", [created("organisation", {"name": name}) for name in names])
    assert likely_duplicates(desk)
