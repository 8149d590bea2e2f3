"""How the cells of the grid are painted: records, groups with their subtotals, the current cell."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ctdesk.domain.definition import Field
from ctdesk.services.lists import Group
from ctdesk.services.naming import counted
from ctdesk.ui.grid.sums import sum_text
from ctdesk.ui.models.records import FIGURES, RecordsModel
from ctdesk.ui.theme import font, icon_pixmap, size, themes_changed, token
from ctdesk.ui.widgets.badge import paint_state
from ctdesk.ui.widgets.state_delegate import paint_cell_focus
from ctdesk.ui.widgets.states import find_state

if TYPE_CHECKING:
    from ctdesk.ui.grid.view import Grid

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CUT = Qt.TextElideMode.ElideRight
_SELECTED = QStyle.StateFlag.State_Selected

STATES = {("activity", "state"): "activity", ("agreement", "state"): "agreement", ("request", "state"): "request"}
"""The set of states of a column that shows states, by kind and name."""


class GridPaint(QStyledItemDelegate):
    """Paints every cell of a grid, also those of its frozen columns."""

    def __init__(self, grid: "Grid", parent: QObject) -> None:
        """Paint for a grid."""
        super().__init__(parent)
        self._grid = grid
        self._measure()
        themes_changed.changed.connect(self._measure)

    def _measure(self) -> None:
        self._fonts: dict[str, tuple[QFont, QFontMetrics]] = {}
        for role in ("body", "strong", "help"):
            self._fonts[role] = (font(role), QFontMetrics(font(role)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        model: RecordsModel = self._grid.records
        row, column = index.row(), index.column()
        rect: QRect = option.rect
        painter.save()
        group = model.group(row)
        if group is not None:
            self._paint_group(painter, rect, group, column)
        else:
            self._paint_record(painter, option, rect, row, column)
        painter.setPen(token("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if self._grid.is_current(row, column):
            self._paint_current(painter, rect)
        painter.restore()

    def _paint_record(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: int, column: int
    ) -> None:
        model = self._grid.records
        lit = row == self._grid.lit_row or bool(option.state & _SELECTED)
        painter.fillRect(rect, token("sel" if lit else "surface"))
        text, field = model.text(row, column), model.fields[column]
        state_set = STATES.get((model.view.kind, field.name))
        state = find_state(state_set, text) if state_set and text else None
        if state is not None:
            paint_state(painter, rect.adjusted(size(8), 0, -size(4), 0), state, state.word)
        elif text:
            self._paint_text(painter, rect, field, text, quiet=field.name == "reference")

    def _paint_text(self, painter: QPainter, rect: QRect, field: Field, text: str, *, quiet: bool) -> None:
        words, metrics = self._fonts["body"]
        painter.setFont(words)
        painter.setPen(token("text2" if quiet else "text"))
        room = rect.adjusted(size(8), 0, -size(8), 0)
        line = text.replace("\n", " ")
        if metrics.horizontalAdvance(line) > room.width():
            line = metrics.elidedText(line, _CUT, room.width())
        painter.drawText(room, _RIGHT if field.kind in FIGURES else _LEFT, line)

    def _paint_group(self, painter: QPainter, rect: QRect, group: Group, column: int) -> None:
        """Paint this cell's part of the group's row; the name runs on below all columns before the first sum."""
        painter.fillRect(rect, token("sunken"))
        painter.setClipRect(rect)
        field = self._grid.records.fields[column]
        if field.name in group.totals:
            words, _ = self._fonts["strong"]
            painter.setFont(words)
            painter.setPen(token("text"))
            room = rect.adjusted(size(4), 0, -size(8), 0)
            painter.drawText(room, _RIGHT, sum_text(field, group.totals[field.name]))
        else:
            self._paint_name(painter, rect, group)
        painter.setPen(token("line2"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.setClipping(False)

    def _paint_name(self, painter: QPainter, rect: QRect, group: Group) -> None:
        closed = group.value in self._grid.records.view.closed_groups
        side, left = size(12), size(8)
        arrow = icon_pixmap(
            "chevron-right" if closed else "chevron-down", "text2", side, painter.device().devicePixelRatio()
        )
        painter.drawPixmap(left, rect.top() + (rect.height() - side) // 2, arrow)
        left += side + size(7)
        end = self._grid.left_of_first_sum() - size(8)
        words, metrics = self._fonts["strong"]
        name = metrics.elidedText(group.label, _CUT, max(end - left, 0))
        painter.setFont(words)
        painter.setPen(token("text"))
        painter.drawText(QRect(left, rect.top(), end - left, rect.height()), _LEFT, name)
        left += metrics.horizontalAdvance(name) + size(7)
        painter.setFont(self._fonts["body"][0])
        painter.setPen(token("text3"))
        count = self._fonts["body"][1].elidedText(
            counted(self._grid.records.view.kind, group.count), _CUT, max(end - left, 0)
        )
        painter.drawText(QRect(left, rect.top(), max(end - left, 0), rect.height()), _LEFT, count)

    def _paint_current(self, painter: QPainter, rect: QRect) -> None:
        if self._grid.has_keyboard():
            paint_cell_focus(painter, rect)
        else:
            painter.setPen(QPen(token("control"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room a cell's text wants, for fitting a column to what it holds."""
        model = self._grid.records
        text = "" if model.group(index.row()) is not None else model.text(index.row(), index.column())
        state = STATES.get((model.view.kind, model.fields[index.column()].name))
        return QSize(self._fonts["body"][1].horizontalAdvance(text) + size(36 if state else 18), size(26))
