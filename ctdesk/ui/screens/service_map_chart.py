"""The same map as bars: one a row, in parts by the columns, the figure at its end."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ctdesk.services.service_map import ServiceMap
from ctdesk.ui.models.service_map import figure_text
from ctdesk.ui.theme import font, size, token
from ctdesk.ui.widgets.bars import paint_bar

_TONES = (("series.1", False), ("heat.4", False), ("heat.2", False), ("series.1", True), ("control", True))
"""Looks of the parts, in the order of the columns; beyond them they begin again."""


class MapChart(QScrollArea):
    """Bars from nought, each with its parts; scrolls where there are many."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self._bars = _Bars()
        self.setWidget(self._bars)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("Service map as bars")

    def show_map(self, found: ServiceMap) -> None:
        """Show a map."""
        self._bars.show_map(found)


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._found: ServiceMap | None = None

    def show_map(self, found: ServiceMap) -> None:
        self._found = found
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
        if self._found.view.measure.adds_up:
            self._paint_key(painter, self._found)
        self._paint_rows(painter, self._found)

    def _paint_key(self, painter: QPainter, found: ServiceMap) -> None:
        painter.setFont(font("small"))
        metrics, x = QFontMetrics(font("small")), size(14)
        for at, name in enumerate(found.matrix.columns if found.view.columns != "none" else ()):
            colour, hatched = _TONES[at % len(_TONES)]
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

    @staticmethod
    def _paint_parts(painter: QPainter, found: ServiceMap, row: int, box: QRect, largest: int) -> int:
        """Paint the parts of a bar, and return where it ends."""
        adds = found.view.measure.adds_up
        parts = found.matrix.cells[row] if adds else (found.matrix.row_totals[row],)
        x, done = box.left(), 0
        for at, part in enumerate(parts):
            done += part or 0
            right = box.left() + box.width() * done // largest
            colour, hatched = _TONES[at % len(_TONES)]
            paint_bar(painter, QRect(x, box.top(), right - x, box.height()), colour, hatched=hatched)
            x = right
        return x
