"""The parts of the start page: its large buttons, the lines of its list, the place to drop a file."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ctdesk.services.recent import Recent
from ctdesk.ui.theme import font, icon, size, token
from ctdesk.ui.widgets import label


class BigButton(QAbstractButton):
    """A button of two lines: what it does, and a hint."""

    def __init__(self, words: str, hint: str, symbol: str, keys: str = "") -> None:
        """Make the button; the main one is filled."""
        super().__init__()
        self.setText(words)
        self._hint, self._symbol, self._keys, self._main = hint, symbol, keys, False
        self.setAccessibleName(words)
        self.setAccessibleDescription(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def be_main(self, *, main: bool) -> None:
        """Be the main one, or no longer."""
        self._main = main
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for two lines."""
        return QSize(size(300), size(54))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground, the icon, the two lines and the key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = "onaccent" if self._main else "text"
        ground = self.rect().adjusted(1, 1, -1, -1)
        painter.setBrush(token("accent" if self._main else "surface"))
        painter.setPen(QPen(token("accent" if self._main else "control")))
        painter.drawRoundedRect(ground, size(4), size(4))
        side = size(18)
        mark = QRect(size(16), (self.height() - side) // 2, side, side)
        icon(self._symbol, tone=text).paint(painter, mark)
        words = self.rect().adjusted(size(46), size(8), -size(70), -size(8))
        painter.setPen(token(text))
        painter.setFont(font("strong"))
        painter.drawText(words, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setFont(font("help"))
        painter.setPen(token(text if self._main else "text2"))
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, self._hint)
        keys = self.rect().adjusted(0, 0, -size(16), 0)
        painter.drawText(keys, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._keys)


class RecentDelegate(QStyledItemDelegate):
    """A line of the list: name, path, when it was opened, and whether it is there."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """Return room for two lines."""
        return QSize(size(120), size(55))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        recent: Recent = index.data(Qt.ItemDataRole.UserRole)
        area: QRect = option.rect
        state = option.state
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, token("sel" if chosen else "surface"))
        painter.setPen(QPen(token("line")))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(token("focus"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        side = size(16)
        icon("file").paint(painter, QRect(area.left() + size(16), area.center().y() - side // 2, side, side))
        self._words(painter, area.adjusted(size(48), size(9), -size(16), -size(9)), recent)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, area: QRect, recent: Recent) -> None:
        words = "Not found" if recent.missing else f"{recent.opened.astimezone():%d/%m/%Y %H:%M}"
        second, left = str(recent.path), area
        if area.width() < size(320):
            second = f"{words}, {recent.path}"  # no room for a column of its own
        else:
            left = area.adjusted(0, 0, -size(150), 0)
            painter.setFont(font("body"))
            painter.setPen(token("bad" if recent.missing else "text2"))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(font("strong"))
        painter.setPen(token("text"))
        name = painter.fontMetrics().elidedText(recent.name, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignTop, name)
        painter.setFont(font("help"))
        painter.setPen(token("text2"))
        path = painter.fontMetrics().elidedText(second, Qt.TextElideMode.ElideMiddle, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignBottom, path)


class DropHint(QWidget):
    """A dashed area that says what may be dropped."""

    def __init__(self, words: str) -> None:
        """Make the area with its words."""
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(16), size(16), size(16))
        said = label(words, tone="2", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(said)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the dashed edge."""
        painter = QPainter(self)
        painter.setPen(QPen(token("control"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), size(4), size(4))
