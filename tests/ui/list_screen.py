"""A list over the small borough, for the tests of grid and list screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ctdesk.domain.changes import Action, RecordChange
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.ui.screens.record_list import RecordListScreen
from ctdesk.ui.session import Session
from PySide6.QtTest import QTest


def make_desk(path: Path, changes: list[RecordChange]) -> Desk:
    """Return the desk of a new workspace with these records."""
    desk = Desk(create_workspace(path), "Officer 1")
    if changes:
        desk.apply(Action.EDIT, "Records", changes)
    return desk


@contextmanager
def list_screen(
    desk: Desk, kind: str = "activity", *, width: int = 1300, height: int = 690
) -> Iterator[RecordListScreen]:
    """Show the list of a kind, as the frame does, and close all again."""
    session = Session(desk)
    screen = RecordListScreen(session, kind)
    screen.resize(width, height)
    screen.show()
    screen.activateWindow()
    screen.bring_up_to_date()
    QTest.qWait(30)
    try:
        yield screen
    finally:
        for timer in (screen._counting, screen.head._timer, screen.panel._timer):
            timer.stop()
        screen.close()
        screen.deleteLater()
        session.close()


def shown(screen: RecordListScreen, column: str = "reference") -> list[str]:
    """Return what a column shows, row by row, groups as they are called."""
    model = screen.records
    at = model.view.columns.index(column)
    return [
        model.group(row).label if model.group(row) is not None else model.text(row, at)
        for row in range(model.rowCount())
    ]


def go_to(screen: RecordListScreen, reference: str, column: str = "reference") -> None:
    """Make a cell the current one."""
    model = screen.records
    screen.grid.select_row(shown(screen).index(reference), model.view.columns.index(column))
    screen.grid.setFocus()
