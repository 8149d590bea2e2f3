"""The table of a period: its agreements in groups by rating, provider or outcome, each with why it stands so."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from ctdesk.domain.monitoring_lines import AgreementPeriod, PeriodBoard
from ctdesk.domain.performance import Standing
from ctdesk.ui.theme import font, size, themes_changed, token
from ctdesk.ui.widgets import StateDelegate

GROUPINGS: tuple[tuple[str, Callable[[AgreementPeriod], str]], ...] = (
    ("By rating", lambda line: line.standing.value.capitalize()),
    ("By provider", lambda line: line.provider or "No provider"),
    ("By outcome", lambda line: line.outcome or "No outcome given"),
)
"""The ways in which the agreements may be grouped."""

_COLUMNS = ("Agreement", "Now", "Score", "Change", "Why", "Actions", "Return", "Before", "Provider")
_WIDTHS = (190, 90, 52, 84, 236, 116, 96, 64, 150)
_NOW, _SCORE, _CHANGE, _WHY, _ACTIONS, _RETURN, _BEFORE = range(1, 8)
_LINE = Qt.ItemDataRole.UserRole
_LETTERS = {Standing.RED: "R", Standing.AMBER: "A", Standing.GREEN: "G", Standing.MISSING: "–", Standing.NOT_DUE: "–"}


class BoardTable(QTreeWidget):
    """`opened` carries the agreement whose page is wanted, `current` the line that is looked at."""

    opened = Signal(str)
    current = Signal(object)

    def __init__(self) -> None:
        """Make the table, empty."""
        super().__init__()
        self._lines: Sequence[AgreementPeriod] = ()
        self._grouping, self._words = 0, ""
        self.setAccessibleName("Agreements of the period")
        self.setHeaderLabels(_COLUMNS)
        self.headerItem().setToolTip(
            _BEFORE, "The three periods before, the nearest first: G green, A amber, R red, – none"
        )
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(_NOW, StateDelegate("standing", self))
        self.setItemDelegateForColumn(_RETURN, StateDelegate("request", self))
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.itemActivated.connect(lambda item, _: self._activate(item))
        self.currentItemChanged.connect(lambda item, _: self.current.emit(item.data(0, _LINE) if item else None))
        themes_changed.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, size(width))

    def show_board(self, board: PeriodBoard) -> None:
        """Show a period; the line that was looked at stays looked at."""
        self._lines = board.lines
        self._show()

    def group_by(self, place: int) -> None:
        """Group in another way."""
        self._grouping = place
        self._show()

    def _show(self) -> None:
        held = self._looked_at()
        kept = held.agreement if held else ""
        self.clear()
        group_of = GROUPINGS[self._grouping][1]
        groups: dict[str, list[AgreementPeriod]] = {}
        for line in self._lines if not self._grouping else sorted(self._lines, key=group_of):
            groups.setdefault(group_of(line), []).append(line)
        for name, lines in groups.items():
            group = self._group(name, lines)
            for line in lines:
                item = _item(line)
                group.addChild(item)
                if line.agreement == kept:
                    self.setCurrentItem(item)
        self.expandAll()
        self.show_only(self._words)
        first = next((items[0] for _, items in self._shown() if items), None)
        if self._looked_at() is None and first is not None:
            self.setCurrentItem(first)

    def _looked_at(self) -> AgreementPeriod | None:
        item = self.currentItem()
        found: AgreementPeriod | None = item.data(0, _LINE) if item is not None else None
        return found

    def _shown(self) -> Iterator[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]]:
        """Yield each group with its lines."""
        for at in range(self.topLevelItemCount()):
            group = self.topLevelItem(at)
            if group is not None:
                yield group, [item for place in range(group.childCount()) if (item := group.child(place)) is not None]

    def _group(self, name: str, lines: Sequence[AgreementPeriod]) -> QTreeWidgetItem:
        without = sum(1 for line in lines if line.standing is Standing.RED and not line.actions)
        told = f", {without} with no action agreed" if without else ""
        count = f"{len(lines)} agreement{'' if len(lines) == 1 else 's'}"
        group = QTreeWidgetItem([f"{name}: {count}{told}"])
        group.setFont(0, font("section"))
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        return group

    def show_only(self, text: str) -> None:
        """Show the agreements whose words hold what is typed, and the groups that have any."""
        self._words = text
        words = text.casefold().split()
        for group, items in self._shown():
            for item in items:
                said = " ".join(item.text(column) for column in range(self.columnCount())).casefold()
                item.setHidden(not all(word in said for word in words))
            group.setHidden(all(item.isHidden() for item in items))

    def _activate(self, item: QTreeWidgetItem) -> None:
        line = item.data(0, _LINE)
        if line is not None:
            self.opened.emit(line.agreement)


def _item(line: AgreementPeriod) -> QTreeWidgetItem:
    before = " ".join(_LETTERS[one] if one else "–" for one in line.earlier)
    actions, overdue = _actions(line)
    told = "–" if line.score is None else str(line.score)
    words = [line.title, line.standing.value, told, _change(line), line.why, actions, line.state, before, line.provider]
    item = QTreeWidgetItem(words)
    item.setData(0, _LINE, line)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for column in (_SCORE, _CHANGE):
        item.setTextAlignment(column, right)
    item.setFont(_SCORE, font("strong"))
    for column in (0, _WHY):
        item.setToolTip(column, item.text(column) if column else f"{line.reference} {line.title}")
    if overdue:
        item.setForeground(_ACTIONS, QBrush(token("bad")))
    return item


def _change(line: AgreementPeriod) -> str:
    if line.score is None or line.score_before is None:
        return "–"
    moved = line.score - line.score_before
    if not moved:
        return "same"
    return f"+{moved} better" if moved > 0 else f"−{-moved} worse"


def _actions(line: AgreementPeriod) -> tuple[str, bool]:
    late = sum(1 for action in line.actions if action.late)
    if late:
        return f"{late} overdue", True
    if line.actions:
        first = line.actions[0].due
        return f"{len(line.actions)} open" + (f", {first:%d/%m/%Y}" if first else ""), False
    return ("None agreed", True) if line.standing is Standing.RED else ("–", False)
