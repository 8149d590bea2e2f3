"""The partners who share a cost, for a table view: ticked or not, weights to be typed over, and what each bears."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ctdesk.domain.figure_table import Cell, Figure, FigureTable, Head
from ctdesk.services.figure_words import cell_words
from ctdesk.services.shared_costs import By, weight_text
from ctdesk.ui.theme import font

_Index = QModelIndex | QPersistentModelIndex
_NAME, _WEIGHT = 0, 1
_EDITED = (_NAME, _WEIGHT)


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner; `weight` is what the records say or somebody typed, and `own` says that it was typed."""

    name: str
    weight: str
    shares: bool = True
    own: bool = False

    @property
    def said(self) -> str:
        """The partner as the service takes it: with the weight where it is not that of the records."""
        return f"{self.name}={self.weight}" if self.own else self.name


class PartnersModel(QAbstractTableModel):
    """The partners with their results and a last row of totals; `changed` is told after each edit."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with nobody."""
        super().__init__(parent)
        self.partners: list[Partner] = []
        self.table = FigureTable("", (), ())
        self._borne: dict[int, Sequence[Cell]] = {}
        self._heads: Sequence[Head] = (Head("Partner"), Head("Weight", Figure.NUMBER))

    def take_known(self, by: By, known: Mapping[str, Fraction], *, again: bool) -> None:
        """Take what the records know; `again` keeps what was typed and who was left out."""
        held = {partner.name: partner for partner in self.partners} if again else {}
        found = [Partner(name, weight_text(by, weight)) for name, weight in known.items()]
        kept = [partner for partner in held.values() if partner.own and partner.name not in known]
        now = [held[it.name] if it.name in held and held[it.name].own else self._as_before(it, held) for it in found]
        self.show_partners([*now, *kept])

    def show_partners(self, partners: Sequence[Partner]) -> None:
        """Show partners, before anything is shared."""
        self.beginResetModel()
        self.partners, self._borne = list(partners), {}
        self.endResetModel()

    @staticmethod
    def _as_before(partner: Partner, held: Mapping[str, Partner]) -> Partner:
        return replace(partner, shares=held[partner.name].shares) if partner.name in held else partner

    def ask_for_weights(self) -> None:
        """Keep the partners, and let the weight of each be typed."""
        self.show_partners([replace(partner, weight="", own=True) for partner in self.partners])

    def add(self) -> int:
        """Add a partner without name and weight, and return its row."""
        row = len(self.partners)
        self.beginInsertRows(QModelIndex(), row, row)
        self.partners.append(Partner("", "", own=True))
        self.endInsertRows()
        return row

    @property
    def taking_part(self) -> list[int]:
        """The rows of those who share, in order: ticked, with a name and a weight."""
        return [row for row, it in enumerate(self.partners) if it.shares and it.name and it.weight]

    @property
    def as_known(self) -> bool:
        """Whether all share whom the records know, by what they know."""
        return all(partner.shares and not partner.own for partner in self.partners)

    def show_shares(self, table: FigureTable) -> None:
        """Show what each who takes part bears, by the rows of a table in order; one without rows shows nothing."""
        self.beginResetModel()
        self.table, self._heads = table, table.heads
        self._borne = dict(zip(self.taking_part, table.rows, strict=False))
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return the partners, and the totals if there are any."""
        return 0 if parent.isValid() else len(self.partners) + bool(self.table.totals)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - as above
        """Return partner, weight and, once there is something to share, the results."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - as above
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._heads):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self._heads[section])
        return self._heads[section].label if role == Qt.ItemDataRole.DisplayRole else None

    def is_total(self, row: int) -> bool:
        """Whether a row is that of totals."""
        return row >= len(self.partners)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let name and weight be typed, and a partner be ticked."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid() or self.is_total(index.row()):
            return usual
        ticked = Qt.ItemFlag.ItemIsUserCheckable if index.column() == _NAME else Qt.ItemFlag.NoItemFlags
        typed = Qt.ItemFlag.ItemIsEditable if index.column() in _EDITED else Qt.ItemFlag.NoItemFlags
        return usual | ticked | typed

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell in words, whether its partner shares, or its look."""
        if not index.isValid():
            return None
        total, head = self.is_total(index.row()), self._heads[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == _NAME and not total:
            shares = self.partners[index.row()].shares
            return Qt.CheckState.Checked if shares else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.EditRole and not total:
            return self._typed(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(head)
        if role == Qt.ItemDataRole.FontRole and total:
            return font("strong")
        return None

    def _words(self, row: int, column: int) -> str:
        if self.is_total(row):
            cell = self.table.totals[column]
            return "" if cell is None else cell_words(self._heads[column], cell)
        if row not in self._borne:
            return self._typed(row, column)
        return cell_words(self._heads[column], self._borne[row][column])

    def _typed(self, row: int, column: int) -> str:
        partner = self.partners[row]
        return {_NAME: partner.name, _WEIGHT: partner.weight}.get(column, "")

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's name
        """Take what was typed, or whether a partner shares."""
        if not index.isValid() or self.is_total(index.row()):
            return False
        before = self.partners[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            after = replace(before, shares=Qt.CheckState(value) is Qt.CheckState.Checked)
        elif role == Qt.ItemDataRole.EditRole:
            text = str(value).strip()
            after = replace(before, name=text) if index.column() == _NAME else replace(before, weight=text)
            after = replace(after, own=before.own or after != before)
        else:
            return False
        self.partners[index.row()] = after
        self._borne.pop(index.row(), None)  # what is typed is shown until it is worked out
        self.dataChanged.emit(index, index)
        self.changed.emit()
        return True


def _side(head: Head) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignLeft if head.figure is Figure.TEXT else Qt.AlignmentFlag.AlignRight
    return across | Qt.AlignmentFlag.AlignVCenter
