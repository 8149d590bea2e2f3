"""A short table under headings: one row a thing, one row chosen at a time."""

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QTreeWidget

from ctdesk.ui.theme import size


def plain_table(name: str, heads: Sequence[str], widths: Sequence[int] = ()) -> QTreeWidget:
    """Return a table by its accessible name, with columns of these widths at 100% text."""
    table = QTreeWidget()
    table.setAccessibleName(name)
    table.setHeaderLabels(list(heads))
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    for column, width in enumerate(widths):
        table.setColumnWidth(column, size(width))
    return table
