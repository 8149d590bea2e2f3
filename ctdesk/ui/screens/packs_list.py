"""The packs as a list, the latest meeting first, and the reports that may be printed by themselves."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QTreeWidgetItem, QVBoxLayout, QWidget

from ctdesk.domain.dates import date_text
from ctdesk.services.pack_reports import REPORTS, PackReport
from ctdesk.services.packs import PackLine
from ctdesk.ui.preview import preview
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import PageHead, button, edge_to_edge, plain_table

_COLUMNS = ("Pack", "Board", "Meeting", "Items", "State")
_WIDTHS = (320, 260, 110, 70, 160)
_UID = Qt.ItemDataRole.UserRole


class PacksList(QWidget):
    """`opened` carries the uid of the pack to show."""

    opened = Signal(str)
    new_wanted = Signal()

    def __init__(self, session: Session) -> None:
        """Make the list, empty."""
        super().__init__()
        self._session = session
        new = button("New pack", kind="main", icon="plus", shortcut="Ctrl+N")
        new.clicked.connect(self.new_wanted)
        new.allow(allowed=not session.read_only, why=session.why_not)
        report = button("Print a report", icon="print")
        report.clicked.connect(lambda: self.print_report(report))
        self.table = plain_table("Packs", _COLUMNS, _WIDTHS)
        self.table.itemActivated.connect(lambda item, _: self.opened.emit(item.data(0, _UID)))
        around = QVBoxLayout()
        around.setContentsMargins(size(16), 0, size(16), size(16))
        around.addWidget(self.table)
        layout = edge_to_edge(self)
        layout.addWidget(PageHead("Reports and packs", "Enter opens a pack", buttons=[report, new]))
        layout.addLayout(around, 1)

    def show_packs(self, found: Sequence[PackLine]) -> None:
        """Show the packs; the one that was chosen stays so."""
        current = self.table.currentItem()
        chosen = current.data(0, _UID) if current is not None else None
        self.table.clear()
        for line in found:
            item = _item(line)
            self.table.addTopLevelItem(item)
            if line.uid == chosen or chosen is None:
                self.table.setCurrentItem(item)
                chosen = line.uid

    def print_report(self, under: QWidget) -> None:
        """Offer the reports below a button, and show the chosen one before it is printed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for report in (report for report in REPORTS.values() if not report.wanted):
            menu.addAction(report.title, partial(self.preview_report, report))
        menu.popup(under.mapToGlobal(QPoint(0, under.height())))

    def preview_report(self, report: PackReport) -> None:
        """Show a report as it is now, of the newest round or quarter."""
        desk = self._session.desk
        preview(self._session, self, report.title, lambda path, _: report.print(desk, path, {}))


def _item(line: PackLine) -> QTreeWidgetItem:
    state = f"Issued {date_text(line.issued_on)}" if line.issued_on else "Draft, figures live"
    held = date_text(line.held_on) if line.held_on else "–"
    item = QTreeWidgetItem([line.name, line.board, held, str(line.items), state])
    item.setData(0, _UID, line.uid)
    item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
