"""How the parts of a list lie together on one sheet."""

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
