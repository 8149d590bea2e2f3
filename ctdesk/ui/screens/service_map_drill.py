"""The activities behind a figure of the map: each with what of it stands there; they add up to the figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain.counting import counted
from ctdesk.domain.money import money_text
from ctdesk.domain.service_map import Measure
from ctdesk.services.service_map import DrillLine, ServiceMap
from ctdesk.ui.models.service_map import Shown, figure_text, share
from ctdesk.ui.theme import font, size, token
from ctdesk.ui.widgets import Card, Link, button, label

_LINE = Qt.ItemDataRole.UserRole
MOST = 100
"""How many lines are shown; the rest is counted."""

_Index = QModelIndex | QPersistentModelIndex


class _LineDelegate(QStyledItemDelegate):
    """Two lines left, two lines right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(size(200), size(42))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        words = index.data(_LINE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, token("sel"))
        painter.setPen(QPen(token("line"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        box = option.rect.adjusted(size(14), size(4), -size(14), -size(4))
        half = box.height() // 2
        for at, (left, right) in enumerate((words[:2], words[2:])):
            row = QRect(box.left(), box.top() + at * half, box.width(), half)
            self._row(painter, row, left, right, strong=not at)
        painter.restore()

    @staticmethod
    def _row(painter: QPainter, row: QRect, left: str, right: str, *, strong: bool) -> None:
        look, tone = (font("medium"), "text") if strong else (font("small"), "text2")
        painter.setFont(look)
        painter.setPen(token(tone))
        metrics = QFontMetrics(look)
        wide = metrics.horizontalAdvance(right) + size(10)
        painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
        cut = metrics.elidedText(left, Qt.TextElideMode.ElideRight, row.width() - wide)
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)


@dataclass(frozen=True, slots=True)
class Behind:
    """What all the activities behind a figure come to; `total` is that of the whole map."""

    measure: Measure
    count: int
    amount: int
    total: int | None


class DrillPanel(Card):
    """`opened` carries the uid of an activity; `listed` and `copied` ask for all the lines."""

    opened = Signal(str)
    listed = Signal()
    copied = Signal()

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.lines: Sequence[DrillLine] = ()
        self._title, self._line = label("", "panel title", wrap=True), label("", "help", tone="2")
        self._sum = label("", "strong")
        below = QHBoxLayout()
        below.addWidget(self._line, 1)
        below.addWidget(self._sum)
        head = QWidget()
        top = QVBoxLayout(head)
        top.setContentsMargins(size(14), size(10), size(14), size(8))
        top.setSpacing(size(2))
        top.addWidget(self._title)
        top.addLayout(below)
        self.list = QListWidget()
        self.list.setAccessibleName("Activities behind the figure")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setItemDelegate(_LineDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(Qt.ItemDataRole.UserRole + 1)))
        self.notes = label("", "help", tone="2", wrap=True)
        self.notes.setContentsMargins(size(14), size(8), size(14), size(8))
        self.add(head, ruled=False)
        self.add(self.list)
        self.body.setStretchFactor(self.list, 1)
        self.pairs = Link("", role="help", underline=True)
        self.pairs.hide()
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(size(14), 0, size(14), size(6))
        row.addWidget(self.pairs)
        row.addStretch(1)
        self.add(self.notes)
        self.add(beside, ruled=False)
        self.add(self._foot())

    def _foot(self) -> QWidget:
        as_list, copy = button("Open as a list", icon="columns"), button("Copy", kind="quiet", icon="copy")
        as_list.clicked.connect(lambda _=False: self.listed.emit())
        copy.clicked.connect(lambda _=False: self.copied.emit())
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(size(12), size(8), size(12), size(8))
        row.addWidget(as_list)
        row.addStretch(1)
        row.addWidget(copy)
        return foot

    def show_pairs(self, count: int) -> None:
        """Say how many pairs of money are to be confirmed; until then they are counted twice."""
        self.pairs.setText(f"{counted(count, 'pair', 'pairs')} of money passed on to confirm")
        self.pairs.updateGeometry()
        self.pairs.setVisible(bool(count))

    def show_lines(self, title: str, lines: Sequence[DrillLine], whole: Behind) -> None:
        """Show the first lines behind a figure, and what all of them are."""
        self.lines = lines
        measure = _plain(whole.measure)
        part = f", {share(whole.amount, whole.total)} of all" if whole.total and whole.measure.adds_up else ""
        self._title.setText(title)
        self._line.setText(f"{counted(whole.count, 'activity', 'activities')}{part}")
        self._sum.setText(figure_text(measure, whole.amount))
        self.list.clear()
        for line in lines:
            self.list.addItem(_item(line, measure))
        left = whole.count - len(lines)
        if left > 0:
            self.list.addItem(_more(left, whole.amount - sum(line.amount for line in lines), measure))


def _plain(measure: Measure) -> Measure:
    return measure if measure.adds_up else Measure.MONEY


def _item(line: DrillLine, measure: Measure) -> QListWidgetItem:
    part = f"{share(line.amount, line.whole)} of {_text(measure, line.whole)}" if line.whole else ""
    of_it = "all of it" if line.amount == line.whole else part
    below = f"{line.reference}, {line.provider or line.agency}"
    words = (line.title or line.reference, _text(measure, line.amount), below)
    item = QListWidgetItem(f"{words[0]}, {words[1]}, {of_it}")
    item.setData(_LINE, (*words, of_it))
    item.setData(Qt.ItemDataRole.UserRole + 1, line.uid)
    return item


def _more(count: int, amount: int, measure: Measure) -> QListWidgetItem:
    words = counted(count, "more activity", "more activities"), _text(measure, amount)
    item = QListWidgetItem(", ".join(words))
    item.setData(_LINE, (*words, "Open as a list shows them all", ""))
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return item


def _text(measure: Measure, amount: int) -> str:
    return figure_text(measure, amount)


def cell_notes(shown: Shown, row: int | None, column: int | None) -> str:
    """Return what is said of one cell alone: what the plan needs there, or how little is bought; else nothing."""
    if row is None or column is None:
        return ""
    need, low = (cells.get((row, column)) for cells in (shown.gaps, shown.low))
    return " ".join([*([f"The plan needs: {need}."] if need else []), *([f"Low per head: {low}."] if low else [])])


def notes_of(found: ServiceMap) -> str:
    """Return how shared money was counted, and what is not in the figures."""
    said = []
    if found.stated or found.equal:
        shared = counted(found.stated + found.equal, "activity goes", "activities go")
        how = f"by stated weights ({found.stated}), else equally" if found.stated else "equally"
        said.append(f"{shared} to several rows or columns: shared {how}, to the penny.")
    if found.passed_on:
        said.append(f"{money_text(found.passed_on)} passed between partners is counted once.")
    if found.uncounted:
        said.append(f"{counted(found.uncounted, 'activity says', 'activities say')} nothing of this measure.")
    return " ".join(said) or "Every activity stands in one cell alone."
