"""History: every step, by whom and when; one step in full, and taking it back."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QBrush, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from ctdesk.db.history import ChangeSetLine
from ctdesk.services.history_papers import HEADS, export_steps, print_steps, told
from ctdesk.services.past import Undone, past, undo
from ctdesk.services.step_detail import left_alone
from ctdesk.ui.grid.asking import where_to
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.screens.history_step import StepPanel
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size, token
from ctdesk.ui.widgets import (
    Banner,
    PageHead,
    SearchField,
    action,
    edge_to_edge,
    icon_button,
    label,
    menu_button,
    plain_table,
)

_WIDTHS = (48, 144, 72, 326, 64)
_LINE = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOST_SAID = 5


class HistoryScreen(Screen):
    """The steps at the left, newest first, and the chosen one at the right. A place's uid names a step."""

    name, title, icon = "history", "History", "history"

    def __init__(self, session: Session) -> None:
        """Make the screen, empty."""
        super().__init__(session)
        self._lines: list[ChangeSetLine] = []
        self.search = SearchField("Type to filter the steps", "Ctrl+F")
        self.search.textChanged.connect(self._filter)
        self.commands = self._make_commands()
        self.export = menu_button("Export", self.commands[:2], icon="export")
        self.printing = icon_button("Print what is seen (Ctrl+P)", "print")
        self.printing.clicked.connect(self.print)
        self._head = PageHead("History", buttons=[self.search, self.export, self.printing])
        self.outcome = Banner("good", "", dismissible=True)
        self.outcome.hide()
        self.nothing = label("", tone="2", wrap=True)
        self.nothing.hide()
        self.table = self._make_table()
        self.step = StepPanel(session)
        self.step.undone.connect(self.undo)
        self._find = action(
            self, "Filter the steps", lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason), "Ctrl+F", "/"
        )
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()

    def _make_commands(self) -> list[QAction]:
        excel, text = (partial(self.ask_where, ending) for ending in (".xlsx", ".csv"))
        return [
            action(self, "Export what is seen to Excel…", excel, "Ctrl+E", symbol="export"),
            action(self, "Export what is seen to CSV…", text, symbol="export"),
            action(self, "Print what is seen…", self.print, "Ctrl+P", symbol="print"),
        ]

    def _make_table(self) -> QTreeWidget:
        table = plain_table("Steps", HEADS, _WIDTHS)
        table.headerItem().setTextAlignment(4, _RIGHT)
        table.header().setStretchLastSection(False)
        table.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.currentItemChanged.connect(lambda *_: self._show_step())
        table.itemActivated.connect(lambda *_: self.step.records.setFocus())
        return table

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(size(8))
        left.addWidget(self.nothing)
        left.addWidget(self.table, 1)
        self._columns.setContentsMargins(size(16), 0, size(16), size(16))
        self._columns.setSpacing(size(12))
        self._columns.addLayout(left, 3)
        self._columns.addWidget(self.step, 2)
        around = QVBoxLayout()
        around.setContentsMargins(size(16), 0, size(16), size(8))
        around.addWidget(self.outcome)
        layout = edge_to_edge(self)
        layout.addWidget(self._head)
        layout.addLayout(around)
        layout.addLayout(self._columns, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the step below the list where there is no room beside it."""
        super().resizeEvent(event)
        narrow = self.width() < size(820)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)
        self._columns.setStretch(0, 3)
        self._columns.setStretch(1, 3 if narrow else 2)

    def read(self) -> None:
        """List the steps again; the chosen one stays chosen."""
        self._lines = past(self.session.desk)
        chosen = self.line
        count = len(self._lines)
        self._head.say("History", f"{count:,} {'step' if count == 1 else 'steps'}, newest first")
        self.table.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.table.clear()
        self.table.addTopLevelItems([_item(line, self.session.desk.who) for line in self._lines])
        self._filter(self.search.text())
        self.table.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.choose(chosen.uid if chosen is not None else self._lines[0].uid)

    @property
    def line(self) -> ChangeSetLine | None:
        """The step chosen in the list."""
        item = self.table.currentItem()
        found = item.data(0, _LINE) if item is not None else None
        return found if isinstance(found, ChangeSetLine) else None

    def choose(self, uid: str) -> None:
        """Choose a step and show it in full."""
        at = next((at for at, line in enumerate(self._lines) if line.uid == uid), 0)
        item = self.table.topLevelItem(at)
        if item is self.table.currentItem():
            self._show_step()
        elif item is not None:
            self.table.setCurrentItem(item)

    def go(self, place: object) -> None:
        """Show one step."""
        if isinstance(place, Place) and place.uid:
            self.search.clear()
            self.choose(place.uid)
        self.table.setFocus()

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        shown = 0
        for at in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(at)
            if item is not None:
                said = " ".join(item.text(column) for column in range(len(HEADS))).casefold()
                item.setHidden(not all(word in said for word in words))
                shown += not item.isHidden()
        self.nothing.setText(
            f"No step holds “{text.strip()}”. {len(self._lines):,} are hidden; Esc in the field shows them."
        )
        self.nothing.setVisible(bool(words) and not shown)

    @property
    def seen(self) -> list[ChangeSetLine]:
        """The steps that the filter leaves."""
        items = (self.table.topLevelItem(at) for at in range(self.table.topLevelItemCount()))
        return [item.data(0, _LINE) for item in items if item is not None and not item.isHidden()]

    def print(self) -> None:
        """Show the pages of what is seen, to print from."""
        desk, seen, of, words = self.session.desk, self.seen, len(self._lines), self.search.text().strip()
        preview(self.session, self, "History", lambda path, _: print_steps(desk, seen, of, words, path))

    def ask_where(self, ending: str) -> None:
        """Ask where to, and write what is seen."""
        path = where_to(self, "History", ending)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write what is seen to a file."""
        desk, seen, of, words = self.session.desk, self.seen, len(self._lines), self.search.text().strip()
        self.session.run(
            f"Writing {path.name}",
            lambda _: export_steps(desk, seen, of, words, path),
            lambda rows: self.said.emit(f"{rows:,} step{'' if rows == 1 else 's'} written to {path}."),
            self.said.emit,
        )

    def _show_step(self) -> None:
        line = self.line
        if line is not None:
            self.step.show_step(line)

    def undo(self, uid: str) -> None:
        """Take a step back, and say what could not be."""
        desk = self.session.desk
        self.step.undo.setEnabled(False)
        self.session.run("Undoing a step", lambda _: undo(desk, uid), self._undone, self._failed)

    def _undone(self, undone: Undone) -> None:
        said = left_alone(self.session.desk, undone.conflicts[:_MOST_SAID])
        more = len(undone.conflicts) - len(said)
        said += [f"{more:,} more stay likewise."] if more > 0 else []
        if undone.change_set is None:
            self._say("warn", f"Step {undone.line.number} was not undone; there is nothing left to take back.", said)
            self._show_step()
            return
        what = f"Step {undone.line.number} is undone: {undone.line.title}."
        self._say("warn" if said else "good", what, said)
        self.bring_up_to_date()

    def _failed(self, sentence: str) -> None:
        self._say("bad", sentence, [])
        self._show_step()

    def _say(self, tone: str, sentence: str, more: list[str]) -> None:
        self.outcome.say(tone, sentence, " ".join(more))
        self.outcome.show()
        self.said.emit(sentence)

    def actions_offered(self) -> list[QAction]:
        """Return the way to the filter, export and print, and the undo of the chosen step."""
        return [self._find, *self.commands, self.step.action]


def _item(line: ChangeSetLine, me: str) -> QTreeWidgetItem:
    what = told(line)
    when = f"{line.when.astimezone():%d/%m/%Y %H:%M}"
    item = QTreeWidgetItem([str(line.number), when, "You" if line.who == me else line.who, what, f"{line.records:,}"])
    item.setData(0, _LINE, line)
    item.setTextAlignment(0, _RIGHT)
    item.setTextAlignment(4, _RIGHT)
    item.setToolTip(3, f"{what}\n{line.why}".strip())
    if line.undone_by:
        for column in range(len(HEADS)):
            item.setForeground(column, QBrush(token("text3")))
    return item
