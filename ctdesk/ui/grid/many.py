"""Many cells at once from the grid: paste, fill down, edit many; each shown as a preview before it is done."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.many import Preview, apply_preview, preview_edit, preview_fill_down, preview_paste
from ctdesk.services.naming import counted
from ctdesk.ui.form.editors import FieldEditor, make_editor
from ctdesk.ui.grid import chosen
from ctdesk.ui.grid.clipboard import from_tabbed
from ctdesk.ui.grid.preview import PreviewDialog
from ctdesk.ui.grid.view import Grid
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import button, label

_MOST_WITHOUT_ASKING = 200


class ManyCells(QObject):
    """Reads what is meant from clipboard, selection or dialog. `said` tells what came of it."""

    said = Signal(str)

    def __init__(self, parent: QWidget, session: Session, grid: Grid) -> None:
        """Alter the cells of a grid."""
        super().__init__(parent)
        self._widget, self._session, self._grid = parent, session, grid

    @property
    def _kind(self) -> str:
        return self._grid.records.view.kind

    def paste(self) -> None:
        """Show what the clipboard would change, from the current cell on, and do it if agreed."""
        rows, block = from_tabbed(QGuiApplication.clipboard().text()), chosen.block(self._grid)
        if not rows:
            self.said.emit("There is nothing on the clipboard that could be pasted.")
            return
        if block is None:
            self.said.emit("Choose the cell to paste into first.")
            return
        alone = len(rows) == len(rows[0]) == 1
        deep = block.bottom - block.top + 1 if len(rows) == 1 else len(rows)
        wide = block.right - block.left + 1 if alone else len(rows[0])
        names, note = self._typed_columns(block.left, wide)
        places = [at for at, name in enumerate(self._names(block.left, wide)) if name in names]
        cells = rows if alone else [[row[at] for at in places] for row in rows]
        uids = self._uids_from(block.top, deep)
        self._ask(preview_paste(self._session.desk, self._kind, uids, names, cells), note)

    def _names(self, left: int, wide: int) -> tuple[str, ...]:
        return self._grid.records.view.columns[left : left + wide]

    def _typed_columns(self, left: int, wide: int) -> tuple[list[str], str]:
        """Return the columns that can be typed in, and a sentence about those that cannot."""
        fields = DEFINITIONS[self._kind].by_name
        names = self._names(left, wide)
        computed = [self._grid.records.fields[left + at].label for at, name in enumerate(names) if name not in fields]
        note = f"{' and '.join(computed)}: worked out from other fields, and left as it is." if computed else ""
        return [name for name in names if name in fields], note

    def _uids_from(self, row: int, count: int) -> list[str]:
        """Return the records of so many rows from one on, rows of groups left out."""
        found: list[str] = []
        while len(found) < count and row < self._grid.records.rowCount():
            uid = self._grid.records.uid(row)
            if uid is not None:
                found.append(uid)
            row += 1
        return found

    def fill_down(self) -> None:
        """Give the chosen cells what stands in the first row of the block; a single row, what stands above it."""
        block = chosen.block(self._grid)
        if block is None:
            return
        top = block.top - 1 if block.top == block.bottom else block.top
        if top < 0 or self._grid.records.uid(top) is None:
            self.said.emit("There is no row above to fill down from.")
            return
        names, _ = self._typed_columns(block.left, block.right - block.left + 1)
        uids = [uid for row in range(top, block.bottom + 1) if (uid := self._grid.records.uid(row)) is not None]
        preview = preview_fill_down(self._session.desk, self._kind, uids, names)
        if preview.refused or preview.changed > _MOST_WITHOUT_ASKING:
            self._ask(preview)
        else:
            self._apply(preview)

    def edit_many(self) -> None:
        """Ask for a field and what all chosen records are to hold in it."""
        uids = chosen.uids(self._grid)
        if not uids:
            self.said.emit("Choose the records to edit first.")
            return
        column = self._grid.currentIndex().column()
        first = self._grid.records.fields[column].name if column >= 0 else ""
        dialog = EditManyDialog(self._widget, self._session.desk, self._kind, len(uids), first)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            typed = {dialog.field: dialog.typed()}
            self._ask(preview_edit(self._session.desk, self._kind, uids, typed))
        dialog.deleteLater()

    def _ask(self, preview: Preview, note: str = "") -> None:
        dialog = PreviewDialog(self._widget, self._session.desk, preview, note)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if agreed:
            self._apply(preview)

    def _apply(self, preview: Preview) -> None:
        try:
            done = apply_preview(self._session.desk, preview)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self.said.emit(f"{preview.title}: done." if done else "Nothing was changed.")


class EditManyDialog(QDialog):
    """One field of many records: which, and what it is to hold."""

    def __init__(self, parent: QWidget, desk: Desk, kind: str, count: int, first: str) -> None:
        """Offer the fields of a kind, the one of the current column first."""
        super().__init__(parent)
        self.setWindowTitle("Edit many")
        self._desk, self._fields = desk, DEFINITIONS[kind].fields
        self.editor: FieldEditor | None = None
        self.fields = QComboBox()
        self.fields.setAccessibleName("Field")
        self.fields.setEditable(True)
        self.fields.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.fields.addItems([field.label for field in self._fields])
        completer = QCompleter([field.label for field in self._fields], self.fields)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.fields.setCompleter(completer)
        self._place = QHBoxLayout()
        self.help = label("", "help", tone="3", wrap=True)
        go_on = button("Preview", kind="main")
        go_on.setDefault(True)
        go_on.clicked.connect(self.accept)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(14), size(16), size(12))
        layout.setSpacing(size(8))
        layout.addWidget(label(f"Set one field of {counted(kind, count)}", "section"))
        for words, content in (("Field", self.fields), ("Is to hold", self._place)):
            layout.addWidget(label(words, tone="2"))
            if isinstance(content, QWidget):
                layout.addWidget(content)
            else:
                layout.addLayout(content)
        layout.addWidget(self.help)
        layout.addWidget(label("Left empty, the field is emptied.", "help", tone="3"))
        layout.addSpacing(size(8))
        layout.addLayout(foot)
        self.setMinimumWidth(size(420))
        self.fields.currentIndexChanged.connect(self._show_editor)
        names = [field.name for field in self._fields]
        self.fields.setCurrentIndex(names.index(first) if first in names else 0)
        self._show_editor()

    @property
    def field(self) -> str:
        """The name of the field chosen."""
        return self._fields[max(self.fields.currentIndex(), 0)].name

    def _show_editor(self) -> None:
        if self.editor is not None:
            self._place.removeWidget(self.editor)
            self.editor.deleteLater()
        field = self._fields[max(self.fields.currentIndex(), 0)]
        self.editor = make_editor(field, self._desk)
        self._place.addWidget(self.editor)
        self.help.setText(field.help)
        self.editor.setFocus()

    def typed(self) -> str:
        """Return what the field is to hold, as typed."""
        return self.editor.typed() if self.editor is not None else ""
