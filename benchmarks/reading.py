"""Reading 10,000 rows of 30 columns through the reading process, against bare python-calamine, as whole processes.

Run: python benchmarks/reading.py [rows] [columns] [runs]
"""

import datetime as dt
import multiprocessing
import sys
import tempfile
from functools import partial
from pathlib import Path

import xlsxwriter
from benchmarks._measure import Limit, in_turn, print_table, whole_process

PEER, OURS_NAME = "bare python-calamine", "ctdesk.returns.reader"
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


def main(rows: int = 10_000, columns: int = 30, runs: int = 5) -> int:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "return.xlsx"
        # A process begins with the peak of the one that started it, so the writing is done elsewhere.
        writer = multiprocessing.get_context("spawn").Process(target=write_workbook, args=(path, rows, columns))
        writer.start()
        writer.join()
        programs = {PEER: BARE, OURS_NAME: OURS}
        spent = in_turn(
            {name: partial(whole_process, ["-c", program, str(path)]) for name, program in programs.items()}, runs
        )
    told = Limit("time", spent[OURS_NAME].seconds / spent[PEER].seconds, peer=PEER)
    return print_table(f"Reading {rows:,} rows of {columns} columns", spent, PEER, [told])


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
