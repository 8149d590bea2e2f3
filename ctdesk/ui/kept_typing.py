"""What is typed into a dialog or page of several fields, kept as each is left until it is saved or thrown away."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from shiboken6 import isValid

from ctdesk.ui.form.editors import FieldEditor
from ctdesk.ui.session import Session

_NAME = "typed into dialogs"
_YES = "yes"


class KeptTyping(QObject):
    """Keeps what differs from what stood in the fields at first, and puts it back if it never came to an end."""

    def __init__(self, owner: QWidget, session: Session, name: str, fields: Mapping[str, QWidget]) -> None:
        """Watch fields by their names; `name` tells this dialog, and what it is about, from others."""
        super().__init__(owner)
        self._session, self._name, self._fields = session, name, fields
        self._begun: dict[str, str] = {}
        for field in fields.values():
            if isinstance(field, FieldEditor):
                field.left.connect(self.keep)
            elif isinstance(field, QTreeWidget):
                field.itemChanged.connect(lambda *_: self.keep())
            elif isinstance(field, QCheckBox):
                field.toggled.connect(lambda _: self.keep())
            else:
                field.installEventFilter(self)
            if isinstance(field, QComboBox):
                field.activated.connect(lambda _: self.keep())

    def bring_back(self) -> bool:
        """Take what stands in the fields as their beginning, and put back what was typed; whether there was any."""
        self._begun = {name: _typed(field) for name, field in self._fields.items()}
        kept = self._session.memory.get(_NAME, {}).get(self._name, {})
        for name, text in kept.items():
            if name in self._fields:
                _put(self._fields[name], text)
        if kept:
            self._session.said.emit("What you had typed here and not saved is back.")
        return bool(kept)

    def keep(self) -> None:
        """Keep what is typed now."""
        # A field that is destroyed with its dialog loses the cursor too.
        if self._begun and not self._session.read_only and all(map(isValid, self._fields.values())):
            typed = {name: _typed(field) for name, field in self._fields.items()}
            self._put_by({name: text for name, text in typed.items() if text != self._begun[name]})

    def forget(self) -> None:
        """Let go of what was kept, now that it is saved or not wanted."""
        self._put_by({})

    def end(self) -> None:
        """Let go of what was kept, and keep nothing more."""
        self._begun = {}
        self.forget()

    def _put_by(self, typed: Mapping[str, str]) -> None:
        kept = {name: it for name, it in self._session.memory.get(_NAME, {}).items() if name != self._name}
        self._session.memory.put(_NAME, {**kept, self._name: dict(typed)} if typed else kept)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep what is typed as a field is left."""
        if event.type() == QEvent.Type.FocusOut:
            self.keep()
        return super().eventFilter(watched, event)


def keep_typing(dialog: QDialog, session: Session, name: str, fields: Mapping[str, QWidget]) -> None:
    """Keep what is typed into a dialog, filled as it begins, until it is closed by a person."""
    kept = KeptTyping(dialog, session, name, fields)
    kept.bring_back()
    dialog.finished.connect(lambda _: kept.end())


def _typed(field: QWidget) -> str:
    match field:
        case FieldEditor():
            return field.typed()
        case QLineEdit():
            return field.text()
        case QPlainTextEdit():
            return field.toPlainText()
        case QComboBox():
            return field.currentText()
        case QCheckBox():
            return _YES if field.isChecked() else ""
        case QTreeWidget():
            return "\n".join(item.text(0) for item in _lines(field) if item.checkState(0) is Qt.CheckState.Checked)
    raise TypeError(f"{type(field).__name__} is not typed into")


def _put(field: QWidget, text: str) -> None:
    match field:
        case FieldEditor():
            field.show_text(text)
        case QLineEdit():
            field.setText(text)
        case QPlainTextEdit():
            field.setPlainText(text)
        case QComboBox() if field.isEditable() and field.findText(text) < 0:
            field.setEditText(text)
        case QComboBox():
            field.setCurrentText(text)
        case QCheckBox():
            field.setChecked(text == _YES)
        case QTreeWidget():
            ticked = text.split("\n")
            for item in _lines(field):
                on = item.text(0) in ticked
                item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def _lines(table: QTreeWidget) -> list[QTreeWidgetItem]:
    """Return the rows of a table of things to tick."""
    return [item for at in range(table.topLevelItemCount()) if (item := table.topLevelItem(at)) is not None]
