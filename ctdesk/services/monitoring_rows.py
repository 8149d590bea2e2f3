"""Rows of a monitoring workbook as they came back: only what was asked is taken, and rates are worked out."""

from collections.abc import Sequence

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.findings import Finding, sentence
from ctdesk.domain.incoming import FoundBy, IncomingRow
from ctdesk.domain.performance import reached
from ctdesk.returns.layout import Role, SheetLayout


def take_only_what_was_asked(layout: SheetLayout, rows: Sequence[IncomingRow]) -> None:
    """Forget what the desk itself had given, and hold rows that nobody asked about; a rate takes its parts' value."""
    given = {column.name for column in layout.columns if column.role is Role.GIVEN and column.field}
    for row in rows:
        if row.found_by is FoundBy.NOTHING:
            row.held = True
            row.findings = [_unasked(row)]
        for name in given:
            row.values.pop(name, None)
        if layout.kind == "measure_result" and row.values.get("actual") is None:
            worked = reached(row.values)
            row.values |= {} if worked is None else {"actual": worked}


def _unasked(row: IncomingRow) -> Finding:
    title = DEFINITIONS[row.kind].title
    words = sentence("unasked_row", name=str(row.values.get(title) or f"Row {row.number}"))
    return Finding("unasked_row", words, (row.cell(""),), kind=row.kind, whole_row=True)
