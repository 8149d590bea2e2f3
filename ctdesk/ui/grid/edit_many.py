"""The dialog that sets one field, or several, of many records alike."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain.definition import DEFINITIONS, Field
from ctdesk.services.desk import Desk
from ctdesk.services.naming import counted
from ctdesk.ui.form.editors import FieldEditor, make_editor
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import button, dialog_size, icon_button, label
from ctdesk.ui.widgets.typed_choice import typed_choice

_NAME = "typed into edit many"


class EditManyDialog(QDialog):
    """Fields of many records: which, and what each is to hold. It is kept as each is left, until `forget`."""

    def __init__(self, parent: QWidget, session: Session, kind: str, count: int, first: str) -> None:
        """Offer the fields of a kind: those that were being typed when all ended, or that of the current column."""
        super().__init__(parent)
        self.setWindowTitle("Edit many")
        self._session, self._kind, self._fields = session, kind, DEFINITIONS[kind].fields
        self.rows: list[FieldRow] = []
        self._place = QVBoxLayout()
        self._place.setSpacing(size(10))
        self.more = button("Another field", icon="plus", small=True)
        self.more.clicked.connect(self.add_next)
        self.go_on = button("Preview", kind="main")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self.accept)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        self._lay_out(f"Set fields of {counted(kind, count)}", cancel)
        kept = session.memory.get(_NAME, {}).get(kind, {})
        for name in kept or [first]:
            self.add(name).editor.show_text(kept.get(name, ""))

    def keep(self) -> None:
        """Keep what is typed now."""
        self._put_by({self._kind: self.typed()})

    def forget(self) -> None:
        """Let go of what was kept, now that it is done or not wanted."""
        self._put_by({})

    def _put_by(self, typed: Mapping[str, Mapping[str, str]]) -> None:
        others = {kind: it for kind, it in self._session.memory.get(_NAME, {}).items() if kind != self._kind}
        self._session.memory.put(_NAME, {**others, **typed})

    def _lay_out(self, title: str, cancel: QWidget) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go_on)
        inner, around = QWidget(), QScrollArea()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, 0, size(4), 0)
        whole.addLayout(self._place)
        whole.addStretch(1)
        around.setWidget(inner)
        around.setWidgetResizable(True)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(14), size(16), size(12))
        layout.setSpacing(size(8))
        layout.addWidget(label(title, "section"))
        layout.addWidget(around, 1)
        layout.addWidget(label("Left empty, a field is emptied.", "help", tone="3"))
        layout.addLayout(foot)
        self.resize(dialog_size(self.parentWidget(), 560, 320))

    def add(self, name: str = "") -> "FieldRow":
        """Add a line for a field: the one named, or the first that no line has yet."""
        taken = {row.field.name for row in self.rows}
        free = [field.name for field in self._fields if field.name not in taken]
        wanted = name if name in free else free[0]
        row = FieldRow(self._session.desk, self._fields, wanted)
        row.left.connect(self.keep)
        row.removed.connect(lambda: self._remove(row))
        row.chosen.connect(self._tell)
        self.rows.append(row)
        self._place.addWidget(row)
        row.focus()
        self._tell()
        return row

    def add_next(self) -> None:
        """Add a line for the first field that has none."""
        self.add()

    def _remove(self, row: "FieldRow") -> None:
        self.rows.remove(row)
        self._place.removeWidget(row)
        row.deleteLater()
        self._tell()

    def _tell(self) -> None:
        """Keep one line at least, and no field twice."""
        names = [row.field.name for row in self.rows]
        for row in self.rows:
            row.remove.setVisible(len(self.rows) > 1)
        twice = len(set(names)) < len(names)
        self.go_on.setEnabled(not twice)
        self.go_on.setToolTip("One field stands on two lines; take one of them off." if twice else "")
        self.more.setEnabled(len(set(names)) < len(self._fields))

    def typed(self) -> dict[str, str]:
        """Return what each field is to hold, as typed."""
        return {row.field.name: row.editor.typed() for row in self.rows}


class FieldRow(QWidget):
    """One field and what it is to hold.

    `chosen` tells that another field was chosen, `left` that what it is to hold was typed, `removed` that it is to go.
    """

    chosen = Signal()
    left = Signal()
    removed = Signal()

    def __init__(self, desk: Desk, fields: tuple[Field, ...], name: str) -> None:
        """Begin with a field."""
        super().__init__()
        self._desk, self._fields = desk, fields
        labels = [field.label for field in fields]
        self.fields = typed_choice("Field")
        self.fields.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.fields.addItems(labels)
        completer = QCompleter(labels, self.fields)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.fields.setCompleter(completer)
        self.remove = icon_button("Take this field off", "close", small=True)
        self.remove.clicked.connect(self.removed)
        self.help = label("", "help", tone="3", wrap=True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(size(8))
        self._grid.setVerticalSpacing(size(2))
        self._grid.addWidget(self.fields, 0, 0)
        self._grid.addWidget(self.remove, 0, 2)
        self._grid.addWidget(self.help, 1, 0, 1, 3)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.fields.setCurrentIndex([field.name for field in fields].index(name))
        self.editor = self._make_editor()
        self.fields.currentIndexChanged.connect(self._change)

    @property
    def field(self) -> Field:
        """The field chosen."""
        return self._fields[max(self.fields.currentIndex(), 0)]

    def _make_editor(self) -> FieldEditor:
        editor = make_editor(self.field, self._desk)
        editor.left.connect(self.left)
        self._grid.addWidget(editor, 0, 1)
        self.help.setText(self.field.help)
        return editor

    def _change(self) -> None:
        self._grid.removeWidget(self.editor)
        self.editor.deleteLater()
        self.editor = self._make_editor()
        self.focus()
        self.chosen.emit()

    def focus(self) -> None:
        """Go to what the field is to hold."""
        self.editor.setFocus()
