"""The registers councils publish and the calendar as files."""

import csv

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.domain.errors import DeskError
from ctdesk.services.calendar_files import export_calendar
from ctdesk.services.editing import edit
from ctdesk.services.transparency_registers import export_contracts, export_grants
from tests.services.small_borough import BRIDGE
from tests.services.small_register import PARENTS, SCHOOL, TODAY, agreement, part, small_register


@pytest.fixture(autouse=True)
def _register(desk):
    desk.apply(Action.EDIT, "Take over the register", small_register())


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_contracts_are_published_once_signed(desk, tmp_path):
    published = export_contracts(desk, tmp_path / "c.csv", TODAY)
    found = rows(tmp_path / "c.csv")
    assert [row["Reference number"] for row in found] == ["CON-0042", "CON-0043"]
    assert found[0]["End date"] == "31/12/2026"
    assert found[0][next(name for name in found[0] if name.startswith("Sum"))] == "5056000.00"
    assert published.rows == 2
    assert "Value Added Tax that cannot be recovered" in published.lacking[0].headings


def test_exempt_items_are_left_out_and_not_called_missing(desk, tmp_path):
    marks = [
        part("exempt_mark", item="total_value", paragraph="3"),
        part("exempt_mark", agreement=PARENTS, paragraph="3"),
    ]
    desk.apply(Action.EDIT, "Mark", marks)
    published = export_contracts(desk, tmp_path / "c.csv", TODAY)
    text = (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
    assert "CON-0042" in text
    assert "5056000" not in text
    assert "CON-0043" not in text
    assert published.exempt == 1
    assert not any(heading.startswith("Sum") for heading in published.lacking[0].headings)


def test_grants_have_a_register_of_their_own(desk, tmp_path):
    edit(desk, "organisation", BRIDGE, {"charity_number": "1000000"})
    grant = agreement("g-grant", "GR-1", "Play days", type="grant", provider=BRIDGE, total_value=900_000)
    desk.apply(Action.EDIT, "Grant", [grant])
    published = export_grants(desk, tmp_path / "g.csv", TODAY)
    (row,) = rows(tmp_path / "g.csv")
    assert row["Beneficiary"] == "The Bridge Project"
    assert row["Amount"] == "9000.00"
    assert published.lacking[0].headings == ("Time period for which the grant has been given",)
    assert export_contracts(desk, tmp_path / "c.csv", TODAY).rows == 2


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
    export_contracts(desk, tmp_path / "c.csv", TODAY)
    assert "'=1+1" in (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
