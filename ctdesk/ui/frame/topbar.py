"""The bar at the top: menus, the search over everything, undo and redo, and who is at the desk."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QPushButton, QSizePolicy, QToolButton, QWidget

from ctdesk.ui.theme import icon, size
from ctdesk.ui.widgets import button, label


class TopBar(QWidget):
    """Menus at the left, search in the middle, undo and redo at the right. `searched` opens the palette."""

    searched = Signal()

    def __init__(self, who: str, undo: QAction, redo: QAction) -> None:
        """Make the bar with the frame's undo and redo."""
        super().__init__()
        self.setProperty("part", "topbar")
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
        self._tools = [_tool(action) for action in (undo, redo)]
        for tool in self._tools:
            layout.addWidget(tool)
        person = label(who, "help", tone="2")
        person.setAccessibleName(f"At the desk: {who}")
        mark = label("", "help", tone="2")
        mark.setPixmap(icon("person").pixmap(size(16), size(16)))
        layout.addSpacing(size(8))
        layout.addWidget(mark)
        layout.addWidget(person)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the words of undo and redo out where there is no room for them."""
        super().resizeEvent(event)
        narrow = self.width() < size(1000)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for tool in self._tools:
            tool.setToolButtonStyle(style)

    def _search(self) -> QPushButton:
        search = button("Find a record or a command", icon="search", shortcut="Ctrl+K")
        search.setAccessibleName("Find a record or a command")
        search.setMinimumWidth(size(240))
        search.clicked.connect(self.searched)
        return search


def _tool(action: QAction) -> QToolButton:
    tool = QToolButton()
    tool.setDefaultAction(action)
    tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    tool.setIconSize(QSize(size(16), size(16)))
    tool.setAccessibleName(action.text())
    return tool
