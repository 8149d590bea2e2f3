"""Storing 10,000 new activities of 30 filled fields, with history and search, against raw sqlite3 inserting them alone.

Then a return's worth of edits (5% changed, 1% new), and reading all activities back against a bare SELECT.

Run: python benchmarks/storing.py [rows] [rounds]
"""

import sqlite3
import statistics
import sys
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from benchmarks._measure import Limit, print_limits, timed
from ctdesk.db.backup import backup
from ctdesk.db.check import check
from ctdesk.db.queries import load, records
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import Action, ChangeSet, RecordChange, created, present, updated
from ctdesk.domain.definition import Kind, Value
from ctdesk.domain.records import DEFINITIONS, Activity
from ctdesk.domain.values import to_plain

FILLED, FIRST_DAY = 30, date(2024, 4, 1)
LIMITS = {"apply all new": 1.5, "apply 5% changed, 1% new": 0.3, "load all": 0.35}
"""Seconds allowed for 10,000 rows."""


def values(number: int, agency: str) -> dict[str, Value]:
    """Fill the first thirty fields of an activity as a return would."""
    filled: dict[str, Value] = {}
    for field in DEFINITIONS["activity"].fields[:FILLED]:
        match field.kind:
            case Kind.LINK:
                filled[field.name] = agency if field.target == "organisation" else None
            case Kind.DATE:
                filled[field.name] = FIRST_DAY + timedelta(days=number % 900)
            case Kind.CHOICE:
                filled[field.name] = f"code_{number % 7}"
            case Kind.CHOICES:
                filled[field.name] = (f"code_{number % 5}", f"code_{number % 5 + 1}")
            case Kind.YES_NO:
                filled[field.name] = number % 2 == 0
            case Kind.INTEGER | Kind.MONEY:
                filled[field.name] = number * 100
            case _:
                filled[field.name] = f"{field.label} of short breaks for families, number {number}"
    return filled


def step(changes: tuple[RecordChange, ...]) -> ChangeSet:
    """Make a change set of these changes."""
    return ChangeSet(action=Action.EDIT, title="Measured", who="benchmark", changes=changes)


def raw_insert(path: Path, changes: tuple[RecordChange, ...]) -> None:
    """Insert the same rows and nothing more, as durably, with sqlite3 alone."""
    names = [field.name for field in DEFINITIONS["activity"].fields if not field.several]
    quoted = [f'"{name}"' for name in names]
    several = [field.name for field in DEFINITIONS["activity"].fields if field.several]
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA synchronous = EXTRA")
        raw.execute(f"CREATE TABLE activity (uid TEXT PRIMARY KEY, {', '.join(quoted)})")
        raw.execute("CREATE TABLE several (record TEXT, field TEXT, value TEXT)")
        raw.execute("BEGIN")
        rows = [(it.uid, *(to_plain(it.after.get(name)) for name in names)) for it in changes]
        raw.executemany(f"INSERT INTO activity VALUES ({', '.join('?' * (len(names) + 1))})", rows)  # noqa: S608 - question marks only
        links = [(it.uid, name, one) for it in changes for name in several for one in it.after.get(name) or ()]  # type: ignore[union-attr]  # several values are tuples
        raw.executemany("INSERT INTO several VALUES (?, ?, ?)", links)
        raw.execute("COMMIT")


def raw_select(path: Path) -> None:
    """Read the same rows back with sqlite3 alone."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("SELECT * FROM activity ORDER BY uid").fetchall()
        raw.execute("SELECT * FROM several ORDER BY record, field, value").fetchall()


def edits(workspace: Workspace, rows: int, agency: str) -> ChangeSet:
    """Change 5% of the activities and add 1%."""
    held = list(load(workspace, "activity").items())[: rows // 20]
    changed = [
        updated("activity", uid, now, {"annual_value": 1, "title": f"{now['title']} again"}) for uid, now in held
    ]
    return step(present([*changed, *(created("activity", values(number, agency)) for number in range(rows // 100))]))


def measure(folder: Path, rows: int) -> dict[str, float]:
    """Return the seconds of each piece of work, done once."""
    agency = created("organisation", {"name": "Some agency"})
    new = step(tuple(created("activity", values(number, agency.uid)) for number in range(rows)))
    raw = folder / "raw.sqlite"
    with Workspace.create(folder / "borough.ctdesk", step((agency,))) as workspace:
        taken = {
            "raw sqlite3 insert": timed(lambda: raw_insert(raw, new.changes)).seconds,
            "apply all new": timed(lambda: apply(workspace, new)).seconds,
        }
        some = edits(workspace, rows, agency.uid)
        taken |= {
            "apply 5% changed, 1% new": timed(lambda: apply(workspace, some)).seconds,
            "raw sqlite3 select": timed(lambda: raw_select(raw)).seconds,
            "load all": timed(lambda: load(workspace, "activity")).seconds,
            "records all": timed(lambda: records(workspace, Activity)).seconds,
            "backup": timed(lambda: backup(workspace)).seconds,
            "check": timed(lambda: check(workspace)).seconds,
        }
    return taken


def main(rows: int = 10_000, rounds: int = 3) -> int:
    """Print the median of each piece of work, its ratio to raw sqlite3 and the limits; 1 if a limit is passed."""
    taken = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            taken.append(measure(Path(folder), rows))
    medians = {name: statistics.median(one[name] for one in taken) for name in taken[0]}
    print(f"{rows:,} activities of {FILLED} filled fields, median of {rounds}")
    print(f"{'':26} {'seconds':>8} {'ratio':>6}")
    limits = []
    for name, median in medians.items():
        reads = name in {"raw sqlite3 select", "load all", "records all"}
        peer = "raw sqlite3 select" if reads else "raw sqlite3 insert"
        print(f"{name:26} {median:8.3f} {median / medians[peer]:6.1f}")
        if name in LIMITS:
            beside = f"{peer}: {medians[peer]:.2f}"
            limits.append(Limit(f"seconds to {name}", median, LIMITS[name] * rows / 10_000, beside))
    return print_limits(limits)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
