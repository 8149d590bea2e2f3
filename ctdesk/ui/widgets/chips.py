"""The filters in force, as chips that read like a sentence: field is **value**, and a cross to take it off."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from ctdesk.ui.theme import font, high_contrast, icon_pixmap, size, themes_changed, token
from ctdesk.ui.widgets.flow import FlowLayout
from ctdesk.ui.widgets.labels import Link

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Filter:
    """A filter as it is read: its key, the words before the value ("Tier is") and the value ("Targeted")."""

    key: str
    words: str
    value: str


class Chip(QToolButton):
    """One filter. Enter, space or a click edits it; Delete, Backspace or a click on the cross takes it off."""

    edited = Signal(str)
    removed = Signal(str)

    def __init__(self, shown: Filter) -> None:
        """Show a filter."""
        super().__init__()
        self.filter = shown
        self.setProperty("part", "chip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{shown.words} {shown.value}")
        self.setAccessibleDescription("Enter changes the filter, Delete takes it off")
        self.clicked.connect(lambda: self.edited.emit(shown.key))
        themes_changed.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the words, the value and the cross, at most a third of a small window."""
        wide = size(9) + self._words_width() + self._value_width() + size(6) + size(12) + size(7)
        return QSize(min(wide, size(380)), size(24))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take off on Delete."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.filter.key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take off when the cross was clicked."""
        if self._cross().contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit(self.filter.key)
            return
        super().mouseReleaseEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the chip."""
        painter = QPainter(self)
        self._paint_ground(painter)
        left = self._paint_text(painter, size(9), self.filter.words, "help", "text")
        room = self._cross().left() - left - size(5)
        value = QFontMetrics(font("group")).elidedText(self.filter.value, Qt.TextElideMode.ElideRight, room)
        self._paint_text(painter, left + size(5), value, "group", "text")
        side = size(12)
        cross = icon_pixmap("close", "text3", side, self.devicePixelRatio())
        painter.drawPixmap(self.width() - side - size(7), (self.height() - side) // 2, cross)

    def _paint_ground(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(token("text" if high_contrast() else "line2"), 1))
        painter.setBrush(token("hover" if self.underMouse() else "surface"))
        half = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), half, half)

    def _paint_text(self, painter: QPainter, left: int, text: str, role: str, tone: str) -> int:
        words = font(role)
        painter.setFont(words)
        painter.setPen(token(tone))
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), _LEFT, text)
        return left + QFontMetrics(words).horizontalAdvance(text)

    def _words_width(self) -> int:
        return QFontMetrics(font("help")).horizontalAdvance(self.filter.words) + size(5)

    def _value_width(self) -> int:
        return QFontMetrics(font("group")).horizontalAdvance(self.filter.value) + 1

    def _cross(self) -> QRect:
        wide = size(23)
        return QRect(self.width() - wide, 0, wide, self.height())


class ChipRow(QWidget):
    """The chips of all filters in force and, after the last, the link that takes all of them off."""

    edited = Signal(str)
    removed = Signal(str)
    reset = Signal()

    def __init__(self) -> None:
        """Make a row without filters, which takes no room."""
        super().__init__()
        self.setAccessibleName("Filters in force")
        self._flow = FlowLayout(self, gap=size(8))
        self._chips: list[Chip] = []
        self._reset = Link("Reset filters")
        self._reset.clicked.connect(self.reset)
        self._flow.addWidget(self._reset)
        self.show_filters(())

    def show_filters(self, filters: Iterable[Filter]) -> None:
        """Show these filters, one chip each, in their order."""
        wanted = list(filters)
        if [chip.filter for chip in self._chips] != wanted:
            self._drop_chips()
            for place, each in enumerate(wanted):
                self._add_chip(place, each)
        self.setVisible(bool(wanted))

    def chips(self) -> list[Chip]:
        """Return the chips shown."""
        return list(self._chips)

    def _drop_chips(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []

    def _add_chip(self, place: int, shown: Filter) -> None:
        chip = Chip(shown)
        chip.edited.connect(self.edited)
        chip.removed.connect(self.removed)
        self._flow.insert(place, chip)
        self._chips.append(chip)
        chip.show()
