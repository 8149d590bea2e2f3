"""The file shown as a file: column letters, row numbers, the headings found, and the rows that are not data."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ctdesk.domain.counting import counted
from ctdesk.services.adoption_sheet import AdoptionSheet
from ctdesk.ui.models.adoption import FileModel
from ctdesk.ui.theme import size, themes_changed, token
from ctdesk.ui.widgets import Card, ElidedLabel, SymbolLabel, label

_SPANNED = 200
"""Rows that are not data and whose words run over the cells beside them; more would make scrolling slow."""


class FileCard(Card):
    """`row_wanted` and `sheet_wanted` ask for other headings and for another sheet."""

    row_wanted = Signal(int)
    sheet_wanted = Signal(str)

    def __init__(self) -> None:
        """Make the card, empty."""
        super().__init__()
        self.setAccessibleName("The file")
        self.found, self._rest = label("", "strong"), ElidedLabel("", tone="2")
        self._symbol = SymbolLabel("tick-disc", "good")
        self.sheets, self.row = QComboBox(), QLineEdit()
        self._make_choices()
        self.grid = FileGrid()
        self.grid.activated.connect(lambda index: self.row_wanted.emit(index.row() + 1))
        top = QWidget()
        line = QHBoxLayout(top)
        line.setContentsMargins(size(12), size(6), size(12), size(6))
        line.setSpacing(size(8))
        line.addWidget(self._symbol)
        line.addWidget(self.found)
        line.addWidget(self._rest, 1)
        self._sheet_name = label("Sheet", "help", tone="2")
        for name, each in ((self._sheet_name, self.sheets), (label("Heading row", "help", tone="2"), self.row)):
            name.setBuddy(each)
            line.addWidget(name)
            line.addWidget(each)
        self.add(top, ruled=False)
        self.add(self.grid)
        self.body.setStretch(self.body.count() - 1, 1)

    def _make_choices(self) -> None:
        self.sheets.setAccessibleName("Sheet of the file")
        self.row.setAccessibleName("Heading row")
        self.sheets.activated.connect(lambda _: self.sheet_wanted.emit(self.sheets.currentText()))
        self.sheets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sheets.setMinimumContentsLength(12)
        self.row.setValidator(QIntValidator(1, 1_000_000, self.row))
        self.row.setFixedWidth(size(52))
        self.row.setToolTip("Type the number of the row that holds the headings, or press Enter on a row of the file.")
        self.row.editingFinished.connect(self._row_typed)

    def _row_typed(self) -> None:
        if self.row.isModified() and self.row.text():
            self.row.setModified(False)
            self.row_wanted.emit(int(self.row.text()))

    def show_sheet(self, sheet: AdoptionSheet) -> None:
        """Show a register as found."""
        self.found.setText(sheet.doubt or f"Headings {self._how(sheet)} row {sheet.header_row}.")
        self._symbol.set_tone("warn" if sheet.doubt else "good")
        self._rest.setText(_rows_told(sheet))
        self.sheets.clear()
        self.sheets.addItems(sheet.sheets)
        self.sheets.setCurrentText(sheet.sheet.name)
        for each in (self._sheet_name, self.sheets):
            each.setVisible(len(sheet.sheets) > 1)
        self.row.setText(str(sheet.header_row))
        self.grid.show_sheet(sheet)

    @staticmethod
    def _how(sheet: AdoptionSheet) -> str:
        return "found in" if sheet.wishes.header_row is None else "are in"


def _rows_told(sheet: AdoptionSheet) -> str:
    """Account for every row of the sheet in one line."""
    rows = sheet.register.rows
    if sheet.doubt:
        return "Type the row of its headings."
    if not rows:
        return "No row of data stands below them."
    records = f"{counted(len(rows), 'row')}, {rows[0].number} to {rows[-1].number:,}."
    above = sheet.header_row - 1
    titles = f" {f'Rows 1 to {above} are titles' if above > 1 else 'Row 1 is a title'}." if above else ""
    others: dict[str, list[int]] = {}
    for skipped in sheet.register.skipped:
        others.setdefault(skipped.reason, []).append(skipped.number)
    told = [f"row {n[0]} is a {why}" if len(n) == 1 else f"{len(n)} are {why}" for why, n in others.items()]
    rest = ", ".join(told).replace("is a blank", "is blank")
    return f"{records}{titles}" + (f" {rest[:1].upper()}{rest[1:]}." if rest else "")


class FileGrid(QTableView):
    """The cells as they stand; Enter on a row makes it the headings."""

    def __init__(self) -> None:
        """Make the grid, empty."""
        super().__init__()
        self.file = FileModel()
        self.setModel(self.file)
        self.setProperty("bare", "true")
        self.setAccessibleName("The file, cell by cell")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setItemDelegate(_FileDelegate(self))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self._measure()
        themes_changed.changed.connect(self._measure)

    def _measure(self) -> None:
        self.verticalHeader().setMinimumSectionSize(size(22))
        self.verticalHeader().setDefaultSectionSize(size(22))
        self.horizontalHeader().setFixedHeight(size(20))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the head and eight rows."""
        return QSize(size(600), size(20 + 8 * 22 + 12))

    def show_sheet(self, sheet: AdoptionSheet) -> None:
        """Show a sheet, its headings in sight."""
        self.file.show_sheet(sheet)
        self._span_words(sheet)
        self._fit_columns()
        at = self.file.index(max(0, sheet.header_row - 4), 0)
        self.scrollTo(at, QAbstractItemView.ScrollHint.PositionAtTop)

    def _span_words(self, sheet: AdoptionSheet) -> None:
        """Let the words of a row that is not data run over its empty cells."""
        self.clearSpans()
        for number in sorted(sheet.marks)[:_SPANNED]:
            row = number - 1
            if self.file.is_header(row) or row >= self.file.rowCount():
                continue
            cells = sheet.sheet.rows[row]
            first = self.file.tells(row)
            after = next((at for at in range(first + 1, len(cells)) if cells[at] not in (None, "")), len(cells))
            if after - first > 1:
                self.setSpan(row, first, 1, after - first)

    def _fit_columns(self) -> None:
        """Make columns as wide as their headings and first rows, within reason."""
        metrics = self.fontMetrics()
        head = self.file.index
        start = next((row for row in range(self.file.rowCount()) if self.file.is_header(row)), 0)
        for column in range(min(self.file.columnCount(), 300)):
            rows = range(start, min(start + 12, self.file.rowCount()))
            texts = [str(head(row, column).data() or "") for row in rows if not self.file.mark(row)]
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            self.setColumnWidth(column, min(max(widest + size(16), size(54)), size(230)))


class _FileDelegate(QStyledItemDelegate):
    """Draws the two lines that enclose the row of headings."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        model = index.model()
        header = isinstance(model, FileModel) and model.is_header(index.row())
        if header:
            painter.fillRect(option.rect, token("sel"))
        super().paint(painter, option, index)
        if header:
            painter.save()
            painter.setPen(QPen(token("focus"), size(2)))
            edge = option.rect.adjusted(0, 1, 0, -1)
            painter.drawLine(edge.topLeft(), edge.topRight())
            painter.drawLine(edge.bottomLeft(), edge.bottomRight())
            painter.restore()
