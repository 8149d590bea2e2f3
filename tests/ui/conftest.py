"""What every test of the window stands on: no screen, the theme, and nothing left behind.

Warnings of Qt fail a test by `qt_log_level_fail` in pyproject.toml.
"""

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

# Set before Qt is first used; a person may name a real screen to watch the tests.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from ctdesk.services.desk import Desk
from ctdesk.ui.frame.window import MainWindow
from ctdesk.ui.theme import apply_theme
from PySide6.QtCore import QEvent, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers
from tests.ui.windows import main_window, make_desk

PATIENCE = 60_000
"""Milliseconds; no test checks by a wait how fast anything is."""


class PatientBot(QtBot):
    """Waits as long as a slow and busy machine may take; a wait that is fulfilled ends at once all the same."""

    def waitUntil(self, callback, *, timeout=PATIENCE):  # noqa: N802 - Qt's name
        """Wait until something is so."""
        super().waitUntil(callback, timeout=max(timeout, PATIENCE))

    def waitSignal(self, signal, *, timeout=PATIENCE, **wanted):  # noqa: N802 - Qt's name
        """Wait for a signal; that none comes is waited for as long as pytest-qt does."""
        return super().waitSignal(signal, timeout=timeout, **wanted)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Act for the person at the window, with more patience than pytest-qt has by itself."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """Give every test the light theme at 100%, whatever the test before it chose."""
    if qapp.property("look") != "light":
        apply_theme(qapp, "light")
        qapp.setProperty("look", "light")
    yield qapp
    if qapp.property("look") != "light":
        apply_theme(qapp, "light")
        qapp.setProperty("look", "light")


@pytest.fixture
def dressed(qapp: QApplication):
    """Return a function that changes the theme for one test."""

    def dress(scheme: str, text_scale: float = 1.0) -> None:
        qapp.setProperty("look", f"{scheme} {text_scale}")
        apply_theme(qapp, scheme, text_scale=text_scale)

    return dress


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk with one agency, one provider and two activities, for somebody who remembers nothing."""
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    return make_desk(tmp_path / "weir.ctdesk")


@pytest.fixture
def window(desk: Desk, qapp: QApplication) -> Iterator[MainWindow]:
    """Return the main window open on that desk, at its first screen."""
    with main_window(desk) as made:
        made.start()
        yield made


@pytest.fixture(autouse=True)
def nothing_left(themed: QApplication) -> Iterator[None]:
    """Fail a test that leaves a window open, a timer running or a thread alive."""
    windows, threads = set(map(id, themed.topLevelWidgets())), set(threading.enumerate())
    yield
    QThreadPool.globalInstance().waitForDone(PATIENCE)
    _settle(themed)
    if left := _windows_left(themed, windows):
        # A window may only be waiting for Python to collect a circle of references.
        gc.collect()
        _settle(themed)
        left = _windows_left(themed, windows)
    assert not left, f"windows left open: {left}"
    alive = [thread for thread in threading.enumerate() if thread not in threads and not thread.daemon]
    assert not alive, f"threads left running: {alive}"
    timers = [each for each in getAllValidWrappers() if isinstance(each, QTimer) and each.isActive()]
    assert not timers, f"timers left running: {[timer.parent() for timer in timers]}"


def _settle(app: QApplication) -> None:
    app.processEvents()
    app.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))


def _windows_left(app: QApplication, before: set[int]) -> list[QWidget]:
    return [window for window in app.topLevelWidgets() if id(window) not in before and window.isVisible()]
