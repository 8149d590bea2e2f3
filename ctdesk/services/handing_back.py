"""Handing a return back: a marked copy with the questions, or a slip that says there are none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from ctdesk.domain.counting import counted
from ctdesk.domain.findings import Finding, Grade
from ctdesk.domain.identity import row_key
from ctdesk.domain.incoming import FoundBy
from ctdesk.domain.review import RowOutcome, RowState
from ctdesk.returns.answers import PLEASE_FIX
from ctdesk.returns.hand_back import HandBack, slip, write_hand_back
from ctdesk.returns.layout import SheetLayout
from ctdesk.returns.sheets import HIDDEN_SHEET, Cell, column_letters
from ctdesk.returns.tables import ReturnedTable
from ctdesk.returns.workbook import RequestBook, SheetRow
from ctdesk.services.desk import Desk
from ctdesk.services.exporting import write_text
from ctdesk.services.folders import make_folder
from ctdesk.services.receipt import Receipt
from ctdesk.services.receiving import Return
from ctdesk.services.sending import request_book, safe_name

_FORM_SHEETS = ("Columns explained", "Lists", HIDDEN_SHEET, PLEASE_FIX)
"""Sheets of the form that are made afresh and not copied."""

_ORDER = {Grade.MUST_FIX: 0, Grade.EXPLAIN: 1, Grade.BETTER: 2}


def hand_back(desk: Desk, receipt: Receipt, returned: Return, folder: Path) -> Path:
    """Write the marked copy, or the slip if nothing is asked, into a folder and return its path.

    Raises DeskError if the folder cannot be written.
    """
    make_folder(folder)
    stem = safe_name(returned.request.called)
    whole = _hand_back(desk, receipt, returned)
    if receipt.left_to_decide:
        path = folder / f"{stem} - please fix.xlsx"
        write_hand_back(whole, path)
    else:
        path = folder / f"{stem} - accepted.txt"
        write_text(path, slip(whole))
    return path


def _hand_back(desk: Desk, receipt: Receipt, returned: Return) -> HandBack:
    book = _book(desk, receipt, returned)
    layouts = {layout.kind: layout for layout in book.layouts}
    findings = sorted(receipt.findings, key=lambda finding: _ORDER[finding.grade])
    return HandBack(
        book=book,
        findings=findings,
        received=returned.received,
        back_by=returned.received + timedelta(days=int(desk.setting("answer_days"))),
        accepted_sentence=_accepted(receipt),
        moved=dict(_moved(returned, layouts, findings)),
        extra_columns={table.layout.name: list(_extra(table)) for table in returned.tables if table.extra},
        other_sheets=_other_sheets(returned),
    )


def _book(desk: Desk, receipt: Receipt, returned: Return) -> RequestBook:
    """Return the request's own book, with the rows as the agency typed them."""
    sent = [row for rows in returned.base.values() for row in rows.values()] if returned.request.period else ()
    book = request_book(desk, returned.request, returned.issue, sent)
    rows = {
        table.layout.kind: [
            _row(table, outcome, applied=receipt.applied) for outcome in returned.reviews[table.layout.kind].outcomes
        ]
        for table in returned.tables
    }
    return replace(book, rows={**book.rows, **rows})


def _row(table: ReturnedTable, outcome: RowOutcome, *, applied: bool) -> SheetRow:
    cells = table.sheet.rows[outcome.row.number - 1]
    raw = {column.heading: cells[at] for column, at in table.columns if cells[at] is not None}
    return SheetRow(outcome.uid, _key(outcome, applied=applied), outcome.sent, raw)


def _key(outcome: RowOutcome, *, applied: bool) -> str:
    """Return the key a row goes back with: its own, or, once it has been taken in, the new record's."""
    if outcome.row.found_by is FoundBy.KEY:
        return outcome.row.key
    known = outcome.row.found_by is not FoundBy.NOTHING
    made = applied and outcome.state is RowState.NEW and not outcome.row.held
    return row_key(outcome.uid) if known or made else ""


def _accepted(receipt: Receipt) -> str:
    """Say in one sentence what was read and what came of it."""
    if "measure_result" in receipt.reviews:
        return _accepted_monitoring(receipt)
    said = []
    if "activity" in receipt.reviews:
        counts = receipt.counts("activity")
        parts = [f"{counts[state]} {state}" for state in ("unchanged", "changed", "new", "ended") if counts[state]]
        said.append(f"{counted(counts['read'], 'service')} read: {', '.join(parts) or 'none could be used'}")
    if "post" in receipt.reviews:
        said.append(f"{counted(receipt.counts('post')['read'], 'post')} read")
    return f"{'; '.join(said)}. What is not listed below is {'accepted' if receipt.applied else 'in order'}."


def _accepted_monitoring(receipt: Receipt) -> str:
    counts = receipt.counts("measure_result")
    said = f"{counted(counts['read'], 'measure')} read, {counts['changed']} of them with news"
    return f"{said}. What is not listed below is {'accepted' if receipt.applied else 'in order'}."


def _moved(
    returned: Return, layouts: Mapping[str, SheetLayout], findings: Sequence[Finding]
) -> Iterator[tuple[str, str]]:
    """Yield where each cell that a finding names stands in the copy."""
    wanted = {cell for finding in findings for cell in finding.cells}
    for table in returned.tables:
        layout = layouts[table.layout.kind]
        rows = {
            outcome.row.number: SheetLayout.FIRST_ROW + at
            for at, outcome in enumerate(returned.reviews[table.layout.kind].outcomes)
        }
        letters = {column_letters(at): column_letters(layout.columns.index(column)) for column, at in table.columns}
        letters |= {
            column_letters(at): column_letters(len(layout.columns) + n) for n, (_, at) in enumerate(table.extra)
        }
        sheet = table.place().sheet
        for cell in wanted:
            name, _, position = cell.rpartition("!")
            column, number = position.rstrip("0123456789"), position.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            if name == sheet and column in letters:
                row = rows.get(int(number), SheetLayout.HEAD_ROW)
                yield cell, f"{layout.name}!{letters[column]}{row}"


def _extra(table: ReturnedTable) -> Iterator[tuple[str, list[Cell]]]:
    """Yield the columns that the agency added, with their cells in the order of the rows."""
    numbers = [number for number, _ in table.filled_rows()]
    for heading, at in table.extra:
        yield heading, [table.sheet.rows[number - 1][at] for number in numbers]


def _other_sheets(returned: Return) -> dict[str, list[list[Cell]]]:
    ours = {table.sheet.name for table in returned.tables}
    form = {name.casefold() for name in _FORM_SHEETS}
    return {
        sheet.name: sheet.rows
        for sheet in returned.book.sheets
        if sheet.name not in ours and sheet.name.casefold() not in form and sheet.rows
    }
