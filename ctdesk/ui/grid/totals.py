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
        left = size(12)
        for text, role, tone in ((self.words, "strong", "text"), (self.more, "help", "text2")):
            painter.setPen(token(tone))
            left += self._paint_words(painter, QRect(left, 0, max(end - left, 0), self.height()), text, role)

    @staticmethod
    def _paint_words(painter: QPainter, room: QRect, text: str, role: str) -> int:
        """Paint words in their room, and return how far the next begin."""
        words = font(role)
        metrics = QFontMetrics(words)
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(words)
        painter.drawText(room, _LEFT, cut)
        return metrics.horizontalAdvance(cut) + size(10)

    def _paint_sums(self, painter: QPainter) -> None:
        model = self._grid.records
        painter.setFont(font("strong"))
        painter.setPen(token("text"))
        for at, field in enumerate(model.fields):
            if field.name in model.counted.totals:
                left, wide = self._grid.columnViewportPosition(at), self._grid.columnWidth(at)
                # Half a figure says something else than the whole.
                if left < self._grid.left_of_first_sum() or left + wide - size(8) > self._grid.viewport().width():
                    continue
                text = sum_text(field, model.counted.totals[field.name])
                painter.drawText(QRect(left, 0, wide - size(8), self.height()), _RIGHT, text)
