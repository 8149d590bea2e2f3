"""Records of one kind for a table view: read a page at a time as they come into sight, however many there are."""

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ctdesk.domain.definition import Field, Kind, Value
from ctdesk.services.desk import Desk
from ctdesk.services.lists import Counted, Group, RecordList, RowValues, View, column_of
from ctdesk.services.naming import counted
from ctdesk.ui.models.group_rows import GroupRows

PAGE = 100
"""Rows read at once."""
_KEPT_PAGES = 30

# Qt asks for roles some thousand times a paint; comparing integers costs a tenth of comparing its enums.
DISPLAY, EDIT, TOOL_TIP, ALIGNMENT = 0, 2, 3, 7
ACCESSIBLE_TEXT = int(Qt.ItemDataRole.AccessibleTextRole)
UID = int(Qt.ItemDataRole.UserRole)
_HORIZONTAL = Qt.Orientation.Horizontal
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

FIGURES = frozenset({Kind.MONEY, Kind.DATE, Kind.MOMENT, Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT})
"""Kinds of field that stand at the right of their column."""

_Index = QModelIndex | QPersistentModelIndex


class RecordsModel(QAbstractTableModel):
    """One view of a kind of record. Rows of groups stand among the rows of records."""

    def __init__(self, desk: Desk, view: View, parent: QObject | None = None) -> None:
        """Prepare; nothing is read before `show`."""
        super().__init__(parent)
        self._desk = desk
        self.view = view
        self.list = RecordList(desk, view)
        self.fields: tuple[Field, ...] = ()
        self.counted = Counted(0, 0, {})
        self.rows = GroupRows((), frozenset(), 0)
        self.pages_read = 0
        self._pages: OrderedDict[int, list[RowValues]] = OrderedDict()

    def show(self, view: View) -> None:
        """Show a view as the desk is now."""
        self.beginResetModel()
        self.view = view
        self.list = RecordList(self._desk, view)
        self.fields = tuple(column_of(view.kind, name) for name in view.columns)
        self._pages.clear()
        self.counted = self.list.counted
        self.rows = GroupRows(self.list.groups(), view.closed_groups, len(self.list))
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return how many rows there are, those of groups among them."""
        return 0 if parent.isValid() else self.rows.total

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return how many columns the view has."""
        return 0 if parent.isValid() else len(self.fields)

    def record(self, row: int) -> RowValues | None:
        """Return the record of a row; None for a group, and for a row that is no more."""
        if not 0 <= row < self.rows.total or self.rows.group_at(row) is not None:
            return None
        number = self.rows.record_at(row)
        page, place = divmod(number, PAGE)
        rows = self._page(page)
        return rows[place] if place < len(rows) else None

    def group(self, row: int) -> Group | None:
        """Return the group of a row, None for a record."""
        return self.rows.group_at(row) if self.rows.groups else None

    def _page(self, number: int) -> list[RowValues]:
        if number in self._pages:
            self._pages.move_to_end(number)
            return self._pages[number]
        self._pages[number] = self.list.rows(number * PAGE, PAGE)
        self.pages_read += 1
        if len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        return self._pages[number]

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows; of a group's row, the group in its first column."""
        group = self.group(row)
        if group is not None:
            return f"{group.label}, {counted(self.view.kind, group.count)}" if column == 0 else ""
        found = self.record(row)
        return found.texts[column] if found is not None else ""

    def value(self, row: int, column: int) -> Value:
        """Return the value in a cell."""
        found = self.record(row)
        return found.values[column] if found is not None else None

    def uid(self, row: int) -> str | None:
        """Return the uid of the record in a row."""
        found = self.record(row)
        return found.uid if found is not None else None

    def row_of(self, uid: str) -> int | None:
        """Return the row of a record, None if it is not listed."""
        number = self.list.position_of(uid)
        return None if number is None else self.rows.row_of(number)

    def data(self, index: _Index, role: int = DISPLAY) -> Any:
        """Return what the view and screen readers ask of a cell."""
        if role in (DISPLAY, EDIT, ACCESSIBLE_TEXT, TOOL_TIP):
            return self.text(index.row(), index.column())
        if role == ALIGNMENT:
            return _RIGHT if self.fields[index.column()].kind in FIGURES else _LEFT
        if role == UID:
            return self.uid(index.row())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:  # noqa: N802 - Qt's name
        """Return the heads of columns and the numbers of rows."""
        if role not in (DISPLAY, ACCESSIBLE_TEXT):
            return None
        if orientation == _HORIZONTAL:
            return self.fields[section].label if section < len(self.fields) else None
        return str(section + 1)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that cells may be chosen; they are edited by the grid's own editor."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
