"""Publishing the registers of the Transparency Code: of what period, what rows lack, and then the file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain import clock
from ctdesk.domain.errors import DeskError
from ctdesk.domain.periods import QUARTER, YEAR, Period, period_of
from ctdesk.services.naming import counted
from ctdesk.services.transparency_registers import (
    Publication,
    contracts_register,
    grants_register,
    said_of,
    write_register,
)
from ctdesk.ui.grid.asking import where_to
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import button, dialog_size, label

_READ: dict[str, tuple[Callable[..., Publication], int, int]] = {
    "contracts": (contracts_register, QUARTER, 8),
    "grants": (grants_register, YEAR, 4),
}
"""What reads each register, the length of its periods in months, and how many periods back are offered."""


class PublishDialog(QDialog):
    """Lists what the rows of a register lack before it is written. `written` holds the file once it is."""

    def __init__(self, session: Session, name: str, parent: QWidget) -> None:
        """Show the register of contracts or of grants, of the period that is running."""
        super().__init__(parent)
        self._session, self._name = session, name
        self._read, months, back = _READ[name]
        self.written: Path | None = None
        self.publication: Publication
        self.setWindowTitle(f"Publish the register of {name}")
        self.periods: list[Period | None] = [period_of(clock.today(), months).moved(-by) for by in range(back)] + [None]
        self.period = QComboBox()
        self.period.setAccessibleName("In force in")
        self.period.addItems([_words(it) for it in self.periods])
        self.period.currentIndexChanged.connect(self.look)
        self.sentence = label("", "section", wrap=True)
        self.hint = label("", tone="2", wrap=True)
        self.table = _lacking_table()
        self.write = button("Write the register…", kind="main", icon="export")
        self.write.clicked.connect(self.ask_where)
        self._lay_out()
        self.look()
        self.resize(dialog_size(parent, 860, 520))

    def _lay_out(self) -> None:
        cancel = button("Cancel", kind="quiet")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(label("Items marked exempt stay blank.", "help", tone="3"))
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.write)
        asked = QFormLayout()
        asked.addRow("In force in", self.period)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(16), size(16), size(12))
        layout.setSpacing(size(10))
        layout.addLayout(asked)
        layout.addWidget(self.sentence)
        layout.addWidget(self.hint)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        layout.addLayout(foot)

    def look(self) -> None:
        """Read the register of the period chosen, and list what its rows lack."""
        period = self.periods[self.period.currentIndex()]
        self.publication = self._read(self._session.desk, clock.today(), period, every=period is None)
        lacking = self.publication.lacking
        self.sentence.setText(" ".join(said_of(self.publication)))
        rows = counted("agreement", len(lacking))
        lacks = f"{rows} {'lacks' if len(lacking) == 1 else 'lack'} something that the Code asks for."
        self.hint.setText(lacks if lacking else "Nothing that the Code asks for is missing.")
        self.table.setVisible(bool(lacking))
        self.table.setRowCount(len(lacking))
        for row, line in enumerate(lacking):
            for column, text in enumerate((line.called, "; ".join(line.headings))):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        self.write.setEnabled(bool(self.publication.rows))

    def ask_where(self) -> None:
        """Ask for the file, and write it."""
        period = self.publication.period
        path = where_to(self, f"{self._name.capitalize()} register {period.code if period else 'all'}", ".csv")
        if path is not None:
            self.write_to(path)

    def write_to(self, path: Path) -> None:
        """Write the register that is shown; what stands in the way is said in the dialog."""
        try:
            write_register(self.publication, path)
        except DeskError as fault:
            self.hint.setText(str(fault))
            return
        self.written = path
        self.accept()


def _words(period: Period | None) -> str:
    if period is None:
        return "any period: all that were signed"
    return period.label if period.months == YEAR else f"{period.label} ({period.span})"


def _lacking_table() -> QTableWidget:
    table = QTableWidget(0, 2)
    table.setAccessibleName("What rows lack")
    table.setHorizontalHeaderLabels(["Agreement", "What it lacks"])
    table.setEditTriggers(table.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(table.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setMinimumHeight(size(110))
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    head = table.horizontalHeader()
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setStretchLastSection(True)
    table.setColumnWidth(0, size(380))
    return table
