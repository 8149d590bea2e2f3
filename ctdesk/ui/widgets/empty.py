"""What a page shows when there is nothing to show: what would stand here, and up to three ways to begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ctdesk.ui.theme import size
from ctdesk.ui.widgets.card import Card
from ctdesk.ui.widgets.labels import label
from ctdesk.ui.widgets.symbol import SymbolLabel


@dataclass(frozen=True)
class Way:
    """One way to begin: an icon, what it is called, one sentence, and the button that does it."""

    icon: str
    title: str
    hint: str
    button: QPushButton


class EmptyState(QWidget):
    """The title says what is not there, the text what it would be; the likeliest way comes first, its button filled."""

    def __init__(self, title: str, text: str, ways: Sequence[Way] = ()) -> None:
        """Show it in the middle of the room there is."""
        super().__init__()
        self.setAccessibleName(title)
        self.title, self.text = label(title, "screen title", wrap=True), label(text, tone="2", wrap=True)
        block = QWidget()
        block.setMaximumWidth(size(640))
        inside = QVBoxLayout(block)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(size(4))
        inside.addWidget(self.title)
        inside.addWidget(self.text)
        if ways:
            inside.addSpacing(size(8))
            inside.addWidget(_ways(ways))
        page, around = QWidget(), QScrollArea()
        around.setWidget(page)
        around.setWidgetResizable(True)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(around)
        whole = QGridLayout(page)
        whole.setContentsMargins(size(16), size(16), size(16), size(16))
        whole.addWidget(block, 1, 1)
        whole.setColumnStretch(1, 100)
        for edge in (0, 2):
            whole.setRowStretch(edge, 1)
            whole.setColumnStretch(edge, 1)


def _ways(ways: Sequence[Way]) -> Card:
    card = Card()
    for way in ways:
        card.add(_way(way))
    return card


def _way(way: Way) -> QWidget:
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(size(16), size(12), size(16), size(12))
    grid.setHorizontalSpacing(size(12))
    grid.setVerticalSpacing(0)
    grid.setColumnMinimumWidth(0, size(36))
    grid.addWidget(SymbolLabel(way.icon, "text2", side=18, folder=""), 0, 0, 2, 1)
    grid.addWidget(label(way.title, "section"), 0, 1)
    grid.addWidget(label(way.hint, tone="2", wrap=True), 1, 1)
    grid.addWidget(way.button, 0, 2, 2, 1)
    grid.setColumnStretch(1, 1)
    return row
