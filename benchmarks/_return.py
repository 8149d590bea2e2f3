"""Makes what the receiving benchmark takes in: a workspace whose one agency was sent its services, and its return.

Run: python benchmarks/_return.py FOLDER ROWS; it leaves `borough.ctdesk`, its backups and `return.xlsx` there.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from ctdesk.domain.changes import Action, created
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Need, Value
from ctdesk.returns.layout import baseline_layout
from ctdesk.returns.reader import Limits, read_book
from ctdesk.returns.sheets import Cell
from ctdesk.returns.tables import ReturnedTable, find_tables
from ctdesk.returns.workbook import SheetRow, write_workbook
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.services.rounds import start_round
from ctdesk.services.sending import request_book, send

FILLED, PROVIDERS, FIRST_DAY = 30, 200, date(2024, 4, 1)
BLANK = {"reference", "open_ended", "pool", "intention_reason", "comments", "team", "level", "lead_email"}
"""Fields left empty: those that would contradict others or are rarely known; thirty columns are filled."""
EDITS: tuple[tuple[str, Cell], ...] = (
    ("Annual value (£)", 12_345.0),
    ("Lead commissioner", "Head of joint commissioning"),
    ("Users last year", 77.0),
    ("Description", "Support for families, now also at weekends."),
)


def values(number: int, desk: Desk, providers: list[str]) -> dict[str, Value]:
    """Return a service with thirty of its fields filled as a return would fill them."""
    fields = [it for it in DEFINITIONS["activity"].fields if it.need is not Need.DESK and it.name not in BLANK]
    filled = {field.name: value(field, number, desk, providers) for field in fields[: FILLED - 1]}
    return {"reference": f"SS-{number:06d}", **filled}


def value(field: Field, number: int, desk: Desk, providers: list[str]) -> Value:
    """Return a likely value of one field."""
    if field.name == "age_to":
        return 18
    match field:
        case Field(kind=Kind.LINK):
            return providers[number % len(providers)]
        case Field(kind=Kind.DATE):
            return FIRST_DAY + timedelta(days=number % 700 + (1_000 if field.name == "end" else 0))
        case Field(kind=Kind.CHOICE):
            return entry(field, number, desk)
        case Field(kind=Kind.CHOICES):
            return (entry(field, number + 1, desk),)
        case Field(kind=Kind.MONEY):
            return (1_000 + number % 9_000) * 1_050
        case Field(kind=Kind.INTEGER):
            return number % 12
        case Field(kind=Kind.LONG_TEXT):
            return f"{field.label}: families of area {number % 997} are asked each quarter, and a visit is made yearly."
    return f"{field.label} {number}" if field.name == "title" else f"{field.label} {number % 211}"


def entry(field: Field, number: int, desk: Desk) -> str:
    """Return a word of the field's list that asks for no further answer."""
    codes = [
        it.code for it in desk.lists.offered(field.list or "") if it.code not in {"pooled", "vary", "decommission"}
    ]
    return codes[number % len(codes)]


def make_workspace(folder: Path, rows: int) -> Path:
    """Make the workspace, send the round and return the workbook that was sent."""
    with create_workspace(folder / "borough.ctdesk", name="Measured borough") as workspace:
        desk = Desk(workspace, "benchmark")
        agency = created("organisation", {"name": "Sure Start centres", "is_agency": True})
        bodies = [created("organisation", {"name": f"Provider {n}", "is_provider": True}) for n in range(PROVIDERS)]
        providers = [body.uid for body in bodies]
        services = [
            created("activity", {**values(number, desk, providers), "agency": agency.uid}) for number in range(rows)
        ]
        desk.apply(Action.EDIT, "Take over what was known", [agency, *bodies, *services])
        start_round(desk, "Baseline", date(2026, 3, 31), date(2026, 5, 15))
        (sent,) = send(desk, "Baseline", folder / "sent")
        edited = returned_rows(*activity_table(desk, sent.workbook))
        book = request_book(desk, replace(sent.request, issue=1), 1, ())
        write_workbook(replace(book, rows={"activity": [*edited]}), folder / "return.xlsx")
    return folder


def activity_table(desk: Desk, path: Path) -> tuple[ReturnedTable, Mapping[str, str]]:
    """Read the sheet of services back from a workbook that was sent, and the uid of each key."""
    book = read_book(path, limits=Limits(cells=20_000_000, seconds=120))
    hidden = book.sheet("_ctdesk")
    uids = {str(row[1]): str(row[2]) for row in (hidden.rows if hidden else ()) if len(row) > 2}
    tables, _ = find_tables(book, baseline_layout(desk.lists))
    return tables[0], uids


def returned_rows(table: ReturnedTable, uids: Mapping[str, str]) -> Iterator[SheetRow]:
    """Yield the rows as an agency would return them: all confirmed, one in twenty changed, one in a hundred new."""
    rows = [cells for _, cells in table.filled_rows()]
    for number, cells in enumerate(rows):
        typed = {column.heading: cells[at] for column, at in table.columns if cells[at] is not None}
        typed["Still yours?"] = "Yes"
        if number % 20 == 0:
            heading, edit = EDITS[number // 20 % len(EDITS)]
            typed[heading] = edit
        key = str(typed.pop("Key"))
        yield SheetRow(uids[key], key, {}, typed)
    for number, cells in enumerate(rows[: len(rows) // 100]):
        typed = {column.heading: cells[at] for column, at in table.columns if cells[at] is not None}
        new = {"Service title": f"A new service in area {number}", "Still yours?": "Yes", "Reference": None}
        yield SheetRow("", "", {}, {**typed, **new})


if __name__ == "__main__":
    make_workspace(Path(sys.argv[1]), int(sys.argv[2]))
