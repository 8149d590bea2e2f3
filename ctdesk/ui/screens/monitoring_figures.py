"""How many agreements stand how in a period, in a row of figures."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ctdesk.domain.money import money_text
from ctdesk.domain.monitoring_lines import PeriodBoard
from ctdesk.domain.performance import Standing
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Card, Figure

_NOTES_FROM = 900
"""Below this width (at base size) the figures stand without their notes."""


class StandingFigures(Card):
    """Red, missing, amber, green, not due and all, each with its yearly value."""

    def __init__(self) -> None:
        """Make the figures, empty."""
        super().__init__()
        row = QHBoxLayout()
        row.setContentsMargins(0, size(4), 0, size(4))
        row.setSpacing(0)
        self._of = {standing: Figure(standing.value.capitalize(), "–") for standing in Standing}
        self._all = Figure("Monitored", "–")
        for figure in (*self._of.values(), self._all):
            row.addWidget(figure, 1, Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        inner.setLayout(row)
        self.add(inner, ruled=False)
        self.setAccessibleName("How the agreements stand")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the notes to the tips of the figures where there is no room for both."""
        super().resizeEvent(event)
        for figure in (*self._of.values(), self._all):
            figure.show_note(shown=self.width() >= size(_NOTES_FROM))

    def show_board(self, board: PeriodBoard) -> None:
        """Show a period."""
        for standing, figure in self._of.items():
            value = board.value(standing)
            figure.show_figure(str(board.count(standing)), f"{money_text(value // 100 * 100)} a year" if value else "")
        due = len(board.lines)
        elsewhere = f"; {board.not_asked} report another time" if board.not_asked else ""
        self._all.show_figure(str(due), f"{board.returned} came back, {board.on_time} on time{elsewhere}")
