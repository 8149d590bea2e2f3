"""A workspace that sent a round, and what came back, for the tests of the screens that review it."""

from pathlib import Path

from ctdesk.domain.changes import Action
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.services.records import record, save_record
from tests.services.returned_books import answer, send_round
from tests.services.small_borough import ACORN, COUNCIL, SESSIONS, activity, borough

NEW = {
    "Service title": "Toy library",
    "Provider": "Acorn Play",
    "Annual value (£)": 9_000,
    "Start date": "01/04/2026",
    "Open-ended": "Yes",
}
LOOKS_ALIKE = {**NEW, "Service title": "Youth forums", "Annual value (£)": 11_000}


def prepare(folder: Path) -> Path:
    """Fill a folder with `borough.ctdesk`, `returned.xlsx` and `prices.csv`, and return it.

    The return has two changed fields, a conflict, a large jump, a new service and one that looks like another.
    """
    workspace = create_workspace(folder / "borough.ctdesk", name="Small borough")
    desk = Desk(workspace, "sam")
    desk.apply(Action.EDIT, "Take over what is known", borough())
    sent = send_round(desk, folder)[COUNCIL]
    save_record(desk, "activity", SESSIONS, record(desk, "activity", SESSIONS), {"annual_value": 41_000_00})
    forum = activity("u-forum", "AC-004", "Youth forum", agency=COUNCIL, provider=ACORN, value=10_000_00)
    desk.apply(Action.EDIT, "Told by telephone", [forum])
    cells = [
        ("Activity", "AC-001", "Annual value (£)", 125_000),
        ("Activity", "AC-001", "Tier", "Universal"),
        ("Activity", "AC-002", "Annual value (£)", 42_000),
        ("Activity", "AC-003", "Annual value (£)", 30_000),
    ]
    answer(desk, sent, cells, [("Activity", NEW), ("Activity", LOOKS_ALIKE)]).rename(folder / "returned.xlsx")
    (folder / "prices.csv").write_text("Item,Price\nPencils,3\nPaper,5\n")
    workspace.changed = False
    workspace.close()
    return folder
