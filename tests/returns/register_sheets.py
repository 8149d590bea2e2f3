"""Small registers for the tests of adoption."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ctdesk.domain.lists import Entry, ReferenceLists
from ctdesk.domain.names import NameIndex
from ctdesk.domain.values import ValueReader
from ctdesk.returns.adoption import Register, read_register
from ctdesk.returns.adoption_columns import ColumnProposal
from ctdesk.returns.sheets import Book, Cell, Sheet

LISTS = ReferenceLists(
    {
        "tier": [Entry("universal", "Universal"), Entry("targeted", "Targeted"), Entry("specialist", "Specialist")],
        "agreement_type": [Entry("contract", "Contract"), Entry("grant", "Grant")],
        "route": [Entry("open", "Open"), Entry("direct_award", "Direct award")],
    }
)
READER = ValueReader(LISTS, {"organisation": NameIndex(), "team": NameIndex(), "activity": NameIndex()})


def sheet_of(rows: Sequence[Sequence[Cell]], name: str = "Register", **more: Any) -> Sheet:
    """Make a sheet with rows of equal length."""
    width = max(map(len, rows), default=0)
    return Sheet(name, [[*row, *[None] * (width - len(row))] for row in rows], **more)


def book_of(*sheets: Sheet) -> Book:
    """Make a book as the reader gives it."""
    return Book(Path("register.xlsx"), "xlsx", sheets, "0" * 64, 1, "calamine")


def adopt(rows: Sequence[Sequence[Cell]], kind: str = "activity", **options: Any) -> Register:
    """Adopt a book of one sheet."""
    return read_register(book_of(sheet_of(rows)), kind, READER, **options)


def mapped(register: Register) -> Mapping[str, str | None]:
    """Return the field of each heading."""
    return {proposal.heading: proposal.field for proposal in register.proposals}


def proposal_for(register: Register, heading: str) -> ColumnProposal:
    """Return the proposal for one heading."""
    return next(proposal for proposal in register.proposals if proposal.heading == heading)


HEADINGS = ["Ref", "Service name", "Supplier", "Annual value (£)", "Start date", "End date"]


def service(number: int) -> list[Cell]:
    """Make one record under `HEADINGS`."""
    return [f"C{number:03}", f"Play scheme {number}", f"Trust {number}", 1000.0 * number, "01/04/2025", "31/03/2026"]


SERVICES = [service(number) for number in range(1, 9)]
