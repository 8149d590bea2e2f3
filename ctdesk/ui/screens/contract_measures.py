"""The measures of an agreement in the newest period it was asked about: target, figure, trend, rating and why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ctdesk.domain.monitoring_lines import AgreementPeriod, MeasureLine
from ctdesk.domain.performance import figure_text
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Badge, Card, label

_HEADINGS = ("Measure", "Target", "Actual", "Trend", "Rating", "Why")
_FIGURES = (1, 2)


class MeasuresCard(Card):
    """A table of a period’s measures; it hides where the agreement was never asked."""

    def __init__(self) -> None:
        """Make the card, empty."""
        super().__init__("Measures", " ")

    def show_period(self, period: AgreementPeriod | None) -> None:
        """Show a period."""
        self.clear()
        self.setVisible(period is not None and bool(period.measures))
        if period is None:
            return
        self.title.setText(f"Measures, {period.period.label}")
        before = f", was {period.score_before}" if period.score_before is not None else ""
        self.hint.setText(f"score {period.score} of 100{before}" if period.score is not None else period.why)
        self.add(_table(period))


def _table(period: AgreementPeriod) -> QWidget:
    made = QWidget()
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    grid = QGridLayout(made)
    grid.setContentsMargins(size(14), size(6), size(14), size(8))
    grid.setHorizontalSpacing(size(12))
    grid.setVerticalSpacing(size(6))
    for at, words in enumerate(_HEADINGS):
        grid.addWidget(label(words, "help", tone="2"), 0, at, _side(at))
    for row, measure in enumerate(period.measures, start=1):
        _add_row(grid, row, measure)
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(5, 4)
    return made


def _add_row(grid: QGridLayout, row: int, measure: MeasureLine) -> None:
    figures = [figure_text(it, measure.unit) if it is not None else "–" for it in (measure.target, measure.actual)]
    grid.addWidget(label(measure.name, wrap=True), row, 0)
    for at, words in enumerate(figures, start=1):
        grid.addWidget(label(words, "strong" if at == 2 else "body"), row, at, _side(at))
    grid.addWidget(label(measure.direction.value, tone="2"), row, 3)
    grid.addWidget(Badge("standing", measure.judged.rating.value if measure.judged.rating else "missing"), row, 4)
    grid.addWidget(label(measure.judged.reason, tone="2", wrap=True), row, 5)


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft
