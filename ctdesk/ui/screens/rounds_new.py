"""A new round: its name, its days, and whom it asks."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain import clock
from ctdesk.domain.dates import date_text, financial_year, read_date
from ctdesk.domain.errors import DeskError
from ctdesk.services.rounds import start_round
from ctdesk.ui.kept_typing import keep_typing
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import button, dialog_size, label, plain_table

_LENGTH = 45
"""Days between the as-at day and the due date that are proposed."""


_ASKED = (("activity", "Ac&tivity"), ("post", "&Staffing"), ("funding_line", "&Funding"))
"""What may be asked for, by the kind of row and the name of its sheet."""


class NewRound(QDialog):
    """Asks for a round; `started` is its uid once it is there."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Make the dialog with every agency ticked."""
        super().__init__(parent)
        self._session = session
        self.started: str | None = None
        self.setWindowTitle("New round")
        self.resize(dialog_size(parent, 580, 600))
        today = clock.today()
        self.name = QLineEdit(f"Baseline {financial_year(today)}")
        self.as_at = QLineEdit(date_text(today))
        self.due = QLineEdit(date_text(date.fromordinal(today.toordinal() + _LENGTH)))
        self.asks = {kind: QCheckBox(words) for kind, words in _ASKED}
        for box in self.asks.values():
            box.setChecked(True)
        self.asks["activity"].toggled.connect(self._funding_follows)
        self.agencies = plain_table("Agencies to ask", ["Agency", "Goes to"], [280])
        self._fault = label("", tone="bad", wrap=True)
        self._fault.hide()
        self._list_agencies()
        self._lay_out()
        lines = {"name": self.name, "as_at": self.as_at, "due": self.due, "agencies": self.agencies}
        keep_typing(self, session, "new round", {**lines, **self.asks})
        self.name.selectAll()

    def _list_agencies(self) -> None:
        desk = self._session.desk
        contacts = {str(c["agency"]): str(c.get("email") or c.get("role") or "") for c in desk.load("contact").values()}
        found = desk.load("organisation", is_agency=True)
        for uid in sorted(found, key=lambda uid: str(found[uid]["name"]).casefold()):
            item = QTreeWidgetItem([str(found[uid]["name"]), contacts.get(uid, "no contact yet")])
            item.setData(0, Qt.ItemDataRole.UserRole, str(found[uid]["name"]))
            item.setCheckState(0, Qt.CheckState.Checked)
            self.agencies.addTopLevelItem(item)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow("&Name", self.name)
        form.addRow("&As at", self.as_at)
        form.addRow("&Due back", self.due)
        every, none = button("All", small=True), button("None", small=True)
        every.clicked.connect(lambda: self._tick_all(Qt.CheckState.Checked))
        none.clicked.connect(lambda: self._tick_all(Qt.CheckState.Unchecked))
        asking = QHBoxLayout()
        for box in self.asks.values():
            asking.addWidget(box)
        asking.addStretch(1)
        form.addRow("Ask for", asking)
        ticks = QHBoxLayout()
        ticks.addWidget(label("Agencies to ask", "strong"), 1)
        ticks.addWidget(every)
        ticks.addWidget(none)
        cancel, begin = button("Cancel", kind="quiet"), button("Start the round", kind="main")
        cancel.clicked.connect(self.reject)
        begin.clicked.connect(self.begin)
        begin.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(begin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(16), size(16), size(16))
        layout.setSpacing(size(12))
        layout.addLayout(form)
        layout.addLayout(ticks)
        layout.addWidget(self.agencies, 1)
        layout.addWidget(self._fault)
        layout.addLayout(foot)

    def _funding_follows(self, asked: bool) -> None:
        """Funding is asked for only with the activities it pays for."""
        self.asks["funding_line"].setEnabled(asked)
        self.asks["funding_line"].setChecked(asked)

    def _tick_all(self, state: Qt.CheckState) -> None:
        for at in range(self.agencies.topLevelItemCount()):
            item = self.agencies.topLevelItem(at)
            if item is not None:
                item.setCheckState(0, state)

    def _ticked(self) -> list[str]:
        """Return the names of the agencies ticked; DeskError if there are none."""
        items = (self.agencies.topLevelItem(at) for at in range(self.agencies.topLevelItemCount()))
        found = [
            str(item.data(0, Qt.ItemDataRole.UserRole))
            for item in items
            if item is not None and item.checkState(0) == Qt.CheckState.Checked
        ]
        if not found:
            raise DeskError("Nobody is ticked; tick the agencies to ask, or add agencies first.")
        return found

    def _asked(self) -> list[str]:
        return [kind for kind, box in self.asks.items() if box.isChecked()]

    def begin(self) -> None:
        """Start the round, or say in the dialog why it cannot be."""
        try:
            as_at, due = self._day(self.as_at, "As at"), self._day(self.due, "Due back")
            self.started = start_round(
                self._session.desk, self.name.text(), as_at, due, self._ticked(), asks=self._asked()
            ).uid
        except DeskError as fault:
            self._fault.setText(str(fault))
            self._fault.show()
            return
        self.accept()

    @staticmethod
    def _day(line: QLineEdit, name: str) -> date:
        try:
            return read_date(line.text())
        except DeskError as fault:
            line.setFocus()
            raise DeskError(f"{name}: “{line.text()}” {fault}.") from fault
