"""Pasted rows that become new records: read as people type, refused row by row and cell by cell, made as one step."""

import pytest
from ctdesk.services.desk import Desk
from ctdesk.services.many import Preview, apply_preview, preview_paste
from ctdesk.services.new_rows import columns_named
from ctdesk.services.past import past, undo
from tests.services.small_borough import BRIDGE, COUNCIL, HOSPITAL, NURSING

COLUMNS = ["title", "agency", "provider", "annual_value"]


def pasted(desk: Desk, *rows: list[str], uids: tuple[str, ...] = (), **given: str) -> Preview:
    return preview_paste(desk, "activity", uids, COLUMNS, rows, given=given)


def test_rows_beyond_the_list_are_made_in_the_same_step_as_the_rest_is_changed(desk: Desk) -> None:
    preview = pasted(
        desk,
        ["School nurses", "Alder Council", "Bridge", "£130k"],
        ["Toy library", "Alder Council", "Bridge", "1,200"],
        ["Play bus", "Birch Hospital Trust", "Bridge", "2,000"],
        uids=(NURSING,),
    )
    assert (preview.changed, preview.made, preview.refused, preview.left_over) == (3, 2, 0, 0)
    assert preview.title == "Paste 2 new activities and into 1 more"
    before = len(past(desk))
    change_set = apply_preview(desk, preview)
    assert change_set is not None
    assert len(past(desk)) == before + 1
    made = {values["title"]: values for values in desk.load("activity").values()}
    assert (made["Toy library"]["reference"], made["Play bus"]["reference"]) == ("AC-004", "BH-003")
    assert (made["Toy library"]["provider"], made["Toy library"]["annual_value"]) == (BRIDGE, 1_200_00)
    assert made["School nurses"]["annual_value"] == 130_000_00
    undo(desk, change_set.uid)
    assert {values["title"] for values in desk.load("activity").values()}.isdisjoint({"Toy library", "Play bus"})


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["", "Alder Council", "Bridge", "1"], "Service title cannot be empty"),
        (["Toy library", "", "Bridge", "1"], "Agency cannot be empty"),
        (["Toy library", "Nobody at all", "Bridge", "1"], "Agency cannot be empty"),
    ],
)
def test_a_row_that_says_neither_what_nor_whose_is_not_made(desk: Desk, row: list[str], words: str) -> None:
    preview = pasted(desk, row)
    assert words in preview.new[0].refused
    assert (preview.made, preview.refused) == (0, 1)
    assert apply_preview(desk, preview) is None


def test_a_cell_that_is_refused_is_left_out_and_the_record_made(desk: Desk) -> None:
    preview = pasted(desk, ["Toy library", "Alder Council", "Nobody at all", "lots"])
    assert (preview.made, preview.refused) == (1, 2)
    assert [cell.field for cell in preview.new[0].cells if cell.refused] == ["provider", "annual_value"]
    apply_preview(desk, preview)
    made = next(values for values in desk.load("activity").values() if values["title"] == "Toy library")
    assert (made["provider"], made["annual_value"]) == (None, None)


def test_a_reference_is_taken_once(desk: Desk) -> None:
    columns = ["reference", "title", "agency"]
    rows = [["AC-001", "One", "Alder Council"], ["X-1", "Two", "Alder Council"], ["x-1", "Three", "Alder Council"]]
    preview = preview_paste(desk, "activity", [], columns, rows, given={})
    assert [row.refused for row in preview.new] == ["AC-001 is taken already.", "", "x-1 is taken already."]


def test_new_records_hold_what_is_given_unless_it_is_typed(desk: Desk) -> None:
    preview = pasted(desk, ["One", "", "", ""], ["Two", "Birch Hospital Trust", "", ""], agency=COUNCIL)
    apply_preview(desk, preview)
    found = {values["title"]: values["agency"] for values in desk.load("activity").values()}
    assert (found["One"], found["Two"]) == (COUNCIL, HOSPITAL)


def test_empty_rows_are_passed_over(desk: Desk) -> None:
    assert pasted(desk, ["", " ", "", ""]).new == ()


def test_contradictions_are_refused_in_the_words_of_the_form(desk: Desk) -> None:
    columns = ["title", "agency", "start", "end"]
    rows = [["One", "Alder Council", "01/04/2026", "01/04/2025"]]
    preview = preview_paste(desk, "activity", [], columns, rows, given={})
    assert "before the start date" in preview.new[0].refused


def test_headings_name_the_columns_only_if_all_of_them_do() -> None:
    assert columns_named("activity", ["Service title", "annual value", "Agency"]) == ["title", "annual_value", "agency"]
    assert columns_named("activity", ["Service title", "Toy library"]) is None
    assert columns_named("activity", []) is None


@pytest.mark.slow
def test_thousands_of_rows_are_read_and_made(desk: Desk) -> None:
    rows = [[f"Service {number}", "Alder Council", "Bridge", str(number)] for number in range(3_000)]
    preview = pasted(desk, *rows)
    assert preview.made == 3_000
    apply_preview(desk, preview)
    references = [values["reference"] for values in desk.load("activity").values()]
    assert len(set(references)) == len(references)
