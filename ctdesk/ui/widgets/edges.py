"""Parts that fill a widget from edge to edge."""

from PySide6.QtWidgets import QVBoxLayout, QWidget


def edge_to_edge(owner: QWidget, gap: int = 0) -> QVBoxLayout:
    """Return a new layout for a widget, whose parts stand below each other with this gap and no margin."""
    layout = QVBoxLayout(owner)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    return layout
