"""The palette: one search over every record and every command, over a scrim on the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.services.finding_records import Hit, find
from ctdesk.ui.frame.palette_lines import LINE, PaletteDelegate, PaletteLine
from ctdesk.ui.places import Place
from ctdesk.ui.theme import font, size
from ctdesk.ui.widgets import label

if TYPE_CHECKING:
    from ctdesk.ui.frame.window import MainWindow

_PAUSE = 60
"""Milliseconds after a keystroke before the search is made."""


class Palette(QWidget):
    """Covers the window while it is open; Esc or a click beside it closes it."""

    def __init__(self, window: "MainWindow") -> None:
        """Make the palette of a window, hidden."""
        super().__init__(window)
        self._window = window
        self.setAccessibleName("Find a record or a command")
        self._entry = QLineEdit(placeholderText="Find a record or a command")
        self._entry.setFont(font("entry"))
        self._entry.setAccessibleName("What to find")
        self._entry.setClearButtonEnabled(True)
        self._list = QListWidget()
        self._list.setAccessibleName("What was found")
        self._list.setItemDelegate(PaletteDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._foot = label("", "help", tone="3")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._entry.textChanged.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self.search)
        self._list.itemClicked.connect(self._run)
        self._entry.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        self._panel = QFrame(self)
        self._panel.setProperty("part", "card")
        self._panel.setAutoFillBackground(True)
        layout = QVBoxLayout(self._panel)
        layout.setContentsMargins(size(12), size(12), size(12), size(8))
        layout.setSpacing(size(8))
        layout.addWidget(self._entry)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._foot)

    def open(self) -> None:
        """Show the palette over the window, ready to type."""
        self._place()
        self._entry.clear()
        self.search()
        self.show()
        self.raise_()
        self._entry.setFocus()

    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        width = min(size(640), self.width() - size(32))
        height = min(size(440), self.height() - size(80))
        self._panel.setGeometry(QRect((self.width() - width) // 2, size(44), width, height))

    def search(self) -> None:
        """Show the commands and records that answer what is typed."""
        text = self._entry.text().strip()
        lines = [*_commands(self._window.commands.all(), text)[: 5 if text else 12]]
        if text:
            lines += [_record(hit) for hit in find(self._window.session.desk, text)]
        self._list.clear()
        for line in lines:
            item = QListWidgetItem(line.title)
            item.setData(LINE, line)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._foot.setText(_said(text, lines))

    def _run(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        line: PaletteLine = item.data(LINE)
        self.hide()
        if line.action is not None:
            line.action.trigger()
        elif line.place is not None:
            self._window.go(line.place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let arrows move in the list while typing, and follow the window's size."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self._entry and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}.get(
            Qt.Key(event.key())
        )
        if step is not None:
            row = max(0, min(self._list.count() - 1, self._list.currentRow() + step))
            self._list.setCurrentRow(row)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self._pause.stop()
                self.search()
            self._run(self._list.currentItem())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def mousePressEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        """Close on a click beside the panel."""
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the scrim."""
        QPainter(self).fillRect(self.rect(), QColor(20, 23, 28, 110))


def _commands(actions: list[QAction], text: str) -> list[PaletteLine]:
    """Return the commands whose words hold every word typed, in any order."""
    words = text.casefold().split()
    found = []
    for action in actions:
        title = action.text().replace("&", "").rstrip("…")
        if all(word in title.casefold() for word in words):
            keys = action.shortcut().toString()
            found.append(PaletteLine(title, "Command", keys, action=action))
    return found


def _record(hit: Hit) -> PaletteLine:
    """Return the line of a record; a match outside its title is shown with the field it stands in."""
    in_title = hit.shown == hit.title
    return PaletteLine(
        hit.title,
        DEFINITIONS[hit.kind].label,
        hit.subtitle if in_title else f"{hit.field_label}: {hit.shown}",
        place=Place("record", kind=hit.kind, uid=hit.uid),
        match=hit.match if in_title else (),
        read_as=hit.read_as or "",
    )


def _said(text: str, lines: list[PaletteLine]) -> str:
    read_as = next((line.read_as for line in lines if line.read_as), "")
    if read_as:
        return f"Nothing holds “{text}”; this is what holds “{read_as}”."
    return "Enter opens, Esc closes" if lines else f"Nothing holds “{text}”. Try fewer or other words."
