"""Receiving and applying a return of 10,000 rows (30 columns, 5% changed, 1% new), each as a whole process.

Peers are pandas reading the sheet of services with openpyxl and storing it with `to_sql`, and bare python-calamine
storing it with `executemany`; both only read and store, and neither looks at what the cells say. A return ten times
as large is then received once. The workspace is restored before every run.

Run: python benchmarks/receiving.py [rows] [runs]
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks._measure import Limit, Spent, in_turn, print_table, whole_process

OURS, PANDAS, CALAMINE = "ctdesk receive --apply", "pandas.read_excel (openpyxl) and to_sql", "calamine and executemany"
LEFT_TO_DECIDE = 1
PANDAS_PROGRAM = """
import sqlite3, sys, pandas
table = pandas.read_excel(sys.argv[1], sheet_name="Activity", header=4, engine="openpyxl")
with sqlite3.connect(sys.argv[2]) as connection:
    table.to_sql("activity", connection, index=False)
"""
CALAMINE_PROGRAM = """
import sqlite3, sys, python_calamine
rows = python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_name("Activity").to_python()[4:]
columns = ", ".join(f'"{number} {heading}"' for number, heading in enumerate(rows[0]))
stored = [[str(c) if c is not None and type(c) not in (str, int, float) else c for c in row] for row in rows[1:]]
with sqlite3.connect(sys.argv[2]) as connection:
    connection.execute(f"CREATE TABLE activity ({columns})")
    connection.executemany(f"INSERT INTO activity VALUES ({', '.join('?' * len(rows[0]))})", stored)
"""
PEAKS_PROGRAM = """
import contextlib, io, resource, sys
from ctdesk.cli import run
with contextlib.redirect_stdout(io.StringIO()):
    run(sys.argv[1:])
unit = 1_048_576 if sys.platform == "darwin" else 1024
print(*(resource.getrusage(who).ru_maxrss // unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""
"""Receives in this process, so that the reading process is its only child and each tells its own peak."""


def prepared(folder: Path, rows: int) -> Path:
    """Make a workspace and its return in a process of their own, and return their folder."""
    made = folder / f"{rows} rows"
    made.mkdir()
    subprocess.run([sys.executable, str(Path(__file__).with_name("_return.py")), str(made), str(rows)], check=True)
    return made


def restored(made: Path) -> list[str]:
    """Put a fresh copy of the workspace and its backups in place and return the words that receive the return."""
    place = made / "fresh"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(made / "borough backups", place / "borough backups")
    shutil.copy(made / "borough.ctdesk", place)
    return ["receive", str(place / "borough.ctdesk"), str(made / "return.xlsx"), "--apply", "--json"]


def receiving(made: Path) -> Callable[[], Spent]:
    """Return the job of receiving a return."""
    return lambda: whole_process(["-m", "ctdesk", *restored(made)], statuses=(0, LEFT_TO_DECIDE))


def storing(program: str, made: Path) -> Callable[[], Spent]:
    """Return the job of a peer, which stores into a new database."""

    def run() -> Spent:
        target = made / "peer.sqlite"
        target.unlink(missing_ok=True)
        return whole_process(["-c", program, str(made / "return.xlsx"), str(target)])

    return run


def peaks(made: Path) -> tuple[int, int]:
    """Return the peak of the desk and of its reading process in MB."""
    if sys.platform == "win32":
        return 0, 0
    command = [sys.executable, "-c", PEAKS_PROGRAM, *restored(made)]
    desk, reader = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(desk), int(reader)


def main(rows: int = 10_000, runs: int = 5) -> int:
    """Measure, print the table and return 1 if a limit is passed."""
    with tempfile.TemporaryDirectory() as folder:
        made, larger = prepared(Path(folder), rows), prepared(Path(folder), rows * 10)
        jobs = {PANDAS: storing(PANDAS_PROGRAM, made), CALAMINE: storing(CALAMINE_PROGRAM, made), OURS: receiving(made)}
        spent = in_turn(jobs, runs)
        spent[f"{OURS}, {rows * 10:,} rows"] = ten_times = receiving(larger)()
        desk, reader = peaks(made)
    ours = spent[OURS].seconds
    limits = [
        Limit("time", ours / spent[PANDAS].seconds, 0.4, "pandas (openpyxl) and to_sql"),
        Limit("time", ours / spent[CALAMINE].seconds, 4, CALAMINE),
        Limit("peak MB of the desk's own process", desk, 300),
        Limit("peak MB of the reading process", reader, 300),
        Limit("time for ten times the rows", ten_times.seconds / ours, 12, "a tenth of the rows"),
    ]
    return print_table(f"A return of {rows:,} rows", spent, PANDAS, limits)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
