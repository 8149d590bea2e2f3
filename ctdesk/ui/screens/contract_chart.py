"""Agreements as bars over the coming months, each with the dates that must be kept."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygon
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ctdesk.domain.contract_lines import CalendarLine, ContractLine
from ctdesk.domain.dates import add_months, date_text
from ctdesk.ui.theme import font, size, token

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ROW, _HEAD, _NAMES = 28, 40, 330
_MARKS = {"decide by": ("diamond", "warn"), "notice by": ("bell", "warn"), "start procurement by": ("square", "info")}
"""Shape and tone of the dates that are marked; each also has its words in the tooltip and the list by month."""


class TermsChart(QScrollArea):
    """Scrolls the chart. `opened` carries the uid of the agreement that was chosen."""

    opened = Signal(str)

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName("Agreements over the coming months")
        self.rows = _Rows(self)
        self.setWidget(self.rows)

    def show_terms(
        self, lines: Sequence[ContractLine], dates: Sequence[CalendarLine], today: date, months: int
    ) -> None:
        """Show agreements from today on, for so many months."""
        self.rows.show_terms(lines, dates, today, months)


class _Rows(QWidget):
    """Paints the rows; one is current, moved with the arrow keys and opened with Enter or a double click."""

    def __init__(self, area: TermsChart) -> None:
        super().__init__()
        self._area = area
        self._lines: list[ContractLine] = []
        self._marks: dict[str, list[CalendarLine]] = {}
        self._first, self._last, self._today = date.min, date.max, date.min
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMouseTracking(True)

    def show_terms(
        self, lines: Sequence[ContractLine], dates: Sequence[CalendarLine], today: date, months: int
    ) -> None:
        self._lines, self._today = list(lines), today
        self._first = today.replace(day=1)
        self._last = add_months(self._first, months + 1)
        self._marks = {}
        for it in dates:
            if it.what in _MARKS:
                self._marks.setdefault(it.agreement, []).append(it)
        self._current = min(self._current, max(len(self._lines) - 1, 0))
        self._tell()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(size(700), size(_HEAD) + size(_ROW) * len(self._lines) + size(8))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(size(520), self.sizeHint().height())

    @property
    def _names(self) -> int:
        return min(size(_NAMES), self.width() // 3)

    def _x(self, day: date) -> int:
        span = (self._last - self._first).days
        return self._names + round((self.width() - self._names - size(8)) * (day - self._first).days / span)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), token("surface"))
        self._paint_months(painter)
        self._paint_legend(painter)
        for row, line in enumerate(self._lines):
            top = size(_HEAD) + row * size(_ROW)
            if top + size(_ROW) >= event.rect().top() and top <= event.rect().bottom():
                self._paint_row(painter, line, top, current=row == self._current)
        x = self._x(self._today)
        painter.setPen(QPen(token("text"), size(1.5)))
        painter.drawLine(x, size(_HEAD) - size(4), x, self.height())

    def _paint_months(self, painter: QPainter) -> None:
        month, words = self._first, QFontMetrics(font("help"))
        while month < self._last:
            x, following = self._x(month), add_months(month, 1)
            painter.setPen(QPen(token("line2" if month.month == 1 else "line"), 1))
            painter.drawLine(x, size(18), x, self.height())
            painter.setFont(font("help"))
            painter.setPen(token("text3"))
            name = f"{month:%b}"
            if words.horizontalAdvance(name) + size(6) < self._x(following) - x:
                painter.drawText(QRect(x + size(4), size(20), size(60), size(18)), _LEFT, name)
            if month.month == 1 or month == self._first:
                painter.setFont(font("strong"))
                painter.drawText(QRect(x + size(4), size(2), size(60), size(18)), _LEFT, str(month.year))
            month = following

    def _paint_legend(self, painter: QPainter) -> None:
        """Say over the names what the shapes mean, as far as there is room."""
        painter.setFont(font("help"))
        left, words = size(10), QFontMetrics(font("help"))
        for what in _MARKS:
            said = what[:1].upper() + what[1:]
            wide = words.horizontalAdvance(said)
            if left + size(10) + wide > self._names:
                break
            self._paint_shape(painter, what, left, size(_HEAD) // 2 + size(6))
            painter.setPen(token("text2"))
            painter.drawText(QRect(left + size(9), size(16), wide + 2, size(20)), _LEFT, said)
            left += wide + size(26)

    def _paint_row(self, painter: QPainter, line: ContractLine, top: int, *, current: bool) -> None:
        high = size(_ROW)
        if current:
            painter.fillRect(QRect(0, top, self.width(), high), token("sel"))
        painter.setFont(font("body"))
        painter.setPen(token("text"))
        room = QRect(size(4), top, self._names - size(12), high)
        cut = QFontMetrics(font("body")).elidedText(line.called, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, cut)
        for at, piece in enumerate(line.pieces):
            first, last = max(piece.first, self._first), min(piece.last + timedelta(days=1), self._last)
            if first < last:
                bar = QRect(self._x(first), top + size(6), max(self._x(last) - self._x(first) - 1, 2), high - size(12))
                self._paint_bar(painter, bar, certain=piece.certain, first=at == 0)
        if not line.pieces and line.life.start and line.life.start < self._last:
            left = self._x(max(line.life.start, self._first))
            bar = QRect(left, top + size(6), self.width() - size(8) - left, high - size(12))
            self._paint_bar(painter, bar, certain=True, first=True)
        for mark in self._marks.get(line.uid, []):
            self._paint_shape(painter, mark.what, self._x(mark.day), top + high // 2)
        painter.setPen(QPen(token("line"), 1))
        painter.drawLine(0, top + high, self.width(), top + high)

    @staticmethod
    def _paint_bar(painter: QPainter, bar: QRect, *, certain: bool, first: bool) -> None:
        if certain:
            painter.fillRect(bar, token("heat.4" if first else "heat.3"))
        else:
            painter.setPen(QPen(token("series.1"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(QBrush(token("line2"), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(bar)

    def _paint_shape(self, painter: QPainter, what: str, x: int, middle: int) -> None:
        (shape, tone), side = _MARKS[what], size(5)
        painter.setPen(QPen(token("surface"), 1))
        painter.setBrush(token(tone))
        corners = {
            "diamond": [(-side, 0), (0, -side), (side, 0), (0, side)],
            "bell": [(-side, side), (0, -side), (side, side)],
            "square": [(-side, -side), (side, -side), (side, side), (-side, side)],
        }[shape]
        painter.drawPolygon(QPolygon([QPoint(x + dx, middle + dy) for dx, dy in corners]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        row = self._row_at(event.position().y())
        self.setToolTip(self._words(self._lines[row]) if row is not None else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        row = self._row_at(event.position().y())
        if row is not None:
            self._move_to(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        row = self._row_at(event.position().y())
        if row is not None:
            self._area.opened.emit(self._lines[row].uid)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        key = Qt.Key(event.key())
        if key in steps and self._lines:
            self._move_to(min(max(self._current + steps[key], 0), len(self._lines) - 1))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._lines:
            self._area.opened.emit(self._lines[self._current].uid)
        else:
            super().keyPressEvent(event)

    def _row_at(self, y: float) -> int | None:
        row = int((y - size(_HEAD)) // size(_ROW))
        return row if 0 <= row < len(self._lines) else None

    def _move_to(self, row: int) -> None:
        self._current = row
        self._area.ensureVisible(0, size(_HEAD) + row * size(_ROW), 0, size(_ROW) * 2)
        self._tell()
        self.update()

    def _tell(self) -> None:
        self.setAccessibleName(self._words(self._lines[self._current]) if self._lines else "No agreements")

    def _words(self, line: ContractLine) -> str:
        dates = [f"{it.words} {date_text(it.day)}" for it in self._marks.get(line.uid, [])]
        end = f"ends {date_text(line.life.end)}" if line.life.end else "has no end"
        return "; ".join([f"{line.called}: {line.state.value}, {end}", *dates])
