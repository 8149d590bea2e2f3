"""The reference lists: their words in order, added, altered, moved and retired."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain.errors import DeskError
from ctdesk.services.list_edit import (
    ListLine,
    Word,
    add_entry,
    edit_entry,
    entries,
    list_names,
    move_entry,
    retire_entry,
)
from ctdesk.ui.kept_typing import keep_typing
from ctdesk.ui.screens.settings_word import WordDialog
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size, token
from ctdesk.ui.widgets import Banner, FlowLayout, button, label, plain_table

_COLUMNS = ("Word", "Offered", "Short label", "Other spellings", "Meaning")
_WIDTHS = (300, 96, 140, 240, 200)
_LINE = Qt.ItemDataRole.UserRole


class ListsPage(QWidget):
    """One list at a time. Every step is saved at once and can be undone."""

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make the page, empty."""
        super().__init__()
        self.setAccessibleName("Lists")
        self._session = session
        self.which = QComboBox()
        self.which.setAccessibleName("List")
        for name, words in sorted(list_names().items(), key=lambda item: item[1]):
            self.which.addItem(words, name)
        self.which.currentIndexChanged.connect(lambda _: self.read())
        self.table = plain_table("Words of the list", _COLUMNS, _WIDTHS)
        self.fault = Banner("bad", "", dismissible=True)
        self.fault.hide()
        self.count = label("", tone="2")
        self.add = button("Add a word", icon="plus")
        self.edit = button("Edit", icon="pencil")
        self.up, self.down = button("Move up"), button("Move down")
        self.retire = button("Retire")
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.table.currentItemChanged.connect(lambda *_: self._tell())
        self.table.itemActivated.connect(lambda *_: self._edit())
        acts: list[tuple[QWidget, Callable[[], object], str]] = [
            (self.add, self._add, "Ctrl+N"),
            (self.edit, self._edit, "F2"),
            (self.up, lambda: self._move(-1), "Alt+Up"),
            (self.down, lambda: self._move(1), "Alt+Down"),
            (self.retire, self._retire, "Ctrl+Shift+R"),
        ]
        for control, act, keys in acts:
            control.clicked.connect(act)  # type: ignore[attr-defined]  # each is a button
            control.setToolTip(keys)
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        words = label("List", "medium")
        words.setBuddy(self.which)
        for part in (words, self.which, self.count):
            top.addWidget(part)
        top.addStretch(1)
        bar = QWidget()
        flow = FlowLayout(bar, gap=size(8))
        for control in (self.add, self.edit, self.up, self.down, self.retire):
            flow.addWidget(control)
        hint = label(
            "What is stored never changes with its word, so old records follow a new name. A retired word stays valid "
            "where it is used and is offered no more.",
            "help",
            tone="3",
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), 0, size(16), size(16))
        layout.setSpacing(size(8))
        layout.addLayout(top)
        layout.addWidget(self.fault)
        layout.addWidget(self.table, 1)
        layout.addWidget(bar)
        layout.addWidget(hint)

    @property
    def list_name(self) -> str:
        """The name of the list shown."""
        return str(self.which.currentData())

    @property
    def line(self) -> ListLine | None:
        """The word chosen in the table."""
        item = self.table.currentItem()
        found = item.data(0, _LINE) if item is not None else None
        return found if isinstance(found, ListLine) else None

    def read(self) -> None:
        """Show the words of the list again; the chosen one stays chosen."""
        self.fault.hide()
        lines = entries(self._session.desk, self.list_name)
        chosen = self.line.uid if self.line else ""
        self.table.clear()
        for line in lines:
            self.table.addTopLevelItem(_item(line))
        self.choose(chosen if any(line.uid == chosen for line in lines) else lines[0].uid if lines else "")
        retired = sum(1 for line in lines if line.retired)
        self.count.setText(f"{len(lines)} words" + (f", {retired} retired" if retired else ""))
        self._tell()

    def choose(self, uid: str) -> None:
        """Choose a word of the list shown."""
        for at in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(at)
            if item is not None and item.data(0, _LINE).uid == uid:
                self.table.setCurrentItem(item)

    def _tell(self) -> None:
        line, may = self.line, not self._session.read_only
        at = self.table.currentIndex().row()
        why = self._session.why_not
        self.add.allow(allowed=may, why=why)
        self.edit.allow(allowed=may and line is not None, why=why or "No word is chosen.")
        self.up.allow(allowed=may and line is not None and at > 0, why=why or "This is the first word.")
        last = at == self.table.topLevelItemCount() - 1
        self.down.allow(allowed=may and line is not None and not last, why=why or "This is the last word.")
        self.retire.allow(allowed=may and line is not None, why=why or "No word is chosen.")
        self.retire.setText("Offer again" if line is not None and line.retired else "Retire")

    def _add(self) -> None:
        self._ask(Word(""), "Add a word", lambda word: add_entry(self._session.desk, self.list_name, word))

    def _edit(self) -> None:
        line = self.line
        if line is not None:
            self._ask(line.word, "Edit a word", lambda word: self._save(line.uid, word))

    def _save(self, uid: str, word: Word) -> str:
        edit_entry(self._session.desk, uid, word)
        return uid

    def _ask(self, word: Word, title: str, save: Callable[[Word], str]) -> None:
        if self._session.read_only:
            return
        title = f"{title}: {self.which.currentText()}"
        dialog = WordDialog(title, word, save, self)
        keep_typing(dialog, self._session, f"{title} {word.label}", dialog.fields)
        if dialog.exec():
            self.choose(dialog.uid)
            self.said.emit("The list is saved.")
        dialog.deleteLater()
        self.table.setFocus()

    def _move(self, by: int) -> None:
        line = self.line
        if line is not None:
            self._do(lambda: move_entry(self._session.desk, line.uid, by))

    def _retire(self) -> None:
        line = self.line
        if line is not None:
            self._do(lambda: retire_entry(self._session.desk, line.uid, retired=not line.retired))

    def _do(self, act: Callable[[], object]) -> None:
        if self._session.read_only:
            return
        try:
            act()
        except DeskError as fault:
            self.fault.say("bad", str(fault))
            self.fault.show()


def _item(line: ListLine) -> QTreeWidgetItem:
    word = line.word
    offered = "Retired" if line.retired else "Offered"
    item = QTreeWidgetItem([word.label, offered, word.short, word.aliases, word.description])
    item.setData(0, _LINE, line)
    item.setToolTip(0, f"{word.label}\nStored as {line.code}")
    item.setToolTip(4, word.description)
    if line.retired:
        for column in range(len(_COLUMNS)):
            item.setForeground(column, QBrush(token("text3")))
    return item
