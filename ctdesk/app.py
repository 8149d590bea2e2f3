"""The composition root of the window: the application, its theme, and either the start page or a workspace."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from ctdesk import __version__
from ctdesk.services.crash import watch_for_sudden_end
from ctdesk.services.recent import load_look
from ctdesk.ui.theme import apply_theme

if TYPE_CHECKING:
    from ctdesk.services.desk import Desk
    from ctdesk.ui.frame.window import MainWindow
    from ctdesk.ui.screens.start import StartPage

_PATIENCE = 1000
"""Milliseconds that work has to end in when the last window is closed."""


_CALM_AFTER = 1500
"""Milliseconds after which the first screen is there and a question may come."""


class _Opening(QObject):
    """Opens a workspace on another thread, so that the frame is painted before the database is imported."""

    opened = Signal(object)
    refused = Signal()

    def begin(self, path: Path) -> None:
        threading.Thread(target=self._open, args=(path,), daemon=True).start()

    def _open(self, path: Path) -> None:
        from ctdesk.domain.errors import DeskError
        from ctdesk.services.opening import InUse, open_desk

        try:
            opened = open_desk(path)
        except DeskError:
            self.refused.emit()
            return
        if isinstance(opened, InUse):
            self.refused.emit()
        else:
            self.opened.emit(opened)


class Application(QObject):
    """The running program: at any moment the start page or one main window is open."""

    framed = Signal(object)
    """Carries the main window when it is made, before it is shown."""
    usable = Signal()
    """Told once the first screen of a workspace is filled."""

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        """Make the Qt application and its theme; no window yet."""
        self.qt = QApplication([sys.argv[0], *arguments])
        super().__init__()
        self.qt.setApplicationName("ctdesk")
        self.qt.setApplicationVersion(__version__)
        look = load_look()
        apply_theme(self.qt, look.scheme, text_scale=look.text_scale)
        sys.excepthook = _say_fault
        watch_for_sudden_end()
        self._start: StartPage | None = None
        self.window: MainWindow | None = None
        self._opening = _Opening()
        self._opening.opened.connect(self.fill)
        self._opening.refused.connect(self._refused)
        self._path = Path()

    def run(self, path: Path | None) -> int:
        """Show the workspace, or the start page if none is named, and run until the last window is closed."""
        if path is None:
            self.show_start()
        else:
            self.open(path)
        status = self.qt.exec()
        if not QThreadPool.globalInstance().waitForDone(_PATIENCE):
            # Work that does not stop would keep the program, and with it the workspace, for ever.
            logging.shutdown()
            os._exit(status)
        return status

    def open(self, path: Path) -> None:
        """Show the frame of a workspace at once, and fill it when the workspace is open."""
        self._path = path
        # Begun any earlier, the imports of the other thread would hold back the first paint.
        self._show_frame(path.name).painted.connect(lambda: self._opening.begin(path))

    def _show_frame(self, name: str) -> "MainWindow":
        from ctdesk.ui.frame.window import MainWindow

        self.window = MainWindow(name)
        self.window.left.connect(self._left)
        self.window.left_for.connect(self._left_for)
        self.framed.emit(self.window)
        self.window.show()
        return self.window

    def fill(self, desk: "Desk") -> None:
        """Fill the frame with an open workspace."""
        from ctdesk.ui.session import Session

        if self.window is None:
            return
        self.window.open(Session(desk))
        self.window.start()
        self.usable.emit()
        self._offer_report(self.window)

    def _refused(self) -> None:
        """Let the start page say why a workspace cannot be opened, and what can be done."""
        path, window = self._path, self.window
        self.show_start()
        if self._start is not None:
            self._start.open(path)
        if window is not None:
            window.close()

    def show_start(self) -> None:
        """Show the start page."""
        from ctdesk.ui.screens.start import StartPage

        self._start = StartPage()
        self._start.opened.connect(self.show_workspace)
        self._start.show()
        self._offer_report(self._start)

    def _offer_report(self, parent: QWidget) -> None:
        """Offer the report of a fault once it cannot hold up the start any more."""

        def offer() -> None:
            from ctdesk.ui.crash_offer import offer_report

            offer_report(parent)

        QTimer.singleShot(_CALM_AFTER, parent, offer)

    def show_workspace(self, desk: "Desk") -> None:
        """Show the main window of an open workspace in the start page's place."""
        self._show_frame(desk.workspace.path.name)
        self.fill(desk)
        if self._start is not None:
            self._start.close()
            self._start = None

    def _left(self, how: str) -> None:
        """Go back to the start page, and on from there."""
        self.show_start()
        if how == "open" and self._start is not None:
            self._start.choose()

    def _left_for(self, path: Path) -> None:
        """Open another workspace by way of the start page, which says so if it cannot be."""
        self.show_start()
        if self._start is not None:
            self._start.open(path)


def _say_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Put a fault of the program into the log, and say so honestly."""
    from ctdesk.services.crash import keep_report
    from ctdesk.services.log import log_file

    path = log_file()
    logging.getLogger("ctdesk").error("A fault of the program", exc_info=(kind, fault, trace))
    keep_report(fault)
    # A fault that comes again while its window is open, for instance at each paint, is said once.
    if QApplication.activeModalWidget() is None:
        QMessageBox.critical(
            None,
            "ctdesk",
            f"Something went wrong that is the program's own fault; the last step may not have been done. "
            f"The details are in {path}.",
        )


def run(path: Path | None, *, before: Callable[[Application], None] = lambda _: None) -> int:
    """Run the window; *before* is called with the application before anything is shown."""
    application = Application()
    before(application)
    return application.run(path)
