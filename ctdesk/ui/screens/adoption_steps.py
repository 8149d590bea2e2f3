"""The steps of adopting a register, at the right of the screen's head: done, current and to come."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ctdesk.ui.theme import size
from ctdesk.ui.widgets import SymbolLabel, clear, label, rule

STEPS = ("File", "Heading row", "Columns and values", "Review")


class Steps(QWidget):
    """Shows how far one has come."""

    def __init__(self) -> None:
        """Begin at the first step."""
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(size(6))
        self.show_step(0)

    def show_step(self, current: int) -> None:
        """Show the steps before this one as done."""
        clear(self._row)
        for at, name in enumerate(STEPS):
            if at:
                line = rule()
                line.setFixedWidth(size(22))
                self._row.addWidget(line)
            self._add(name, at - current)
        self.setAccessibleName(f"Step {min(current, len(STEPS) - 1) + 1} of {len(STEPS)}: {STEPS[min(current, 3)]}")

    def _add(self, name: str, ahead: int) -> None:
        done, now = ahead < 0, ahead == 0
        symbol, tone = ("tick-disc", "good") if done else ("play-disc", "text") if now else ("ring", "text3")
        self._row.addWidget(SymbolLabel(symbol, tone))
        said = label(name, "strong" if now else "body", tone="good" if done else "" if now else "3")
        self._row.addWidget(said)
