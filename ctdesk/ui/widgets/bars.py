"""Two small charts: how a round stands, and how many dates each month ahead brings."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctdesk.ui.theme import font, high_contrast, size, token

_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Segment:
    """A part of a bar: what it counts, how many, its colour token, and whether it is hatched."""

    name: str
    count: int
    colour: str
    hatched: bool = False


# How the states of a request fill the bar of a round, from answered to not asked.
REQUEST_COLOURS = {
    "accepted": ("series.1", False),
    "queried": ("heat.4", False),
    "received": ("heat.3", False),
    "chased": ("warn", True),
    "sent": ("control", True),
    "not sent": ("surface", False),
    "excused": ("neutral.ground", False),
}


class SegmentBar(QWidget):
    """One bar in parts as wide as their counts; the words and numbers stand beside it, in badges or links."""

    def __init__(self, segments: Sequence[Segment] = ()) -> None:
        """Make a bar."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_segments(segments)

    def show_segments(self, segments: Sequence[Segment]) -> None:
        """Show other parts."""
        self._segments = [each for each in segments if each.count]
        said = ", ".join(f"{each.name} {each.count}" for each in self._segments)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def show_requests(self, counts: dict[str, int]) -> None:
        """Show the states of a round's requests: counts by the key of the state."""
        self.show_segments(
            [
                Segment(state.capitalize(), counts.get(state, 0), colour, hatched)
                for state, (colour, hatched) in REQUEST_COLOURS.items()
            ]
        )

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the designed height."""
        return QSize(size(200), size(18))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the parts and the edge around them."""
        painter = QPainter(self)
        whole = sum(each.count for each in self._segments)
        left = 0
        seen = 0
        for each in self._segments:
            seen += each.count
            right = round(self.width() * seen / whole)
            paint_bar(painter, QRect(left, 0, right - left, self.height()), each.colour, hatched=each.hatched)
            painter.fillRect(QRect(right - 1, 0, 1, self.height()), token("surface"))
            left = right
        painter.setPen(QPen(token("control"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


@dataclass(frozen=True)
class Month:
    """A month of the chart: its short name, how many solid and how many hatched, and words for a tooltip."""

    name: str
    solid: int
    hatched: int
    words: str = ""


class MonthBars(QWidget):
    """Bars over a line of months; each carries its number and opens its list, by mouse or by arrow keys and Enter."""

    opened = Signal(int)

    def __init__(self, name: str, months: Sequence[Month] = (), sums: dict[int, str] | None = None) -> None:
        """Make a chart; `sums` writes words at the right end of so many months, for instance {3: "3 months: 9"}."""
        super().__init__()
        self._name = name
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.show_months(months, sums)

    def show_months(self, months: Sequence[Month], sums: dict[int, str] | None = None) -> None:
        """Show other months."""
        self._months, self._sums = list(months), dict(sums or {})
        self._current = min(self._current, max(0, len(self._months) - 1))
        said = ", ".join(f"{each.name} {each.solid + each.hatched}" for each in self._months)
        self.setAccessibleName(f"{self._name}: {said}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the designed size."""
        return QSize(size(480), size(90))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least in which the numbers can be read."""
        return QSize(size(24) * max(1, len(self._months)), size(64))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from month to month, and open one."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self._months:
            self._current = max(0, min(len(self._months) - 1, self._current + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._months:
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the month that was clicked."""
        place = self._place(event.position().x())
        if place is not None:
            self._current = place
            self.opened.emit(place)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Say what the month under the pointer holds."""
        place = self._place(event.position().x())
        self.setToolTip("" if place is None else self._months[place].words)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the sums, the bars with their numbers, the line and the months."""
        if not self._months:
            return
        painter = QPainter(self)
        for place, words in self._sums.items():
            self._paint_sum(painter, place, words)
        for place, month in enumerate(self._months):
            self._paint_month(painter, self._column(place), month)
        painter.setPen(QPen(token("control"), 1))
        painter.drawLine(0, self._floor(), self.width(), self._floor())
        if self.hasFocus():
            painter.setPen(QPen(token("focus"), size(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._column(self._current).adjusted(2, 2, -2, -2))

    def _floor(self) -> int:
        return self.height() - size(22)

    def _column(self, place: int) -> QRect:
        left = round(self.width() * place / len(self._months))
        return QRect(left, 0, round(self.width() * (place + 1) / len(self._months)) - left, self.height())

    def _place(self, x: float) -> int | None:
        place = int(x * len(self._months) / max(1, self.width()))
        return place if 0 <= place < len(self._months) else None

    def _paint_month(self, painter: QPainter, column: QRect, month: Month) -> None:
        tallest = max(1, *(each.solid + each.hatched for each in self._months))
        unit = (self._floor() - size(32)) / tallest
        wide = min(size(22), column.width() - size(6))
        left = column.center().x() - wide // 2
        solid, both = round(month.solid * unit), round((month.solid + month.hatched) * unit)
        paint_bar(painter, QRect(left, self._floor() - solid, wide, solid), "series.1", hatched=False)
        upper = QRect(left, self._floor() - both, wide, both - solid)
        paint_bar(painter, upper, "series.1", hatched=True)
        if both > solid:
            painter.setPen(QPen(token("series.1"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(upper.adjusted(0, 0, -1, -1))
        if month.solid + month.hatched:
            number = QRect(column.left(), self._floor() - both - size(16), column.width(), size(15))
            self._paint_words(painter, number, str(month.solid + month.hatched), "mark", "text")
        below = QRect(column.left(), self._floor() + size(4), column.width(), size(16))
        self._paint_words(painter, below, month.name, "small", "text3")

    @staticmethod
    def _paint_words(painter: QPainter, rect: QRect, words: str, role: str, tone: str) -> None:
        painter.setFont(font(role))
        painter.setPen(token(tone))
        painter.drawText(rect, _CENTRE, words)

    def _paint_sum(self, painter: QPainter, months: int, words: str) -> None:
        right = self._column(min(months, len(self._months)) - 1).right()
        if months < len(self._months):
            painter.setPen(QPen(token("control"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(right, 0, right, self._floor())
        painter.setFont(font("small"))
        painter.setPen(token("text3"))
        wide = QFontMetrics(font("small")).horizontalAdvance(words) + 2
        place = QRect(right - wide - size(5), 0, wide, size(15))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


def paint_bar(painter: QPainter, rect: QRect, colour: str, *, hatched: bool) -> None:
    """Paint a bar in a token's colour: solid, or in diagonal lines, which mean estimated, drafted or to decide by."""
    if rect.isEmpty():
        return
    ink: QColor = token(colour)
    if not hatched:
        painter.fillRect(rect, ink)
        if high_contrast():
            painter.setPen(QPen(token("text"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        return
    painter.save()
    painter.fillRect(rect, token("surface"))
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QBrush(ink), size(1.5)))
    box = QRectF(rect)
    step = size(5)
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom() + 1), QPointF(x + box.height() + 1, box.top()))
        x += step
    painter.restore()
