"""The parts of a record in the reading panel, year by year with their sum: the funding of an activity."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QWidget

from ctdesk.domain.definition import DEFINITIONS, Values
from ctdesk.domain.money import money_text
from ctdesk.services.desk import Desk
from ctdesk.services.record_parts import PartKind, PartSum, part_sums, parts_of
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import SymbolLabel, label, rule

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class PartsInShort(QScrollArea):
    """Shows the parts that one record has; they are altered at its form."""

    def __init__(self, kind: str, part: PartKind, desk: Desk) -> None:
        """Make the page, empty."""
        super().__init__()
        self._kind, self._part, self._desk = kind, part, desk
        self.count = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(part.heading)
        self.viewport().setAutoFillBackground(False)

    def show_record(self, uid: str, values: Values) -> None:
        """Show the parts of a record."""
        parts = list(parts_of(self._desk, self._kind, uid).values()) if uid else []
        self.count = len(parts)
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(size(14), size(10), size(14), size(10))
        grid.setVerticalSpacing(size(4))
        grid.setColumnStretch(0, 1)
        for each in part_sums(self._desk, self._kind, values, parts):
            self._year(grid, each, [part for part in parts if str(part.get("year") or "") == each.year])
        if not parts:
            said = f"No {DEFINITIONS[self._part.kind].label.lower()} yet. Open the record to add one."
            grid.addWidget(label(said, tone="2", wrap=True), 0, 0)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(body)
        body.setAutoFillBackground(False)

    def _year(self, grid: QGridLayout, year: PartSum, parts: list[Values]) -> None:
        at = grid.rowCount()
        grid.addWidget(label(f"{self._part.heading} {year.year}".strip(), "strong"), at, 0, 1, 2)
        for part in parts:
            at += 1
            grid.addWidget(label(self._words(part), wrap=True), at, 0)
            amount = part.get(self._part.amount)
            grid.addWidget(label(money_text(amount) if isinstance(amount, int) else "–"), at, 1, _RIGHT)
        grid.addWidget(rule(), at + 1, 0, 1, 2)
        grid.addWidget(_sum_words(year), at + 2, 0)
        grid.addWidget(label(money_text(year.total), "strong"), at + 2, 1, _RIGHT)

    def _words(self, part: Values) -> str:
        """Return what a part is called: all its columns but the year and the amount."""
        definition = DEFINITIONS[self._part.kind]
        names = [name for name in self._part.columns if name not in {"year", self._part.amount}]
        return ", ".join(filter(None, (self._desk.show(definition[name], part.get(name)) for name in names)))


def _sum_words(year: PartSum) -> QWidget:
    line = QWidget()
    across = QHBoxLayout(line)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(size(6))
    if year.adds_up is not None:
        symbol, tone = ("tick-disc", "good") if year.adds_up else ("triangle", "warn")
        across.addWidget(SymbolLabel(symbol, tone), 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(label(year.words, "help", tone=tone, wrap=True), 1)
    else:
        across.addWidget(label(year.words or "Together", "help", tone="3", wrap=True), 1)
    return line
