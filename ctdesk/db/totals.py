"""Counts and sums over many records, worked out by the database without giving the records themselves."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ctdesk.db.errors import reading_back
from ctdesk.db.stored import Stored, restorer
from ctdesk.db.workspace import Workspace
from ctdesk.domain.definition import DEFINITIONS, Value


@dataclass(frozen=True, slots=True)
class Total:
    """How many records there are of a sort: what they hold of the fields asked for, and those fields' sums.

    `sort` are the values that they have in common, `sums` stand in the order asked for; blanks count as nought.
    """

    sort: tuple[Value, ...]
    count: int
    sums: tuple[int | Decimal, ...]


def totals(workspace: Workspace, kind: str, added: Sequence[str] = (), *, by: Sequence[str] = ()) -> list[Total]:
    """Return the records of a kind counted and some fields of them added up, apart for each sort by these fields."""
    sorts = [f'"{name}"' for name in by]
    chosen = ", ".join([*sorts, "count(*)", *(f'coalesce(sum("{name}"), 0)' for name in added)])
    # With the plus sign SQLite reads the table once, where an index has it look up row by row (twice as long).
    grouped = " GROUP BY +" + ", +".join(sorts) if by else ""
    query = f'SELECT {chosen} FROM "{kind}"{grouped}'  # noqa: S608 - names of our own definitions
    with workspace.reading() as driver, reading_back(workspace.path):
        rows = driver.execute(query).fetchall()
        return [_total(kind, by, added, row) for row in rows]


def _total(kind: str, by: Sequence[str], added: Sequence[str], row: Sequence[Stored]) -> Total:
    sums = _restored(kind, added, row[len(by) + 1 :])
    return Total(
        tuple(_restored(kind, by, row[: len(by)])),
        int(row[len(by)] or 0),
        tuple(it for it in sums if isinstance(it, int | Decimal)),
    )


def _restored(kind: str, names: Sequence[str], stored: Sequence[Stored]) -> Iterator[Value]:
    for name, held in zip(names, stored, strict=True):
        restore = restorer(DEFINITIONS[kind][name])
        yield held if held is None or restore is None else restore(held)


def running(workspace: Workspace, day: date) -> tuple[int, int]:
    """Return how many activities are in force on a day, and the pence they come to a year.

    One without dates is taken to be in force.
    """
    query = """SELECT count(*), coalesce(sum(annual_value), 0) FROM activity
        WHERE (start IS NULL OR start <= :day) AND ("end" IS NULL OR open_ended OR "end" >= :day)"""
    with workspace.reading() as driver:
        count, pence = driver.execute(query, {"day": day.isoformat()}).fetchone()
    return count, pence


def rows_by_agency(workspace: Workspace) -> Counter[str]:
    """Return how many rows each agency's workbook has or would have: its activities, their money, its posts."""
    query = """SELECT agency, count(*) FROM (
        SELECT agency FROM activity UNION ALL SELECT agency FROM post
        UNION ALL SELECT activity.agency FROM funding_line JOIN activity ON activity.uid = funding_line.activity
        ) WHERE agency IS NOT NULL GROUP BY agency"""
    with workspace.reading() as driver:
        return Counter(dict(driver.execute(query).fetchall()))
