"""The first columns, which stay in sight while the others are scrolled sideways."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ctdesk.ui.grid.header import GridHeader
from ctdesk.ui.theme import token

if TYPE_CHECKING:
    from ctdesk.ui.grid.view import Grid


class FrozenColumns(QTableView):
    """A second view of the grid's first columns, laid over it only while the grid is scrolled sideways."""

    def __init__(self, grid: "Grid") -> None:
        """Lie over a grid, with its model and selection."""
        super().__init__(grid)
        self._grid = grid
        self.count = 0
        self.setProperty("bare", "true")
        self.setModel(grid.records)
        self.setSelectionModel(grid.selectionModel())
        self.setItemDelegate(grid.itemDelegate())
        self.setAccessibleName("Columns that stay in sight")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(grid)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = GridHeader(grid.records, self)
        head.setSectionsMovable(False)
        head.setSectionResizeMode(head.ResizeMode.Fixed)
        self.setHorizontalHeader(head)
        grid.listen_to(head)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        grid.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.doubleClicked.connect(grid.doubleClicked)
        self.hide()

    def place(self) -> None:
        """Lie over the first columns, or be hidden where nothing would be hidden below."""
        self.count = self._fitting()
        if not self.count or self._grid.horizontalScrollBar().value() == 0:
            self.hide()
            return
        wide = sum(self._grid.columnWidth(at) for at in range(self.count))
        for at in range(self._grid.records.columnCount()):
            self.setColumnHidden(at, at >= self.count)
            if at < self.count:
                self.setColumnWidth(at, self._grid.columnWidth(at))
        head = self._grid.horizontalHeader().height()
        self.horizontalHeader().setFixedHeight(head)
        frame = self._grid.frameWidth()
        self.setGeometry(frame, frame, wide + 1, head + self._grid.viewport().height())
        self.verticalScrollBar().setRange(
            self._grid.verticalScrollBar().minimum(), self._grid.verticalScrollBar().maximum()
        )
        self.verticalScrollBar().setValue(self._grid.verticalScrollBar().value())
        self.show()
        self.raise_()

    def _fitting(self) -> int:
        """Return how many of the columns wanted leave half of the grid to the others."""
        room, count = self._grid.viewport().width() // 2, 0
        for at in range(min(self._grid.frozen_wanted(), self._grid.records.columnCount())):
            room -= self._grid.columnWidth(at)
            count += room >= 0
        return count

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the columns and the edge behind which the others vanish."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(token("line2"))
        edge = self.viewport().width() - 1
        painter.drawLine(edge, 0, edge, self.viewport().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Do what a click on the grid does, and give the grid the keys."""
        self._grid.setFocus(Qt.FocusReason.MouseFocusReason)
        row = self.rowAt(event.position().toPoint().y())
        if row >= 0 and self._grid.records.group(row) is not None:
            self._grid.folded.emit(row)
            return
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll the grid."""
        self._grid.wheelEvent(event)
