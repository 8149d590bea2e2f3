"""The coming 18 months: every date of the register by month, and every agreement as a bar with its dates on it."""

from datetime import date
from itertools import groupby

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
)

from ctdesk.domain import clock
from ctdesk.domain.contract_lines import CalendarLine, ContractLine
from ctdesk.domain.dates import date_text
from ctdesk.domain.errors import DeskError
from ctdesk.domain.lifecycle import LIVE
from ctdesk.services.calendar_files import export_calendar
from ctdesk.services.contract_calendar import MONTHS, calendar
from ctdesk.services.contracts import register
from ctdesk.services.register_report import print_calendar
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.screens.contract_chart import TermsChart
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import font, size
from ctdesk.ui.widgets import PageHead, Segmented, action, button, edge_to_edge, icon_button, label

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_HEADINGS = ("Date", "What", "Agreement", "How it was worked out")


class DatesModel(QAbstractTableModel):
    """The dates in their order, each month under its name."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.rows: list[CalendarLine | str] = []

    def show_dates(self, lines: list[CalendarLine]) -> None:
        """Show other dates."""
        self.beginResetModel()
        self.rows = []
        for month, of_month in groupby(lines, key=lambda line: f"{line.day:%B %Y}"):
            self.rows += [month, *of_month]
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many lines there are, months too."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 - Qt's name
        """Return the words over a column."""
        across = orientation is Qt.Orientation.Horizontal
        return _HEADINGS[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = 0) -> object:
        """Return the words of a cell, also as its tooltip; a month stands in strong words in the first."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.FontRole and isinstance(row, str):
            return font("strong")
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if isinstance(row, str):
            return row if index.column() == 0 else ""
        return (date_text(row.day), row.words, row.called, row.sum)[index.column()]


class CalendarScreen(Screen):
    """Shows the dates two ways, and gives them to other programs."""

    name, title, icon = "calendar", "Calendar", "calendar"

    def __init__(self, session: Session) -> None:
        """Make the parts; the dates are read when the screen is shown."""
        super().__init__(session)
        self.dates = DatesModel()
        self.by_month = QTableView()
        self.chart = TermsChart()
        self.chart.opened.connect(self._open)
        self.ways = Segmented("How the calendar is shown", ["By month", "By agreement"])
        self.nothing = label("No agreement has a date in the coming 18 months.", tone="2")
        self._lay_out()

    def _lay_out(self) -> None:
        back = button("Contracts", kind="quiet", icon="chevron-left")
        back.clicked.connect(lambda: self.wants.emit(Place("agreement")))
        self._export = action(self, "Export the calendar…", self.export)
        exported = button("Export", icon="export")
        exported.clicked.connect(self._export.trigger)
        self._print = action(self, "Print the calendar…", self.print, "Ctrl+P")
        printed = icon_button("Print the calendar (Ctrl+P)", "print")
        printed.clicked.connect(self._print.trigger)
        self._head = PageHead("Calendar", back=back, buttons=[self.ways, printed, exported])
        table = self.by_month
        table.setModel(self.dates)
        table.setAccessibleName("Dates by month")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(size(28))
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for at, wide in enumerate((116, 300, 370)):
            table.setColumnWidth(at, size(wide))
        table.activated.connect(self._on_activated)
        self._views = QStackedWidget()
        self._views.addWidget(table)
        self._views.addWidget(self.chart)
        self.ways.chosen.connect(self._views.setCurrentIndex)
        layout = edge_to_edge(self)
        layout.addWidget(self._head)
        inner = QVBoxLayout()
        inner.setContentsMargins(size(16), 0, size(16), size(12))
        inner.addWidget(self.nothing)
        inner.addWidget(self._views, 1)
        layout.addLayout(inner, 1)

    def read(self) -> None:
        """Read the register and its dates."""
        today = clock.today()
        lines = register(self.session.desk, today)
        found = calendar(self.session.desk, today, lines=lines)
        self.dates.show_dates(found)
        self.by_month.clearSpans()
        for row, line in enumerate(self.dates.rows):
            if isinstance(line, str):
                self.by_month.setSpan(row, 0, 1, len(_HEADINGS))
        watched = [line for line in lines if line.state in LIVE]
        self.chart.show_terms(sorted(watched, key=_by_end), found, today, MONTHS)
        self._head.say("Calendar", f"{len(found)} dates in {MONTHS} months, {len(watched)} agreements")
        self.nothing.setVisible(not found)
        self._views.setVisible(bool(found))

    def actions_offered(self) -> list[QAction]:
        """Return the print and the export."""
        return [self._print, self._export]

    def print(self) -> None:
        """Show the calendar on paper, to print from."""
        desk = self.session.desk
        preview(self.session, self, "Calendar of agreements", lambda path, _: print_calendar(desk, path))

    def export(self) -> None:
        """Ask for a file and write the calendar into it: .ics for other calendars, .xlsx as a table."""
        kinds = "Calendar (*.ics);;Excel workbook (*.xlsx);;CSV (*.csv)"
        chosen, _ = QFileDialog.getSaveFileName(self, "Export the calendar", "Agreements.ics", kinds)
        if not chosen:
            return
        from pathlib import Path

        try:
            count = export_calendar(self.session.desk, Path(chosen), clock.today())
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self.said.emit(f"{chosen} is written, with {count} dates.")

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.dates.rows[index.row()]
        if not isinstance(row, str) and row.agreement:
            self._open(row.agreement)

    def _open(self, uid: str) -> None:
        self.wants.emit(Place("record", kind="agreement", uid=uid))


def _by_end(line: ContractLine) -> tuple[date, str]:
    return line.life.end or date.max, line.called
