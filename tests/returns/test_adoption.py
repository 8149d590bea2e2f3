"""Registers are read whole: every column has a reason, every row is a record or is listed."""

import datetime as dt
from decimal import Decimal

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.returns.adoption import profile_of, read_register
from ctdesk.returns.profiles import Profile, load_profile
from hypothesis import given
from hypothesis import strategies as st
from tests.returns.register_sheets import (
    HEADINGS,
    READER,
    SERVICES,
    adopt,
    book_of,
    mapped,
    proposal_for,
    service,
    sheet_of,
)


def test_a_register_under_titles_and_above_totals():
    register = adopt(
        [
            ["Contracts register"],
            [],
            HEADINGS,
            *SERVICES[:4],
            [],
            HEADINGS,
            *SERVICES[4:],
            ["Total", None, None, 36000.0],
            ["* Value without VAT"],
        ]
    )
    assert register.header_row == 3
    assert [row.number for row in register.rows] == [4, 5, 6, 7, 10, 11, 12, 13]
    assert [(skipped.number, skipped.reason) for skipped in register.skipped] == [
        (8, "blank"),
        (9, "repeated header"),
        (14, "total"),
        (15, "note"),
    ]
    assert register.skipped[-1].text == "* Value without VAT"
    assert register.rows[0].cells == dict(
        zip(("reference", "title", "provider", "annual_value", "start", "end"), service(1), strict=True)
    )
    assert register.rows[0].columns["provider"] == 2


def test_a_last_row_of_figures_is_a_total_only_if_it_adds_up():
    total = [None, None, None, sum(row[3] for row in SERVICES)]  # type: ignore[misc]  # figures
    assert adopt([HEADINGS, *SERVICES, total]).skipped[0].reason == "total"
    assert adopt([HEADINGS, *SERVICES, [None, None, None, 17.0]]).skipped == ()


def test_headings_between_groups_are_listed_not_adopted():
    register = adopt([HEADINGS, ["Adults’ services"], *SERVICES, ["Note:", "Figures are for the year"]])
    assert [(skipped.number, skipped.reason) for skipped in register.skipped] == [(2, "note"), (11, "note")]


def test_a_narrow_list_keeps_its_sparse_rows():
    register = adopt([["Service", "Provider"], ["Play", "Trust"], ["Sport", None], ["Music", None]], mapping=NARROW)
    assert len(register.rows) == 3


NARROW = {"Service": "title", "Provider": "provider"}


def test_entities_of_web_pages_and_cells_that_say_nothing():
    rows = [*SERVICES[:3], ["C9", "Fish &amp; chips &#039;n&#039; R&D &notice", "Trust&nbsp;9", "n/a", " – ", None]]
    cells = adopt([HEADINGS, *rows]).rows[-1].cells
    assert cells == {"reference": "C9", "title": "Fish & chips 'n' R&D &notice", "provider": "Trust 9"}


@pytest.mark.parametrize(
    ("heading", "cell", "value"),
    [
        ("Annual value (£000)", 1.5, Decimal("1500.0")),
        ("Annual value £k", "£1,250", Decimal(1_250_000)),
        ("Annual value (£m)", 2.0, Decimal("2000000.0")),
        ("Annual value (£)", 1.5, 1.5),
        ("Annual value (£000s)", "to be agreed", "to be agreed"),
    ],
)
def test_money_in_thousands_or_millions(heading, cell, value):
    rows = [[*row[:3], cell, *row[4:]] if at == 0 else row for at, row in enumerate(SERVICES)]
    register = adopt([[*HEADINGS[:3], heading, *HEADINGS[4:]], *rows])
    assert register.rows[0].cells["annual_value"] == value


def test_company_numbers_get_back_their_noughts():
    rows = [[*row, number] for row, number in zip(SERVICES, [7597525.0, "SC123456"] * 4, strict=True)]
    register = adopt([[*HEADINGS, "Company number"], *rows])
    assert [row.cells["provider.company_number"] for row in register.rows[:2]] == ["07597525", "SC123456"]


def test_a_mapping_goes_before_everything_and_tries_columns_in_order():
    rows = [[*row, "02/05/2025", "x"] for row in SERVICES]
    rows[0][4] = None
    register = adopt(
        [[*HEADINGS, "Award date", "Flag"], *rows],
        mapping={"start  DATE": "start", "Award date": "start", "Flag": "comments", "Ref": ""},
    )
    assert proposal_for(register, "Award date").why == "as you said"
    assert proposal_for(register, "Ref").field is None
    assert register.rows[0].cells["start"] == "02/05/2025"
    assert register.rows[0].columns["start"] == 6
    assert register.rows[1].cells["start"] == "01/04/2025"
    assert register.rows[1].cells["comments"] == "x"


def test_the_best_sheet_is_taken_and_others_are_named():
    poor = sheet_of([["Service", "Supplier", "Value"], ["Play", "Trust", 5.0]], "Summary")
    best, hidden = (
        sheet_of([HEADINGS, *SERVICES], "2026"),
        sheet_of([HEADINGS, *SERVICES, *SERVICES], "Old", hidden=True),
    )
    book = book_of(poor, hidden, best, sheet_of([], "Empty"))
    register = read_register(book, "activity", READER)
    assert (register.sheet, register.others) == ("2026", ("Summary", "Old"))
    assert read_register(book, "activity", READER, sheet="summary").sheet == "Summary"
    assert read_register(book_of(hidden), "activity", READER).sheet == "Old"


def test_a_shipped_profile_is_recognised_by_headings_of_its_own():
    headings = ["Identifier", "Title", "Amount Awarded", "Award Date", "Planned Dates:Start Date", "Recipient Org:Name"]
    register = adopt([headings, ["g1", "Grant to A", 5.0, "2025-01-02", None, "A"]])
    assert register.profile is not None
    assert register.profile.name == "360Giving"
    assert register.rows[0].cells["start"] == "2025-01-02"
    assert register.rows[0].cells["agreement_type"] == "Grant"


def test_a_plain_register_is_not_taken_for_a_published_form():
    assert adopt([HEADINGS, *SERVICES]).profile is None


def test_a_transparency_register_is_recognised():
    headings = ["Reference", "Title", "Department", "Description", "Supplier", "Value", "Irrecoverable VAT"]
    more = ["Start", "End", "Review", "Process", "SME", "Voluntary"]
    row = ["C1", "Play", "Children", "Holiday play", "Trust", 5.0, 0.0, "1/4/25", "31/3/26", None, "ITT", "Yes", "No"]
    register = adopt([[*headings, *more], row])
    assert register.profile == load_profile("transparency-contracts")
    cells = register.rows[0].cells
    assert (cells["procurement_route"], cells["agreement_type"]) == ("Open", "Contract")
    assert (cells["provider.sme"], cells["provider.voluntary"], cells["team"]) == ("Yes", "No", "Children")
    assert [column.heading for column in register.unused_columns] == ["Irrecoverable VAT"]


def test_a_profile_saved_reads_the_next_register_alike():
    rows = [[*HEADINGS, "Colour"], *([*row, "red"] for row in SERVICES)]
    first = adopt(rows, mapping={"Colour": "comments"})
    profile = profile_of(first, "Ours")
    moved = [[row[6], *row[:6]] for row in rows]
    second = adopt([["Register 2027"], *moved], profile=profile)
    assert mapped(second) == mapped(first)
    assert [row.cells for row in second.rows] == [row.cells for row in first.rows]
    assert profile_of(second, "Ours") == profile


def test_a_profile_supplies_constants_only_where_nothing_stands():
    profile = Profile("P", "activity", {"Service name": "title", "Tier": "tier"}, constants={"tier": "Targeted"})
    register = adopt(
        [["Service name", "Tier", "Supplier"], ["Play", "Universal", "A"], ["Sport", None, "B"]],
        profile=profile,
        mapping={"Supplier": "provider"},
    )
    assert [row.cells["tier"] for row in register.rows] == ["Universal", "Targeted"]
    assert "tier" not in register.rows[1].columns


def test_the_same_register_next_year_has_the_same_key():
    def key(*headings: str) -> str:
        return adopt([["List"], [*HEADINGS, *headings], *([*row, 1.0] for row in SERVICES)]).source_key

    assert key("Spend 2024/25") == key("Spend 2025/26") == key("SPEND 2026-27")
    assert key("Spend") != key("Saving")


@pytest.mark.parametrize(
    ("rows", "options", "says"),
    [
        ([], {}, "is empty"),
        ([[1.0, 2.0], [3.0, 4.0]], {}, "no sheet has a row of headings"),
        (
            [["Region", "Boys", "Girls"], ["North", 1.0, 2.0], ["South", 3.0, 4.0]],
            {},
            r"nearest is the sheet “Register”",
        ),
        ([["Supplier Name", "Total"], ["A Ltd", 5.0], ["B Ltd", 6.0]], {}, "name its columns with --map"),
        ([HEADINGS], {}, "No table of activities"),
        ([HEADINGS, *SERVICES], {"sheet": "Other"}, "no sheet “Other”; its sheets are Register"),
        ([HEADINGS, *SERVICES], {"mapping": {"Colour": "title"}}, r"no column “Colour”.*Ref, Service name"),
        ([HEADINGS, *SERVICES], {"mapping": {"Ref": "colour"}}, "no field colour; the fields are reference, title"),
        ([HEADINGS, *SERVICES], {"profile": Profile("P", "post", {})}, "is for posts, not for activities"),
        ([HEADINGS, *SERVICES], {"profile": Profile("P", "activity", {"X": "title"})}, "none of the columns"),
    ],
)
def test_what_cannot_be_adopted_ends_in_one_sentence(rows, options, says):
    with pytest.raises(DeskError, match=says) as refused:
        adopt(rows, **options)
    assert "\n" not in str(refused.value)


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["Title", "Supplier", "Value", "Start", "Total", "note", "&amp;", "-"]),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.datetimes(),
)


@given(
    above=st.lists(st.lists(CELLS, max_size=3), max_size=5),
    records=st.lists(st.lists(CELLS, max_size=8), max_size=12),
    headings=st.lists(st.sampled_from([*HEADINGS, "Title", "Tier", "E-mail", "Colour", "Open ended"]), max_size=8),
)
def test_whatever_stands_in_a_sheet_every_row_is_accounted_for(above, records, headings):
    sheet = sheet_of([*above, headings, *records])
    try:
        register = read_register(book_of(sheet), "activity", READER)
    except DeskError:
        return
    numbers = [row.number for row in (*register.rows, *register.skipped)]
    assert sorted(numbers) == list(range(register.header_row + 1, len(sheet.rows) + 1))


def test_dates_stay_dates():
    rows = [[*row[:4], dt.date(2025, 4, 1), dt.datetime(2026, 3, 31)] for row in SERVICES]  # noqa: DTZ001 - a sheet's own
    assert adopt([HEADINGS, *rows]).rows[0].cells["start"] == dt.date(2025, 4, 1)
