"""The one grid: a table over records with heads that sort and filter, frozen first columns, and its own keys."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ctdesk.domain.definition import DEFINITIONS, Field, Kind
from ctdesk.services.faults import plain
from ctdesk.services.list_view import summed
from ctdesk.ui.grid.header import GridHeader
from ctdesk.ui.grid.paints import STATES, GridPaint
from ctdesk.ui.models.list_state import ListState
from ctdesk.ui.models.records import RecordsModel
from ctdesk.ui.theme import size, themes_changed

ROW, GROUP_ROW = 26, 28
_MOST_RESIZED_GROUPS = 400
_FREE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_WIDTHS = {
    Kind.TEXT: 186,
    Kind.LONG_TEXT: 240,
    Kind.CODE: 88,
    Kind.EMAIL: 180,
    Kind.MONEY: 108,
    Kind.DATE: 92,
    Kind.MOMENT: 130,
    Kind.LINK: 134,
    Kind.LINKS: 200,
    Kind.CHOICE: 138,
    Kind.CHOICES: 180,
    Kind.YES_NO: 84,
}
_WIDE_STATE = 148


class Grid(QTableView):
    """Rows of records. It asks for what it does not do itself: to open a record, to edit, to filter."""

    opened = Signal(str)
    """A record is to be opened, by its uid."""
    typed = Signal(str)
    """Something was typed that belongs into the filter."""
    filter_asked = Signal(int)
    """What can be done with a column is asked for."""
    folded = Signal(int)
    """The group of a row is to be closed or opened."""
    moved = Signal()
    """The current row or the selection is another."""
    laid_out = Signal()
    """Widths, the place or the sideways scroll of columns changed."""

    def __init__(self, records: RecordsModel, state: ListState) -> None:
        """Make the grid of a model and what is remembered of its list."""
        super().__init__()
        from ctdesk.ui.grid.frozen import FrozenColumns

        self.records, self._state = records, state
        self.lit_row = -1
        self._settling = False
        self._tall: list[int] = []
        self.setProperty("bare", "true")
        self.setModel(records)
        self.setItemDelegate(GridPaint(self, self))
        self.frozen = FrozenColumns(self)
        self.setAccessibleName("Records")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        corner = QWidget()
        corner.setProperty("part", "corner")
        self.setCornerWidget(corner)
        self._head = GridHeader(records, self)
        self.setHorizontalHeader(self._head)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self._connect()
        self._measure()

    def _connect(self) -> None:
        self.listen_to(self._head)
        self._head.sectionResized.connect(self._on_resized)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._placed())
        self.doubleClicked.connect(self._on_double_click)
        self.records.modelReset.connect(self._on_reset)
        self.selectionModel().currentChanged.connect(self._on_moved)
        self.selectionModel().selectionChanged.connect(self._on_moved)
        themes_changed.changed.connect(self._measure)

    def listen_to(self, head: GridHeader) -> None:
        """Do what heads ask for, one's own and those of the frozen columns."""
        head.sort_asked.connect(self._sort)
        head.filter_asked.connect(self.filter_asked)
        head.sectionMoved.connect(lambda *_: self._reorder(head))

    def _measure(self) -> None:
        self._head.setFixedHeight(size(30))
        for vertical in (self.verticalHeader(), self.frozen.verticalHeader()):
            vertical.setMinimumSectionSize(size(20))
            vertical.setDefaultSectionSize(size(ROW))
        self._set_widths()
        self._set_group_heights()

    def _sort(self, column: int, also: bool) -> None:
        self._state.sort_by(self.records.fields[column].name, also=also)

    def _reorder(self, head: GridHeader) -> None:
        """Give the model the columns in the order they were dragged into; its own order is then the shown one."""
        if self._settling:
            return
        order = [head.logicalIndex(place) for place in range(head.count())]
        names = [self.records.fields[at].name for at in order]
        QTimer.singleShot(0, self, lambda: self._state.show_columns(names))

    def _on_reset(self) -> None:
        self._settling = True
        for head in (self._head, self.frozen.horizontalHeader()):
            for place in range(head.count()):
                head.moveSection(head.visualIndex(place), place)
        self._set_widths()
        self._set_group_heights()
        self._settling = False
        self._placed()

    def _set_widths(self) -> None:
        self._settling, before = True, self._settling
        for at, wide in enumerate(self._widths()):
            self.setColumnWidth(at, wide)
        self._settling = before
        self._placed()

    def _widths(self) -> list[int]:
        """Return the width of each column; what room they leave goes to the title, unless a person set its width."""
        chosen, title = self._state.kept("widths", {}), DEFINITIONS[self.records.view.kind].title
        fields = self.records.fields
        widths = [size(chosen.get(field.name, self._usual_width(field))) for field in fields]
        spare = self.viewport().width() - sum(widths)
        return [
            wide + spare if spare > 0 and field.name == title and title not in chosen else wide
            for field, wide in zip(fields, widths, strict=True)
        ]

    def _usual_width(self, field: Field) -> int:
        if (self.records.view.kind, field.name) in STATES:
            return _WIDE_STATE
        # A head says what it must within its column: about 6.5 px a letter, and room for a mark.
        head = round(len(plain(field)) * 6.5) + 32
        return max(_WIDTHS.get(field.kind, 84), min(head, 160))

    def _set_group_heights(self) -> None:
        groups = self.records.rows.rows
        wanted = groups if len(groups) <= _MOST_RESIZED_GROUPS else []
        for vertical in (self.verticalHeader(), self.frozen.verticalHeader()):
            vertical.setDefaultSectionSize(size(ROW))
            for row in self._tall:
                if row < vertical.count():
                    vertical.resizeSection(row, size(ROW))
            for row in wanted:
                vertical.resizeSection(row, size(GROUP_ROW))
        # A row keeps its height when the model is read anew.
        self._tall = list(wanted)

    def _on_resized(self, column: int, _old: int, new: int) -> None:
        if not self._settling and column < len(self.records.fields):
            widths = dict(self._state.kept("widths", {}))
            widths[self.records.fields[column].name] = round(new * 100 / max(size(100), 1))
            self._state.keep("widths", widths)
            self._placed()

    def _placed(self) -> None:
        self.frozen.place()
        self.viewport().update()
        self.laid_out.emit()

    def frozen_wanted(self) -> int:
        """Return how many first columns are to stay in sight."""
        return int(self._state.kept("frozen", 2))

    def left_of_first_sum(self) -> int:
        """Return where, in the viewport, the first column with a sum starts; its right edge if there is none."""
        for at, field in enumerate(self.records.fields):
            left = self.columnViewportPosition(at)
            if summed(field) and left > size(120):
                return min(left, self.viewport().width())
        return self.viewport().width()

    def is_current(self, row: int, column: int) -> bool:
        """Whether this is the current cell."""
        current = self.currentIndex()
        return current.row() == row and current.column() == column

    def has_keyboard(self) -> bool:
        """Whether keys reach the grid."""
        return self.hasFocus()

    def _on_moved(self, *_: object) -> None:
        selection = self.selectionModel().selection().toList()
        single = len(selection) <= 1 and all(it.width() == 1 and it.height() == 1 for it in selection)
        self.lit_row = self.currentIndex().row() if single else -1
        self.viewport().update()
        self.frozen.viewport().update()
        self.moved.emit()

    def current_uid(self) -> str | None:
        """Return the record of the current row."""
        current = self.currentIndex()
        return self.records.uid(current.row()) if current.isValid() else None

    def select_row(self, row: int, column: int | None = None) -> None:
        """Make a row the current one."""
        at = max(self.currentIndex().column(), 0) if column is None else column
        self.setCurrentIndex(self.records.index(row, min(at, self.records.columnCount() - 1)))

    def select_first(self, column: int) -> None:
        """Make the first record the current one, with the row of its group in sight."""
        grouped = self.records.group(0) is not None and self.records.rowCount() > 1
        self.select_row(int(grouped), column)
        self.scrollToTop()

    def stay_at(self, uid: str | None, column: int, scrolled: int) -> None:
        """Stand at a record and as far down as before, or at the first where it is not listed."""
        row = self.records.row_of(uid) if uid is not None else None
        if row is not None:
            self.select_row(row, column)
            self.verticalScrollBar().setValue(scrolled)
            self.scrollTo(self.currentIndex())
        elif self.records.rowCount():
            self.select_first(column)

    def step(self, by: int) -> None:
        """Go to the record before or after, past the rows of groups."""
        row = self.currentIndex().row() + by
        while 0 <= row < self.records.rowCount() and self.records.group(row) is not None:
            row += by
        if 0 <= row < self.records.rowCount():
            self.select_row(row)

    def fold(self, row: int) -> None:
        """Close the group of a row or open it, and stay at it."""
        group = self.records.group(row)
        if group is None:
            return
        self._state.fold(group.value)
        place = next((at for at, it in enumerate(self.records.rows.groups) if it.value == group.value), None)
        if place is not None:
            self.select_row(self.records.rows.rows[place], 0)

    def scrollTo(  # noqa: N802 - Qt's name
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, and not below the frozen columns."""
        super().scrollTo(index, hint)
        if self.frozen.isVisible() and index.column() >= self.frozen.count:
            hidden = self.frozen.width() - self.columnViewportPosition(index.column())
            if hidden > 0:
                bar = self.horizontalScrollBar()
                bar.setValue(bar.value() - hidden)

    def keyboardSearch(self, _search: str) -> None:  # noqa: N802 - Qt's name
        """Typing goes to the filter, not to a search among loaded rows."""

    def _on_double_click(self, index: QModelIndex) -> None:
        uid = self.records.uid(index.row())
        if uid is not None:
            self.opened.emit(uid)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Close or open a group where it is clicked."""
        if not self._fold_at(event):
            super().mousePressEvent(event)

    def _fold_at(self, event: QMouseEvent) -> bool:
        row = self.rowAt(event.position().toPoint().y())
        if row < 0 or self.records.group(row) is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        self.select_row(row, 0)
        self.folded.emit(row)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open on Enter, fold groups, and hand what is typed to the filter."""
        row = self.currentIndex().row()
        group = self.records.group(row) if row >= 0 else None
        key = event.key()
        if key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.filter_asked.emit(max(self.currentIndex().column(), 0))
        elif group is not None and self._folds(key, closed=group.value in self.records.view.closed_groups):
            self.folded.emit(row)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _FREE:
            uid = self.current_uid()
            if uid is not None:
                self.opened.emit(uid)
        elif self._is_typing(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _folds(key: int, *, closed: bool) -> bool:
        arrow = Qt.Key.Key_Right if closed else Qt.Key.Key_Left
        return key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, arrow)

    @staticmethod
    def _is_typing(event: QKeyEvent) -> bool:
        text = event.text()
        return bool(text) and text.isprintable() and text != " " and not event.modifiers() & _FREE

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Have a current cell as soon as keys arrive."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.records.rowCount():
            self.select_first(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the current cell as it is without the keys."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the frozen columns in their place, and let the title fill the room there is."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._set_widths()
        self._placed()
