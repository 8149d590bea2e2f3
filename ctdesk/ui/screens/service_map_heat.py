"""The map as a table: figures and words in every cell, the shade only to help; arrow keys move, Enter drills."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ctdesk.ui.models.service_map import CELL, LOW_PER_HEAD, HeatCell, MapModel, Shown
from ctdesk.ui.theme import font, high_contrast, size, token
from ctdesk.ui.widgets import label

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LAST_STEP = 6
_LEAST_HIGH = 44
"""The height in which a cell has room for its two lines, at 100% text."""


class HeatDelegate(QStyledItemDelegate):
    """Paints a cell: shade, figure, the words below it; a gap is hatched, with its word, what is low bears a sign."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """Return room for two lines."""
        return QSize(size(118), size(50))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        cell = index.data(CELL)
        if not isinstance(cell, HeatCell):
            return
        painter.save()
        box = option.rect.adjusted(1, 1, -1, -1)
        tones = self._ground(painter, box, cell)
        self._write(painter, box.adjusted(size(4), size(4), -size(8), -size(4)), cell, tones)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(token("focus"), size(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRect, cell: HeatCell) -> tuple[str, str]:
        """Paint what the words stand on, and return the tones of figure and words."""
        if cell.gap:
            _hatch(painter, box)
            return "bad", "text2"
        if cell.step:
            step = min(cell.step, _LAST_STEP)
            painter.fillRect(box, token(f"heat.{step}"))
            if high_contrast():
                painter.setPen(QPen(token("line2"), 1))
                painter.drawRect(box)
            tone = "heat.high.text" if step > 4 else "heat.low.text"
            return tone, tone
        if cell.total:
            painter.setPen(QPen(token("line2"), 1))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        return ("text", "text2") if cell.total else ("text3", "text3")

    @staticmethod
    def _write(painter: QPainter, box: QRect, cell: HeatCell, tones: tuple[str, str]) -> None:
        figure = font("strong" if cell.total or cell.gap else "medium")
        painter.setFont(figure)
        painter.setPen(token(tones[0]))
        top = QRect(box)
        if cell.words:
            top.setBottom(box.center().y())
        painter.drawText(top, int(_RIGHT), cell.figure)
        if cell.low:
            _fall(painter, top)
        if cell.words:
            painter.setFont(font("small"))
            painter.setPen(token(tones[1]))
            below = QRect(box)
            below.setTop(box.center().y())
            words = QFontMetrics(font("small")).elidedText(cell.words, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, int(_RIGHT), words)


def _fall(painter: QPainter, box: QRect) -> None:
    """Paint the sign of what is low, in the pen's colour, at the left of the figure."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(painter.pen().color())
    left, middle, half = box.left() + size(4), box.center().y(), size(4)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(left, middle - half),
                QPointF(left + 2 * half, middle - half),
                QPointF(left + half, middle + half),
            ]
        )
    )
    painter.restore()


def _hatch(painter: QPainter, box: QRect) -> None:
    painter.save()
    painter.setClipRect(box)
    painter.setPen(QPen(token("line2"), 1))
    step = size(7)
    for x in range(box.left() - box.height(), box.right(), step):
        painter.drawPolyline(QPolygonF([QPointF(x, box.bottom()), QPointF(x + box.height(), box.top())]))
    painter.setPen(QPen(token("control"), 1, Qt.PenStyle.DashLine))
    painter.drawRect(box.adjusted(0, 0, -1, -1))
    painter.restore()


class HeatView(QTableView):
    """The table; `drilled` carries row and column of the matrix, None for a total."""

    drilled = Signal(object, object)

    def __init__(self) -> None:
        """Make the table, empty."""
        super().__init__()
        self.map = MapModel(self)
        self.setModel(self.map)
        self.setItemDelegate(HeatDelegate(self))
        self.setAccessibleName("Service map")
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.setSectionsClickable(False)
            head.setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(_RIGHT | Qt.TextFlag.TextWordWrap)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._corner = label("", "medium")
        self._corner.setParent(self)
        self._corner.setContentsMargins(size(8), 0, size(4), 0)
        self._corner.setWordWrap(True)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_map(self, shown: Shown) -> None:
        """Show another map, and stay at the cell that was current."""
        before = self.currentIndex()
        row, column = before.row(), before.column()
        self.map.show_map(shown)
        self._corner.setText(shown.found.rows.label)
        self._measure()
        if self.map.rowCount():
            row, column = min(max(row, 0), self.map.rowCount() - 1), min(max(column, 0), self.map.columnCount() - 1)
            self.setCurrentIndex(self.map.index(row, column))

    def _measure(self) -> None:
        self.verticalHeader().setFixedWidth(self._widest_label())
        heads = self.horizontalHeader()
        room = self.viewport().width() // max(self.map.columnCount(), 1)
        heads.setDefaultSectionSize(max(self._widest_figure(), min(room, size(170))))
        high = self._highest_head(heads.defaultSectionSize())
        if heads.height() != high:
            heads.setFixedHeight(high)
            self.updateGeometries()
        self._corner.setGeometry(0, 0, self.verticalHeader().width() - 1, high - 1)
        room = (self.height() - high - size(2)) // max(self.map.rowCount(), 1)
        self.verticalHeader().setDefaultSectionSize(min(max(room, size(_LEAST_HIGH)), size(52)))
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def _highest_head(self, wide: int) -> int:
        """Return the height in which every head has room for its lines."""
        metrics, flags = QFontMetrics(font("medium")), int(Qt.TextFlag.TextWordWrap)
        room = QRect(0, 0, wide - size(14), size(400))
        heads = (self.map.headerData(at, Qt.Orientation.Horizontal) for at in range(self.map.columnCount()))
        return max((metrics.boundingRect(room, flags, str(it)).height() for it in heads), default=0) + size(18)

    def _widest_figure(self) -> int:
        """Return the width in which no figure is cut; totals are the widest."""
        metrics, last = QFontMetrics(font("strong")), self.map.rowCount() - 1
        cells = (self.map.index(last, column).data(CELL) for column in range(self.map.columnCount()))
        widest = max((metrics.horizontalAdvance(cell.figure) for cell in cells if cell is not None), default=0)
        low = QFontMetrics(font("small")).horizontalAdvance(f"{LOW_PER_HEAD}, 999 act.") if self._any_low else 0
        return max(widest + size(15), low + size(14), size(90))

    @property
    def _any_low(self) -> bool:
        return bool(self.map.shown and self.map.shown.low)

    def _widest_label(self) -> int:
        metrics, vertical = QFontMetrics(font("medium")), Qt.Orientation.Vertical
        labels = [str(self.map.headerData(at, vertical)) for at in range(self.map.rowCount())]
        return min(max((metrics.horizontalAdvance(it) for it in labels), default=0) + size(16), size(210))

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Share the room among the columns."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self._measure()

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.drilled.emit(*self.map.place(current))
