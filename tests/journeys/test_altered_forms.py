"""What people do to a workbook they fill in: headings, keys, sheets, rows and columns that are not as they were."""

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.journeys.rounds import (
    COUNCIL,
    FIRST_ROW,
    HEAD_ROW,
    NEW_ROW,
    NHS,
    SCHOOLS,
    Said,
    SmallRound,
    add,
    cell,
    columns,
    put,
    row_of,
    rows,
)

Alter = Callable[[Any], None]


def _head(book: Any, old: str, new: str | None) -> None:
    sheet = book["Activity"]
    sheet.cell(HEAD_ROW, columns(sheet)[old]).value = new


def _received(sent_round: SmallRound, alter: Alter) -> Said:
    """Receive an altered workbook, and see that the counts add up to its rows and nothing was written."""
    before = sent_round.fingerprint()
    said = sent_round.receive(sent_round.edited(alter))
    assert sent_round.fingerprint() == before
    assert said.err == ""
    for counts in said.document["rows"].values():
        states = {name: count for name, count in counts.items() if name not in {"read", "missing"}}
        assert sum(states.values()) == counts["read"]
    return said


def _whole_row(sheet: Any, name: str) -> dict[str, object]:
    number = row_of(sheet, name)
    return {heading: sheet.cell(number, at).value for heading, at in columns(sheet).items() if heading != "Check"}


# --- headings


def test_another_spelling_of_a_heading_is_known(sent_round: SmallRound) -> None:
    said = _received(sent_round, lambda book: _head(book, "Annual value (£)", "annual VALUE"))
    assert (said.status, said.document["findings"]) == (0, [])


def test_a_renamed_heading_is_listed_and_the_column_missed(sent_round: SmallRound) -> None:
    said = _received(sent_round, lambda book: _head(book, "Annual value (£)", "Banana"))
    assert said.status == 1
    assert said.finding("unknown_column")["cells"] == ["Activity!I5"]
    assert said.finding("missing_column")["message"] == (
        "The column Annual value (£) is missing from the sheet Activity."
    )
    assert said.document["money"] == {"before": 7_500_000, "after": 7_500_000}


def test_a_column_that_stands_twice_is_not_read_at_all(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        put(book, "WB-001", "Tier", "Specialist")
        _head(book, "Level", "Tier")

    said = _received(sent_round, alter)
    assert said.finding("doubled_column")["cells"] == ["Activity!U5", "Activity!V5"]
    assert said.document["changes"] == []


def test_a_column_of_their_own_is_not_taken_for_ours_by_another_spelling(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        book["Activity"].insert_cols(3)
        book["Activity"].cell(HEAD_ROW, 3).value = "Notes"
        book["Activity"].cell(FIRST_ROW, 3).value = "for our eyes"

    said = _received(sent_round, alter)
    assert said.rules == ["unknown_column"]
    assert said.document["changes"] == []


def test_moved_columns_and_a_moved_row_of_headings_are_found(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        sheet = book["Activity"]
        first, second = columns(sheet)["Tier"], columns(sheet)["Comments"]
        for number in range(HEAD_ROW, FIRST_ROW + 8):
            one, other = sheet.cell(number, first), sheet.cell(number, second)
            one.value, other.value = other.value, one.value
        sheet.insert_rows(HEAD_ROW, 3)

    assert _received(sent_round, alter).status == 0


@pytest.mark.parametrize("how", ["emptied", "deleted"])
def test_a_missing_column_is_named(sent_round: SmallRound, how: str) -> None:
    def alter(book: Any) -> None:
        if how == "emptied":
            _head(book, "Tier", None)
        else:
            book["Activity"].delete_cols(columns(book["Activity"])["Tier"])

    said = _received(sent_round, alter)
    assert said.rules == ["missing_column"]
    assert said.document["rows"]["activity"]["unchanged"] == 6


def test_a_sheet_without_headings_is_not_read_and_its_rows_not_missed_one_by_one(sent_round: SmallRound) -> None:
    said = _received(sent_round, lambda book: book["Activity"].delete_rows(HEAD_ROW))
    assert said.rules == ["no_headings"]
    assert said.document["rows"]["activity"]["missing"] == 6


# --- keys


def test_a_copied_key_is_a_new_row(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        copy = _whole_row(book["Activity"], "WB-001") | {"Reference": None, "Service title": "Another service"}
        add(book, copy)

    said = _received(sent_round, alter)
    assert said.finding("copied_row")["cells"] == ["Activity!D12"]
    assert said.document["rows"]["activity"]["new"] == 1
    assert {change["reference"] for change in said.document["changes"]} == {"WB-007"}


@pytest.mark.parametrize("left_out", [(), ("Key",), ("Key", "Reference")])
def test_a_row_that_repeats_another_is_held(sent_round: SmallRound, left_out: tuple[str, ...]) -> None:
    def alter(book: Any) -> None:
        add(book, _whole_row(book["Activity"], "WB-001") | dict.fromkeys(left_out))

    said = _received(sent_round, alter)
    assert said.document["changes"] == []
    assert said.document["money"]["after"] == said.document["money"]["before"]
    assert "same_row" in said.rules


def test_a_repeated_row_is_taken_once_suggestions_are_declined(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        add(book, _whole_row(book["Activity"], "WB-001") | {"Key": None, "Reference": None})

    said = sent_round.receive(sent_round.edited(alter), "--decline-suggestions")
    assert said.document["money"]["after"] == said.document["money"]["before"] + 1_000_000


def test_two_new_rows_with_one_reference_are_both_withheld(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        add(book, {**NEW_ROW, "Reference": "MY-1"})
        add(book, {**NEW_ROW, "Service title": "Quite another", "Reference": "my-1"})

    said = _received(sent_round, alter)
    assert said.rules == ["duplicate_reference"] * 2
    assert said.document["rows"]["activity"]["unreadable"] == 2


def test_a_reference_of_a_row_that_did_not_come_back_is_not_given_twice(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        put(book, "WB-001", "Reference", "WB-002")
        book["Activity"].delete_rows(row_of(book["Activity"], "Short breaks at Weir House"))

    said = _received(sent_round, alter)
    assert "duplicate_reference" in said.rules
    assert said.document["changes"] == []


def test_an_altered_key_is_asked_about_and_the_row_found_by_its_reference(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        put(book, "WB-001", "Key", "ABCDEFGH")
        put(book, "WB-001", "Comments", "New words")

    said = _received(sent_round, alter)
    assert "found by its reference" in said.finding("altered_key")["message"]
    assert [change["after"] for change in said.document["changes"]] == ["New words"]


def test_a_lost_key_and_reference_leave_title_and_provider(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        put(book, "WB-001", "Annual value (£)", 11_000)
        put(book, "WB-001", "Key", None)
        put(book, "WB-001", "Reference", None)

    said = _received(sent_round, alter)
    assert [change["reference"] for change in said.document["changes"]] == ["WB-001"]


@pytest.mark.parametrize("own", [True, False])
def test_the_key_of_another_agency_gains_nothing(sent_round: SmallRound, own: bool) -> None:
    key = cell(load_workbook(sent_round.sent(NHS)), "WH-001", "Key").value

    def alter(book: Any) -> None:
        if own:
            put(book, "WB-001", "Key", key)
        else:
            add(book, {**NEW_ROW, "Key": key})

    said = _received(sent_round, alter)
    assert said.rules == ["foreign_key"]
    assert said.document["rows"]["activity"]["unreadable"] == 1
    assert said.document["changes"] == []


# --- sheets


def test_a_deleted_sheet_is_one_question(sent_round: SmallRound) -> None:
    said = _received(sent_round, lambda book: book.remove(book["Staffing"]))
    assert said.rules == ["missing_sheet"]
    assert said.document["rows"]["post"]["missing"] == 2


def test_the_optional_sheet_may_go_if_it_was_empty(sent_round: SmallRound) -> None:
    assert _received(sent_round, lambda book: book.remove(book["Funding"])).status == 0


def test_a_renamed_sheet_is_found_by_its_headings(sent_round: SmallRound) -> None:
    said = _received(sent_round, lambda book: setattr(book["Activity"], "title", "What we buy"))
    assert (said.status, said.rules) == (0, ["renamed_sheet"])
    assert said.document["rows"]["activity"]["unchanged"] == 6


def test_the_sheet_of_lists_is_never_taken_for_a_deleted_one(sent_round: SmallRound) -> None:
    said = _received(sent_round, lambda book: book.remove(book["Activity"]))
    assert said.rules == ["missing_sheet"]
    assert said.document["rows"]["activity"]["read"] == 0


def test_no_sheet_of_the_form_at_all_is_refused(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        for name in ("Activity", "Staffing", "Funding"):
            book.remove(book[name])

    assert "none of the sheets of the form" in sent_round.receive(sent_round.edited(alter)).refusal


def test_sheets_of_their_own_are_told_and_a_second_of_ours_is_asked_about(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        book.create_sheet("Our notes").append(["by", "us"])
        book.copy_worksheet(book["Activity"]).title = "Activity old"

    said = _received(sent_round, alter)
    assert sorted(said.rules) == ["extra_sheet", "second_sheet"]
    assert said.finding("second_sheet")["cells"] == ["Activity old!A1"]
    assert said.status == 1


# --- rows and cells


def test_merged_cells_are_named_and_the_blanks_under_them_asked_about(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        at = columns(book["Activity"])["Tier"]
        book["Activity"].merge_cells(start_row=6, end_row=8, start_column=at, end_column=at)

    said = _received(sent_round, alter)
    assert said.finding("merged_cells")["cells"] == ["Activity!U6"]
    assert said.rules.count("required") == 2
    assert said.document["changes"] == []


def test_rows_inserted_in_the_middle_are_new_rows(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        book["Activity"].insert_rows(8)
        add(book, NEW_ROW, at=8)

    said = _received(sent_round, alter)
    assert said.status == 0
    assert (
        said.document["rows"]["activity"] | {"read": 7, "unchanged": 6, "new": 1} == said.document["rows"]["activity"]
    )


def test_deleted_rows_are_reported_and_kept(sent_round: SmallRound) -> None:
    path = sent_round.edited(lambda book: book["Activity"].delete_rows(7, 2))
    said = sent_round.receive(path, "--apply")
    assert said.document["rows"]["activity"]["missing"] == 2
    assert said.rules == ["missing_row", "missing_row"]
    assert len(sent_round.records()) == 12


def _sort(sheet: Any, names: list[str], head_row: int = HEAD_ROW) -> None:
    """Turn the order of the rows round, but in these columns only."""
    numbers = list(rows(sheet))
    for at in (columns(sheet, head_row)[name] for name in names):
        values = [sheet.cell(number, at).value for number in numbers][::-1]
        for number, value in zip(numbers, values, strict=True):
            sheet.cell(number, at).value = value


@pytest.mark.parametrize(
    "which", [["Reference", "Service title"], ["Annual value (£)"], ["Key"], ["Service title", "Provider", "Tier"]]
)
def test_a_sheet_sorted_without_all_its_columns_is_not_read(sent_round: SmallRound, which: list[str]) -> None:
    said = _received(sent_round, lambda book: _sort(book["Activity"], which))
    assert said.rules == ["sorted_apart"]
    assert said.document["changes"] == []
    assert said.document["rows"]["activity"]["unreadable"] == 6


def test_posts_whose_keys_changed_places_are_not_read(sent_round: SmallRound) -> None:
    said = _received(sent_round, lambda book: _sort(book["Staffing"], ["Key"]))
    assert said.rules == ["sorted_apart"]
    assert said.document["rows"]["post"]["unreadable"] == 2


def test_a_sheet_sorted_whole_is_no_matter(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        _sort(book["Activity"], [name for name in columns(book["Activity"]) if name != "Check"])

    assert _received(sent_round, alter).status == 0


def test_two_values_that_changed_places_are_two_changes(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        put(book, "WB-001", "Annual value (£)", 11_000)
        put(book, "WB-002", "Annual value (£)", 10_000)

    assert len(_received(sent_round, alter).document["changes"]) == 2


def test_totals_are_no_data(sent_round: SmallRound) -> None:
    said = _received(sent_round, lambda book: add(book, {"Service title": "Total", "Annual value (£)": 75_000}))
    assert said.rules == ["not_data"]
    assert said.document["changes"] == []


def test_a_row_without_a_title_is_no_record(sent_round: SmallRound) -> None:
    said = _received(sent_round, lambda book: add(book, {"Annual value (£)": 5_000, "Comments": "whatever"}))
    assert said.rules == ["no_title"]
    assert said.document["rows"]["activity"]["unreadable"] == 1


def test_every_row_emptied_is_every_row_missing(sent_round: SmallRound) -> None:
    def alter(book: Any) -> None:
        for number in list(rows(book["Activity"])):
            for at in range(1, book["Activity"].max_column + 1):
                book["Activity"].cell(number, at).value = None

    said = _received(sent_round, alter)
    assert said.document["rows"]["activity"] | {"read": 0, "missing": 6} == said.document["rows"]["activity"]


@pytest.mark.slow
def test_two_hundred_thousand_blank_formatted_rows_are_no_rows(sent_round: SmallRound) -> None:
    from openpyxl.styles import PatternFill

    def alter(book: Any) -> None:
        fill = PatternFill("solid", fgColor="FFFFEE")
        for number in range(20, 200_020):
            book["Activity"].cell(number, 5).fill = fill

    said = _received(sent_round, alter)
    assert said.document["rows"]["activity"]["read"] == 6
    assert said.status == 0


def test_each_agency_gets_its_own_rows_only(sent_round: SmallRound) -> None:
    for agency, count in ((COUNCIL, 6), (NHS, 4), (SCHOOLS, 2)):
        said = sent_round.receive(sent_round.confirmed(agency))
        assert said.document["rows"]["activity"]["read"] == count
