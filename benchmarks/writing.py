"""Writing fifty pre-filled workbooks of 200 rows, against plain XlsxWriter writing the same cells, formats and rules.

Run as `python benchmarks/writing.py`; both are timed in one process, in turn, and the medians are compared.
"""

import io
import statistics
import sys
import tempfile
import time
from pathlib import Path

from ctdesk.returns.layout import baseline_layout
from ctdesk.returns.workbook import RequestBook, write_workbooks
from ctdesk.returns.workbook_data import data_sheets
from ctdesk.returns.workbook_form import data_rows, fill_form, form_workbook, new_workbook
from ctdesk.returns.workbook_start import Guide

WORKBOOKS, ROWS, TIMES = 50, 200, 3


def write_plainly(book: RequestBook) -> bytes:
    """Return one workbook with every cell written through XlsxWriter: the peer, and what the copies must equal."""
    target = io.BytesIO()
    layouts = baseline_layout(book.lists)
    sheets = data_sheets(layouts, book)
    workbook, styles = new_workbook(target, book)
    form = form_workbook(workbook, styles, book, layouts=layouts, extents=[data.extent for data in sheets])
    fill_form(form, styles, book, Guide(book, sheets), [data_rows(data) for data in sheets])
    workbook.close()
    return target.getvalue()


def main() -> None:
    """Print both times and their ratio."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "returns"))
    from workbook_books import filled_book

    first = filled_book(ROWS)
    books = [filled_book(ROWS, agency=f"Agency {at}", seed=at, like=first) for at in range(WORKBOOKS)]
    ours, peers = [], []
    for _ in range(TIMES):
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            write_workbooks((book, Path(folder) / f"{at}.xlsx") for at, book in enumerate(books))
            ours.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            for at, book in enumerate(books):
                (Path(folder) / f"plain {at}.xlsx").write_bytes(write_plainly(book))
            peers.append(time.perf_counter() - begun)
    one, other = statistics.median(ours), statistics.median(peers)
    print(f"{WORKBOOKS} workbooks of {ROWS} rows      seconds")
    print(f"ctdesk, copies of a template  {one:8.2f}")
    print(f"plain XlsxWriter              {other:8.2f}")
    print(f"ratio                         {one / other:8.2f}   (at most 1.20)")


if __name__ == "__main__":
    main()
