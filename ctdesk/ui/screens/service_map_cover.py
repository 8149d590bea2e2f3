"""What the figures shown rest on: a bar in parts, each part in words with whose it is, and who is missing."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ctdesk.domain.counting import counted
from ctdesk.domain.service_map import Basis, Cover, Measure
from ctdesk.services.service_map import ServiceMap
from ctdesk.ui.models.service_map import figure_text, share
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Card, Segment, SegmentBar, SymbolLabel, clear, label

_LOOKS = {
    Basis.RETURNED: ("Returned", "good", "series.1", False),
    Basis.KNOWN: ("Known to the desk, not asked", "neutral", "heat.4", False),
    Basis.ESTIMATED: ("Estimated by the team", "warn", "series.1", True),
    Basis.LAST_KNOWN: ("Not answered: as last known", "bad", "control", True),
}
"""Each basis with its words, its tone, and the colour of its part of the bar."""

_SYMBOLS = {"good": "tick-disc", "warn": "waves", "bad": "question-disc", "neutral": "ring"}
_NAMED = 3


class CoverCard(Card):
    """Stands under every map."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__("Coverage", " ")
        self._bar = SegmentBar()
        self._parts = QWidget()
        self._row = QHBoxLayout(self._parts)
        self._row.setContentsMargins(size(14), size(6), size(14), size(10))
        self._row.setSpacing(size(18))
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(size(14), 0, size(14), 0)
        inside.addWidget(self._bar)
        self.add(holder, ruled=False)
        self.add(self._parts, ruled=False)

    def show_map(self, found: ServiceMap) -> None:
        """Show what a map rests on."""
        cover = found.cover
        measure = found.view.counted
        self.hint.setText(f"of the {figure_text(measure, cover.total)} shown")
        self._bar.show_segments(
            [Segment(look[0], cover.amount(basis), look[2], look[3]) for basis, look in _LOOKS.items()]
        )
        clear(self._row)
        for basis in _LOOKS:
            if cover.amount(basis) or (basis is Basis.LAST_KNOWN and cover.missing):
                self._row.addWidget(_part(cover, basis, measure), 1)
        if not self._row.count():
            self._row.addWidget(label("Nothing is shown.", "help", tone="3"), 1)


def _part(cover: Cover, basis: Basis, measure: Measure) -> QWidget:
    words, tone, _, _ = _LOOKS[basis]
    amount, agencies = cover.amount(basis), cover.agencies(basis)
    figure = f"{figure_text(measure, amount)}, {share(amount, cover.total)}" if cover.total else "nothing"
    part = QWidget()
    part.setAccessibleName(f"{words}: {figure}")
    inside = QVBoxLayout(part)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(0)
    head = QHBoxLayout()
    head.setSpacing(size(6))
    head.addWidget(SymbolLabel(_SYMBOLS[tone], tone))
    head.addWidget(label(words, "strong", tone=tone), 1)
    inside.addLayout(head)
    inside.addWidget(label(figure, "help"))
    inside.addWidget(label(_whose(agencies), "help", tone="2", wrap=True))
    return part


def _whose(agencies: tuple[str, ...]) -> str:
    """Return whose it is: names if they are few, else how many."""
    names = list(dict.fromkeys(agencies))
    return ", ".join(names) if len(names) <= _NAMED else counted(len(names), "agency", "agencies")
