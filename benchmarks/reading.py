"""Reading 10,000 rows of 30 columns through the reading process, against bare python-calamine, as whole processes.

Run: python benchmarks/reading.py [rows] [columns] [rounds]
"""

import datetime as dt
import multiprocessing
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

BARE = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
"""
OURS = """
import sys, pathlib
from ctdesk.returns.reader import read_book
rows = read_book(pathlib.Path(sys.argv[1])).sheets[0].rows
"""
# The peak of the process and of its child, in MB (Linux counts in kilobytes).
PEAK = """
try:
    import resource
    print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024)
except ImportError:
    print(0)
"""


def write_workbook(path: Path, rows: int, columns: int) -> None:
    """Write a workbook as full as a return: texts, money, dates, whole numbers and a column of formulas."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Activity")
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    first_day = dt.date(2025, 4, 1)
    sheet.write_row(0, 0, [f"Heading {column + 1}" for column in range(columns)])
    for row in range(1, rows + 1):
        for column in range(columns):
            match column % 5:
                case 0:
                    sheet.write_string(row, column, f"Short breaks for families, area {row % 17}")
                case 1:
                    sheet.write_string(row, column, f"Service {row * columns + column}")
                case 2:
                    sheet.write_number(row, column, (row * 7919 + column) % 400_000 / 4)
                case 3:
                    sheet.write_datetime(row, column, first_day + dt.timedelta(days=row % 900), dated)
                case _ if column == 4:
                    sheet.write_formula(row, column, f'=IF(A{row + 1}="","Title is missing","")', None, "ready")
                case _:
                    sheet.write_number(row, column, row % 100)
    book.close()


def run(program: str, path: Path) -> tuple[float, int]:
    """Seconds and peak megabytes of one whole process."""
    start = time.perf_counter()
    command = [sys.executable, "-c", program + PEAK, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, int(done.stdout)


def main() -> None:
    """Print medians of alternating runs, and the ratio."""
    rows, columns, rounds = (int(text) for text in [*sys.argv[1:], *["10000", "30", "9"][len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "return.xlsx"
        # A process begins with the peak of the one that started it, so the writing is done elsewhere.
        writer = multiprocessing.get_context("spawn").Process(target=write_workbook, args=(path, rows, columns))
        writer.start()
        writer.join()
        runs = [(run(BARE, path), run(OURS, path)) for _ in range(rounds)]
    bare = statistics.median(seconds for (seconds, _), _ in runs)
    ours = statistics.median(seconds for _, (seconds, _) in runs)
    print(f"{'reading ' + format(rows, ',') + ' x ' + str(columns):32}{'seconds':>9}{'ratio':>7}{'peak MB':>9}")
    print(f"{'bare python-calamine':32}{bare:9.2f}{1:7.2f}{max(peak for (_, peak), _ in runs):9}")
    print(f"{'ctdesk.returns.reader':32}{ours:9.2f}{ours / bare:7.2f}{max(peak for _, (_, peak) in runs):9}")


if __name__ == "__main__":
    main()
