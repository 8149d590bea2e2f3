"""The bar at the top: menus, the search over everything, undo and redo, and who is at the desk."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenuBar, QPushButton, QSizePolicy, QToolButton, QWidget

from ctdesk.ui.theme import icon, size


class TopBar(QWidget):
    """Menus at the left, search in the middle, undo and redo at the right. `searched` opens the palette."""

    searched = Signal()

    def __init__(self, who: str, undo: QAction, redo: QAction) -> None:
        """Make the bar with the frame's undo and redo."""
        super().__init__()
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.menus.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(size(8), size(4), size(16), size(4))
        layout.setSpacing(size(8))
        layout.addWidget(self.menus)
        layout.addStretch(1)
        layout.addWidget(self._search())
        layout.addStretch(1)
        for action in (undo, redo):
            layout.addWidget(_tool(action))
        person = QLabel(who, objectName="quiet")
        person.setAccessibleName(f"At the desk: {who}")
        mark = QLabel()
        mark.setPixmap(icon("person").pixmap(size(16), size(16)))
        layout.addSpacing(size(8))
        layout.addWidget(mark)
        layout.addWidget(person)

    def _search(self) -> QPushButton:
        search = QPushButton("Find a record or a command", objectName="search")
        search.setIcon(icon("search", tone="text3"))
        search.setAccessibleName("Find a record or a command")
        search.setToolTip("Ctrl+K")
        search.setMinimumWidth(size(300))
        search.setProperty("hint", "Ctrl+K")
        search.clicked.connect(self.searched)
        return search


def _tool(action: QAction) -> QToolButton:
    tool = QToolButton()
    tool.setDefaultAction(action)
    tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    tool.setAccessibleName(action.text())
    return tool
