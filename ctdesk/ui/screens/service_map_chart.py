"""The same map as bars: one a row, in parts by the columns, the figure at its end."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from ctdesk.services.map_dimensions import NONE
from ctdesk.services.service_map import ServiceMap
from ctdesk.ui.models.service_map import figure_text
from ctdesk.ui.theme import font, size, token
from ctdesk.ui.widgets.bars import paint_bar

_TONES = (("series.1", False), ("heat.4", False), ("heat.2", False), ("series.1", True), ("control", True))
"""Looks of the parts, in the order of the columns; they differ without colour too."""


class MapChart(QScrollArea):
    """Bars from nought, each with its parts; scrolls where there are many.

    `drilled` carries the row of the bar that was clicked, and the column of its part or None.
    """

    drilled = Signal(object, object)

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self._bars = _Bars()
        self._bars.drilled.connect(self.drilled)
        self.setWidget(self._bars)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("Service map as bars")

    def show_map(self, found: ServiceMap) -> None:
        """Show a map."""
        self._bars.show_map(found)


class _Bars(QWidget):
    drilled = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._found: ServiceMap | None = None
        self._parts: Sequence[int] = ()
        self._places: list[tuple[QRect, int, int | None]] = []
        self._row = 0
        self._column: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_map(self, found: ServiceMap) -> None:
        self._found, self._parts = found, _told_apart(found)
        self._row, self._column = min(self._row, max(len(found.matrix.rows) - 1, 0)), None
        rows = zip(found.matrix.rows, found.matrix.row_totals, strict=True)
        said = (f"{name} {figure_text(found.view.measure, total or 0)}" for name, total in rows)
        self.setAccessibleName("; ".join(said))
        self.setMinimumHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for every row."""
        rows = len(self._found.matrix.rows) if self._found else 1
        return QSize(size(400), size(40) + rows * size(34))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the key, then the bars."""
        if self._found is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), token("surface"))
        self._places.clear()
        self._paint_key(painter, self._found)
        self._paint_rows(painter, self._found)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drill into the part, or else the bar, that was clicked."""
        at = event.position().toPoint()
        for box, row, column in self._places:
            if box.contains(at):
                self._go(row, column)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from bar to bar with up and down, and from part to part with left and right."""
        rows = len(self._found.matrix.rows) if self._found else 0
        parts = (None, *self._parts)
        at = parts.index(self._column)
        down = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        across = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if rows and (down or across):
            row, part = (
                min(max(now, 0), last - 1) for now, last in ((self._row + down, rows), (at + across, len(parts)))
            )
            self._go(row, parts[part])
        else:
            super().keyPressEvent(event)

    def _go(self, row: int, column: int | None) -> None:
        self._row, self._column = row, column
        self.drilled.emit(row, column)
        self.update()

    def _paint_key(self, painter: QPainter, found: ServiceMap) -> None:
        painter.setFont(font("small"))
        metrics, x = QFontMetrics(font("small")), size(14)
        if not self._parts and found.view.columns != NONE.name and found.view.measure.adds_up:
            painter.setPen(token("text2"))
            said = f"{len(found.matrix.columns)} columns are more than can be told apart; each bar is the row’s total."
            painter.drawText(QRect(x, size(6), self.width(), size(20)), Qt.AlignmentFlag.AlignVCenter, said)
        for at, column in enumerate(self._parts):
            name, (colour, hatched) = found.matrix.columns[column], _TONES[at]
            paint_bar(painter, QRect(x, size(10), size(14), size(12)), colour, hatched=hatched)
            painter.setPen(token("text2"))
            wide = metrics.horizontalAdvance(name)
            painter.drawText(QRect(x + size(19), size(6), wide + 2, size(20)), Qt.AlignmentFlag.AlignVCenter, name)
            x += wide + size(36)

    def _paint_rows(self, painter: QPainter, found: ServiceMap) -> None:
        metrics = QFontMetrics(font("medium"))
        left = min(max((metrics.horizontalAdvance(it) for it in found.matrix.rows), default=0), size(220)) + size(26)
        largest = max((it or 0 for it in found.matrix.row_totals), default=0) or 1
        room = self.width() - left - size(120)
        for at, (name, total) in enumerate(zip(found.matrix.rows, found.matrix.row_totals, strict=True)):
            top, high = size(36) + at * size(34), size(22)
            painter.setFont(font("medium"))
            painter.setPen(token("text"))
            cut = metrics.elidedText(name, Qt.TextElideMode.ElideRight, left - size(24))
            painter.drawText(QRect(size(14), top, left - size(20), high), Qt.AlignmentFlag.AlignVCenter, cut)
            end = self._paint_parts(painter, found, at, QRect(left, top, room, high), largest)
            painter.setPen(token("text"))
            painter.setFont(font("strong"))
            words = "–" if total is None else figure_text(found.view.measure, total)
            painter.drawText(QRect(end + size(8), top, size(112), high), Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_parts(self, painter: QPainter, found: ServiceMap, row: int, box: QRect, largest: int) -> int:
        """Paint the parts of a bar, and return where it ends."""
        cells = found.matrix.cells[row]
        parts: list[tuple[int | None, int | None]] = [(column, cells[column]) for column in self._parts]
        parts = parts or [(None, found.matrix.row_totals[row])]
        x, done = box.left(), 0
        for (column, part), (colour, hatched) in zip(parts, _TONES, strict=False):
            done += part or 0
            right = box.left() + box.width() * done // largest
            place = QRect(x, box.top(), right - x, box.height())
            paint_bar(painter, place, colour, hatched=hatched)
            self._places.append((place, row, column))
            x = right
        self._places.append((QRect(0, box.top(), self.width(), box.height()), row, None))
        if self.hasFocus() and row == self._row:
            self._frame(painter)
        return x

    def _frame(self, painter: QPainter) -> None:
        """Paint a frame round the bar, or the part, that the keys have gone to."""
        place = next(box for box, row, column in self._places if (row, column) == (self._row, self._column))
        painter.setPen(QPen(token("focus"), size(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(1, -size(3), -1, size(3)))


def _told_apart(found: ServiceMap) -> Sequence[int]:
    """Return the columns that are parts of the bars: those with anything in them, where they are few enough."""
    if found.view.columns == NONE.name or not found.view.measure.adds_up or found.matrix.kept_back:
        return ()
    used = [at for at, count in enumerate(found.matrix.column_counts) if count]
    return used if len(used) <= len(_TONES) else ()
