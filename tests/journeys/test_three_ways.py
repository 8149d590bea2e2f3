"""The comparison of what was sent, what came back and what the desk says now, from the command line."""

from typing import Any

import pytest
from tests.journeys.rounds import NEW_ROW, NHS, SmallRound, add, put

KEYS = {
    "file", "round", "agency", "form_version", "rows", "changes", "conflicts", "findings", "money", "applied",
    "change_set", "hand_back",
}  # fmt: skip
STATES = {"read", "unchanged", "changed", "new", "ended", "missing", "conflicting", "unreadable"}


def _returned(sent_round: SmallRound, value: object = 11_000, heading: str = "Annual value (£)") -> object:
    return sent_round.edited(lambda book: put(book, "WB-001", heading, value))


def test_the_document_has_the_promised_keys(sent_round: SmallRound) -> None:
    sent_round.do("set", "activity", "WB-002", "annual_value=9,000")

    def alter(book: Any) -> None:
        put(book, "WB-001", "Comments", "New")
        put(book, "WB-002", "Annual value (£)", 12_000)

    document = sent_round.receive(sent_round.edited(alter)).document
    assert set(document) == KEYS
    assert all(set(counts) == STATES for counts in document["rows"].values())
    assert set(document["rows"]) == {"activity", "post", "funding_line"}
    assert set(document["changes"][0]) == {"kind", "uid", "reference", "field", "before", "after"}
    assert set(document["conflicts"][0]) == {"kind", "uid", "reference", "field", "sent", "returned", "now"}
    assert set(document["findings"][0]) == {"grade", "rule", "message", "cells"}
    assert set(document["money"]) == {"before", "after"}


def test_what_only_the_agency_changed_is_taken(sent_round: SmallRound) -> None:
    said = sent_round.receive(_returned(sent_round), "--apply")
    assert said.status == 0
    assert [(c["field"], c["before"], c["after"]) for c in said.document["changes"]] == [
        ("annual_value", 1_000_000, 1_100_000)
    ]
    assert sent_round.record("WB-001")["annual_value"] == 1_100_000


def test_what_only_the_desk_changed_stays(sent_round: SmallRound) -> None:
    sent_round.do("set", "activity", "WB-001", "annual_value=9,000", "comments=Told by telephone")
    said = sent_round.receive(sent_round.confirmed(), "--apply")
    assert (said.status, said.document["changes"], said.document["conflicts"]) == (0, [], [])
    record = sent_round.record("WB-001")
    assert (record["annual_value"], record["comments"]) == (900_000, "Told by telephone")


def test_what_both_changed_alike_is_agreed(sent_round: SmallRound) -> None:
    sent_round.do("set", "activity", "WB-001", "annual_value=11,000")
    said = sent_round.receive(_returned(sent_round))
    assert (said.status, said.document["changes"], said.document["conflicts"]) == (0, [], [])


@pytest.mark.parametrize(
    ("resolve", "status", "now", "open_questions"),
    [("hold", 1, 900_000, ["conflict"]), ("ours", 0, 900_000, []), ("theirs", 0, 1_100_000, [])],
)
def test_what_both_changed_apart_is_decided_by_a_person(
    sent_round: SmallRound, resolve: str, status: int, now: int, open_questions: list[str]
) -> None:
    sent_round.do("set", "activity", "WB-001", "annual_value=9,000")
    path = sent_round.edited(
        lambda book: (put(book, "WB-001", "Annual value (£)", 11_000), put(book, "WB-001", "Comments", "Clean"))
    )
    said = sent_round.receive(path, "--apply", "--conflicts", resolve)
    assert said.status == status
    held = [(c["field"], c["sent"], c["returned"], c["now"]) for c in said.document["conflicts"]]
    assert held == ([("annual_value", 1_000_000, 1_100_000, 900_000)] if resolve == "hold" else [])
    record = sent_round.record("WB-001")
    assert (record["annual_value"], record["comments"]) == (now, "Clean")
    assert [kept["rule"] for kept in sent_round.open_findings()] == open_questions
    again = sent_round.receive(path, "--apply")
    assert again.document["changes"] == []
    assert again.status == status


def test_a_held_conflict_can_be_decided_later(sent_round: SmallRound) -> None:
    sent_round.do("set", "activity", "WB-001", "annual_value=9,000")
    path = _returned(sent_round)
    assert sent_round.receive(path, "--apply").status == 1
    assert sent_round.receive(path, "--apply", "--conflicts", "theirs").status == 0
    assert sent_round.record("WB-001")["annual_value"] == 1_100_000
    assert sent_round.open_findings() == []


def test_nothing_is_altered_without_apply(sent_round: SmallRound) -> None:
    before = sent_round.fingerprint()
    said = sent_round.receive(_returned(sent_round))
    assert (said.document["applied"], said.document["change_set"]) == (False, None)
    assert sent_round.fingerprint() == before


def test_a_desk_record_added_meanwhile_is_not_missed(sent_round: SmallRound) -> None:
    sent_round.receive(sent_round.edited(lambda book: add(book, NEW_ROW)), "--apply")
    said = sent_round.receive(sent_round.confirmed(NHS))
    assert said.document["rows"]["activity"]["missing"] == 0


# --- again, and again otherwise


def test_the_same_file_again_changes_nothing(sent_round: SmallRound) -> None:
    path = sent_round.edited(lambda book: (put(book, "WB-001", "Tier", "Specialist"), add(book, NEW_ROW)))
    first = sent_round.receive(path, "--apply")
    assert first.document["applied"] is True
    before = sent_round.fingerprint()
    again = sent_round.receive(path, "--apply")
    assert again.status == 0
    assert (again.document["changes"], again.document["applied"]) == ([], False)
    assert sent_round.fingerprint() == before
    assert "taken in before" in sent_round.do("receive", path).out
    assert len(sent_round.records()) == 13


def test_a_second_corrected_return_is_compared_with_the_first(sent_round: SmallRound) -> None:
    def first(book: Any) -> None:
        put(book, "WB-001", "Annual value (£)", 11_000)
        put(book, "WB-002", "Annual value (£)", "lots")
        add(book, NEW_ROW)

    def second(book: Any) -> None:
        put(book, "WB-001", "Annual value (£)", 10_500)
        put(book, "WB-002", "Annual value (£)", 11_500)
        add(book, {**NEW_ROW, "Annual value (£)": 13_000})

    assert sent_round.receive(sent_round.edited(first), "--apply").status == 1
    said = sent_round.receive(sent_round.edited(second, name="second.xlsx"), "--apply")
    assert said.document["conflicts"] == []
    assert {(c["reference"], c["field"], c["after"]) for c in said.document["changes"]} == {
        ("WB-001", "annual_value", 1_050_000),
        ("WB-002", "annual_value", 1_150_000),
        ("WB-007", "annual_value", 1_300_000),
    }
    assert said.status == 0
    assert sent_round.open_findings() == []


def test_a_change_taken_back_by_the_agency_is_taken_back(sent_round: SmallRound) -> None:
    sent_round.receive(_returned(sent_round), "--apply")
    said = sent_round.receive(sent_round.confirmed(), "--apply")
    assert [(c["field"], c["after"]) for c in said.document["changes"]] == [("annual_value", 1_000_000)]


def test_an_older_issue_of_the_workbook_is_still_read(sent_round: SmallRound) -> None:
    path = _returned(sent_round)
    sent_round.do("send", "--round", "Baseline 2026/27", "--to", sent_round.folder / "again")
    assert [c["after"] for c in sent_round.receive(path).document["changes"]] == [1_100_000]


# --- taking back


def test_undoing_a_return_restores_everything(sent_round: SmallRound) -> None:
    before = sent_round.everything()

    def alter(book: Any) -> None:
        put(book, "WB-001", "Annual value (£)", 3_000)
        put(book, "WB-002", "Provider", "Riverbank Music Makers")
        put(book, "WB-003", "Client groups", "Care leavers; Young carers")
        put(book, "WB-004", "Tier", "nonsense")
        add(book, {**NEW_ROW, "Provider": "Somebody Quite New"})

    applied = sent_round.receive(sent_round.edited(alter), "--apply")
    assert applied.document["applied"] is True
    assert sent_round.everything() != before
    undone = sent_round.do("undo", applied.document["change_set"])
    assert undone.status == 0, undone.out + undone.err
    assert sent_round.everything() == before
    assert sent_round.do("check").status == 0
    again = sent_round.receive(sent_round.edited(alter), "--apply")
    assert len(again.document["changes"]) == len(applied.document["changes"]), "an undone return can be taken in again"


def test_later_edits_survive_an_undo_as_conflicts(sent_round: SmallRound) -> None:
    path = sent_round.edited(
        lambda book: (put(book, "WB-001", "Annual value (£)", 11_000), put(book, "WB-001", "Comments", "Theirs"))
    )
    change_set = sent_round.receive(path, "--apply").document["change_set"]
    sent_round.do("set", "activity", "WB-001", "annual_value=12,000")
    undone = sent_round.do("undo", change_set)
    assert undone.status == 1
    assert "Activity WB-001, Annual value (£) stays “£12,000”: it has been changed since." in undone.out
    record = sent_round.record("WB-001")
    assert (record["annual_value"], record["comments"]) == (1_200_000, "As last year")


def test_an_undo_can_be_undone(sent_round: SmallRound) -> None:
    change_set = sent_round.receive(_returned(sent_round), "--apply").document["change_set"]
    after = sent_round.everything()
    sent_round.do("undo", change_set)
    history = sent_round.do("history", "--json").document
    assert history[0]["undoes"] == change_set
    assert sent_round.do("undo", history[0]["number"]).status == 0
    assert sent_round.everything() == after
    assert "already been undone" in sent_round.do("undo", history[0]["number"]).refusal


# --- questions


def test_an_explained_change_is_not_asked_about_again(sent_round: SmallRound) -> None:
    path = _returned(sent_round, 3_000)
    handed = sent_round.receive(path, "--apply", "--hand-back", sent_round.folder / "back")
    assert handed.status == 1
    from openpyxl import load_workbook

    book = load_workbook(handed.document["hand_back"])
    sheet = book["Please fix"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Your answer" for cell in row))
    at = next(cell.column for cell in head if cell.value == "Your answer")
    sheet.cell(head[0].row + 1, at).value = "Two staff left"
    answered = sent_round.folder / "answered.xlsx"
    book.save(answered)
    said = sent_round.receive(answered, "--apply")
    assert (said.status, said.document["changes"]) == (0, [])
    assert sent_round.open_findings() == []
    kept = next(kept for kept in sent_round.records("finding") if kept["rule"] == "value_jump")
    assert kept["explanation"] == "Two staff left"
    assert sent_round.receive(path).status == 0, "the value is the same, so the question is settled"
    assert sent_round.receive(_returned(sent_round, 30_000)).status == 1, "another value is another question"


def test_an_accepted_return_gets_a_slip(sent_round: SmallRound) -> None:
    said = sent_round.receive(sent_round.confirmed(), "--apply", "--hand-back", sent_round.folder / "back")
    assert said.document["hand_back"].endswith("accepted.txt")
    requests = {request["agency"]: request["state"] for request in sent_round.records("request")}
    assert requests["Weir Borough Council"] == "accepted"


def test_a_hand_back_folder_that_cannot_be_made_is_one_sentence(sent_round: SmallRound) -> None:
    (sent_round.folder / "file").write_text("here")
    before = sent_round.fingerprint()
    said = sent_round.do("receive", sent_round.confirmed(), "--apply", "--hand-back", sent_round.folder / "file")
    assert "cannot be written" in said.refusal
    assert sent_round.fingerprint() == before
