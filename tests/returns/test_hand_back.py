"""A return handed back: what to fix first, the agency's cells as typed, marks and notes where they belong."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ctdesk.domain.findings import Finding
from ctdesk.returns.answers import Answer, read_answers
from ctdesk.returns.hand_back import HandBack, slip, write_hand_back
from ctdesk.returns.layout import baseline_layout
from ctdesk.returns.reader import read_book
from ctdesk.returns.tables import find_tables
from ctdesk.returns.workbook import SheetRow
from ctdesk.returns.workbook_data import data_sheets
from workbook_books import activity, book, line, lists, post

REVERSED = Finding(
    "dates_reversed", "The end date is before the start date.", ("Activity!N7", "Activity!M7"), "activity", "activity-1"
)
JUMP = Finding("value_jump", "Annual value is 38% higher than last round.", ("Activity!I7",), "activity", "activity-1")
COST = Finding("required", "Annual cost is empty.", ("Staffing!M6",), "post", "post-0", name="An officer")
GONE = Finding("missing_row", "Drop-in was sent to you and is not in the return.", name="Drop-in")
BETTER = Finding("not_confirmed", "Still yours? is empty in 2 rows.", ("Activity!D6", "Activity!D7"))

TYPED: list[Mapping[str, object]] = [
    {"Annual value (£)": "1.2m", "Start date": "1st April 2026", "Still yours?": "Yes"},
    {"Extension option": datetime(2026, 2, 1), "End date": 46_112.0, "Comments": "=SUM(A1)"},  # noqa: DTZ001
    {"Notice (months)": time(3, 0), "Age from": 4.5, "Reference": " 007 "},
]


def _hand_back(findings: list[Finding], **changes: Any) -> HandBack:
    sent = book([activity(at) for at in range(3)], [post()], [line("activity-0")])
    rows = {}
    for data in data_sheets(baseline_layout(sent.lists), sent):
        rows[data.layout.kind] = [
            replace(row, raw={**_cells(data, at), **(TYPED[at] if data.layout.kind == "activity" else {})})
            for at, row in enumerate(data.known)
        ]
    parts: dict[str, Any] = {
        "book": replace(sent, rows=rows),
        "findings": findings,
        "received": date(2026, 5, 12),
        "back_by": date(2026, 5, 22),
        "accepted_sentence": "3 services read, 1 changed.",
    }
    return HandBack(**{**parts, **changes})


def _cells(data: Any, at: int) -> dict[str, object]:
    return {column.heading: data.column(column.name)[at] for column in data.layout.columns if column.role == "field"}


def _written(hand_back: HandBack, folder: Path, *, results: bool = False) -> Any:
    write_hand_back(hand_back, folder / "back.xlsx")
    return openpyxl.load_workbook(folder / "back.xlsx", data_only=results)


def test_the_list_comes_first_with_counts_and_order(tmp_path: Path) -> None:
    found = _written(_hand_back([JUMP, BETTER, REVERSED, GONE, COST]), tmp_path)
    assert found.sheetnames[:2] == ["Please fix", "Start here"]
    sheet = found["Please fix"]
    assert sheet["B2"].value == "Please fix 2 things and explain 2"
    assert "received 12/05/2026" in sheet["B3"].value
    assert "22/05/2026" in sheet["B3"].value
    assert sheet["B4"].value == "3 services read, 1 changed."
    lines = [[cell.value for cell in row][1:5] for row in sheet.iter_rows(min_row=8, max_row=11)]
    assert lines == [
        [1, "Must fix", "Activity!N7 and 1 more", "Family support 1"],
        [2, "Must fix", "Staffing!M6", "An officer"],
        [3, "Please explain", "Activity!I7", "Family support 1"],
        [4, "Please explain", None, "Drop-in"],
    ]
    assert sheet["F8"].value == REVERSED.message
    assert sheet["G8"].value == REVERSED.remedy
    assert not sheet["H8"].protection.locked
    assert sheet["B8"].protection.locked
    assert sheet["D8"].hyperlink.location == "'Activity'!N7"


def test_what_could_be_better_is_one_line_without_a_number(tmp_path: Path) -> None:
    sheet = _written(_hand_back([COST, BETTER]), tmp_path)["Please fix"]
    said = [cell.value for row in sheet.iter_rows(min_row=9) for cell in row if cell.value]
    assert said[:2] == ["To look at, no answer needed", "Still yours? is empty in 2 rows. (Activity!D6 and 1 more)"]
    assert sheet["B2"].value == "Please fix 1 thing"


@pytest.mark.parametrize(
    ("findings", "words"),
    [([JUMP], "Please explain 1 thing"), ([JUMP, GONE], "Please explain 2 things"), ([], "Nothing to fix")],
)
def test_headings_count(findings: list[Finding], words: str, tmp_path: Path) -> None:
    assert _written(_hand_back(findings), tmp_path)["Please fix"]["B2"].value == words


def test_one_cause_has_one_number(tmp_path: Path) -> None:
    sheet = _written(_hand_back([COST, COST, REVERSED]), tmp_path)["Please fix"]
    assert sheet["B2"].value == "Please fix 2 things"


def test_marked_cells_are_orange_with_a_note_of_the_same_number(tmp_path: Path) -> None:
    sheet = _written(_hand_back([REVERSED, JUMP]), tmp_path)["Activity"]
    for cell, number in (("N7", "1."), ("M7", "1."), ("I7", "2.")):
        assert sheet[cell].fill.fgColor.rgb == "FFFBD5A6"
        assert sheet[cell].border.left.style == "medium"
        assert sheet[cell].comment.text.startswith(f"{number} ")
    assert sheet["N8"].comment is None
    assert sheet["N8"].fill.fgColor.rgb != "FFFBD5A6"
    rules = [rule for found in sheet.conditional_formatting._cf_rules.values() for rule in found]
    first = min((rule for rule in rules if rule.dxf.fill), key=lambda rule: rule.priority)
    assert first.stopIfTrue
    assert first.dxf.fill.bgColor.rgb == "FFFBD5A6"


def test_a_cell_with_two_findings_has_both_in_its_note(tmp_path: Path) -> None:
    both = replace(JUMP, cells=("Activity!N7",))
    note = _written(_hand_back([REVERSED, both]), tmp_path)["Activity"]["N7"].comment.text
    assert [line[:2] for line in note.splitlines()] == ["1.", "2."]


def test_marks_follow_rows_and_columns_that_have_moved(tmp_path: Path) -> None:
    moved = {"Services 2026!N9": "Activity!N7"}
    finding = replace(REVERSED, cells=("Services 2026!N9", "Services 2026!Z99", "all of it"))
    found = _written(_hand_back([finding], moved=moved), tmp_path)
    assert found["Activity"]["N7"].comment.text.startswith("1.")
    assert found["Please fix"]["D8"].value == "Activity!N7 and 2 more"


def test_every_cell_stands_as_the_agency_typed_it(tmp_path: Path) -> None:
    sheet = _written(_hand_back([COST]), tmp_path)["Activity"]
    assert (sheet["I6"].value, sheet["M6"].value, sheet["D6"].value) == ("1.2m", "1st April 2026", "Yes")
    assert sheet["Q7"].value.date() == date(2026, 2, 1)
    assert sheet["Q7"].number_format == "dd/mm/yyyy"
    assert (sheet["N7"].value, sheet["N7"].number_format) == (46_112, "General")
    assert (sheet["AM7"].value, sheet["AM7"].data_type) == ("=SUM(A1)", "s")
    assert sheet["P8"].value == time(3, 0)
    assert (sheet["X8"].value, sheet["B8"].value) == (4.5, " 007 ")


def test_check_and_checklist_are_of_the_cells_as_returned(tmp_path: Path) -> None:
    found = _written(_hand_back([COST]), tmp_path, results=True)
    said = found["Activity"]["A6"].value
    assert said == "Look at: annual value is not a number; start date is not a date"
    assert found["Start here"]["E9"].value == 3
    assert found["Start here"]["E12"].value == pytest.approx(260_850.03)


def test_own_columns_and_sheets_come_along_as_values(tmp_path: Path) -> None:
    extra = {"Activity": [("Cost centre", ["0012", None, date(2026, 1, 2)]), ("Ours", [1, 2, 3])]}
    others = {"Workings: [all]": [["=1+1", 2.5, None], [True, datetime(2026, 1, 1, 9, 30)]], "lists": [["not copied"]]}  # noqa: DTZ001
    found = _written(_hand_back([COST], extra_columns=extra, other_sheets=others), tmp_path)
    sheet = found["Activity"]
    assert [sheet.cell(5, at).value for at in (40, 41, 42)] == ["Key", "Cost centre", "Ours"]
    assert sheet["AO3"].value == "Your own columns"
    assert (sheet["AO6"].value, sheet["AO8"].value.date(), sheet["AP8"].value) == ("0012", date(2026, 1, 2), 3)
    assert sheet.auto_filter.ref.startswith("A5:AP")
    own = found["Workings all"]
    assert (own["A1"].value, own["A1"].data_type, own["B1"].value, own["A2"].value) == ("=1+1", "s", 2.5, True)
    assert found.sheetnames[-1] == "Workings all"
    assert "lists" not in found.sheetnames


def test_names_of_own_sheets_are_made_to_fit(tmp_path: Path) -> None:
    long = "A name that is far longer than thirty-one characters"
    found = _written(_hand_back([COST], other_sheets={long: [[1]], long + " too": [[2]], "//": [[3]]}), tmp_path)
    assert [name for name in found.sheetnames[-3:] if len(name) > 31] == []
    assert [found[name]["A1"].value for name in found.sheetnames[-3:]] == [1, 2, 3]


def test_the_sign_off_is_kept(tmp_path: Path) -> None:
    guide = [[None, "Filled in by (job title)", "Manager"], [None, "Date signed off", datetime(2026, 5, 1)]]  # noqa: DTZ001
    sheet = _written(_hand_back([COST], other_sheets={"Start here": guide}), tmp_path)["Start here"]
    assert (sheet["C27"].value, sheet["C28"].value, sheet["C29"].value.date()) == ("Manager", None, date(2026, 5, 1))


def test_an_answer_is_read_when_the_copy_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    found = _written(_hand_back([JUMP, COST]), tmp_path)
    found["Please fix"]["H9"] = "A second team was added."
    found.save(path)
    assert read_answers(read_book(path)) == [Answer(JUMP.message, "Family support 1", "A second team was added.")]


def test_the_copy_is_the_same_form(tmp_path: Path) -> None:
    found = _written(_hand_back([COST]), tmp_path)
    assert found.security.lockStructure
    assert found["_ctdesk"].sheet_state == "hidden"
    tables, findings = find_tables(read_book(tmp_path / "back.xlsx"), baseline_layout(lists()))
    assert [len(table.columns) for table in tables] == [len(layout.columns) for layout in baseline_layout(lists())]
    assert not findings
    assert "22/05/2026" in found["Start here"]["B3"].value


def test_a_new_row_has_no_key_until_it_has_one(tmp_path: Path) -> None:
    whole = _hand_back([COST])
    rows = [*whole.book.rows["activity"], SheetRow("new", "", {}, {"Service title": "New"})]
    found = _written(replace(whole, book=replace(whole.book, rows={**whole.book.rows, "activity": rows})), tmp_path)
    assert found["Activity"]["AN9"].value is None
    assert "new" not in {row[2].value for row in found["_ctdesk"].iter_rows(max_col=3)}


def test_the_slip_says_that_nothing_is_left_to_do() -> None:
    said = slip(_hand_back([BETTER]))
    assert "Received on 12/05/2026 and accepted. There is nothing more for you to do." in said
    assert "- Still yours? is empty in 2 rows." in said
    assert re.search(r"Sure Start centres\nBaseline 2026/27, as at 31/03/2026", said)
