"""A workspace open in a main window, for the tests of the frame and of its screens."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action, created
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.ui.frame.window import MainWindow
from ctdesk.ui.session import Session
from tests.made_once import copied

AGENCY, PROVIDER = "Weir Health", "Bridge Families"


def make_desk(path: Path) -> Desk:
    """Return a desk with one agency, one provider and two activities."""
    return Desk(copied("two activities", _two_activities, path), "sam")


def _two_activities(path: Path) -> Workspace:
    workspace = create_workspace(path, name="Weir Children’s Trust")
    agency, provider = (
        created("organisation", {"name": AGENCY, "is_agency": True}),
        created("organisation", {"name": PROVIDER, "is_provider": True}),
    )
    activities = [
        created(
            "activity",
            {
                "reference": reference,
                "title": title,
                "agency": agency.uid,
                "provider": provider.uid,
                "annual_value": value,
            },
        )
        for reference, title, value in (
            ("WH-001", "Health visiting", 10_000_000),
            ("WH-002", "School nursing", 2_500_050),
        )
    ]
    Desk(workspace, "sam").apply(Action.EDIT, "Begin", [agency, provider, *activities])
    return workspace


def uid_of(desk: Desk, reference: str) -> str:
    """Return the uid of an activity."""
    return next(uid for uid, values in desk.load("activity").items() if values["reference"] == reference)


@contextmanager
def main_window(desk: Desk) -> Iterator[MainWindow]:
    """Open a main window on a desk, and close both afterwards."""
    window = MainWindow(desk.workspace.path.name)
    window.open(Session(desk))
    window.resize(1366, 690)
    window.show()
    try:
        yield window
    finally:
        for screen in window._screens.values():
            screen.may_leave = lambda: True
        desk.workspace.changed = False  # or closing makes a backup, which is tried where it is the subject
        window.close()
        window.deleteLater()
