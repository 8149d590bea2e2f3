"""How the parts of a list lie together on one sheet, and how keys go from one part to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget


def sheet_of(facets: QWidget, rule: QFrame, rows: QWidget, totals: QWidget) -> QFrame:
    """Return a sheet with facets at the left, an upright rule, and rows over their totals."""
    middle = QVBoxLayout()
    middle.setContentsMargins(0, 0, 0, 0)
    middle.setSpacing(0)
    middle.addWidget(rows, 1)
    middle.addWidget(totals)
    rule.setFrameShape(QFrame.Shape.NoFrame)
    rule.setFixedWidth(1)
    sheet = QFrame()
    sheet.setProperty("part", "card")
    inner = QHBoxLayout(sheet)
    inner.setContentsMargins(1, 1, 1, 1)
    inner.setSpacing(0)
    inner.addWidget(facets)
    inner.addWidget(rule)
    inner.addLayout(middle, 1)
    return sheet


def go_on(areas: Sequence[tuple[QWidget, QWidget]], now: QWidget | None) -> None:
    """Give the keys to the widget of the area after the one that has them now; after the last comes the first."""
    at = next((n for n, (area, _) in enumerate(areas) if now is not None and area.isAncestorOf(now)), -1)
    areas[(at + 1) % len(areas)][1].setFocus(Qt.FocusReason.TabFocusReason)
