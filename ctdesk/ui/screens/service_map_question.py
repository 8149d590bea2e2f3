"""One question to the map: its tables one at a time, its notes, and what may be said to a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain.figure_table import Figure, FigureTable
from ctdesk.services.figure_words import cell_words
from ctdesk.services.map_questions import ALL, Asked
from ctdesk.services.service_map import how_many
from ctdesk.ui.session import Session
from ctdesk.ui.theme import font, size
from ctdesk.ui.widgets import Card, label

MUCH = 2_000
"""Activities from which a question is asked on another thread."""

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Question:
    """What a page asks: its name, its tables, and what to say where there is nothing to show."""

    name: str
    ask: Callable[[], Sequence[FigureTable]]
    nothing: str
    cover: Callable[[], str] = str
    """Says what the figures rest on, and who is missing from them."""


class FigureModel(QAbstractTableModel):
    """A table of figures for a view, the row of totals last."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with nothing."""
        super().__init__(parent)
        self.table = FigureTable("", (), ())

    def show_table(self, table: FigureTable) -> None:
        """Show another table."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def is_total(self, row: int) -> bool:
        """Whether a row is that of totals."""
        return row >= len(self.table.rows)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return the rows with that of totals."""
        return 0 if parent.isValid() else len(self.table.rows) + bool(self.table.totals)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - as above
        """Return the columns."""
        return 0 if parent.isValid() else len(self.table.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - as above
        """Return the head of a column, on the side of its figures."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.table.heads):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self.table.heads[section].figure)
        return self.table.heads[section].label if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell in words."""
        if not index.isValid():
            return None
        total, head = self.is_total(index.row()), self.table.heads[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            cell = (self.table.totals if total else self.table.rows[index.row()])[index.column()]
            return "" if total and cell is None else cell_words(head, cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(head.figure)
        if role == Qt.ItemDataRole.FontRole and total:
            return font("strong")
        return None


def _side(figure: Figure) -> Qt.AlignmentFlag:
    return _LEFT if figure is Figure.TEXT else _RIGHT


class QuestionPage(QWidget):
    """Shows the tables of one question. `opened` tells title and row of what was opened, `opened_total` the title."""

    opened = Signal(str, int)
    opened_total = Signal(str)
    said = Signal(str)
    asks_aside = True
    """Whether it may ask on another thread: nothing of the window is read for it."""

    def __init__(self, question: Question, doings: Sequence[QWidget] = ()) -> None:
        """Make the page; `doings` are what may be done to the current row."""
        super().__init__()
        self.question = question
        self.tables: Sequence[FigureTable] = ()
        self.cover = ""
        self.model = FigureModel(self)
        self.view = self._table()
        self.notes = label("", "help", tone="2", wrap=True)
        self.whole_row = label("", "help", wrap=True)
        self.whole_row.setAccessibleName("The current row in full")
        self.whole_row.setContentsMargins(size(14), size(6), size(14), size(8))
        self.choice = QComboBox()
        self.choice.setAccessibleName(f"{question.name}: table")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.activated.connect(self._show)
        bar = QHBoxLayout()
        bar.setSpacing(size(8))
        bar.addWidget(self.choice)
        bar.addStretch(1)
        for doing in doings:
            bar.addWidget(doing)
        sheet = Card()
        self.nothing = label(question.nothing, tone="2", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setMinimumHeight(size(150))
        self.faces = QStackedWidget()
        self.faces.addWidget(self.view)
        self.faces.addWidget(self.nothing)
        sheet.add(self.faces, ruled=False)
        sheet.body.setStretchFactor(self.faces, 1)
        sheet.add(self.whole_row)
        page = QWidget()
        self.whole = QVBoxLayout(page)
        self.whole.setContentsMargins(size(16), 0, size(16), size(12))
        self.whole.setSpacing(size(10))
        self.whole.addLayout(bar)
        self.whole.addWidget(sheet, 1)
        self.whole.addWidget(self.notes)
        self.view.setMinimumHeight(size(150))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(downwards(page, question.name))

    def _table(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.setAccessibleName(self.question.name)
        view.setShowGrid(False)
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.setWordWrap(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(size(28))
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.activated.connect(self._open)
        view.selectionModel().currentRowChanged.connect(self._show_whole_row)
        view.horizontalHeader().sectionResized.connect(self._show_whole_row)
        return view

    def _show_whole_row(self) -> None:
        """Say below the table what its current row has no room for."""
        index = self.view.currentIndex()
        metrics, cut = self.view.fontMetrics(), []
        for column, head in enumerate(self.model.table.heads if index.isValid() else ()):
            words = str(index.siblingAtColumn(column).data() or "")
            if metrics.horizontalAdvance(words) > self.view.columnWidth(column) - size(10):
                cut.append(f"{head.label}: {words}.")
        self.whole_row.setText(" ".join(cut))
        self.whole_row.setVisible(bool(cut))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.is_total(index.row()):
            self.opened_total.emit(self.model.table.title)
        elif index.isValid():
            self.opened.emit(self.model.table.title, index.row())

    @property
    def current(self) -> tuple[str, int] | None:
        """The title of the table shown and the number of its current row."""
        index = self.view.currentIndex()
        if not index.isValid() or self.model.is_total(index.row()):
            return None
        return self.model.table.title, index.row()

    @property
    def asked(self) -> Asked:
        """What the question is asked with, when it is printed."""
        return ALL

    @property
    def written(self) -> Sequence[FigureTable]:
        """The tables as they are written into a workbook."""
        return self.tables

    @property
    def report(self) -> str:
        """The report that an item of a pack takes what is shown for, where it is not that of the question."""
        return ""

    @property
    def choices(self) -> dict[str, str]:
        """The choices that an item of a pack keeps of what is shown; DeskError if it cannot be one yet."""
        return {}

    def bring_up_to_date(self, session: Session) -> None:
        """Ask again; where there is much to look through, off the window's thread."""
        if self.asks_aside and how_many(session.desk) > MUCH:
            self.notes.setText("Working it out…")
            session.run(f"Asking the map: {self.question.name.lower()}", lambda _: self._ask(), self._take)
        else:
            self.read()

    def show_table(self, beginning: str) -> bool:
        """Show the table whose title begins like this; return whether there is one."""
        at = next((at for at, table in enumerate(self.tables) if table.title.startswith(beginning)), None)
        if at is None:
            return False
        self.choice.setCurrentIndex(at)
        self._show(at)
        return True

    def read(self) -> None:
        """Ask again, and stay at the same table."""
        self._take(self._ask())

    def _ask(self) -> Sequence[FigureTable]:
        found = self.question.ask()
        self.cover = self.question.cover()
        return found

    def _take(self, tables: Sequence[FigureTable]) -> None:
        before = self.model.table.title
        self.tables = tables
        titles = [table.title for table in self.tables]
        at = titles.index(before) if before in titles else 0
        self.choice.clear()
        self.choice.addItems(titles)
        self.choice.setCurrentIndex(at if titles else -1)
        self.choice.setVisible(len(titles) > 1)
        self._show(at)

    def _show(self, at: int) -> None:
        table = self.tables[at] if self.tables else FigureTable("", (), ())
        self.model.show_table(table)
        words = " ".join([*table.notes, self.cover]).strip()
        self.notes.setText(words)
        self.notes.setVisible(bool(words))
        self.faces.setCurrentIndex(0 if table.rows else 1)
        self.view.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            self.view.setColumnWidth(column, min(self.view.columnWidth(column) + size(12), size(330)))
        if self.model.rowCount():
            self.view.selectRow(0)
        self._show_whole_row()


def downwards(page: QWidget, name: str) -> QScrollArea:
    """Return a page that is scrolled downwards where it has no room, and is as wide as there is."""
    scroll = QScrollArea()
    scroll.setWidget(page)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setAccessibleName(name)
    return scroll
