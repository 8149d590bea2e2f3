"""Rows of a monitoring workbook as they came back: only what was asked is taken, and rates are worked out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ctdesk.domain.decisions import ReadingAt
from ctdesk.domain.definition import DEFINITIONS, Values
from ctdesk.domain.findings import Finding, sentence
from ctdesk.domain.incoming import FoundBy, IncomingRow, Suggestions
from ctdesk.domain.performance import figure_text, likely_per_cent, reached
from ctdesk.domain.records.monitoring import PER_CENT
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


def ask_about_parts_of_one(
    rows: Sequence[IncomingRow],
    sent: Mapping[str, Values],
    said: Mapping[ReadingAt, Suggestions],
    otherwise: Suggestions,
) -> None:
    """Withhold percentages that a spreadsheet seems to have kept as a part of one: 84% typed is 0.84 in the cell.

    `sent` are the values of the rows as sent, by uid; `said` is what a person decided, and of the cells nobody decided
    about *otherwise* holds. Accepted is the likely percentage, declined is the figure as typed.
    """
    for row in rows:
        actual, asked = row.values.get("actual"), sent.get(row.uid or "", {})
        if not isinstance(actual, Decimal) or asked.get("unit") not in PER_CENT:
            continue
        likely = likely_per_cent(actual, row.values, asked.get("target"))
        if likely is None:
            continue
        typed = figure_text(actual)
        decided = said.get(("actual", typed), otherwise)
        if decided is Suggestions.ACCEPT:
            row.values["actual"] = likely
        elif decided is Suggestions.HOLD:
            row.note(_part_of_one(row, typed, likely))


def _part_of_one(row: IncomingRow, typed: str, likely: Decimal) -> Finding:
    label = DEFINITIONS[row.kind]["actual"].label
    reason = f"may be a part of one where per cent are asked; perhaps {figure_text(likely)}"
    words = sentence("doubtful", label=label, cell=typed, reason=reason)
    withholds, uid = ("actual",), row.uid or ""
    cells = (row.cell("actual"),)
    return Finding("doubtful", words, cells, kind=row.kind, uid=uid, field="actual", value=typed, withholds=withholds)


def _unasked(row: IncomingRow) -> Finding:
    title = DEFINITIONS[row.kind].title
    words = sentence("unasked_row", name=str(row.values.get(title) or f"Row {row.number}"))
    return Finding("unasked_row", words, (row.cell(""),), kind=row.kind, whole_row=True)
