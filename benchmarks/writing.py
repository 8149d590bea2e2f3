"""Writing pre-filled workbooks of 200 rows, against plain XlsxWriter writing the same cells, formats and rules.

Run: python benchmarks/writing.py [workbooks] [runs]; all are timed in one process, in turn, and medians are compared.
"""

import io
import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks._measure import Limit, in_turn, print_table, timed
from ctdesk.returns.layout import baseline_layout
from ctdesk.returns.workbook import RequestBook, write_workbooks
from ctdesk.returns.workbook_cells import Computed, Row
from ctdesk.returns.workbook_data import data_sheets
from ctdesk.returns.workbook_form import data_rows, form_workbook, new_workbook, write_rows
from ctdesk.returns.workbook_lists import hidden_rows
from ctdesk.returns.workbook_start import Guide

ROWS = 200
OURS, PLAIN, AS_TEXT = "ctdesk, copies of a template", "plain XlsxWriter", "plain XlsxWriter, Check as text"


def write_plainly(book: RequestBook, *, formulas: bool = True) -> bytes:
    """Return one workbook with every cell written through XlsxWriter: the peer, and what the copies must equal.

    Without *formulas* the data sheets hold their results as texts, which is less than what was asked.
    """
    target = io.BytesIO()
    layouts = baseline_layout(book.lists)
    sheets = data_sheets(layouts, book)
    workbook, styles = new_workbook(target, book)
    form = form_workbook(workbook, styles, book, layouts=layouts, extents=[data.extent for data in sheets])
    rows = [data_rows(data) if formulas else map(_without_formulas, data_rows(data)) for data in sheets]
    write_rows(form.guide, Guide(book, sheets).rows(), styles)
    for sheet, content in zip(form.data, rows, strict=True):
        write_rows(sheet, content, styles)
    write_rows(form.hidden, hidden_rows(book), styles)
    workbook.close()
    return target.getvalue()


def _without_formulas(row: Row) -> Row:
    contents = [cell.result or None if isinstance(cell, Computed) else cell for cell in row.contents]
    return replace(row, contents=contents)


def main(workbooks: int = 50, runs: int = 1) -> int:
    """Measure, print the table and return 1 if a limit is passed."""
    from tests.returns.workbook_books import filled_book

    first = filled_book(ROWS)
    books = [filled_book(ROWS, agency=f"Agency {at}", seed=at, like=first) for at in range(workbooks)]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)

        def ours() -> None:
            write_workbooks((book, folder / f"{at}.xlsx") for at, book in enumerate(books))

        def plain(*, formulas: bool) -> None:
            for at, book in enumerate(books):
                (folder / f"plain {at}.xlsx").write_bytes(write_plainly(book, formulas=formulas))

        jobs = {
            OURS: partial(timed, ours),
            PLAIN: partial(timed, partial(plain, formulas=True)),
            AS_TEXT: partial(timed, partial(plain, formulas=False)),
        }
        spent = in_turn(jobs, runs)
    limit = Limit("time", spent[OURS].seconds / spent[PLAIN].seconds, 1.2, PLAIN)
    return print_table(f"{workbooks} workbooks of {ROWS} rows", spent, PLAIN, [limit])


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
