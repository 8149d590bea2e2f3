"""A round may ask for a part of the form: only its sheets travel, and only they are missed or compared."""

from datetime import date
from pathlib import Path

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.returns.reader import read_book
from ctdesk.services.desk import Desk
from ctdesk.services.handing_back import hand_back
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.rounds import start_round
from ctdesk.services.sending import SentRequest, send
from tests.services.returned_books import AS_AT, DUE


def sent(desk: Desk, folder: Path, *asks: str) -> SentRequest:
    """Start and send a round that asks for these kinds; the first agency's workbook with any rows."""
    start_round(desk, "A part", AS_AT, DUE, asks=asks)
    return max(send(desk, "A part", folder), key=lambda item: item.rows)


def sheets(item: SentRequest) -> set[str]:
    return {sheet.name for sheet in read_book(item.workbook).sheets}


def test_only_the_sheets_asked_for_travel(desk: Desk, tmp_path: Path) -> None:
    assert {"Activity", "Staffing", "Funding"} & sheets(sent(desk, tmp_path, "post")) == {"Staffing"}


def test_a_round_of_activity_alone_has_no_funding_sheet(desk: Desk, tmp_path: Path) -> None:
    item = sent(desk, tmp_path, "activity")
    assert {"Activity", "Staffing", "Funding"} & sheets(item) == {"Activity"}
    guide = next(sheet for sheet in read_book(item.workbook).sheets if sheet.name == "Start here")
    said = " ".join(str(cell) for row in guide.rows for cell in row if cell)
    assert "Staffing in the same way" not in said
    assert "Begin on the sheet Activity" in said or "Not finished" in said


@pytest.mark.parametrize("asks", [("activity",), ("post",), ("activity", "post")])
def test_what_was_not_asked_is_neither_missed_nor_altered(desk: Desk, tmp_path: Path, asks: tuple[str, ...]) -> None:
    before = {kind: desk.load(kind) for kind in ("activity", "post", "funding_line")}
    item = sent(desk, tmp_path, *asks)
    receipt, returned = receive(desk, item.workbook, Wishes(apply=True, received=date(2026, 5, 1)))
    assert set(receipt.reviews) == set(asks)
    assert not {"missing_sheet", "missing_row", "extra_sheet"} & {finding.rule for finding in receipt.findings}
    assert {kind: desk.load(kind) for kind in before} == before
    assert hand_back(desk, receipt, returned, tmp_path / "back").exists()


@pytest.mark.parametrize("asks", [(), ("funding_line",), ("funding_line", "post")])
def test_funding_is_asked_for_with_its_activities(desk: Desk, asks: tuple[str, ...]) -> None:
    with pytest.raises(DeskError, match="funding goes with activity"):
        start_round(desk, "A part", AS_AT, DUE, asks=asks)
