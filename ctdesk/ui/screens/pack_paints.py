"""How an item of an agenda is painted: its title, and below it in quieter words what stands behind it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ctdesk.ui.theme import font, size, token

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class TwoLines(QStyledItemDelegate):
    """Paints a text of two lines, each cut where it does not fit; the tooltip has the whole."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint ground and lines."""
        looks = QStyleOptionViewItem(option)
        self.initStyleOption(looks, index)
        first, _, second = str(index.data()).partition("\n")
        looks.text = ""
        style = looks.widget.style() if looks.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, looks, painter, looks.widget)
        room = looks.rect.adjusted(size(4), size(4), -size(4), -size(4))
        upper, lower = room.adjusted(0, 0, 0, -room.height() // 2), room.adjusted(0, room.height() // 2, 0, 0)
        for place, words, role, tone in ((upper, first, "body", "text"), (lower, second, "help", "text2")):
            look = font(role)
            painter.setFont(look)
            painter.setPen(token(tone))
            cut = QFontMetrics(look).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, _LEFT, cut)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """Return room for both lines."""
        high = QFontMetrics(font("body")).height() + QFontMetrics(font("help")).height()
        return QSize(super().sizeHint(option, index).width(), high + size(12))
