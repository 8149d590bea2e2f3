"""Whose workbook is it? Read from the hidden sheet, or, where that is gone, from the row keys."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ctdesk.returns.sheets import HIDDEN_SHEET, Book, Cell, Sheet

_KEYS_BEGIN = "sheet"
"""The head of the first column of the row keys."""

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
    said = dict(_told(sheet))
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


def _told(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield each name with its value, down to the heads of the row keys, of which there may be thousands."""
    for row in sheet.rows:
        name = _text(row[0]) if len(row) > 1 else ""
        if name == _KEYS_BEGIN:
            return
        if name:
            yield name, _text(row[1])


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
