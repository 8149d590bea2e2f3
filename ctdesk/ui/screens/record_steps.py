"""From one record to the next of the list it was opened from: where one is, a step back, a step on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ctdesk.ui.models.walk import Walk
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import icon_button, label


class RowSteps(QWidget):
    """Shows "1 of 23" between the ways back and on; `stepped` carries -1 or 1. Hidden where there is no list."""

    stepped = Signal(int)

    def __init__(self) -> None:
        """Make it, hidden."""
        super().__init__()
        self.words = label("", tone="2")
        self.before = icon_button("The record before (Ctrl+Page Up)", "chevron-left")
        self.after = icon_button("The next record (Ctrl+Page Down)", "chevron-right")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(size(6))
        row.addWidget(self.words)
        for each, by in ((self.before, -1), (self.after, 1)):
            row.addWidget(each)
            each.clicked.connect(lambda _=False, by=by: self.stepped.emit(by))
        self.hide()

    def show_walk(self, walk: Walk | None) -> None:
        """Show where one is in the list."""
        self.setVisible(walk is not None)
        if walk is not None:
            self.words.setText(walk.words)
            self.words.setAccessibleName(f"Record {walk.words} of the list")
            self.before.allow(allowed=walk.beside(-1) is not None, why="This is the first of the list.")
            self.after.allow(allowed=walk.beside(1) is not None, why="This is the last of the list.")
