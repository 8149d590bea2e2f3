"""One line of a settings page: what is set, the control that sets it, and what it does."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ctdesk.ui.theme import size
from ctdesk.ui.widgets import label


def setting_row(name: str, control: QWidget, said: QWidget) -> QWidget:
    """Return the line: the name, the control below which stands what is said of it."""
    row = QWidget()
    words = label(name, "medium", wrap=True)
    words.setTextFormat(Qt.TextFormat.AutoText)
    words.setBuddy(control)
    words.setFixedWidth(size(170))
    words.setContentsMargins(0, size(5), 0, 0)
    if not control.accessibleName():
        control.setAccessibleName(name)
    grid = QGridLayout(row)
    grid.setContentsMargins(size(14), size(10), size(14), size(10))
    grid.setHorizontalSpacing(size(12))
    grid.setVerticalSpacing(size(3))
    grid.addWidget(words, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(control, 0, 1, Qt.AlignmentFlag.AlignLeft)
    grid.addWidget(said, 1, 1)
    grid.setColumnStretch(1, 1)
    return row
