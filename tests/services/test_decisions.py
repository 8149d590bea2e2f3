"""Deciding on a return: field by field and row by row, money that follows, and reviews that survive closing."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action
from ctdesk.domain.decisions import Decisions
from ctdesk.domain.findings import Finding
from ctdesk.domain.incoming import Suggestions
from ctdesk.domain.records.round import RequestState
from ctdesk.domain.review_policy import Choice, FieldDecision
from ctdesk.services.creating import create_workspace
from ctdesk.services.decisions import apply_decisions, held, hold, open_held, review_again, write_held
from ctdesk.services.desk import Desk
from ctdesk.services.kept_findings import open_findings
from ctdesk.services.past import past, undo
from ctdesk.services.receipt import Receipt
from ctdesk.services.receiving import Return, Wishes, receive
from ctdesk.services.records import record, save_record
from ctdesk.services.requests import request_view
from ctdesk.services.review_lines import retick, review_lines, unchanged_fields
from ctdesk.services.review_sheet import (
    ReviewRecord,
    ReviewSheet,
    accept_without_findings,
    makes_a_record,
    tick_field,
)
from tests.services.returned_books import answer, send_round
from tests.services.small_borough import ACORN, CLUB, COUNCIL, NURSING, SESSIONS, activity, borough

NEW = {
    "Service title": "Toy library",
    "Provider": "Acorn Play",
    "Annual value (£)": 9_000,
    "Start date": "01/04/2026",
    "Open-ended": "Yes",
}
LOOKS_ALIKE = {**NEW, "Service title": "Youth forums", "Annual value (£)": 11_000}
FORUM = "u-forum"
CAME = date(2026, 5, 12)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace that sent a round, and what came back.

    The return has two changed fields, a conflict, a large jump, a new service and one that looks like another.
    """
    folder = tmp_path_factory.mktemp("prepared")
    workspace = create_workspace(folder / "borough.ctdesk", name="Small borough")
    desk = Desk(workspace, "sam")
    desk.apply(Action.EDIT, "Take over what is known", borough())
    sent = send_round(desk, folder)[COUNCIL]
    save_record(desk, "activity", SESSIONS, record(desk, "activity", SESSIONS), {"annual_value": 41_000_00})
    desk.apply(
        Action.EDIT,
        "Told by telephone",
        [activity(FORUM, "AC-004", "Youth forum", agency=COUNCIL, provider=ACORN, value=10_000_00)],
    )
    cells = [
        ("Activity", "AC-001", "Annual value (£)", 125_000),
        ("Activity", "AC-001", "Tier", "Universal"),
        ("Activity", "AC-002", "Annual value (£)", 42_000),
        ("Activity", "AC-003", "Annual value (£)", 30_000),
    ]
    answer(desk, sent, cells, [("Activity", NEW), ("Activity", LOOKS_ALIKE)]).rename(folder / "returned.xlsx")
    workspace.changed = False
    workspace.close()
    return folder


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk on a copy of that workspace."""
    path = Path(shutil.copy(prepared / "borough.ctdesk", tmp_path))
    with Workspace.open(path) as workspace:
        yield Desk(workspace, "sam")
        workspace.changed = False


@pytest.fixture
def came(prepared: Path, tmp_path: Path) -> Path:
    """A copy of what came back."""
    return Path(shutil.copy(prepared / "returned.xlsx", tmp_path))


@pytest.fixture
def review(desk: Desk, came: Path) -> tuple[Receipt, Return]:
    """The review of that return, nothing decided."""
    return receive(desk, came, Wishes(received=CAME))


def by_state(sheet: ReviewSheet, state: str) -> ReviewRecord:
    return next(it for it in sheet.records if it.state == state)


def titled(sheet: ReviewSheet, title: str) -> ReviewRecord:
    return next(it for it in sheet.records if it.title == title)


def test_what_is_to_decide_comes_first_and_nothing_of_it_is_chosen(desk: Desk, review: tuple[Receipt, Return]) -> None:
    sheet = review_lines(desk, *review, Decisions())
    first = ["conflict", "suggested match", "changed", "changed", "new"]
    assert [it.state for it in sheet.records[:5]] == first
    assert {it.state for it in sheet.records[5:]} == {"unchanged"}
    (value,) = sheet.records[0].fields
    assert (value.sent, value.new, value.old, value.choice) == ("£40,000", "£42,000", "£41,000", None)
    assert value.told.startswith("sam, ")
    assert value.cell.startswith("Activity!")
    match = sheet.records[1].match
    assert match is not None
    assert (match.reference, match.title) == ("AC-004", "Youth forum")
    assert ("Provider", "same") in [(it.label, it.word) for it in match.evidence]
    assert sheet.totals.to_decide == 2
    assert "4 days late, and has not been received before" in sheet.sentence


def test_old_stands_beside_new_with_what_a_sum_moved_by(desk: Desk, review: tuple[Receipt, Return]) -> None:
    nursing = titled(review_lines(desk, *review, Decisions()), "School nursing")
    assert [(it.label, it.old, it.new, it.moved) for it in nursing.fields] == [
        ("Annual value (£)", "£120,000", "£125,000", "+£5,000, +4.2%"),
        ("Tier", "Targeted", "Universal", ""),
    ]
    assert nursing.unchanged > 10


def test_money_and_counts_follow_every_tick(desk: Desk, review: tuple[Receipt, Return]) -> None:
    decisions = Decisions()
    sheet = review_lines(desk, *review, decisions)
    assert (sheet.totals.fields, sheet.totals.records, sheet.totals.declined) == (3, 1, 0)
    assert sheet.totals.money_before == 186_000_00
    assert sheet.totals.money_after == (186_000 + 5_000 + 15_000 + 9_000) * 100
    nursing, sessions, new = titled(sheet, "School nursing"), by_state(sheet, "conflict"), by_state(sheet, "new")
    decisions.decline("activity", nursing.number, "annual_value")
    decisions.settle("activity", sessions.number, "annual_value", FieldDecision(Choice.OTHER, 41_500_00))
    decisions.want_row("activity", new.number, wanted=False)
    ticked = retick(desk, review[0], sheet, decisions)
    assert ticked == review_lines(desk, *review, decisions)
    assert (ticked.totals.fields, ticked.totals.records, ticked.totals.declined, ticked.totals.to_decide) == (
        3,
        0,
        2,
        1,
    )
    assert ticked.totals.money_after == (186_000 + 500 + 15_000) * 100


def test_applying_does_just_what_the_totals_say(desk: Desk, review: tuple[Receipt, Return]) -> None:
    decisions = Decisions()
    sheet = review_lines(desk, *review, decisions)
    decisions.decline("activity", titled(sheet, "School nursing").number, "annual_value")
    decisions.settle(
        "activity", by_state(sheet, "conflict").number, "annual_value", FieldDecision(Choice.OTHER, 41_500_00)
    )
    decisions.want_row("activity", by_state(sheet, "new").number, wanted=False)
    expected = retick(desk, review[0], sheet, decisions).totals.money_after
    before = len(past(desk))
    receipt, _ = apply_decisions(desk, review[1], decisions)
    assert len(past(desk)) == before + 1
    assert receipt.money_after == expected
    values = {uid: it["annual_value"] for uid, it in desk.load("activity", agency=COUNCIL).items()}
    assert values == {NURSING: 120_000_00, SESSIONS: 41_500_00, CLUB: 30_000_00, FORUM: 10_000_00}
    assert record(desk, "activity", NURSING)["tier"] == "universal"
    undo(desk, past(desk)[0].uid)
    assert record(desk, "activity", NURSING)["tier"] == "targeted"


def test_what_was_declined_is_not_asked_about_again(desk: Desk, came: Path, review: tuple[Receipt, Return]) -> None:
    decisions = Decisions()
    nursing = titled(review_lines(desk, *review, decisions), "School nursing")
    decisions.decline("activity", nursing.number, "annual_value", "tier")
    apply_decisions(desk, review[1], decisions)
    receipt, returned = receive(desk, came, Wishes())
    again = titled(review_lines(desk, receipt, returned, Decisions()), "School nursing")
    assert again.state == "unchanged"
    told = {it.label: (it.value, it.note) for it in unchanged_fields(desk, receipt, again)}
    assert told["Annual value (£)"] == ("£120,000", "not taken: £125,000")


def test_what_is_unchanged_can_be_unfolded_to_just_as_many_fields_as_are_counted(
    desk: Desk, review: tuple[Receipt, Return]
) -> None:
    receipt, returned = review
    sheet = review_lines(desk, receipt, returned, Decisions())
    for each in sheet.records:
        if each.match is None:
            assert len(unchanged_fields(desk, receipt, each)) == each.unchanged
    nursing = titled(sheet, "School nursing")
    told = {it.label: it.value for it in unchanged_fields(desk, receipt, nursing)}
    assert told["Service title"] == "School nursing"
    assert not told.keys() & {it.label for it in nursing.fields}


def test_fields_of_a_new_record_are_declined_one_by_one(desk: Desk, came: Path, review: tuple[Receipt, Return]) -> None:
    decisions = Decisions()
    new = by_state(review_lines(desk, *review, decisions), "new")
    tick_field(new, "annual_value", decisions, accept=False)
    sheet = review_lines(desk, *review, decisions)
    assert (sheet.totals.records, sheet.totals.declined) == (1, 1)
    assert sheet.totals.money_after == (186_000 + 5_000 + 15_000) * 100
    apply_decisions(desk, review[1], decisions)
    (made,) = [it for it in desk.load("activity").values() if it["title"] == "Toy library"]
    assert made.get("annual_value") is None
    assert made["provider"] == ACORN
    again = titled(review_lines(desk, *receive(desk, came, Wishes()), Decisions()), "Toy library")
    assert again.state == "unchanged"


def test_a_new_record_without_its_title_is_none(desk: Desk, review: tuple[Receipt, Return]) -> None:
    decisions = Decisions()
    new = by_state(review_lines(desk, *review, decisions), "new")
    tick_field(new, "title", decisions, accept=False)
    declined = by_state(review_lines(desk, *review, decisions), "new")
    assert not declined.wanted
    assert declined.count("accepted") == 0
    tick_field(declined, "annual_value", decisions, accept=True)
    taken = by_state(review_lines(desk, *review, decisions), "new")
    assert taken.wanted
    assert {it.name for it in taken.fields if it.state == "accepted"} == {"title", "annual_value"}
    assert makes_a_record("funding_line") == {"source", "activity"}
    assert makes_a_record("activity") == {"title", "agency"}


def test_every_cell_of_a_finding_leads_to_a_row_and_what_is_missing_is_listed(
    desk: Desk, review: tuple[Receipt, Return]
) -> None:
    sheet = review_lines(desk, *review, Decisions())
    listed = {(it.kind, it.number) for it in sheet.records}
    cells = [cell for rule in sheet.rules for question in rule.questions for cell in question.finding.cells]
    assert cells
    assert {sheet.row_at(cell) for cell in cells} <= listed


def test_a_row_that_did_not_come_back_is_listed_and_its_finding_leads_to_it(
    desk: Desk, review: tuple[Receipt, Return]
) -> None:
    receipt, returned = review
    activities = receipt.reviews["activity"]
    gone = returned.base["activity"][CLUB]
    finding = Finding("missing_row", "Holiday club was sent to you and is not in the return.", uid=CLUB)
    short = replace(
        receipt,
        reviews={**receipt.reviews, "activity": replace(activities, missing=[gone])},
        findings=[finding],
    )
    sheet = review_lines(desk, short, returned, Decisions())
    record = by_state(sheet, "not in the return")
    assert (record.title, record.uid, record.number) == ("Holiday club", CLUB, -1)
    assert len(unchanged_fields(desk, short, record)) == record.unchanged > 10
    assert [(it.kind or "activity", it.number) for it in sheet.rules[0].questions] == [("activity", -1)]


def test_a_match_that_is_confirmed_becomes_a_change_and_a_refused_one_new(
    desk: Desk, review: tuple[Receipt, Return]
) -> None:
    decisions = Decisions()
    row = by_state(review_lines(desk, *review, decisions), "suggested match")
    decisions.match("activity", row.number, Suggestions.DECLINE)
    again = review_again(desk, review[1], decisions)
    assert [it.title for it in review_lines(desk, *again, decisions).records if it.state == "new"] == [
        "Toy library",
        "Youth forums",
    ]
    receipt, _ = apply_decisions(desk, again[1], decisions)
    assert len(desk.load("activity", agency=COUNCIL)) == 6
    assert not any(it.rule == "possible_match" for it in receipt.findings)


def test_undecided_things_stay_as_questions(desk: Desk, review: tuple[Receipt, Return]) -> None:
    apply_decisions(desk, review[1], Decisions())
    rules = {str(it["rule"]) for it in open_findings(desk).values()}
    assert {"conflict", "possible_match", "value_jump"} <= rules
    assert record(desk, "activity", SESSIONS)["annual_value"] == 41_000_00


def test_an_explanation_is_taken_down_once_and_carried_forward(
    desk: Desk, came: Path, review: tuple[Receipt, Return]
) -> None:
    decisions = Decisions()
    sheet = review_lines(desk, *review, decisions)
    (jump,) = next(rule for rule in sheet.rules if rule.rule == "value_jump").questions
    assert jump.can_explain
    decisions.explain("value_jump", jump.finding.cells[0], "A second site since April")
    (told,) = next(r for r in retick(desk, review[0], sheet, decisions).rules if r.rule == "value_jump").questions
    assert told.explanation == "A second site since April"
    apply_decisions(desk, review[1], decisions)
    assert "value_jump" not in {it["rule"] for it in open_findings(desk).values()}
    kept = desk.load("finding", rule="value_jump").values()
    assert [it["explanation"] for it in kept] == ["A second site since April"]
    receipt, _ = receive(desk, came, Wishes())
    assert "value_jump" not in {it.rule for it in receipt.findings}


def test_accepting_all_without_a_finding_leaves_the_rest_as_decided(desk: Desk, review: tuple[Receipt, Return]) -> None:
    decisions = Decisions()
    sheet = review_lines(desk, *review, decisions)
    nursing, club = titled(sheet, "School nursing"), titled(sheet, "Holiday club")
    decisions.decline("activity", nursing.number, "tier")
    decisions.decline("activity", club.number, "annual_value")
    accept_without_findings(sheet, decisions)
    ticked = retick(desk, review[0], sheet, decisions)
    assert titled(ticked, "School nursing").count("declined") == 0
    assert titled(ticked, "Holiday club").count("declined") == 1


def test_a_held_review_survives_closing(desk: Desk, review: tuple[Receipt, Return], came: Path) -> None:
    decisions = Decisions()
    sheet = review_lines(desk, *review, decisions)
    decisions.decline("activity", titled(sheet, "School nursing").number, "tier")
    decisions.settle(
        "activity", by_state(sheet, "conflict").number, "annual_value", FieldDecision(Choice.OTHER, 41_500_00)
    )
    request = review[1].request.uid
    hold(desk, review[1], decisions)
    content = came.read_bytes()
    came.unlink()
    path = desk.workspace.path
    desk.workspace.changed = False
    desk.workspace.close()
    with Workspace.open(path) as workspace:
        again = Desk(workspace, "alex")
        view = request_view(again, request)
        assert view is not None
        assert (view.state, view.values["received_on"]) == (RequestState.RECEIVED, CAME)
        receipt, returned, kept = open_held(again, request)
        assert kept == decisions
        assert not receipt.seen_before
        assert write_held(again, request, path.parent).read_bytes() == content
        assert returned.received == CAME
        apply_decisions(again, returned, kept)
        assert held(again, request) is None
        assert record(again, "activity", SESSIONS)["annual_value"] == 41_500_00
        undo(again, past(again)[0].uid)
        assert held(again, request) is not None
        workspace.changed = False


def test_holding_again_replaces_what_was_held(desk: Desk, review: tuple[Receipt, Return]) -> None:
    hold(desk, review[1], Decisions())
    decisions = Decisions()
    decisions.decline("activity", 9, "tier")
    hold(desk, review[1], decisions)
    waiting = held(desk, review[1].request.uid)
    assert waiting is not None
    assert waiting.decisions == decisions
    assert len(desk.load("stored_file", purpose="return held for review")) == 1


def test_decisions_come_back_from_json_as_they_were() -> None:
    decisions = Decisions()
    decisions.settle("activity", 7, "end", FieldDecision(Choice.OTHER, date(2027, 3, 31)))
    decisions.settle("activity", 7, "areas", FieldDecision(Choice.OTHER, ("a", "b")))
    decisions.accept("post", 8, "fte")
    decisions.match("activity", 9, Suggestions.ACCEPT)
    decisions.want_row("activity", 10, wanted=False)
    decisions.read_as("provider", "Oak Famlies", Suggestions.DECLINE)
    decisions.explain("value_jump", "Activity!H7", " Told by telephone ")
    decisions.explain("no_end", "Activity!I7", " ")
    assert Decisions.from_json(decisions.to_json()) == decisions
