"""Whose workbook is it? Read from the hidden sheet, or, where that is gone, from the row keys."""

import re
from dataclasses import dataclass

from ctdesk.returns.sheets import HIDDEN_SHEET, Book, Cell, Sheet

_ISSUE = re.compile(r"\d{1,6}$")


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a workbook says of itself; everything is empty where it says nothing."""

    form_version: str = ""
    round: str = ""
    round_uid: str = ""
    agency: str = ""
    agency_uid: str = ""
    request_uid: str = ""
    issue: int | None = None

    @property
    def is_ours(self) -> bool:
        """Whether the hidden sheet was found and names a request."""
        return bool(self.request_uid)


def recognise(book: Book) -> Recognition:
    """Read what the hidden sheet says; it is believed only so far as the desk's own records agree."""
    sheet = book.sheet(HIDDEN_SHEET)
    return Recognition() if sheet is None else recognise_sheet(sheet)


def recognise_sheet(sheet: Sheet) -> Recognition:
    """Read what a sheet says as the hidden one; another sheet says nothing."""
    said = {_text(row[0]): _text(row[1]) for row in sheet.rows if len(row) > 1 and _text(row[0])}
    issue = said.get("issue", "")
    return Recognition(
        form_version=said.get("form_version", ""),
        round=said.get("round", ""),
        round_uid=said.get("round_uid", ""),
        agency=said.get("agency", ""),
        agency_uid=said.get("agency_uid", ""),
        request_uid=said.get("request_uid", ""),
        issue=int(issue) if _ISSUE.match(issue) else None,
    )


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
