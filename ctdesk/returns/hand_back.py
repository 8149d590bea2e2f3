"""Handing a return back: the agency's own answers in the same form, with what to fix marked and listed first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ctdesk.domain.findings import Finding
from ctdesk.returns.workbook import RequestBook


@dataclass(frozen=True, slots=True)
class HandBack:
    """All that a marked copy says.

    The rows of `book` carry the cells as returned, in the order returned, new rows with their new keys. The cells
    of `findings` are those of the returned file; `moved` says where such a cell stands in the copy, if elsewhere.
    `extra_columns` are, by the name of the sheet, columns the agency added, and `other_sheets` its own sheets.
    """

    book: RequestBook
    findings: Sequence[Finding]
    received: date
    back_by: date
    accepted_sentence: str
    moved: Mapping[str, str] = field(default_factory=dict)
    extra_columns: Mapping[str, Sequence[tuple[str, Sequence[object]]]] = field(default_factory=dict)
    other_sheets: Mapping[str, Sequence[Sequence[object]]] = field(default_factory=dict)


def write_hand_back(hand_back: HandBack, path: Path) -> None:
    """Write the marked copy."""
    raise NotImplementedError


def slip(hand_back: HandBack) -> str:
    """Return the text that says the return is received and accepted, with nothing more to do."""
    raise NotImplementedError
