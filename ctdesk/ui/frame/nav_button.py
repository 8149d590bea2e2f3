"""One line of the navigation: icon, words and the count of what waits."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ctdesk.ui.theme import font, icon, size, token


class NavButton(QAbstractButton):
    """A button painted from the tokens, so that it is the same in every style and size."""

    def __init__(self, title: str, symbol: str) -> None:
        """Make the button; that of a screen may then be made checkable."""
        super().__init__()
        self._symbol = symbol
        self._count = 0
        self._folded = False
        self.setText(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name()

    def _name(self) -> None:
        waiting = f", {self._count} waiting" if self._count else ""
        self.setAccessibleName(f"{self.text()}{waiting}")
        self.setToolTip(f"{self.text()}{waiting}" if self._folded else "")

    def fold(self, *, folded: bool) -> None:
        """Show the icon alone, or the words too."""
        self._folded = folded
        self._name()
        self.update()

    def show_waiting(self, count: int) -> None:
        """Show a count, or none."""
        self._count = count
        self._name()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of a line."""
        return QSize(size(120), size(31))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least height, for many screens and large text in a low window."""
        return QSize(size(40), size(19))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground, the mark of the current screen, the icon, the words and the count."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        side = size(16)
        left = (self.width() - side) // 2 - size(8 if self._count else 0) if self._folded else size(10)
        tone = "accent" if self.isChecked() else "text2"
        icon(self._symbol, tone=tone).paint(painter, QRect(left, (self.height() - side) // 2, side, side))
        if not self._folded:
            self._paint_words(painter)
        if self._count:
            self._paint_count(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked() or self.underMouse():
            painter.setPen(QPen(token("line2")) if self.isChecked() else Qt.PenStyle.NoPen)
            painter.setBrush(token("surface" if self.isChecked() else "sunken"))
            painter.drawRoundedRect(ground, size(4), size(4))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(token("accent"))
            painter.drawRect(QRectF(0, size(7), size(3), self.height() - size(14)))
        if self.hasFocus():
            painter.setPen(QPen(token("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), size(4), size(4))

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(font("strong" if self.isChecked() else "body"))
        painter.setPen(token("text" if self.isChecked() else "text2"))
        beside = self._count_width() + size(10) if self._count else size(6)
        area = self.rect().adjusted(size(33), 0, -beside, 0)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _count_words(self) -> str:
        return str(self._count) if self._count < 1000 else "999+"

    def _count_width(self) -> int:
        return max(QFontMetrics(font("small")).horizontalAdvance(self._count_words()) + size(10), size(18))

    def _paint_count(self, painter: QPainter) -> None:
        painter.setFont(font("small"))
        words, width = self._count_words(), self._count_width()
        height = size(17)
        top = 0 if self._folded else (self.height() - height) // 2
        pill = QRectF(self.width() - width - size(0 if self._folded else 6), top, width, height).adjusted(
            0.5, 0.5, -0.5, -0.5
        )
        painter.setPen(QPen(token("line2")))
        painter.setBrush(token("surface"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(token("text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
