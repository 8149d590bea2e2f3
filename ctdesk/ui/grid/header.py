"""The heads of the grid's columns: name, order, funnel; clicked to sort, dragged to move, asked to filter."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget

from ctdesk.services.faults import plain
from ctdesk.ui.models.records import FIGURES, RecordsModel
from ctdesk.ui.theme import font, icon_pixmap, size, token

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MARK = 13


class GridHeader(QHeaderView):
    """Heads that ask: `sort_asked` by a column, also kept beside others; `filter_asked` of a column."""

    sort_asked = Signal(int, bool)
    filter_asked = Signal(int)

    def __init__(self, records: RecordsModel, parent: QWidget) -> None:
        """Make the heads of a model's columns."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._records = records
        self._hovered = -1
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(size(48))
        self.setMouseTracking(True)
        self.setFixedHeight(size(30))
        self.setAccessibleName("Heads of columns")
        self.setToolTip("Click to sort, Shift+click to sort also by this column, drag to move. Alt+Down filters.")
        self.sectionClicked.connect(self._on_clicked)

    def _on_clicked(self, column: int) -> None:
        also = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.sort_asked.emit(column, also)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the filter when the funnel is clicked."""
        column = self._funnel_at(event.position().toPoint())
        if column >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.filter_asked.emit(column)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show the funnel of the head under the pointer."""
        self._hover(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Hide it again."""
        self._hover(-1)
        super().leaveEvent(event)  # type: ignore[arg-type]  # handed on as it came

    def _hover(self, column: int) -> None:
        if column != self._hovered:
            self._hovered = column
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what can be done with a column."""
        column = self.logicalIndexAt(event.pos())
        if column >= 0:
            self.filter_asked.emit(column)

    def _funnel_at(self, point: QPoint) -> int:
        column = self.logicalIndexAt(point)
        if column < 0 or column >= len(self._records.fields):
            return -1
        left = self.sectionViewportPosition(column)
        place = self._funnel(QRect(left, 0, self.sectionSize(column), self.height()))
        # The edge itself stays for resizing.
        return column if place.left() <= point.x() <= place.right() else -1

    @staticmethod
    def _funnel(rect: QRect) -> QRect:
        return QRect(rect.right() - size(8) - size(_MARK), rect.top(), size(_MARK), rect.height())

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:  # noqa: N802 - Qt's name
        """Paint one head."""
        if column >= len(self._records.fields):
            return
        painter.save()
        painter.fillRect(rect, token("hover" if column == self._hovered else "sunken"))
        painter.setPen(token("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(token("line2"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._paint_words(painter, rect, column)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, column: int) -> None:
        field, words = self._records.fields[column], font("badge")
        metrics, marks = QFontMetrics(words), self._marks(column)
        room = rect.adjusted(size(8), 0, -size(8), 0)
        for_marks = len(marks) * size(_MARK + 2)
        text = metrics.elidedText(plain(field), Qt.TextElideMode.ElideRight, room.width() - for_marks)
        wide = metrics.horizontalAdvance(text)
        left = room.right() + 1 - wide - for_marks if field.kind in FIGURES else room.left()
        painter.setFont(words)
        painter.setPen(token("text2"))
        painter.drawText(QRect(left, rect.top(), wide + 2, rect.height()), _LEFT, text)
        at = room.right() + 1 - size(_MARK)
        for name, tone in reversed(marks):
            drawn = icon_pixmap(name, tone, size(_MARK), painter.device().devicePixelRatio())
            painter.drawPixmap(at, rect.top() + (rect.height() - size(_MARK)) // 2, drawn)
            at -= size(_MARK + 2)

    def _marks(self, column: int) -> list[tuple[str, str]]:
        """Return the icons of a head with their tones: the order it gives, and the funnel last."""
        view, name = self._records.view, self._records.fields[column].name
        sort = next((it for it in view.sort if it.field == name), None)
        marks = [] if sort is None else [("sort-down" if sort.descending else "sort-up", "text2")]
        if any(asked.field == name for asked in view.filters):
            marks.append(("filter", "accent"))
        elif column == self._hovered:
            marks.append(("filter", "text3"))
        return marks
