"""Many cells at once from the grid: paste, fill down, edit many; each shown as a preview before it is done."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.services.cells import CellsPreview, TypedCell, apply_cells, preview_cells
from ctdesk.services.desk import Desk
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
        rows = from_tabbed(QGuiApplication.clipboard().text())
        if not rows:
            self.said.emit("There is nothing on the clipboard that could be pasted.")
            return
        cells, left_over = self._cells_of(rows)
        if not cells:
            self.said.emit("Choose the cell to paste into first.")
            return
        note = f"{left_over:,} cells of the clipboard reach beyond the list and are left out." if left_over else ""
        self._offer("Paste", cells, note)

    def _cells_of(self, rows: list[list[str]]) -> tuple[list[TypedCell], int]:
        """Return the cells that rows of text fall on, and how many fall beside; one text fills the whole block."""
        block, model = chosen.block(self._grid), self._grid.records
        if block is None:
            return [], 0
        if len(rows) == len(rows[0]) == 1 and block.cells > 1:
            return self._block_cells(block, lambda _row, _column: rows[0][0]), 0
        names, cells = model.view.columns, []
        targets = self._rows_from(block.top, len(rows))
        for row, texts in zip(targets, rows, strict=False):
            uid = model.uid(row)
            for name, text in zip(names[block.left :], texts, strict=False):
                if uid is not None:
                    cells.append(TypedCell(uid, name, text))
        return cells, sum(map(len, rows)) - len(cells)

    def _rows_from(self, row: int, count: int) -> list[int]:
        """Return the rows of records from one on, those of groups left out."""
        found: list[int] = []
        while len(found) < count and row < self._grid.records.rowCount():
            if self._grid.records.group(row) is None:
                found.append(row)
            row += 1
        return found

    def _block_cells(self, block: chosen.Block, text: Callable[[int, int], str]) -> list[TypedCell]:
        model = self._grid.records
        return [
            TypedCell(uid, model.fields[column].name, text(row, column))
            for row in range(block.top, block.bottom + 1)
            if (uid := model.uid(row)) is not None
            for column in range(block.left, block.right + 1)
        ]

    def fill_down(self) -> None:
        """Give the chosen cells what stands in the first row of the block; a single cell, what stands above it."""
        block, model = chosen.block(self._grid), self._grid.records
        if block is None:
            return
        top = block.top - 1 if block.top == block.bottom else block.top
        below = chosen.Block(top + 1, block.bottom, block.left, block.right)
        if top < 0 or model.uid(top) is None:
            self.said.emit("There is no row above to fill down from.")
            return
        cells = self._block_cells(below, lambda _row, column: model.text(top, column))
        preview = preview_cells(self._session.desk, self._kind, cells)
        if preview.refused or len(preview.changes) > _MOST_WITHOUT_ASKING:
            self._ask("Fill down", preview)
        else:
            self._apply("Fill down", preview)

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
            name, typed = dialog.field, dialog.typed()
            self._offer("Edit many", [TypedCell(uid, name, typed) for uid in uids])
        dialog.deleteLater()

    def _offer(self, title: str, cells: list[TypedCell], note: str = "") -> None:
        self._ask(title, preview_cells(self._session.desk, self._kind, cells), note)

    def _ask(self, title: str, preview: CellsPreview, note: str = "") -> None:
        dialog = PreviewDialog(self._widget, title, preview, note)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if agreed:
            self._apply(title, preview)

    def _apply(self, title: str, preview: CellsPreview) -> None:
        whole = f"{title}: {counted(preview.kind, preview.records)}"
        try:
            done = apply_cells(self._session.desk, preview, whole)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self.said.emit(preview.sentence.replace("would change", "changed") if done else "Nothing was changed.")


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
