"""One job done again and again in a process of its own, and what the process holds between.

Run as a program: python -m tests.faults.soak returns|reports|screens TIMES FOLDER. It prints one JSON document: what
is held after each tenth of the times, the first of which warms up.
"""

import ctypes
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from ctdesk.domain.changes import Action
from ctdesk.domain.periods import read_period
from ctdesk.process import resident_mb
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import at_desk
from ctdesk.services.monitoring import send_period, start_period
from tests.faults.trials import NAME
from tests.services.monitored_borough import TALK, monitored
from tests.services.returned_books import answer, send_round
from tests.services.small_borough import BRIDGE, COUNCIL, OAK, SESSIONS, borough

if TYPE_CHECKING:
    from ctdesk.ui.frame.window import MainWindow
    from PySide6.QtWidgets import QApplication

TENTHS = 10
_PATIENCE = 600
"""Seconds in which the work of a screen must have ended, however busy the machine is."""
_BACK = ("back one.xlsx", "back two.xlsx")
_ON = date(2026, 7, 1)

Turn = Callable[[], None]
"""The job, done once."""


def make(folder: Path) -> None:
    """Make a workspace with a round and a quarter sent, and two returns that undo each other."""
    create_workspace(folder / NAME, name="Small borough").close()
    with at_desk(folder / NAME) as desk:
        desk.apply(Action.EDIT, "Take over what is known", [*borough(), *monitored(COUNCIL, BRIDGE, OAK)])
        sent = send_round(desk, folder / "sent")[COUNCIL]
        send_period(desk, start_period(desk, read_period("2026-Q1")), folder / "monitoring")
        for name, value in zip(_BACK, (41_000, 40_000), strict=True):
            answer(desk, sent, [("Activity", "AC-002", "Annual value (£)", value)]).replace(folder / name)
        desk.workspace.changed = False


@contextmanager
def _returns(folder: Path) -> Iterator[Turn]:
    """Take in and apply returns, by turns one and another."""
    from ctdesk.services.receiving import Wishes, receive

    files = cycle(folder / name for name in _BACK)
    with at_desk(folder / NAME) as desk:

        def turn() -> None:
            receive(desk, next(files), Wishes(apply=True))

        yield turn
        desk.workspace.changed = False


@contextmanager
def _reports(folder: Path) -> Iterator[Turn]:
    """Print reports of every sort, by turns."""
    from ctdesk.services.contract_report import print_contract
    from ctdesk.services.map_papers import print_map, print_question
    from ctdesk.services.monitoring_report import print_monitoring
    from ctdesk.services.register_report import print_calendar, print_register
    from ctdesk.services.reporting import print_baseline

    path = folder / "report.pdf"
    with at_desk(folder / NAME, read_only=True) as desk:
        prints: tuple[Turn, ...] = (
            lambda: print_baseline(desk, path),
            lambda: print_register(desk, path, on=_ON),
            lambda: print_contract(desk, path, "NH-010", on=_ON),
            lambda: print_monitoring(desk, path),
            lambda: print_calendar(desk, path, on=_ON),
            lambda: print_map(desk, path),
            lambda: print_question(desk, "market", path, on=_ON),
        )
        by_turns = cycle(prints)

        def turn() -> None:
            next(by_turns)()

        yield turn


@contextmanager
def _screens(folder: Path) -> Iterator[Turn]:
    """Go from screen to screen in the window: every one there is, with a record, a contract, a return, a register."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ctdesk.ui.frame.catalogue import CATALOGUE
    from ctdesk.ui.frame.window import MainWindow
    from ctdesk.ui.places import Place
    from ctdesk.ui.session import Session
    from ctdesk.ui.theme import apply_theme
    from PySide6.QtWidgets import QApplication

    register = folder / "register.csv"
    register.write_text("Title,Supplier,Value\nHolidays,Oak Families Ltd,3000\nToys,Acorn Play,900\n", encoding="utf-8")
    special = {
        "record": Place("record", kind="activity", uid=SESSIONS),
        "contract": Place("contract", kind="agreement", uid=TALK),
        "review": Place("review", path=folder / _BACK[0]),
        "adoption": Place("adoption", path=register),
    }
    places = cycle([special.get(entry.name, Place(entry.name)) for entry in CATALOGUE])
    qt = QApplication([])
    apply_theme(qt, "light")
    with at_desk(folder / NAME) as desk:
        window = MainWindow(NAME)
        window.open(Session(desk))
        window.show()

        def turn() -> None:
            window.go(next(places))
            _settle(qt, window)

        yield turn
        for screen in window._screens.values():
            screen.may_leave = lambda: True  # type: ignore[method-assign]  # nobody is there to be asked
        desk.workspace.changed = False
        window.close()


def _settle(qt: "QApplication", window: "MainWindow") -> None:
    """Let the work of a screen end, and let go of what was to be deleted later."""
    from PySide6.QtCore import QEvent

    until = time.monotonic() + _PATIENCE
    while True:
        qt.processEvents()
        qt.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
        if not window.session.tasks:
            return
        if time.monotonic() > until:
            raise TimeoutError(f"{[task.title for task in window.session.tasks]} did not end.")
        time.sleep(0.002)


JOBS: Mapping[str, Callable[[Path], "contextmanager[Turn]"]] = {
    "returns": _returns,
    "reports": _reports,
    "screens": _screens,
}


def held() -> dict[str, float]:
    """Return what this process holds once all rubbish is gone: objects of Python, widgets of Qt, memory in MB."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    return {"blocks": sys.getallocatedblocks(), "widgets": _widgets(), "MB": round(resident_mb(), 1)}


def _widgets() -> int:
    """Count the objects of Qt that belong to the application and its windows."""
    if "PySide6.QtWidgets" not in sys.modules:
        return 0
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    tops = QApplication.topLevelWidgets()
    return len(tops) + sum(len(top.findChildren(QObject)) for top in tops)


def soak(job: str, times: int, folder: Path) -> list[dict[str, float]]:
    """Do a job so many times; return what is held after each tenth."""
    found = []
    with JOBS[job](folder) as turn:
        for number in range(1, times + 1):
            turn()
            if number * TENTHS % times < TENTHS:
                found.append({"after": number, **held()})
    return found


if __name__ == "__main__":
    make(Path(sys.argv[3]))
    sys.stdout.write(json.dumps(soak(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))))
