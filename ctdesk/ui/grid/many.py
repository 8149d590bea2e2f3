"""Many cells at once from the grid: paste, fill down, edit many; each shown as a preview before it is done."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.errors import DeskError
from ctdesk.services.many import Preview, apply_preview, preview_edit, preview_fill_down, preview_paste
from ctdesk.services.new_rows import columns_named
from ctdesk.ui.grid import chosen
from ctdesk.ui.grid.clipboard import from_tabbed
from ctdesk.ui.grid.edit_many import EditManyDialog
from ctdesk.ui.grid.preview import PreviewDialog
from ctdesk.ui.grid.view import Grid
from ctdesk.ui.session import Session

_MOST_WITHOUT_ASKING = 200
_NAMES_ONE = frozenset({"is", "any of"})
"""Filters that, with one value, say what every record of the list holds."""
_NOTHING = "There is nothing on the clipboard that could be pasted."


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
        """Show what the clipboard would change and make, from the current cell on, and do it if agreed.

        Rows below the last of the list become new records; those of an empty list, all of them.
        """
        rows, block = from_tabbed(QGuiApplication.clipboard().text()), chosen.block(self._grid)
        if not rows:
            self.said.emit(_NOTHING)
            return
        if block is None:
            self.paste_new()
            return
        alone = len(rows) == len(rows[0]) == 1
        deep = block.bottom - block.top + 1 if len(rows) == 1 else len(rows)
        wide = block.right - block.left + 1 if alone else len(rows[0])
        names, note = self._typed_columns(block.left, wide)
        cells = rows if alone else self._typed_cells(rows, block.left, wide)
        uids = self._uids_from(block.top, deep)
        given = self._given() if len(rows) > len(uids) else None
        self._ask(preview_paste(self._session.desk, self._kind, uids, names, cells, given=given), note)

    def paste_new(self) -> None:
        """Show which records the rows of the clipboard would become, and make them if agreed.

        A first row of headings says which column is which; without it they are those of the list, from the
        current column on.
        """
        rows = from_tabbed(QGuiApplication.clipboard().text())
        if not rows:
            self.said.emit(_NOTHING)
            return
        heads, note, cells = columns_named(self._kind, rows[0]), "", rows[1:]
        if heads is None:
            left, wide = max(self._grid.currentIndex().column(), 0), len(rows[0])
            heads, note = self._typed_columns(left, wide)
            cells = self._typed_cells(rows, left, wide)
        self._ask(preview_paste(self._session.desk, self._kind, [], heads, cells, given=self._given()), note)

    def _typed_cells(self, rows: list[list[str]], left: int, wide: int) -> list[list[str]]:
        """Return the rows without what stands over columns that cannot be typed in."""
        fields = DEFINITIONS[self._kind].by_name
        places = [at for at, name in enumerate(self._names(left, wide)) if name in fields]
        return [[row[at] for at in places] for row in rows]

    def _given(self) -> dict[str, Value]:
        """Return what new records hold besides: what the filters of the list ask of every record in it."""
        fields = DEFINITIONS[self._kind].by_name
        asked = [it for it in self._grid.records.view.filters if it.how in _NAMES_ONE and len(it.values) == 1]
        given: dict[str, Value] = {}
        for it in asked:
            value = it.values[0]
            if it.field in fields:
                given[it.field] = (value,) if fields[it.field].several and isinstance(value, str) else value
        return given

    def _names(self, left: int, wide: int) -> tuple[str, ...]:
        return self._grid.records.view.columns[left : left + wide]

    def _typed_columns(self, left: int, wide: int) -> tuple[list[str], str]:
        """Return the columns that can be typed in, and a sentence about those that cannot."""
        fields = DEFINITIONS[self._kind].by_name
        names = self._names(left, wide)
        computed = [self._grid.records.fields[left + at].label for at, name in enumerate(names) if name not in fields]
        note = f"{' and '.join(computed)}: worked out from other fields, and left as it is." if computed else ""
        if wide > len(names):
            note += f" {_columns(wide - len(names))} left out, beyond the last of the list."
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
        """Ask for one field or several, and what all chosen records are to hold in them."""
        uids = chosen.uids(self._grid)
        if not uids:
            self.said.emit("Choose the records to edit first.")
            return
        column = self._grid.currentIndex().column()
        first = self._grid.records.fields[column].name if column >= 0 else ""
        dialog = EditManyDialog(self._widget, self._session, self._kind, len(uids), first)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._ask(preview_edit(self._session.desk, self._kind, uids, dialog.typed()))
        dialog.forget()
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


def _columns(count: int) -> str:
    """Return a number of columns in words, with its verb."""
    return "1 column is" if count == 1 else f"{count} columns are"
