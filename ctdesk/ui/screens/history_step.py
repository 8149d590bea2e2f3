"""One step of the history in full: its records and their fields, old beside new, and Undo."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ctdesk.db.history import ChangeSetLine
from ctdesk.domain.changes import Action
from ctdesk.services.step_detail import MOST, StepDetail, StepRecord, step_detail
from ctdesk.ui.session import Session
from ctdesk.ui.theme import font, size
from ctdesk.ui.widgets import Card, action, button, label

_OPENED = 8
"""Up to so many records are shown unfolded."""


class StepPanel(Card):
    """The chosen step. `undone` carries the uid of the step that is to be taken back."""

    undone = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make the panel, empty."""
        super().__init__()
        self.setAccessibleName("The chosen step")
        self._session = session
        self._line: ChangeSetLine | None = None
        self._titled, self._told = label("", "panel title", wrap=True), label("", tone="2", wrap=True)
        self._why = label("", tone="2", wrap=True)
        self.undo = button("Undo", icon="undo")
        self.undo.setAccessibleName("Undo this step")
        self.undo.clicked.connect(self._undo)
        self.action = action(self, "Undo the chosen step", self._undo, "Ctrl+Return")
        self.reason = label("", "help", tone="3", wrap=True)
        self.records = QTreeWidget()
        self.records.setAccessibleName("What the step did, record by record")
        self.records.setProperty("bare", "true")
        self.records.setHeaderLabels(("Field", "Before", "After"))
        self.records.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.records.setIndentation(size(14))
        self.records.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.records.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.records.setColumnWidth(0, size(164))
        self._lay_out()

    def _lay_out(self) -> None:
        head = QWidget()
        words = QVBoxLayout(head)
        words.setContentsMargins(size(14), size(10), size(14), size(10))
        words.setSpacing(size(4))
        top = QHBoxLayout()
        top.setSpacing(size(10))
        top.addWidget(self._titled, 1)
        top.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(top)
        for part in (self._told, self._why, self.reason):
            words.addWidget(part)
        self.add(head, ruled=False)
        self.add(self.records)
        self.body.setStretchFactor(self.records, 1)
        self.records.setMinimumHeight(size(56))

    def show_step(self, line: ChangeSetLine) -> None:
        """Show a step; its records are read in the background, as an adoption may hold thousands."""
        self._line = line
        who = "You" if line.who == self._session.desk.who else line.who
        self._titled.setText(line.title)
        self._told.setText(f"Step {line.number}, {who}, {line.when.astimezone():%A %d/%m/%Y %H:%M}")
        self._why.setText(f"Why: {line.why}")
        self._why.setVisible(bool(line.why))
        hindrance = self._hindrance(line)
        self.reason.setText(hindrance)
        self.reason.setVisible(bool(hindrance))
        self.undo.setEnabled(not hindrance)
        self.undo.setToolTip(hindrance)
        self.action.setEnabled(not hindrance)
        self.action.setToolTip(hindrance or self.action.text())
        desk = self._session.desk
        self._session.run("Reading a step", lambda _: (line.uid, step_detail(desk, line.uid)), self._fill)

    def _hindrance(self, line: ChangeSetLine) -> str:
        """Return why a step cannot be taken back, or nothing."""
        if self._session.read_only:
            return self._session.why_not
        if line.action is Action.NEW:
            return "The making of the workspace cannot be undone."
        if line.action is Action.REMOVAL:
            return "A removal cannot be undone."
        if line.undone_by:
            return "It has been undone; undo the undoing to have it again."
        return ""

    def _fill(self, found: tuple[str, StepDetail]) -> None:
        uid, detail = found
        if self._line is None or self._line.uid != uid:
            return
        self.records.clear()
        for record in detail.records:
            self.records.addTopLevelItem(_record(record))
        if detail.more:
            self.records.addTopLevelItem(QTreeWidgetItem([f"and {detail.more:,} more; the first {MOST} are shown"]))
        for at in range(self.records.topLevelItemCount()):
            item = self.records.topLevelItem(at)
            if item is not None:
                item.setFirstColumnSpanned(True)
                item.setExpanded(at < _OPENED)

    def _undo(self) -> None:
        if self._line is not None and self.undo.isEnabled():
            self.undone.emit(self._line.uid)


def _record(record: StepRecord) -> QTreeWidgetItem:
    gone = "" if record.there or record.done == "deleted" else ", gone today"
    item = QTreeWidgetItem([f"{record.kind_label} {record.called}: {record.done}{gone}"])
    item.setFont(0, font("medium"))
    item.setToolTip(0, item.text(0))
    for field in record.fields:
        child = QTreeWidgetItem([field.label, field.old or "–", field.new or "–"])
        for column, text in enumerate((field.label, field.old, field.new)):
            child.setToolTip(column, text)
            child.setTextAlignment(column, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        item.addChild(child)
    return item
