"""The frozen row at the foot of the grid: how many are shown, and the sums under their columns."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctdesk.ui.grid.sums import sum_text
from ctdesk.ui.grid.view import Grid
from ctdesk.ui.theme import font, size, token

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TotalsRow(QWidget):
    """Follows the columns of a grid. `say` gives the words at its left."""

    def __init__(self, grid: Grid) -> None:
        """Stand below a grid."""
        super().__init__()
        self._grid = grid
        self.words = self.more = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        grid.laid_out.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the row."""
        return QSize(size(200), size(30))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same height at no width."""
        return QSize(0, size(30))

    def say(self, words: str, more: str = "") -> None:
        """Say how many are shown, and quieter what else there is to say."""
        self.words, self.more = words, more
        self.setAccessibleName(". ".join(filter(None, (words, more, *self.sums()))))
        self.setToolTip("\n".join(filter(None, (words, more))))
        self.update()

    def sums(self) -> list[str]:
        """Return the sums in words."""
        model = self._grid.records
        totals = model.counted.totals
        return [f"{it.label} {sum_text(it, totals[it.name])}" for it in model.fields if it.name in totals]

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint words and sums."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), token("nav"))
        painter.setPen(token("control"))
        painter.drawLine(0, 0, self.width(), 0)
        self._paint_sums(painter)
        end = self._grid.left_of_first_sum() - size(6)
        left = self._paint_words(painter, size(12), end, self.words, "strong", "text")
        self._paint_words(painter, left + size(10), end, self.more, "help", "text2")

    def _paint_words(self, painter: QPainter, left: int, end: int, text: str, role: str, tone: str) -> int:
        words, room = font(role), max(end - left, 0)
        metrics = QFontMetrics(words)
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.fillRect(QRect(left, 1, metrics.horizontalAdvance(cut), self.height() - 1), token("nav"))
        painter.setFont(words)
        painter.setPen(token(tone))
        painter.drawText(QRect(left, 0, room, self.height()), _LEFT, cut)
        return left + metrics.horizontalAdvance(cut)

    def _paint_sums(self, painter: QPainter) -> None:
        model = self._grid.records
        painter.setFont(font("strong"))
        painter.setPen(token("text"))
        for at, field in enumerate(model.fields):
            if field.name in model.counted.totals:
                left, wide = self._grid.columnViewportPosition(at), self._grid.columnWidth(at)
                text = sum_text(field, model.counted.totals[field.name])
                painter.drawText(QRect(left, 0, wide - size(8), self.height()), _RIGHT, text)
