"""The registers councils publish and the calendar as files."""

import csv
from datetime import date

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.domain.errors import DeskError
from ctdesk.domain.periods import read_period
from ctdesk.services.calendar_files import export_calendar
from ctdesk.services.editing import edit
from ctdesk.services.transparency_registers import contracts_register, grants_register, said_of, write_register
from tests.services.small_borough import BRIDGE
from tests.services.small_register import PARENTS, SCHOOL, TODAY, agreement, part, small_register


@pytest.fixture(autouse=True)
def _register(desk):
    desk.apply(Action.EDIT, "Take over the register", small_register())


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(publication, path):
    write_register(publication, path)
    return publication


def references(publication):
    return [row[0] for row in publication.rows]


def test_contracts_are_published_once_signed(desk, tmp_path):
    published = written(contracts_register(desk, TODAY), tmp_path / "c.csv")
    found = rows(tmp_path / "c.csv")
    assert [row["Reference number"] for row in found] == ["CON-0042", "CON-0043"]
    assert found[0]["End date"] == "31/12/2026"
    assert found[0][next(name for name in found[0] if name.startswith("Sum"))] == "5056000.00"
    assert len(published.rows) == 2
    assert "Value Added Tax that cannot be recovered" in published.lacking[0].headings


def test_exempt_items_are_left_out_and_not_called_missing(desk, tmp_path):
    marks = [
        part("exempt_mark", item="total_value", paragraph="3"),
        part("exempt_mark", agreement=PARENTS, paragraph="3"),
    ]
    desk.apply(Action.EDIT, "Mark", marks)
    published = written(contracts_register(desk, TODAY), tmp_path / "c.csv")
    text = (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
    assert "CON-0042" in text
    assert "5056000" not in text
    assert "CON-0043" not in text
    assert published.exempt == 1
    assert not any(heading.startswith("Sum") for heading in published.lacking[0].headings)


def test_what_was_in_force_in_the_quarter_is_published(desk):
    assert references(contracts_register(desk, TODAY, read_period("2026-Q2"))) == ["CON-0042", "CON-0043"]
    later = contracts_register(desk, date(2027, 1, 31), read_period("2026-Q3"))
    assert references(later) == ["CON-0042"]
    assert later.rows[0][8] == "31/12/2026"
    assert said_of(later) == ["The register of contracts holds 1 in force in quarter 3 of 2026/27."]
    assert references(contracts_register(desk, date(2027, 1, 31))) == []
    assert references(contracts_register(desk, date(2027, 1, 31), every=True)) == ["CON-0042", "CON-0043"]
    assert references(contracts_register(desk, date(2022, 12, 31))) == []


def test_what_is_worth_no_more_than_the_code_asks_for_is_left_out(desk):
    edit(desk, "agreement", "CON-0043", {"total_value": "5000"})
    found = contracts_register(desk, TODAY)
    assert (references(found), found.small) == (["CON-0042"], 1)
    edit(desk, "agreement", "CON-0043", {"total_value": "5000.01"})
    assert references(contracts_register(desk, TODAY)) == ["CON-0042", "CON-0043"]
    assert references(contracts_register(desk, TODAY, every=True)) == ["CON-0042", "CON-0043"]


def test_what_stands_in_for_a_blank_item_is_exempt_with_its_own_field(desk):
    marks = [part("exempt_mark", item=item, paragraph="3") for item in ("title", "annual_value", "agency")]
    desk.apply(Action.EDIT, "Mark", marks)
    row = contracts_register(desk, TODAY).rows[0]
    assert [row[at] for at in (1, 2, 3, 5)] == [None, None, None, None]


def test_grants_have_a_register_of_their_own(desk, tmp_path):
    edit(desk, "organisation", BRIDGE, {"charity_number": "1000000"})
    grant = agreement("g-grant", "GR-1", "Play days", type="grant", provider=BRIDGE, total_value=900_000)
    desk.apply(Action.EDIT, "Grant", [grant])
    published = written(grants_register(desk, TODAY), tmp_path / "g.csv")
    (row,) = rows(tmp_path / "g.csv")
    assert row["Beneficiary"] == "The Bridge Project"
    assert row["Amount"] == "9000.00"
    assert published.lacking[0].headings == ("Time period for which the grant has been given",)
    assert len(contracts_register(desk, TODAY).rows) == 2


def test_the_calendar_is_the_same_bytes_each_time(desk, tmp_path):
    assert export_calendar(desk, tmp_path / "a.ics", TODAY) == 6
    export_calendar(desk, tmp_path / "b.ics", TODAY)
    text = (tmp_path / "a.ics").read_bytes()
    assert text == (tmp_path / "b.ics").read_bytes()
    assert f"UID:notice-by-{SCHOOL}@ctdesk".encode() in text
    assert text.count(b"BEGIN:VEVENT") == 6


def test_the_calendar_is_a_workbook_too(desk, tmp_path):
    assert export_calendar(desk, tmp_path / "a.xlsx", TODAY) == 6
    with pytest.raises(DeskError, match="should end in"):
        export_calendar(desk, tmp_path / "a.txt", TODAY)


def test_a_cell_that_a_spreadsheet_would_compute_is_text(desk, tmp_path):
    desk.apply(Action.EDIT, "x", [created("agreement", {**agreement("q", "=1+1", "Sum").after}, "q")])
    write_register(contracts_register(desk, TODAY), tmp_path / "c.csv")
    assert "'=1+1" in (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
