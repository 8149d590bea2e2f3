"""The term of an agreement as a bar over the years, with today and the dates worked backwards from its end."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygon
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctdesk.domain.agreement_term import TermPiece
from ctdesk.domain.dates import date_text
from ctdesk.services.contract_page import DateRow
from ctdesk.ui.theme import font, size, token

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_COLOURS = (("series.1", "ink"), ("heat.3", "heat.low.text"))
"""Ground and words of the first term, and of the extensions that were exercised."""
_YEARS, _BAR, _LINE = 34, 24, 17
"""Heights at 100% text: above the bar, of the bar, of each line of dates below it."""
_MARKED = ("Start procurement by", "Decide by", "Notice by")


class TermBar(QWidget):
    """Says in its accessible description what it paints: each stretch of the term and each date."""

    def __init__(self) -> None:
        """Make the bar, empty."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Term and decisions")
        self._pieces: tuple[TermPiece, ...] = ()
        self._marks: list[DateRow] = []
        self._end: date | None = None
        self._today = date.min

    def show_term(self, pieces: tuple[TermPiece, ...], dates: Sequence[DateRow], end: date | None, today: date) -> None:
        """Show the stretches of a term with its dates."""
        self._pieces, self._end, self._today = pieces, end, today
        first = pieces[0].first if pieces else date.max
        self._marks = sorted((it for it in dates if it.label in _MARKED and it.day >= first), key=lambda it: it.day)
        said = [f"{it.words} {date_text(it.first)} to {date_text(it.last)}" for it in pieces]
        said += [f"{it.label} {date_text(it.day)}" for it in self._marks]
        self.setAccessibleDescription("; ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the bar and a line for each date."""
        lines = max(len(self._marks), 1)
        return QSize(size(400), size(_YEARS) + size(_BAR) + size(8) + size(_LINE) * lines + size(6))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same height, and a width that may be cut."""
        return QSize(size(160), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint years, stretches, dates and today."""
        if not self._pieces:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("help"))
        self._paint_years(painter)
        for at, piece in enumerate(self._pieces):
            self._paint_piece(painter, piece, first=at == 0)
        for line, mark in enumerate(self._marks):
            self._paint_mark(painter, mark, line)
        self._paint_end(painter)
        self._paint_today(painter)

    def _span(self) -> tuple[date, date]:
        """Return the days at the two edges: the whole term, with today in it where it is near."""
        first, last = self._pieces[0].first, self._pieces[-1].last + timedelta(days=1)
        near = first - timedelta(days=180) <= self._today <= last + timedelta(days=180)
        return (min(first, self._today), max(last, self._today)) if near else (first, last)

    def _x(self, day: date) -> int:
        first, last = self._span()
        days = max((last - first).days, 1)
        return round(size(2) + (self.width() - size(4)) * (day - first).days / days)

    def _paint_years(self, painter: QPainter) -> None:
        first, last = self._span()
        painter.setPen(token("text3"))
        step = max(1, round((last.year - first.year) * size(46) / max(self.width(), 1) + 0.5))
        for year in range(first.year, last.year + 1):
            x = self._x(max(date(year, 1, 1), first))
            painter.setPen(QPen(token("line2"), 1))
            painter.drawLine(x, size(18), x, size(_YEARS) + size(_BAR))
            painter.setPen(token("text3"))
            room = self._x(min(date(year, 12, 31), last)) - x
            place = QRect(x + size(4), 0, painter.fontMetrics().horizontalAdvance(str(year)) + size(2), size(18))
            if (year - first.year) % step == 0 and room > size(30) and not place.intersects(self._today_place()):
                painter.drawText(place, _LEFT, str(year))

    def _paint_piece(self, painter: QPainter, piece: TermPiece, *, first: bool) -> None:
        left, right = self._x(piece.first), self._x(piece.last + timedelta(days=1))
        place = QRect(left, size(_YEARS), max(right - left - 1, 2), size(_BAR))
        ground, words = _COLOURS[0] if first else _COLOURS[1]
        painter.setPen(QPen(token("series.1"), 1, Qt.PenStyle.SolidLine if piece.certain else Qt.PenStyle.DashLine))
        if piece.certain:
            painter.setBrush(token(ground))
        else:
            painter.fillRect(place, token("surface"))
            painter.setBrush(QBrush(token("line2"), Qt.BrushStyle.BDiagPattern))
            words = "text"
        painter.drawRect(place)
        room = place.adjusted(size(7), 0, -size(5), 0)
        said = QFontMetrics(font("help")).elidedText(piece.words, Qt.TextElideMode.ElideRight, room.width())
        if len(said) > 3:
            if not piece.certain:
                wide = QFontMetrics(font("help")).horizontalAdvance(said) + size(6)
                painter.fillRect(QRect(room.left() - size(3), room.top() + size(4), wide, size(16)), token("surface"))
            painter.setPen(token(words))
            painter.drawText(room, _LEFT, said)

    def _paint_mark(self, painter: QPainter, mark: DateRow, line: int) -> None:
        """Paint a diamond where a date falls, and its words on the side where there is room."""
        x, top = self._x(mark.day), size(_YEARS) + size(_BAR)
        y = top + size(8) + size(_LINE) * line + size(_LINE) // 2
        colour, side = token("bad" if mark.tone == "bad" else "warn" if mark.tone else "text2"), size(4)
        painter.setPen(QPen(colour, 1))
        painter.drawLine(x, top, x, y)
        painter.setBrush(colour)
        painter.drawPolygon(
            QPolygon([QPoint(x - side, y), QPoint(x, y - side), QPoint(x + side, y), QPoint(x, y + side)])
        )
        words = f"{mark.label} {date_text(mark.day)}"
        wide = QFontMetrics(font("help")).horizontalAdvance(words) + size(4)
        if x - wide - size(10) >= 0:
            painter.drawText(QRect(x - wide - size(9), y - size(9), wide, size(18)), _RIGHT, words)
        else:
            painter.drawText(QRect(x + size(9), y - size(9), wide, size(18)), _LEFT, words)

    def _paint_end(self, painter: QPainter) -> None:
        if self._end is None:
            return
        x = self._x(self._end + timedelta(days=1))
        painter.setPen(QPen(token("text"), size(2)))
        painter.drawLine(x, size(_YEARS) - size(4), x, size(_YEARS) + size(_BAR) + size(4))
        words = f"Ends {date_text(self._end)}"
        painter.setFont(font("strong"))
        wide = QFontMetrics(font("strong")).horizontalAdvance(words) + size(4)
        lines = [it.day for it in self._marks]
        if x + size(6) + wide <= self.width():
            painter.drawText(QRect(x + size(6), size(_YEARS) + size(_BAR) + size(8), wide, size(_LINE)), _LEFT, words)
        elif not lines:
            painter.drawText(
                QRect(x - wide - size(6), size(_YEARS) + size(_BAR) + size(8), wide, size(_LINE)), _RIGHT, words
            )

    def _paint_today(self, painter: QPainter) -> None:
        first, last = self._span()
        if not first <= self._today <= last:
            return
        x, top, side = self._x(self._today), size(_YEARS), size(5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(token("text"))
        painter.drawPolygon(
            QPolygon([QPoint(x - side, top - side * 2), QPoint(x + side, top - side * 2), QPoint(x, top - 2)])
        )
        painter.setPen(QPen(token("text"), 1))
        painter.drawLine(x, top, x, top + size(_BAR) + size(4))
        painter.setFont(font("strong"))
        place = self._today_place()
        painter.fillRect(place, token("surface"))
        painter.drawText(place.adjusted(size(3), 0, 0, 0), _LEFT, "Today")

    def _today_place(self) -> QRect:
        """Return where the word Today stands; nowhere if the day lies outside what is drawn."""
        first, last = self._span()
        if not first <= self._today <= last:
            return QRect()
        wide = QFontMetrics(font("strong")).horizontalAdvance("Today") + size(8)
        left = min(max(self._x(self._today) - wide // 2, 0), self.width() - wide)
        return QRect(left, size(2), wide, size(18))
