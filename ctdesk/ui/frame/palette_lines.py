"""The lines of the palette: what each says, and how it is painted with the match shown."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ctdesk.ui.places import Place
from ctdesk.ui.theme import font, size, token

LINE = Qt.ItemDataRole.UserRole
"""The role under which a line's value lies."""


@dataclass(frozen=True, slots=True)
class PaletteLine:
    """One line: a command or a record, what sort it is, a note, and where in the title the match lies."""

    title: str
    sort: str
    note: str = ""
    action: QAction | None = None
    place: Place | None = None
    match: tuple[tuple[int, int], ...] = ()
    read_as: str = ""


class PaletteDelegate(QStyledItemDelegate):
    """Paints a line: the title with its match bold and underlined, the note, the sort at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """Return room for one line of words."""
        return QSize(size(200), size(34))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        line: PaletteLine = index.data(LINE)
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, token("sel"))
            painter.fillRect(QRect(area.left(), area.top(), size(3), area.height()), token("accent"))
        inner = area.adjusted(size(12), 0, -size(12), 0)
        painter.setFont(font("help"))
        painter.setPen(token("text3"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.sort)
        right = painter.fontMetrics().horizontalAdvance(line.sort) + size(16)
        end = self._title(painter, inner.adjusted(0, 0, -right, 0), line)
        painter.setFont(font("help"))
        painter.setPen(token("text2"))
        rest = QRect(end + size(10), inner.top(), inner.right() - right - end - size(10), inner.height())
        note = painter.fontMetrics().elidedText(line.note, Qt.TextElideMode.ElideRight, max(0, rest.width()))
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, note)
        painter.restore()

    @staticmethod
    def _title(painter: QPainter, area: QRect, line: PaletteLine) -> int:
        """Paint the title piece by piece and return where it ends."""
        painter.setPen(token("text"))
        at = area.left()
        for words, matched in _pieces(line):
            face = QFont(font("strong" if matched else "body"))
            face.setUnderline(matched)
            painter.setFont(face)
            room = area.right() - at
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, room))
            painter.drawText(QRect(at, area.top(), max(0, room), area.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            at += painter.fontMetrics().horizontalAdvance(shown)
        return at


def _pieces(line: PaletteLine) -> list[tuple[str, bool]]:
    """Return the title cut at its matches."""
    pieces, done = [], 0
    for start, length in sorted(line.match):
        if start < done or start + length > len(line.title):
            continue
        pieces += [(line.title[done:start], False), (line.title[start : start + length], True)]
        done = start + length
    return [(words, matched) for words, matched in [*pieces, (line.title[done:], False)] if words]
