"""What the Check column says, row by row, and that formula and result come from one condition."""

from dataclasses import replace
from datetime import date

import pytest
from ctdesk.domain.definition import Value
from ctdesk.returns.layout import baseline_layout
from ctdesk.returns.workbook import RequestBook, SheetRow
from ctdesk.returns.workbook_data import DataSheet, data_sheets, extent
from tests.returns.workbook_books import activity, book, line, lists, post, sheet_row


def _sheets(wanted: RequestBook) -> list[DataSheet]:
    return data_sheets(baseline_layout(wanted.lists), wanted)


def _with_raw(row: SheetRow, wanted: RequestBook, kind: str, **raw: object) -> SheetRow:
    """Return a row as returned: the cells as written out, some typed over."""
    at = ("activity", "post", "funding_line").index(kind)
    data = _sheets(replace(wanted, rows={**wanted.rows, kind: [row]}))[at]
    cells = {column.heading: data.column(column.name)[0] for column in data.layout.columns if column.role != "step"}
    return replace(row, raw={**cells, "Still yours?": "Yes", **{name.replace("_", " "): c for name, c in raw.items()}})


def _said(kind: str, values: dict[str, Value], **raw: object) -> str:
    wanted = book([activity()], [], [])
    row = _with_raw(sheet_row("x", values), wanted, kind, **raw)
    rows = {"activity": [sheet_row("activity-0", activity())], kind: [row]}
    return _sheets(replace(wanted, rows=rows))[("activity", "post", "funding_line").index(kind)].results()[0]


def test_a_row_as_sent_only_lacks_the_word_that_it_is_still_theirs() -> None:
    sheets = _sheets(book())
    assert sheets[0].results() == ["Fill in: still yours?"]
    assert sheets[1].results() == ["Fill in: still yours?"]
    assert sheets[2].results() == ["OK"]


@pytest.mark.parametrize("kind", ["activity", "post"])
def test_a_complete_row_is_ok(kind: str) -> None:
    assert _said(kind, activity() if kind == "activity" else post()) == "OK"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"annual_value": None}, "Fill in: annual value"),
        ({"main_outcome": None, "purpose": None}, "Fill in: main outcome, purpose"),
        ({"end": date(2023, 3, 31)}, "Look at: end date is before start date"),
        ({"end": None}, "Look at: give an end date or say open-ended"),
        ({"end": None, "open_ended": True}, "OK"),
        ({"open_ended": True}, "Look at: an end date and open-ended as well"),
        ({"age_from": 12, "age_to": 5}, "Look at: age to is below age from"),
        ({"funding_arrangement": "pooled"}, "Look at: pooled, so name the pool"),
        ({"funding_arrangement": "pooled", "pool": "Families fund"}, "OK"),
        ({"intention": "vary"}, "Look at: say why you intend it"),
        ({"intention": "decommission", "intention_reason": "Few users"}, "OK"),
        ({"end": date(2023, 3, 31), "tier": None}, "Look at: end date is before start date. Fill in: tier"),
    ],
)
def test_what_an_activity_still_needs(changes: dict[str, Value], words: str) -> None:
    assert _said("activity", activity(**changes)) == words


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"Annual value (£)": "1.2m"}, "Look at: annual value is not a number"),
        ({"Start date": "1 April"}, "Look at: start date is not a date"),
        ({"Annual value (£)": "clear"}, "OK"),
        ({"End date": "Clear"}, "OK"),
        ({"Still yours?": "Ended"}, "OK"),
        ({"Still yours?": "ended", "End date": None}, "Look at: ended, so give the end date"),
    ],
)
def test_what_cells_typed_by_hand_say(raw: dict[str, object], words: str) -> None:
    assert _said("activity", activity(), **raw) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"annual_cost": None}, "Fill in: annual cost"),
        ({"fte": None, "headcount": None}, "Fill in: FTE, headcount"),
        ({"term": "fixed_term"}, "Look at: fixed term, so give the end date"),
        ({"fte": 3}, "Look at: FTE is more than headcount"),
    ],
)
def test_what_a_post_still_needs(changes: dict[str, Value], words: str) -> None:
    assert _said("post", post(**changes)) == words


def test_a_funding_line_must_name_an_activity_of_the_workbook() -> None:
    assert _said("funding_line", line("activity-0"), Reference="ss-001") == "OK"
    said = _said("funding_line", line("activity-0"), Reference="SS-999")
    assert said == "Look at: reference is not on the sheet Activity"


def test_a_reference_used_again_is_pointed_at_where_it_stands_again() -> None:
    rows = [activity(1), activity(2, reference="ss-001"), activity(3, reference="*"), activity(4)]
    assert [said.startswith("Look at: reference") for said in _sheets(book(rows))[0].results()] == [
        False,
        True,
        False,
        False,
    ]


def test_formulas_are_within_what_excel_takes() -> None:
    for data in _sheets(book()):
        assert len(data.check.formula.replace("#row#", "1048576")) < 8_192
        assert all(len(oddity.words) < 250 for oddity in data.check.oddities)


@pytest.mark.parametrize(
    ("known", "prepared"), [(0, 60), (17, 60), (40, 60), (100, 150), (101, 152), (4_000, 6_000), (10_000, 12_000)]
)
def test_rows_are_prepared_for_half_as_many_again(known: int, prepared: int) -> None:
    assert extent(known).last == 5 + prepared
    assert extent(known).printed == 5 + known + 5


def test_lists_in_other_words_are_checked_in_those_words() -> None:
    assert "Pooled" in _sheets(book())[0].check.formula
    assert lists().label("arrangement", "pooled") == "Pooled"
