"""Writing fifty pre-filled workbooks of 200 rows, against plain XlsxWriter writing the same cells, formats and rules.

Run as `python benchmarks/writing.py`; both are timed in one process, in turn, and the medians are compared.
"""

import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from ctdesk.returns.layout import baseline_layout
from ctdesk.returns.workbook import RequestBook, write_workbooks
from ctdesk.returns.workbook_cells import Computed, Row
from ctdesk.returns.workbook_data import data_sheets
from ctdesk.returns.workbook_form import data_rows, form_workbook, new_workbook, write_rows
from ctdesk.returns.workbook_lists import hidden_rows
from ctdesk.returns.workbook_start import Guide

WORKBOOKS, ROWS, TIMES = 50, 200, 3


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


def _seconds(write: Callable[[], None]) -> float:
    begun = time.perf_counter()
    write()
    return time.perf_counter() - begun


def main() -> None:
    """Print both times and their ratio."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "returns"))
    from workbook_books import filled_book

    first = filled_book(ROWS)
    books = [filled_book(ROWS, agency=f"Agency {at}", seed=at, like=first) for at in range(WORKBOOKS)]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)

        def ours() -> None:
            write_workbooks((book, folder / f"{at}.xlsx") for at, book in enumerate(books))

        def plain(*, formulas: bool) -> None:
            for at, book in enumerate(books):
                (folder / f"plain {at}.xlsx").write_bytes(write_plainly(book, formulas=formulas))

        jobs = {
            "ctdesk, copies of a template": ours,
            "plain XlsxWriter": partial(plain, formulas=True),
            "plain XlsxWriter, Check as text": partial(plain, formulas=False),
        }
        times: dict[str, list[float]] = {name: [] for name in jobs}
        for _ in range(TIMES):
            for name, job in jobs.items():
                times[name].append(_seconds(job))
    medians = {name: statistics.median(found) for name, found in times.items()}
    one, peer, less = medians.values()
    print(f"{WORKBOOKS} workbooks of {ROWS} rows           seconds")
    for name, median in medians.items():
        print(f"{name:34}{median:8.2f}")
    print(f"{'ratio to plain XlsxWriter':34}{one / peer:8.2f}   (at most 1.20)")
    print(f"{'ratio to the one without formulas':34}{one / less:8.2f}")


if __name__ == "__main__":
    main()
