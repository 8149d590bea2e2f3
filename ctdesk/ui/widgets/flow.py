"""A layout that sets widgets in lines, left to right, and begins a new line where the width ends."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lines of widgets at their preferred size, each in the middle of its line's height."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        """Make a layout without margins; `gap` is the space between widgets and lines, in pixels."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Set an item after the last."""
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Set a widget before the one at a place."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Return an item, or None past the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Take an item out and return it, or None past the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Return that it wants no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Return that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height of all lines at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Set the widgets into a rectangle."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size on one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return self._with_margins(QSize(width, max((hint.height() for hint in hints), default=0)))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the widest widget."""
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return self._with_margins(least)

    def _with_margins(self, inner: QSize) -> QSize:
        margins = self.contentsMargins()
        return inner + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        top = inner.top()
        for line in self._lines(inner.width()):
            height = max(item.sizeHint().height() for item in line)
            if move:
                self._set_line(line, QPoint(inner.left(), top), height, inner.width())
            top += height + self._gap
        bottom = top - self._gap if top > inner.top() else top
        return bottom - rect.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            wide = self._least(item)
            if not lines or left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += wide + self._gap
        return lines

    @staticmethod
    def _least(item: QLayoutItem) -> int:
        fills = item.expandingDirections() & Qt.Orientation.Horizontal
        return item.minimumSize().width() if fills else item.sizeHint().width()

    def _set_line(self, line: list[QLayoutItem], start: QPoint, height: int, width: int) -> None:
        left = start.x()
        for item in line:
            hint = item.sizeHint()
            wide = self._fill(item, width - (left - start.x()), hint.width()) if item is line[-1] else hint.width()
            item.setGeometry(QRect(left, start.y() + (height - hint.height()) // 2, wide, hint.height()))
            left += wide + self._gap

    @staticmethod
    def _fill(item: QLayoutItem, room: int, hint: int) -> int:
        # A field at the end of a line takes the rest of it; anything else keeps its size, cut to the line.
        if item.expandingDirections() & Qt.Orientation.Horizontal:
            return room
        return min(hint, room)
