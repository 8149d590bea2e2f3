"""What people type into cells: every slip is named with its cell, and only what is clean goes in."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from tests.journeys.rounds import NEW_ROW, Said, SmallRound, add, put, row_of

REFUSED = [
    ("Annual value (£)", "about ten thousand", "unreadable", "Activity!I6"),
    ("Annual value (£)", "12,5", "unreadable", "Activity!I6"),
    ("Annual value (£)", "TBC", "unreadable", "Activity!I6"),
    ("Annual value (£)", "900 per month", "unreadable", "Activity!I6"),
    ("Annual value (£)", 1e15, "unreadable", "Activity!I6"),
    ("Annual value (£)", True, "unreadable", "Activity!I6"),
    ("Annual value (£)", -500, "range", "Activity!I6"),
    ("Annual value (£)", "clear", "required", "Activity!I6"),
    ("Annual value (£)", "=SUM(1,2)", "uncomputed", "Activity!I6"),
    ("Annual value (£)", "#REF!", "error_cell", "Activity!I6"),
    ("End date", "31/02/2026", "unreadable", "Activity!N6"),
    ("End date", "ongoing", "unreadable", "Activity!N6"),
    ("End date", "13/25/2026", "unreadable", "Activity!N6"),
    ("End date", "31/03/2024", "dates_reversed", "Activity!N6"),
    ("End date", "31/03/1024", "unreadable", "Activity!N6"),
    ("End date", "April 2026", "doubtful", "Activity!N6"),
    ("End date", "1/13/2026", "doubtful", "Activity!N6"),
    ("Tier", "nonsense", "unreadable", "Activity!U6"),
    ("Tier", "Targetted", "doubtful", "Activity!U6"),
    ("Age to", 99, "range", "Activity!Y6"),
    ("Lead e-mail", "not an address", "pattern", "Activity!AI6"),
    ("Comments", "Child born 01/02/2015, NHS number 943 476 5919", "personal_data", "Activity!AM6"),
    ("Service title", "clear", "required", "Activity!C6"),
    ("Provider", "Lantern Trst", "new_name", "Activity!E6"),
]

TAKEN = [
    ("Annual value (£)", "1.2m", "annual_value", 120_000_000),
    ("Annual value (£)", "£9,000 pa", "annual_value", 900_000),
    ("Annual value (£)", "£9,500.50 per annum", "annual_value", 950_050),
    ("Annual value (£)", 9500.5, "annual_value", 950_050),
    ("Annual value (£)", "11k", "annual_value", 1_100_000),
    ("End date", "1 April 2026", "end", "2026-04-01"),
    ("End date", "04/05/26", "end", "2026-05-04"),
    ("End date", datetime(2026, 5, 4), "end", "2026-05-04"),  # noqa: DTZ001 - as a spreadsheet holds it
    ("Tier", " specialist ", "tier", "Specialist"),
    ("Tier", "Tier 2", "tier", "Targeted"),
    ("Provider", "the bridge street project ltd", "provider", "Bridge Street Project Limited"),
    ("Comments", "clear", "comments", None),
    ("Comments", "line one\nline two", "comments", "line one\nline two"),
    ("Other outcomes", "Stay safe; Enjoy and achieve", "other_outcomes", ["Enjoy and achieve", "Stay safe"]),
    ("Agreement reference", "0042", "agreement_reference", "0042"),
    ("Open-ended", "no", "open_ended", False),
]

NOTHING_SAID = [
    ("Comments", None),
    ("Annual value (£)", "£10k"),
    ("Tier", "UNIVERSAL"),
    ("Provider", "The Lantern Trust"),
    ("Agreement reference", 7),
    ("Start date", "2024-04-01"),
    ("Service title", "  Parenting   groups "),
]


def _received(sent_round: SmallRound, heading: str, value: object, *options: str) -> Said:
    return sent_round.receive(sent_round.edited(lambda book: put(book, "WB-001", heading, value)), *options)


@pytest.mark.parametrize(("heading", "value", "rule", "where"), REFUSED)
def test_what_cannot_be_taken_is_named_with_its_cell_and_withheld(
    sent_round: SmallRound, heading: str, value: object, rule: str, where: str
) -> None:
    before = sent_round.everything()
    said = _received(sent_round, heading, value, "--apply")
    assert said.status == 1
    assert said.err == ""
    finding = said.finding(rule)
    assert finding["cells"][0] == where
    assert finding["message"].endswith(".")
    assert said.document["changes"] == []
    assert said.document["applied"] is True
    assert [kept["rule"] for kept in sent_round.open_findings()] == [rule]
    after = sent_round.everything()
    assert after["activity"] == before["activity"]
    assert after["organisation"] == before["organisation"]


@pytest.mark.parametrize(("heading", "value", "field", "after"), TAKEN)
def test_what_people_type_is_understood(
    sent_round: SmallRound, heading: str, value: object, field: str, after: object
) -> None:
    said = _received(sent_round, heading, value, "--apply")
    assert [(change["field"], change["after"]) for change in said.document["changes"]] == [(field, after)]
    assert sent_round.record("WB-001")[field] == after


@pytest.mark.parametrize(("heading", "value"), NOTHING_SAID)
def test_the_same_said_otherwise_is_no_change(sent_round: SmallRound, heading: str, value: object) -> None:
    said = _received(sent_round, heading, value)
    assert (said.status, said.document["changes"]) == (0, [])


def test_a_blank_required_cell_is_asked_about_and_clears_nothing(sent_round: SmallRound) -> None:
    said = _received(sent_round, "Annual value (£)", None)
    assert said.finding("required")["message"] == "Annual value is empty; it was £10,000 when sent."
    assert said.document["money"]["after"] == said.document["money"]["before"]


def test_a_doubtful_reading_is_taken_when_suggestions_are_accepted(sent_round: SmallRound) -> None:
    said = _received(sent_round, "Tier", "Targetted", "--accept-suggestions")
    assert [change["after"] for change in said.document["changes"]] == ["Targeted"]


def test_the_clean_cells_of_a_row_go_in_and_the_rest_stays_open(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        put(book, "WB-001", "Annual value (£)", "lots")
        put(book, "WB-001", "Comments", "Cheaper from April")
        put(book, "WB-002", "Tier", "Specialist")

    said = sent_round.receive(sent_round.edited(alter), "--apply")
    assert said.status == 1
    assert said.document["applied"] is True
    record = sent_round.record("WB-001")
    assert (record["annual_value"], record["comments"]) == (1_000_000, "Cheaper from April")
    assert sent_round.record("WB-002")["tier"] == "Specialist"
    assert len([step for step in sent_round.do("history", "--json").document if step["action"] == "return"]) == 1
    listed = sent_round.do("list", "finding")
    assert "“lots” is not an amount of money" in listed.out
    assert "Baseline 2026/27, Weir Borough Council" in listed.out


def test_one_large_change_of_a_sum_is_asked_about_but_taken(sent_round: SmallRound) -> None:
    said = _received(sent_round, "Annual value (£)", "£3,000 pa", "--apply")
    assert said.finding("value_jump")["message"] == (
        "Annual value is 70% lower than last round: £10,000 then, £3,000 now."
    )
    assert said.document["money"] == {"before": 7_500_000, "after": 6_800_000}
    assert sent_round.record("WB-001")["annual_value"] == 300_000


def _with_result(path: Path, sheet: str, cell: str, formula: str, result: str) -> None:
    """Give a cell a formula with a stored result, as Excel does and openpyxl cannot."""
    parts = {}
    with ZipFile(path) as archive:
        for info in archive.infolist():
            parts[info.filename] = archive.read(info.filename)
    xml = parts[sheet].decode()
    assert f"<f>{formula}</f><v />" in xml or f"<f>{formula}</f><v/>" in xml or f"<f>{formula}</f><v></v>" in xml, cell
    for empty in ("<v />", "<v/>", "<v></v>"):
        xml = xml.replace(f"<f>{formula}</f>{empty}", f"<f>{formula}</f><v>{result}</v>")
    parts[sheet] = xml.encode()
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_the_stored_result_of_a_formula_is_used(sent_round: SmallRound) -> None:
    path = sent_round.edited(lambda book: put(book, "WB-001", "Annual value (£)", "=5500*2"))
    _with_result(path, "xl/worksheets/sheet2.xml", "I6", "5500*2", "11000")
    said = sent_round.receive(path)
    assert [change["after"] for change in said.document["changes"]] == [1_100_000]


# --- still yours?


def test_ended_with_its_date_ends_the_row(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        put(book, "WB-001", "Still yours?", "Ended")
        put(book, "WB-001", "End date", date(2026, 3, 31))

    said = sent_round.receive(sent_round.edited(alter), "--apply")
    assert said.status == 0
    assert said.document["rows"]["activity"]["ended"] == 1
    assert [(change["field"], change["after"]) for change in said.document["changes"]] == [("end", "2026-03-31")]


def test_what_ends_is_open_ended_no_longer(sent_round: SmallRound) -> None:
    sent_round.do("set", "activity", "WB-001", "end=", "open_ended=Yes")

    def alter(book: Any) -> None:
        put(book, "WB-001", "Still yours?", "Ended")
        put(book, "WB-001", "End date", date(2026, 3, 31))

    sent_round.do("send", "--round", "Baseline 2026/27", "--to", sent_round.folder / "again")
    book_path = next((sent_round.folder / "again").glob("*Council.xlsx"))
    book = load_workbook(book_path)
    alter(book)
    book.save(book_path)
    assert sent_round.receive(book_path, "--apply").document["rows"]["activity"]["ended"] == 1
    record = sent_round.record("WB-001")
    assert (record["end"], record["open_ended"]) == ("2026-03-31", False)


@pytest.mark.parametrize(
    ("end", "rule"), [(None, "ended_without_date"), (date(2027, 3, 31), "ended_later"), ("soon", "unreadable")]
)
def test_ended_without_a_day_that_has_passed_is_asked_about(sent_round: SmallRound, end: object, rule: str) -> None:
    def alter(book: Any) -> None:
        put(book, "WB-001", "Still yours?", "Ended")
        put(book, "WB-001", "End date", end)

    said = sent_round.receive(sent_round.edited(alter))
    assert (said.status, said.rules) == (1, [rule])
    assert said.document["rows"]["activity"]["ended"] == 1
    assert said.document["changes"] == []


def test_not_ours_is_asked_about_and_changes_nothing(sent_round: SmallRound) -> None:
    said = _received(sent_round, "Still yours?", "Not ours")
    assert (said.status, said.rules, said.document["changes"]) == (1, ["not_ours"], [])


def test_a_word_that_is_no_answer_is_asked_about_and_a_blank_one_is_only_a_hint(sent_round: SmallRound) -> None:
    said = _received(sent_round, "Still yours?", "maybe")
    assert (said.status, said.rules) == (1, ["unknown_answer"])
    said = _received(sent_round, "Still yours?", None)
    assert (said.status, said.rules) == (0, ["not_confirmed"])
    assert "in 1 row " in said.finding("not_confirmed")["message"]


# --- new rows, names and funding


def test_a_new_row_gets_the_next_reference_of_its_agency(sent_round: SmallRound) -> None:
    said = sent_round.receive(sent_round.edited(lambda book: add(book, NEW_ROW)), "--apply")
    assert said.status == 0
    record = sent_round.record("WB-007")
    assert (record["title"], record["agency"]) == ("Holiday clubs", "Weir Borough Council")
    assert said.document["money"] == {"before": 7_500_000, "after": 8_700_000}


def test_a_new_row_keeps_the_reference_it_has(sent_round: SmallRound) -> None:
    sent_round.receive(sent_round.edited(lambda book: add(book, {**NEW_ROW, "Reference": "MY-1"})), "--apply")
    assert sent_round.record("MY-1")["title"] == "Holiday clubs"


def test_a_similar_title_is_only_suggested(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        book["Activity"].delete_rows(row_of(book["Activity"], "WB-001"))
        add(book, {**NEW_ROW, "Service title": "Parenting group"})

    path = sent_round.edited(alter)
    held = sent_round.receive(path)
    assert "Parenting groups" in held.finding("possible_match")["message"]
    assert held.document["changes"] == []
    accepted = sent_round.receive(path, "--accept-suggestions")
    assert {change["reference"] for change in accepted.document["changes"]} == {"WB-001"}
    assert accepted.document["rows"]["activity"]["missing"] == 0
    declined = sent_round.receive(path, "--decline-suggestions")
    assert {change["reference"] for change in declined.document["changes"]} == {"WB-007"}
    assert declined.document["rows"]["activity"]["missing"] == 1


def test_an_unknown_provider_is_made_and_one_spelled_alike_only_suggested(sent_round: SmallRound) -> None:
    made = _received(sent_round, "Provider", "Riverbank Music Makers", "--apply")
    assert made.status == 0
    assert any(o["name"] == "Riverbank Music Makers" and o["is_provider"] for o in sent_round.records("organisation"))
    path = sent_round.edited(lambda book: put(book, "WB-002", "Provider", "Lantern Trst"))
    assert "looks like Lantern Trust" in sent_round.receive(path).finding("new_name")["message"]
    accepted = sent_round.receive(path, "--accept-suggestions").document["changes"]
    assert ("provider", "Lantern Trust") in {(change["field"], change["after"]) for change in accepted}
    declined = sent_round.receive(path, "--decline-suggestions").document["changes"]
    assert ("provider", "Lantern Trst") in {(change["field"], change["after"]) for change in declined}


def test_personal_data_in_the_title_of_a_new_row_keeps_the_row_out(sent_round: SmallRound) -> None:
    row = {**NEW_ROW, "Service title": "Care of NHS number 943 476 5919"}
    said = sent_round.receive(sent_round.edited(lambda book: add(book, row)), "--apply")
    assert "personal_data" in said.rules
    assert said.document["changes"] == []
    assert "943" not in "".join(str(kept) for kept in sent_round.records("finding"))


def _line(reference: str, amount: object) -> dict[str, object]:
    return {
        "Reference": reference,
        "Financial year": "2026/27",
        "Funding source": "Other",
        "Amount (£)": amount,
        "Funding arrangement": "Joint",
    }


def test_a_funding_line_needs_its_activity(sent_round: SmallRound) -> None:
    said = sent_round.receive(sent_round.edited(lambda book: add(book, _line("ZZ", 5), "Funding")), "--apply")
    assert said.rules == ["unknown_activity"]
    assert sent_round.records("funding_line") == []


def test_funding_lines_may_belong_to_a_new_row_and_must_add_up(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        add(book, {**NEW_ROW, "Reference": "MY-1"})
        add(book, _line("MY-1", 12_000), "Funding")
        add(book, _line("WB-001", 4_000), "Funding")

    said = sent_round.receive(sent_round.edited(alter), "--apply")
    assert said.rules == ["funding_sum"]
    assert "£4,000" in said.finding("funding_sum")["message"]
    assert sorted(line["amount"] for line in sent_round.records("funding_line")) == [400_000, 1_200_000]


def test_crosses_and_posts_are_read(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        put(book, "Contracts officer", "Needs", "x", "Staffing")
        put(book, "Contracts officer", "Annual cost (£)", "46k", "Staffing")
        put(book, "Contracts officer", "FTE", "0.6", "Staffing")

    said = sent_round.receive(sent_round.edited(alter), "--apply")
    assert said.status == 0
    post = next(p for p in sent_round.records("post") if p["title"] == "Contracts officer")
    assert (post["annual_cost"], post["fte"], len(post["cycle_stages"])) == (4_600_000, 0.6, 3)
