"""Qt models of a register on its way in: the file as a grid, and the columns with where they go."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from ctdesk.domain.dates import date_text
from ctdesk.services.adoption_cells import AdoptionColumn
from ctdesk.services.adoption_sheet import AdoptionSheet
from ctdesk.ui.theme import font, token

_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LETTERS = 26

NOT_USED = "Not used"
HEADING, GOES_TO, SURE, READ = 1, 3, 4, 5


def cell_text(cell: object) -> str:
    """Return a cell as a person sees it: dates dd/mm/yyyy, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return date_text(cell)
    if isinstance(cell, float) and cell.is_integer():
        return f"{int(cell)}"
    return " ".join(str(cell).split())


def letters(column: int) -> str:
    """Return the letters of a column counted from zero."""
    column, rest = divmod(column, _LETTERS)
    return (letters(column - 1) if column else "") + chr(ord("A") + rest)


def _heading_font() -> QFont:
    made = font("help")
    made.setWeight(QFont.Weight.DemiBold)
    return made


class FileModel(QAbstractTableModel):
    """A sheet as the file holds it, its row of headings marked and every row that is no record with the reason."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._sheet: AdoptionSheet | None = None
        self._rows: Sequence[Sequence[object]] = ()

    def show_sheet(self, sheet: AdoptionSheet) -> None:
        """Show a sheet; of the same one only the marks are looked at anew."""
        same = self._sheet is not None and self._sheet.sheet is sheet.sheet
        if not same:
            self.beginResetModel()
        self._sheet, self._rows = sheet, sheet.sheet.rows
        if not same:
            self.endResetModel()
        elif self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many rows the sheet has."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many columns the sheet has."""
        return 0 if parent.isValid() or not self._rows else len(self._rows[0])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:  # noqa: N802 - Qt's name
        """Return column letters and row numbers."""
        if role == _ROLE.DisplayRole:
            return letters(section) if orientation == Qt.Orientation.Horizontal else str(section + 1)
        if role == _ROLE.ToolTipRole and orientation == Qt.Orientation.Vertical:
            return self.mark(section) or None
        return None

    def is_header(self, row: int) -> bool:
        """Whether a row, counted from zero, holds the headings."""
        return self._sheet is not None and row == self._sheet.header_row - 1

    def mark(self, row: int) -> str:
        """Return why a row, counted from zero, is not data; nothing if it is."""
        if self._sheet is None or self.is_header(row):
            return ""
        why = self._sheet.marks.get(row + 1, "")
        return f"not data: {why}" if why else ""

    def tells(self, row: int) -> int:
        """Return the column of a row in which the reason stands that it is not data: that of its first words."""
        cells = self._rows[row]
        return next((at for at, cell in enumerate(cells) if cell not in (None, "")), 0)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return what a cell shows and how."""
        row, column = index.row(), index.column()
        cell = self._rows[row][column]
        if role == _ROLE.DisplayRole:
            mark = self.mark(row)
            text = cell_text(cell)
            return f"{text}    {mark}".strip() if mark and column == self.tells(row) else text
        if role == _ROLE.ToolTipRole:
            return self.mark(row) or cell_text(cell) or None
        if role == _ROLE.TextAlignmentRole and isinstance(cell, int | float):
            return _RIGHT
        if role == _ROLE.FontRole:
            return _heading_font() if self.is_header(row) else font("help")
        if role == _ROLE.ForegroundRole and self.mark(row):
            return token("text3")
        if role == _ROLE.BackgroundRole and self.is_header(row):
            return token("sel")
        return None


class ColumnsModel(QAbstractTableModel):
    """The columns of a register. `wanted` carries the heading and the field ("" for none) it should go to."""

    wanted = Signal(str, str)

    HEADS = ("Col.", "Heading", "Samples", "Goes to", "How sure", "Read")

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._columns: tuple[AdoptionColumn, ...] = ()
        self.fields: tuple[tuple[str, str], ...] = ()

    def show_sheet(self, sheet: AdoptionSheet) -> None:
        """Show the columns of a sheet."""
        self.beginResetModel()
        self._columns, self.fields = sheet.columns, sheet.fields
        self.endResetModel()

    def column(self, row: int) -> AdoptionColumn:
        """Return the column that a line is about."""
        return self._columns[row]

    def line_of(self, heading: str) -> int:
        """Return the line of a heading; -1 if there is none."""
        return next((at for at, column in enumerate(self._columns) if column.heading == heading), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many columns the register has."""
        return 0 if parent.isValid() else len(self._columns)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how much is said of each."""
        return 0 if parent.isValid() else len(self.HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:  # noqa: N802 - Qt's name
        """Return the heads."""
        if role == _ROLE.TextAlignmentRole and section == READ:
            return _RIGHT
        if role == _ROLE.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.HEADS[section]
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let a person say where a column goes."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == GOES_TO else usual

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return what is said of a column."""
        column = self._columns[index.row()]
        if role == _ROLE.DisplayRole:
            return self._words(column)[index.column()]
        if role == _ROLE.EditRole and index.column() == GOES_TO:
            return column.field
        if role == _ROLE.ToolTipRole:
            return self._tip(column, index.column())
        if role == _ROLE.TextAlignmentRole and index.column() == READ:
            return _RIGHT
        if role == _ROLE.ForegroundRole and index.column() in (0, 2, 5):
            short = index.column() == READ and column.read < column.filled
            return token("text" if short else "text3" if index.column() == 0 else "text2")
        if role == _ROLE.FontRole:
            strong = index.column() == HEADING or (index.column() == READ and column.read < column.filled)
            return font("strong") if strong else font("help") if index.column() == 2 else None
        return None

    def _words(self, column: AdoptionColumn) -> tuple[str, ...]:
        label = dict(self.fields).get(column.field, NOT_USED)
        read = f"{column.read:,} of {column.filled:,}" if column.field else "–"
        return (column.letter, column.heading, ", ".join(column.samples), label, column.sure, read)

    def _tip(self, column: AdoptionColumn, section: int) -> str | None:
        if section in (GOES_TO, SURE):
            return column.why[:1].upper() + column.why[1:] + "."
        return self._words(column)[section] if section != READ else None

    def setData(self, index: _Index, value: Any, role: int = _ROLE.EditRole) -> bool:  # noqa: N802 - Qt's name
        """Ask for another field; what comes of it is shown when the register has been read again."""
        column = self._columns[index.row()]
        if role != _ROLE.EditRole or value == column.field:
            return False
        self.wanted.emit(column.heading, str(value or ""))
        return True
