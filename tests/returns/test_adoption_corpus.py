"""Real registers are read whole, and no spreadsheet whatever breaks adoption."""

from pathlib import Path

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.returns.adoption import Register, read_register
from ctdesk.returns.reader import read_book
from tests.returns.register_sheets import READER, mapped

SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"}


def register_of(path: Path, kind: str = "activity") -> Register:
    """Read a file as a register, its rows accounted for."""
    book = read_book(path)
    register = read_register(book, kind, READER)
    sheet = book.sheet(register.sheet)
    assert sheet is not None
    assert register.header_row + len(register.rows) + len(register.skipped) == len(sheet.rows)
    return register


def refusal(path: Path, kind: str) -> str | None:
    """Return why a file cannot be adopted, or None if it can."""
    try:
        register_of(path, kind)
    except DeskError as refused:
        return str(refused)
    return None


def test_the_grants_of_a_council(corpus):
    register = register_of(
        corpus / "real/real-trafford/transparency_code/grants/trafford_council_voluntary_sector_grants.csv"
    )
    assert (len(register.rows), len(register.skipped), len(register.proposals)) == (555, 0, 39)
    assert register.profile is not None
    assert register.profile.name == "360Giving"
    assert all({"reference", "title", "provider", "annual_value", "start"} <= row.cells.keys() for row in register.rows)


def test_the_grants_of_a_trust(corpus):
    register = register_of(corpus / "real/real-360giving/tools/data/original/a001p00000zgyHZAAY.xlsx")
    assert (len(register.rows), len(register.skipped), len(register.proposals)) == (783, 0, 22)
    columns = mapped(register)
    assert (columns["Award Date"], columns["Amount Awarded"]) == ("start", "annual_value")
    assert columns["Award Date - website format"] is columns["Amount Awarded - website format"] is None


def test_tenders_under_headings_of_a_database(corpus):
    register = register_of(corpus / "real/real-contracts-finder/uk_contracts_finder.csv")
    assert (len(register.rows), len(register.skipped)) == (683, 0)
    assert {heading: name for heading, name in mapped(register).items() if name} == {
        "release_id": "reference",
        "tender_title": "title",
        "tender_description": "description",
        "buyer_name": "agency",
        "value_amount": "annual_value",
        "contractPeriod_startDate": "start",
        "contractPeriod_endDate": "end",
    }
    assert not any("&amp;" in str(row.cells["title"]) for row in register.rows)


@pytest.mark.parametrize("folder", ["real-dfe-cla-statistics", "real-lambeth", "ref-local-authorities"])
@pytest.mark.slow
def test_tables_of_other_things_are_refused(corpus, folder):
    for path in sorted((corpus / "real" / folder).rglob("*")):
        if path.suffix.lower() in SPREADSHEETS:
            with pytest.raises(DeskError):
                register_of(path)


@pytest.mark.parametrize("kind", ["activity", "post"])
@pytest.mark.parametrize("folder", ["real", "hostile"])
@pytest.mark.slow
def test_every_spreadsheet_ends_in_a_register_or_one_sentence(corpus, folder, kind):
    for path in sorted((corpus / folder).rglob("*")):
        if path.suffix.lower() in SPREADSHEETS:
            said = refusal(path, kind)
            assert said is None or (said.endswith(".") and "\n" not in said), path
