"""The bar at the top: menus, the search over everything, undo and redo, and who is at the desk."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QSizePolicy, QToolButton, QWidget

from ctdesk.ui.theme import icon, size
from ctdesk.ui.widgets import Button, button, fit_buttons, label


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
        self.folded = button("&Menu", icon="menu")
        self.folded.setMenu(QMenu(self.folded))
        self.search = self._search()
        layout.addWidget(self.menus)
        layout.addWidget(self.folded)
        layout.addStretch(1)
        layout.addWidget(self.search)
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
        self._others = [mark, person]
        self.folded.hide()

    def event(self, event: QEvent) -> bool:
        """Fit everything into the width whenever it, or what stands in it, changes."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Leave out the words of undo and redo, then make the menus one button, then the search an icon."""
        gaps = size(8) * 9 + size(24) + sum(it.sizeHint().width() for it in self._others)
        wanted = self.menus.sizeHint().width() + self.search.width_at(0)
        # Reckoned, not tried: trying another style would have the bar laid out again and again.
        words = sum(tool.fontMetrics().horizontalAdvance(tool.text()) + size(36) for tool in self._tools)
        whole = wanted + gaps + words <= self.width()
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for tool in self._tools:
            tool.setToolButtonStyle(beside if whole else alone)
        room = self.width() - gaps - self._tools_width()
        folds = wanted > room
        if folds != self.menus.isHidden():
            self.menus.setHidden(folds)
            self.folded.setVisible(folds)
        menu = self.folded.menu()
        if folds and menu is not None:
            menu.addActions(self.menus.actions())  # those it has already stay where they are
        first = self.folded.sizeHint().width() if folds else self.menus.sizeHint().width()
        fit_buttons([self.search], room - first, 0)

    def _tools_width(self) -> int:
        return sum(tool.sizeHint().width() for tool in self._tools)

    def _search(self) -> Button:
        search = button("Find a record or a command", icon="search", shortcut="Ctrl+K")
        search.setAccessibleName("Find a record or a command")
        search.clicked.connect(self.searched)
        return search


def _tool(action: QAction) -> QToolButton:
    tool = QToolButton()
    tool.setDefaultAction(action)
    tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    tool.setIconSize(QSize(size(16), size(16)))
    tool.setAccessibleName(action.text())
    return tool
