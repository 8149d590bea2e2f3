"""A change of the size of text while the program runs: the window is made anew in it, at a quiet moment."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ctdesk.ui.theme import em, themes_changed

if TYPE_CHECKING:
    from ctdesk.ui.frame.window import MainWindow

_PAUSE = 200
"""Milliseconds until it is looked again whether the moment is quiet."""


class TextSize(QObject):
    """Watches the size of text for one main window."""

    def __init__(self, window: "MainWindow") -> None:
        """Remember the size that the window was made in."""
        super().__init__(window)
        self._window, self._made_in = window, em()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._rebuild)
        themes_changed.changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        if em() != self._made_in and self._window.is_open:
            self._timer.start(0)

    def _rebuild(self) -> None:
        """Make the window anew, but not under a dialog or while work is to report to a screen."""
        if not self._window.is_open:
            return
        if QApplication.activeModalWidget() is not None or self._window.session.tasks:
            self._timer.start(_PAUSE)
            return
        self._made_in = em()
        self._window.rebuild()
