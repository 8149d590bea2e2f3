"""The composition root of the window: the application, its theme, and either the start page or a workspace."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ctdesk import __version__
from ctdesk.ui.theme import apply_theme

if TYPE_CHECKING:
    from ctdesk.ui.frame.window import MainWindow
    from ctdesk.ui.screens.start import StartPage


class Application:
    """The running program: at any moment the start page or one main window is open."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """Make the Qt application and its theme; no window yet."""
        self.qt = QApplication([sys.argv[0], *arguments])
        self.qt.setApplicationName("ctdesk")
        self.qt.setApplicationVersion(__version__)
        self.qt.setQuitOnLastWindowClosed(True)
        apply_theme(self.qt)
        self._start: StartPage | None = None
        self.window: MainWindow | None = None

    def run(self, path: Path | None) -> int:
        """Show the workspace, or the start page if none is named, and run until the last window is closed."""
        self.show_start()
        if path is not None and self._start is not None:
            self._start.open(path)
        return self.qt.exec()

    def show_start(self) -> None:
        """Show the start page."""
        from ctdesk.ui.screens.start import StartPage

        self._start = StartPage()
        self._start.opened.connect(self.show_workspace)
        self._start.show()

    def show_workspace(self, desk: object) -> None:
        """Show the main window of an open workspace in the start page's place."""
        from ctdesk.services.desk import Desk
        from ctdesk.ui.frame.window import MainWindow
        from ctdesk.ui.session import Session

        assert isinstance(desk, Desk)  # noqa: S101 - the signal carries a desk
        self.window = MainWindow(Session(desk))
        self.window.left.connect(self._left)
        self.window.show()
        self.window.start()
        if self._start is not None:
            self._start.close()
            self._start = None

    def _left(self, how: str) -> None:
        """Go back to the start page, and on from there."""
        self.show_start()
        if how == "open" and self._start is not None:
            self._start.choose()


def run(path: Path | None, arguments: Sequence[str] = ()) -> int:
    """Run the window."""
    return Application(arguments).run(path)
