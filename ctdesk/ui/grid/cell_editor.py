"""Editing a cell in its place: the field's own editor over the cell, and what is wrong below it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ctdesk.domain.definition import DEFINITIONS, Kind, Value
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.faults import FieldFault, read_field
from ctdesk.services.records import record, save_record
from ctdesk.ui.form.editors import FieldEditor, as_typed, make_editor
from ctdesk.ui.grid.view import Grid
from ctdesk.ui.models.records import FIGURES
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import button, label

_TALL = frozenset({Kind.LONG_TEXT, Kind.CHOICES, Kind.LINKS})


class CellEditing(QObject):
    """At most one cell is being edited. `said` tells what cannot be done; `ended` the step to the next cell."""

    said = Signal(str)
    ended = Signal(int, int)
    """The editor closed: how many rows and columns to go on by."""

    def __init__(self, grid: Grid, desk: Desk) -> None:
        """Edit the cells of a grid."""
        super().__init__(grid)
        self._grid, self._desk = grid, desk
        self.editor: FieldEditor | None = None
        self.fault: FaultNote | None = None
        self._frame: QFrame | None = None
        self._uid, self._before = "", ""
        self._held: Value = None

    def begin(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Open the editor over a cell, unless nothing can be typed there."""
        uid = self._grid.records.uid(index.row())
        kind = self._grid.records.view.kind
        field = self._grid.records.fields[index.column()]
        if uid is None:
            return
        if field.name not in DEFINITIONS[kind].by_name:
            self.said.emit(f"{field.label} is worked out from other fields and cannot be typed.")
            return
        self.close()
        self._grid.scrollTo(index)
        try:
            self._held = record(self._desk, kind, uid).get(field.name)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self._uid, self.editor = uid, make_editor(field, self._desk)
        self._before = as_typed(field, self._held, self._desk)
        self.editor.show_text(self._before)
        self._place(index, self.editor)

    def _place(self, index: QModelIndex | QPersistentModelIndex, editor: FieldEditor) -> None:
        self._frame = QFrame(self._grid.viewport())
        self._frame.setAutoFillBackground(True)
        layout = QHBoxLayout(self._frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(editor)
        rect = self._grid.visualRect(index)
        tall = editor.field.kind in _TALL
        editor.ensurePolished()
        least = self._frame.minimumSizeHint()
        wide = max(rect.width(), least.width(), size(150 if editor.field.kind in FIGURES else 240))
        high = max(rect.height(), least.height(), size(30))
        left = max(0, min(rect.left(), self._grid.viewport().width() - wide))
        above = 0 if tall else (high - rect.height()) // 2
        top = max(0, min(rect.top() - above, self._grid.viewport().height() - high))
        self._frame.setGeometry(left, top, wide, high)
        self._frame.show()
        self._frame.raise_()
        target = editor.focusProxy() or editor
        for watched in {target, *editor.findChildren(QWidget)}:
            watched.installEventFilter(self)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if hasattr(target, "selectAll"):
            target.selectAll()
        elif hasattr(target, "lineEdit") and target.lineEdit() is not None:
            target.lineEdit().selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take Enter, Tab and Esc, and keep what was typed when the cell is left by a click elsewhere."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if event.type() == QEvent.Type.FocusOut and self.editor is not None:
            self._on_left()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._is_adding(event):
            self._finish(1, 0)
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._finish(0, -1 if key == Qt.Key.Key_Backtab else 1)
            return True
        return False

    def _is_adding(self, event: QKeyEvent) -> bool:
        """Whether Enter belongs to the editor: a new line with Shift, or a word being typed for another chip."""
        if self.editor is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if self.editor.field.kind is Kind.LONG_TEXT:
            return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        entry = getattr(getattr(self.editor, "chips", None), "entry", None)
        return entry is not None and bool(entry.text().strip())

    def _on_left(self) -> None:
        focus = QApplication.focusWidget()
        inside = focus is not None and self._frame is not None and self._frame.isAncestorOf(focus)
        noted = focus is not None and self.fault is not None and self.fault.isAncestorOf(focus)
        if inside or noted or QApplication.activePopupWidget() is not None or focus is None:
            return
        if self.editor is not None and self.editor.typed() == self._before:
            self.close(keys_back=False)
        else:
            self._finish(0, 0)

    def _finish(self, down: int, right: int) -> None:
        if self.commit():
            self.ended.emit(down, right)

    def commit(self) -> bool:
        """Save what is typed and close; what cannot be taken is said below the cell, which stays open."""
        editor = self.editor
        if editor is None:
            return False
        typed = editor.typed().strip()
        if typed == self._before.strip():
            self.close()
            return True
        reading = read_field(self._desk, editor.field, typed)
        if reading.fault is not None and reading.fault.rule in ("unreadable", "doubtful", "new_name"):
            self._say(reading.fault)
            return False
        return self._save(reading.value)

    def _save(self, value: Value, new_names: dict[str, str] | None = None) -> bool:
        editor = self.editor
        if editor is None:
            return False
        name, kind = editor.field.name, self._grid.records.view.kind
        try:
            outcome = save_record(self._desk, kind, self._uid, {name: self._held}, {name: value}, new_names=new_names)
        except DeskError as fault:
            self._say(FieldFault(name, "unreadable", str(fault)))
            return False
        if outcome.stale:
            stale = outcome.stale[0]
            self._held = stale.now
            words = (
                f"This has become “{stale.now_text}” since you began; Enter puts “{stale.wanted_text}” in its place."
            )
            self._say(FieldFault(name, "unreadable", words))
            return False
        self.close()
        return True

    def _say(self, fault: FieldFault) -> None:
        if self.editor is None or self._frame is None:
            return
        self.editor.set_fault(faulty=True)
        if self.fault is not None:
            self.fault.deleteLater()
        self.fault = FaultNote(self._grid, fault)
        self.fault.taken.connect(lambda: self._then_on(lambda: self._save(fault.suggestion)))
        self.fault.added.connect(lambda: self._then_on(lambda: self._save(None, {fault.field: fault.new_name})))
        below = self._frame.mapTo(self._grid, QPoint(0, self._frame.height() + size(2)))
        self.fault.place_at(below)

    def _then_on(self, save: Callable[[], bool]) -> None:
        if save():
            self.ended.emit(1, 0)

    def close(self, *, keys_back: bool = True) -> None:
        """Close the editor and leave the cell as the desk has it."""
        frame, self._frame, self.editor = self._frame, None, None
        if self.fault is not None:
            self.fault.hide()
            self.fault.deleteLater()
            self.fault = None
        if frame is not None:
            frame.hide()
            frame.deleteLater()
            if keys_back:
                self._grid.setFocus(Qt.FocusReason.OtherFocusReason)


class FaultNote(QFrame):
    """What is wrong with what was typed, and buttons for what was perhaps meant."""

    taken = Signal()
    added = Signal()

    def __init__(self, parent: QWidget, fault: FieldFault) -> None:
        """Say a fault."""
        super().__init__(parent)
        self._parent = parent
        self.setProperty("part", "banner")
        self.setProperty("tone", "bad")
        self.words = label(fault.message, tone="bad", wrap=True)
        self.setAccessibleName(fault.message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(10), size(8), size(10), size(8))
        layout.addWidget(self.words)
        if fault.suggestion is not None and fault.suggestion != ():
            self.take = button(f"Use {fault.suggested}", small=True)
            self.take.clicked.connect(self.taken)
            layout.addWidget(self.take)
        if fault.new_name:
            self.add = button(f"Add “{fault.new_name}” as new", small=True)
            self.add.clicked.connect(self.added)
            layout.addWidget(self.add)

    def place_at(self, place: QPoint) -> None:
        """Show the note below a cell, within the grid."""
        self.setFixedWidth(min(size(320), self._parent.width() - size(8)))
        self.adjustSize()
        left = max(size(4), min(place.x(), self._parent.width() - self.width() - size(4)))
        top = max(size(4), min(place.y(), self._parent.height() - self.height() - size(4)))
        self.move(left, top)
        self.show()
        self.raise_()
