"""States in the cells of a table: symbol and word in the tone's colour, without a ground, to keep columns calm."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ctdesk.ui.theme import size, token
from ctdesk.ui.widgets.badge import paint_state
from ctdesk.ui.widgets.states import find_state

# Plain integers: comparing Qt's enums costs more than the painting of a cell may.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SELECTED = QStyle.StateFlag.State_Selected
_FOCUS = QStyle.StateFlag.State_HasFocus


class StateDelegate(QStyledItemDelegate):
    """Paints cells whose text is a key or a word of one set of states; other texts are painted as they are."""

    def __init__(self, state_set: str, parent: QObject | None = None) -> None:
        """Paint the states of a set."""
        super().__init__(parent)
        self._set = state_set

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        text = index.data(_DISPLAY)
        state = find_state(self._set, text) if isinstance(text, str) else None
        if state is None:
            super().paint(painter, option, index)
            return
        rect: QRect = option.rect
        flags: QStyle.StateFlag = option.state
        painter.save()
        if flags & _SELECTED:
            painter.fillRect(rect, token("sel"))
        paint_state(painter, rect.adjusted(size(8), 0, -size(4), 0), state, state.word)
        if flags & _FOCUS:
            paint_cell_focus(painter, rect)
        painter.restore()


def paint_cell_focus(painter: QPainter, rect: QRect) -> None:
    """Paint the 2 px ring inside the current cell."""
    width = size(2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(token("focus"), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.drawRect(rect.adjusted(width // 2, width // 2, -((width + 1) // 2), -((width + 1) // 2)))
