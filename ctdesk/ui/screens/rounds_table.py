"""The table of a round: its agencies in groups by what is urgent, each with a tick and its next step."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from ctdesk.domain.dates import date_text
from ctdesk.services.tracker import TrackerLine
from ctdesk.ui.theme import font, size, token
from ctdesk.ui.widgets import StateDelegate

_COLUMNS = ("Agency", "State", "Since", "Against due date", "Rows", "Findings open", "Goes to", "Next")
_WIDTHS = (262, 104, 96, 120, 56, 190, 180, 90)
_LINE = Qt.ItemDataRole.UserRole


class TrackerTable(QTreeWidget):
    """`chosen` carries the line whose next step is wanted, `ticked` the requests that are ticked."""

    chosen = Signal(object)
    ticked = Signal(list)

    def __init__(self) -> None:
        """Make the table, empty."""
        super().__init__()
        self.setAccessibleName("Agencies of the round")
        self.setHeaderLabels(_COLUMNS)
        self.setRootIsDecorated(True)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setItemDelegateForColumn(1, StateDelegate("request", self))
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, size(width))
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.itemActivated.connect(self._activated)
        self.itemChanged.connect(self._changed)

    def show_lines(self, lines: Sequence[TrackerLine]) -> None:
        """Show the agencies, the urgent first; ticks are kept."""
        kept = set(self.ticked_requests())
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for line in lines:
            if line.group not in groups:
                groups[line.group] = self._group(line.group, sum(1 for other in lines if other.group == line.group))
            groups[line.group].addChild(_item(line, ticked=line.request in kept))
        self.expandAll()
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature

    def _group(self, name: str, count: int) -> QTreeWidgetItem:
        group = QTreeWidgetItem([f"{name}: {count}"])
        group.setFont(0, font("section"))
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        return group

    def _items(self) -> list[QTreeWidgetItem]:
        groups = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        return [
            item
            for group in groups
            if group is not None
            for at in range(group.childCount())
            if (item := group.child(at)) is not None
        ]

    def ticked_requests(self) -> list[str]:
        """Return the requests whose lines are ticked."""
        return [item.data(0, _LINE).request for item in self._items() if item.checkState(0) == Qt.CheckState.Checked]

    def show_only(self, text: str) -> None:
        """Show the agencies whose words hold what is typed."""
        words = text.casefold().split()
        for item in self._items():
            said = " ".join(item.text(column) for column in range(self.columnCount())).casefold()
            item.setHidden(not all(word in said for word in words))

    def _changed(self, _item: QTreeWidgetItem, column: int) -> None:
        if column == 0:
            self.ticked.emit(self.ticked_requests())

    def _activated(self, item: QTreeWidgetItem, _column: int) -> None:
        line = item.data(0, _LINE)
        if line is not None:
            self.chosen.emit(line)


def _item(line: TrackerLine, *, ticked: bool) -> QTreeWidgetItem:
    findings = ", ".join(f"{count} {grade}" for grade, count in line.findings.items() if count) or "–"
    since = date_text(line.since) if line.since else "–"
    words = [line.agency, line.state.value, since, line.against_due, str(line.rows), findings]
    item = QTreeWidgetItem([*words, line.email or line.contact or "no contact yet", line.next])
    item.setData(0, _LINE, line)
    item.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    item.setTextAlignment(4, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setForeground(7, QBrush(token("accent")))
    if line.late:
        item.setForeground(3, QBrush(token("bad")))
        item.setFont(3, font("strong"))
    item.setToolTip(0, line.note)
    item.setToolTip(7, f"Enter: {line.next}")
    return item
