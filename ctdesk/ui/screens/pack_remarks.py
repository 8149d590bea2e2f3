"""What to know before a pack is issued, and what has changed since the last meeting."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ctdesk.domain.dates import date_text
from ctdesk.services.pack_sheet import Remark, Shown
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Card, SymbolLabel, label, rule
from ctdesk.ui.widgets.states import state_of


class PackRemarks(Card):
    """Remarks with their symbols and words, then the changes."""

    def __init__(self) -> None:
        """Make the card, empty."""
        super().__init__("Before it is issued")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("Before it is issued")
        self._area.viewport().setAutoFillBackground(False)
        self.body.addWidget(self._area, 1)

    def show_remarks(self, made: Shown) -> None:
        """Show what there is to know of an edition."""
        changes = [
            label(f"Changed since {date_text(made.since)}", "section") if made.since else None,
            *(_remark(Remark("info", f"{it.what}: {it.now}, was {it.was} ({it.change})")) for it in made.changes),
        ]
        if made.since and not made.changes:
            changes.append(_remark(Remark("info", "None of the figures kept has changed.")))
        self._fill([*map(_remark, made.remarks), *changes])

    def show_fault(self, sentence: str) -> None:
        """Say why the pack cannot be built."""
        self._fill([_remark(Remark("bad", sentence))])

    def _fill(self, widgets: Iterable[QWidget | None]) -> None:
        page = QWidget()
        lines = QVBoxLayout(page)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for widget in widgets:
            if widget is not None:
                widget.setContentsMargins(size(12), size(8), size(12), size(8))
                lines.addWidget(widget)
                lines.addWidget(rule())
        lines.addStretch(1)
        self._area.setWidget(page)
        page.setAutoFillBackground(False)


def _remark(remark: Remark) -> QWidget:
    state = state_of("tone", remark.state)
    row = QWidget()
    inside = QHBoxLayout(row)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(size(8))
    inside.addWidget(SymbolLabel(state.symbol, state.tone), 0, Qt.AlignmentFlag.AlignTop)
    inside.addWidget(label(remark.words, wrap=True), 1)
    row.setAccessibleName(f"{state.word}: {remark.words}")
    return row
