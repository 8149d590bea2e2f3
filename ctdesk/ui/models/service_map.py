"""The service map for a table view: its cells in words, and the row and column of totals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ctdesk.domain.counting import counted
from ctdesk.domain.heat import step_of
from ctdesk.domain.money import money_text
from ctdesk.domain.rounding import nearest
from ctdesk.domain.service_map import NOT_GIVEN, Measure
from ctdesk.domain.suppression import MARK
from ctdesk.services.service_map import ServiceMap

_Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
LOW_PER_HEAD = "low per head"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """What one cell shows: the figure, the smaller words below, its step of shade, 0 for none, and whether it lacks.

    It is `low` where far less than the mean is bought for each head.
    """

    figure: str
    words: str
    step: int = 0
    gap: bool = False
    total: bool = False
    low: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A map as it is shown: figures or shares, with the bounds of the shades, and the cells that are gaps or low."""

    found: ServiceMap
    steps: tuple[int, ...] = ()
    gaps: Mapping[tuple[int, int], str] = field(default_factory=dict)
    low: Mapping[tuple[int, int], str] = field(default_factory=dict)
    as_percent: bool = False


class MapModel(QAbstractTableModel):
    """Rows and columns of the map with a last one of totals; `CELL` gives what the delegate paints."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with nothing."""
        super().__init__(parent)
        self.shown: Shown | None = None

    def show_map(self, shown: Shown) -> None:
        """Show another map."""
        self.beginResetModel()
        self.shown = shown
        self.endResetModel()

    @property
    def has_columns(self) -> bool:
        """Whether the map has columns beside the totals."""
        return self.shown is not None and self.shown.found.view.columns != "none"

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return the rows with that of totals."""
        return 0 if self.shown is None or parent.isValid() else len(self.shown.found.matrix.rows) + 1

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - as above
        """Return the columns with that of totals."""
        if self.shown is None or parent.isValid():
            return 0
        return (len(self.shown.found.matrix.columns) if self.has_columns else 0) + 1

    def place(self, index: _Index) -> tuple[int | None, int | None]:
        """Return row and column of the matrix; None for a total."""
        row = index.row() if index.row() < self.rowCount() - 1 else None
        column = index.column() if index.column() < self.columnCount() - 1 else None
        return row, column

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - as above
        """Return the label of a row or column."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) or self.shown is None:
            return None
        found = self.shown.found
        across = orientation is Qt.Orientation.Horizontal
        labels, dimension = (
            (found.matrix.columns if self.has_columns else (), found.columns) if across
            else (found.matrix.rows, found.rows)
        )  # fmt: skip
        if section >= len(labels):
            return "Total"
        return f"No {dimension.label.lower()} given" if labels[section] == NOT_GIVEN else labels[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell."""
        if self.shown is None or not index.isValid():
            return None
        if role == CELL:
            return self.cell(*self.place(index))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self.cell(*self.place(index))
            return f"{cell.figure}, {cell.words}".strip(", ")
        if role == Qt.ItemDataRole.ToolTipRole:
            place = index.row(), index.column()
            return self.shown.gaps.get(place) or self.shown.low.get(place)
        return None

    def cell(self, row: int | None, column: int | None) -> HeatCell:
        """Return what a cell or total shows."""
        assert self.shown is not None  # noqa: S101 - asked for by a view that shows something
        matrix = self.shown.found.matrix
        figure, count = matrix.figure(row, column), matrix.activities(row, column)
        total = row is None or column is None
        low = not total and (row, column) in self.shown.low
        if not total and not count:
            need = self.shown.gaps.get((row or 0, column or 0))
            if need:
                return HeatCell("Gap", "no service", gap=True)
            return HeatCell("–", LOW_PER_HEAD if low else "", low=low)
        step = step_of(figure, self.shown.steps) if figure is not None and not total and self.shown.steps else 0
        words = f"{LOW_PER_HEAD}, {count:,} act." if low else self._words(figure, count, total=total)
        return HeatCell(self._figure(figure), words, step, total=total, low=low)

    def _figure(self, figure: int | None) -> str:
        assert self.shown is not None  # noqa: S101 - as above
        found = self.shown.found
        if figure is None:
            return MARK if found.matrix.kept_back else "–"
        if self.shown.as_percent and found.matrix.total:
            return share(figure, found.matrix.total)
        return figure_text(found.view.measure, figure)

    def _words(self, figure: int | None, count: int, *, total: bool) -> str:
        assert self.shown is not None  # noqa: S101 - as above
        found = self.shown.found
        words = counted(count, "activity", "activities")
        if total and figure is not None and found.view.measure.adds_up and found.matrix.total:
            other = (
                figure_text(found.view.measure, figure) if self.shown.as_percent else share(figure, found.matrix.total)
            )
            return other if found.view.measure is Measure.ACTIVITIES else f"{other}, {count:,} act."
        return "" if found.view.measure is Measure.ACTIVITIES else words


def figure_text(measure: Measure, figure: int) -> str:
    """Return a figure for people."""
    return money_text(figure) if measure.is_money else f"{figure:,}"


def share(part: int, whole: int) -> str:
    """Return a part in per cent with one decimal."""
    tenths = nearest(1_000 * part, whole)
    return f"{tenths // 10}.{tenths % 10}%" if tenths or not part else "under 0.1%"
