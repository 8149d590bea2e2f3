"""Headings are found under titles, in one row or two, wherever the columns stand."""

from typing import Any

import pytest
from ctdesk.returns.headers import (
    find_header,
    is_blank_row,
    is_repeated_header,
    is_total_row,
    plain_heading,
)
from hypothesis import given
from hypothesis import strategies as st
from tests.returns.register_sheets import HEADINGS, SERVICES, sheet_of

KNOWN = {plain_heading(heading) for heading in HEADINGS}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Annual value (£)", "annual_value"),
        ("Annual\nvalue", " ANNUAL  VALUE: "),
        ("contractPeriod_startDate", "Contract period start date"),
        ("E-mail", "Email"),
        ("Ref. No.", "Reference number"),
        ("Notice (months)", "Notice"),
        ("Recipient Org:Name", "recipient organisation name"),
        ("Terms & conditions", "terms and conditions"),
        ("Value p.a.", "Value per annum"),
    ],
)
def test_what_does_not_count_in_a_heading(one, other):
    assert plain_heading(one) == plain_heading(other)


@pytest.mark.parametrize(("one", "other"), [("Start date", "End date"), ("Value (£000)", "Value (£)")])
def test_what_does_count_in_a_heading(one, other):
    assert plain_heading(one) != plain_heading(other)


def test_a_number_or_nothing_is_no_heading():
    assert plain_heading(2024.0) == plain_heading(None) == ""


def test_headings_are_found_under_titles():
    sheet = sheet_of([["Register of contracts"], ["As at", "31/03/2026"], [], HEADINGS, *SERVICES])
    header = find_header(sheet, KNOWN)
    assert header is not None
    assert header.row == 3
    assert [heading.text for heading in header.headings] == HEADINGS


def test_unknown_headings_are_found_too():
    rows = [["Bezeichnung", "Träger", "Betrag"], *([f"Dienst {n}", f"Verein {n}", 10.5 * n] for n in range(5))]
    header = find_header(sheet_of([["Liste 2026"], [], *rows]), ())
    assert header is not None
    assert header.row == 2


def test_groups_and_needs_above_headings_are_not_the_headings():
    rows = [
        ["This row", None, "Who", "Money", "Dates", None],
        ["Required", "Required", "Required", "Required", "If it applies", "If it applies"],
        HEADINGS,
        *SERVICES,
    ]
    header = find_header(sheet_of(rows), KNOWN)
    assert header is not None
    assert header.row == 2
    assert [heading.text for heading in header.headings] == HEADINGS


def test_a_header_of_two_rows_is_joined_where_that_tells_columns_apart():
    rows = [
        ["Supplier", "Contract", None, "Review", None, "Portfolio", "As at"],
        [None, "Start date", "End date", "Start date", "Who", None, None],
        *([f"Trust {n}", "01/04/2025", "31/03/2026", "01/10/2025", "Board", "Children"] for n in range(5)),
    ]
    header = find_header(sheet_of(rows), KNOWN | {"contract start date"})
    assert header is not None
    assert header.row == 1
    assert [heading.text for heading in header.headings] == [
        "Supplier",
        "Contract Start date",
        "End date",
        "Review Start date",
        "Who",
        "Portfolio",
    ]


def test_a_header_without_data_is_found():
    header = find_header(sheet_of([["Form"], HEADINGS]), KNOWN)
    assert header is not None
    assert header.row == 1


@pytest.mark.parametrize("rows", [[], [[]], [["Only a title"]], [[1.0, 2.0], [3.0, 4.0]], [[None, None]]])
def test_no_headings_where_there_are_none(rows):
    assert find_header(sheet_of(rows), KNOWN) is None


JUNK = st.lists(
    st.one_of(
        st.just([]),
        st.text(max_size=60).map(lambda text: [text]),
        st.tuples(st.sampled_from(["As at", "Prepared by", "Version"]), st.text(max_size=10)).map(list),
        st.floats(allow_nan=False).map(lambda number: [None, number]),
    ),
    max_size=20,
)


@given(above=JUNK, below=JUNK, order=st.permutations(range(len(HEADINGS))), shift=st.integers(0, 5))
def test_headings_are_found_under_any_junk_and_in_any_order(above, below, order, shift):
    def moved(row: list[Any]) -> list[Any]:
        return [None] * shift + [row[at] for at in order]

    sheet = sheet_of([*above, moved(HEADINGS), *map(moved, SERVICES), *below])
    header = find_header(sheet, KNOWN)
    assert header is not None
    assert header.row == len(above)
    assert {heading.text: heading.column for heading in header.headings} == {
        HEADINGS[at]: shift + place for place, at in enumerate(order)
    }


@pytest.mark.parametrize("row", [[], [None, None], ["", "  "], ["\xa0", None]])
def test_blank_rows(row):
    assert is_blank_row(row)


@pytest.mark.parametrize("row", [[0.0], [False], ["x"], [None, "."]])
def test_rows_that_are_not_blank(row):
    assert not is_blank_row(row)


@pytest.mark.parametrize(
    "row",
    [
        ["Total", None, 1200.0],
        [None, "GRAND TOTAL:", "£1,200"],
        ["Sub-total", "Adults", 1200.0],
        ["Totals 2024/25", None, 3.0, 1200.0],
        ["Total for early years", None, 1200.0],
        ["Average", None, 3.5],
        ["Total", None, None],
    ],
)
def test_totals(row):
    assert is_total_row(row)


@pytest.mark.parametrize(
    "row",
    [
        ["C1", "Total Communication", "Speech Trust", 1200.0],
        ["Total Play", "Play Trust", "Universal", 1200.0],
        ["Counselling", None, 1200.0],
        ["Totnes nursery", None, 1200.0],
        [1.0, 2.0],
        [],
    ],
)
def test_records_that_are_not_totals(row):
    assert not is_total_row(row)


def test_headings_said_again_are_told_from_records():
    header = find_header(sheet_of([HEADINGS, *SERVICES]), KNOWN)
    assert header is not None
    assert is_repeated_header([heading.upper() for heading in HEADINGS], header)
    assert is_repeated_header([*HEADINGS[:4], None, None], header)
    assert not any(is_repeated_header(row, header) for row in SERVICES)
    assert not is_repeated_header(["C009", "Service name", "Trust", 5.0, None, None], header)


@given(st.lists(st.lists(st.one_of(st.none(), st.text(), st.floats(), st.booleans()), max_size=6), max_size=12))
def test_no_sheet_breaks_the_search(rows):
    header = find_header(sheet_of(rows), KNOWN)
    assert header is None or 0 <= header.row < len(rows)
