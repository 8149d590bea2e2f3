"""What the shades of the map mean."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctdesk.domain.money import money_text
from ctdesk.domain.service_map import Measure
from ctdesk.ui.theme import font, size, token


class Legend(QWidget):
    """One box a step with the bound it begins at; they do not move with the filters."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self._words: list[str] = []
        self._signs = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, measure: Measure, steps: Sequence[int], *, gaps: bool, low: bool = False) -> None:
        """Show the bounds of a map, and what its gaps and signs mean."""
        bounds = [short(measure, bound) for bound in steps]
        self._words = [f"under {bounds[0]}", *bounds] if bounds else []
        signs = {"Gap: a need of the plan with no service": gaps, "Low per head: under half the mean": low}
        self._signs = "   ".join(words for words, there in signs.items() if there)
        said = f"Shades: {', from '.join(self._words)}" if bounds else "No shades"
        whole = ". ".join(words for words in (said, self._signs) if words)
        self.setAccessibleName(whole)
        self.setToolTip(whole)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the designed height."""
        return QSize(size(300), size(30))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the boxes from the right."""
        painter = QPainter(self)
        painter.setFont(font("small"))
        metrics = QFontMetrics(font("small"))
        high, right = size(18), self.width() - size(14)
        top = (self.height() - high) // 2
        for step in range(len(self._words), 0, -1):
            words = self._words[step - 1]
            wide = max(metrics.horizontalAdvance(words) + size(14), size(48))
            box = QRect(right - wide, top, wide - 2, high)
            painter.fillRect(box, token(f"heat.{min(step, 6)}"))
            painter.setPen(QPen(token("line2"), 1))
            painter.drawRect(box)
            painter.setPen(token("heat.high.text" if step > 4 else "heat.low.text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
            right -= wide
        if self._signs:
            painter.setPen(token("text2"))
            place = QRect(size(14), 0, right - size(20), self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._signs)


def short(measure: Measure, figure: int) -> str:
    """Return a bound as it stands in a small box: £250k, £1.5m, 12."""
    if not measure.is_money:
        return f"{figure:,}"
    pounds = figure / 100
    for unit, letter in ((1_000_000, "m"), (1_000, "k")):
        if pounds >= unit:
            return f"£{pounds / unit:g}{letter}"
    return money_text(figure)
