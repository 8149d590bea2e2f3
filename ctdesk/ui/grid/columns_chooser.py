"""Which columns a list shows, and in which order: ticked and dragged, or moved by keys."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ctdesk.services.lists import columns_of, standard_view
from ctdesk.ui.models.list_state import ListState
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import SearchField, button, dialog_size, label

_NAME = int(Qt.ItemDataRole.UserRole)


class ColumnsChooser(QFrame):
    """A popup with all columns of a kind, those shown first and in their order."""

    def __init__(self, parent: QWidget, state: ListState) -> None:
        """Offer the columns."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("part", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Columns")
        self._state = state
        self.columns = _Columns()
        self._fill(state.view.columns)
        find = SearchField("Find a column", key="")
        find.textChanged.connect(self._find)
        usual = button("Usual columns", kind="quiet", small=True)
        usual.clicked.connect(lambda: self._fill(standard_view(state.kind).columns))
        show = button("Show these", kind="main", small=True)
        show.clicked.connect(self.apply)
        self.frozen = QSpinBox()
        self.frozen.setRange(0, 4)
        self.frozen.setValue(state.kept("frozen", 2))
        self.frozen.setAccessibleName("First columns that stay in sight")
        stays = QHBoxLayout()
        stays.addWidget(label("First columns that stay in sight", "help"))
        stays.addStretch(1)
        stays.addWidget(self.frozen)
        foot = QHBoxLayout()
        foot.addWidget(usual)
        foot.addStretch(1)
        foot.addWidget(show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(10), size(10), size(10), size(10))
        layout.setSpacing(size(6))
        layout.addWidget(label("Columns", "section"))
        layout.addWidget(
            label("Tick what to show; drag, or Alt+Up and Alt+Down, to put in order.", "help", tone="3", wrap=True)
        )
        layout.addWidget(find)
        layout.addWidget(self.columns)
        layout.addLayout(stays)
        layout.addLayout(foot)
        self.setFixedSize(dialog_size(parent, 300, 430))
        self.setFocusProxy(self.columns)

    def _fill(self, shown: tuple[str, ...]) -> None:
        fields = {field.name: field for field in columns_of(self._state.kind)}
        self.columns.clear()
        for name in (*shown, *(name for name in fields if name not in shown)):
            item = QListWidgetItem(fields[name].label)
            item.setData(_NAME, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
            self.columns.addItem(item)
        self.columns.setCurrentRow(0)

    def _find(self, text: str) -> None:
        for at in range(self.columns.count()):
            item = self.columns.item(at)
            item.setHidden(text.casefold() not in item.text().casefold())

    def chosen(self) -> list[str]:
        """Return the ticked columns in their order."""
        items = [self.columns.item(at) for at in range(self.columns.count())]
        return [str(item.data(_NAME)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def apply(self) -> None:
        """Show what is ticked."""
        chosen = self.chosen()
        self._state.keep("frozen", self.frozen.value())
        self.close()
        self._state.show_columns(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Show what is ticked on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
            return
        super().keyPressEvent(event)

    def open_at(self, place: QPoint) -> None:
        """Show the popup with its right edge at a place on the screen."""
        room = self.screen().availableGeometry()
        left = max(place.x() - self.width(), room.left())
        self.move(left, max(min(place.y(), room.bottom() - self.height()), room.top()))
        self.show()
        self.columns.setFocus()


class _Columns(QListWidget):
    """The list of columns; Alt with an arrow moves the current one."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Columns, ticked if shown")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move the current column."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        at = self.currentRow()
        if 0 <= at + step < self.count():
            item = self.takeItem(at)
            self.insertItem(at + step, item)
            self.setCurrentRow(at + step)
