"""The agenda of a pack: its items in order, moved with Alt and the arrows, each with its pages."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QWidget

from ctdesk.services.pack_reports import REPORTS
from ctdesk.services.pack_sheet import AgendaRow
from ctdesk.ui.screens.pack_paints import TwoLines
from ctdesk.ui.theme import font, icon, size
from ctdesk.ui.widgets import Card, button, icon_button

_ROW = Qt.ItemDataRole.UserRole
_CONTEXT = Qt.ShortcutContext.WidgetShortcut


class PackAgenda(Card):
    """`moved` carries an item and -1 or 1; `edited`, `removed` and `given` an item; `report_wanted` a report's name."""

    moved = Signal(str, int)
    edited = Signal(object)
    removed = Signal(str)
    given = Signal(str)
    report_wanted = Signal(str)
    outside_wanted = Signal()
    item_wanted = Signal()

    def __init__(self) -> None:
        """Make the list, empty."""
        self.up, self.down = (
            icon_button("Move up (Alt+Up)", "chevron-up", small=True),
            icon_button("Move down (Alt+Down)", "chevron-down", small=True),
        )
        self.edit = icon_button("Edit (Enter)", "pencil", small=True)
        self.paper = icon_button("Give it another PDF…", "file", small=True)
        self.remove = icon_button("Remove (Delete)", "trash", small=True)
        super().__init__("Agenda", actions=[self.up, self.down, self.edit, self.paper, self.remove])
        self.list = QTreeWidget()
        self.list.setAccessibleName("Items of the agenda")
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setItemDelegateForColumn(1, TwoLines(self.list))
        self.list.setProperty("bare", "true")
        self.list.setColumnCount(3)
        self.list.header().setStretchLastSection(False)
        self.list.header().setMinimumSectionSize(size(20))
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.list.setColumnWidth(0, size(34))
        self.list.setColumnWidth(2, size(92))
        self.add_report, self.add_outside, self.add_item = (
            button("Report", icon="plus"), button("Outside PDF", icon="plus"), button("Item", icon="plus"),
        )  # fmt: skip
        self.body.addWidget(self.list, 1)
        self.add(self._foot())
        self._connect()

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(size(12), size(8), size(12), size(8))
        row.setSpacing(size(8))
        for each in (self.add_report, self.add_outside, self.add_item):
            row.addWidget(each)
        row.addStretch(1)
        return foot

    def _connect(self) -> None:
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.edit.clicked.connect(self._edit)
        self.remove.clicked.connect(self._remove)
        self.paper.clicked.connect(self._give)
        self.list.itemActivated.connect(lambda *_: self._edit())
        self.list.currentItemChanged.connect(lambda *_: self._tell())
        self.add_report.clicked.connect(self._offer_reports)
        self.add_outside.clicked.connect(self.outside_wanted)
        self.add_item.clicked.connect(self.item_wanted)
        for keys, run in (
            ("Alt+Up", lambda: self._move(-1)),
            ("Alt+Down", lambda: self._move(1)),
            ("Del", self._remove),
        ):
            QShortcut(QKeySequence(keys), self.list, run, context=_CONTEXT)

    def show_rows(self, rows: Sequence[AgendaRow], *, fixed: bool) -> None:
        """Show the items; the chosen one stays so. An issued pack is only looked at."""
        chosen = self.current.uid if self.current else ""
        self._fixed = fixed
        self.list.clear()
        for row in rows:
            item = QTreeWidgetItem([row.number, f"{row.title}\n{row.words}", ""])
            item.setData(0, _ROW, row)
            item.setFont(0, font("strong"))
            item.setToolTip(1, f"{row.title}\n{row.words}")
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if row.values["exempt"]:
                item.setIcon(2, icon("lock"))
                item.setToolTip(2, "Restricted: not for publication")
            self.list.addTopLevelItem(item)
            if row.uid == chosen:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self.hint.setText(f"{len(rows)} item{'' if len(rows) == 1 else 's'}")
        self._tell()

    def show_pages(self, pages: Mapping[str, str]) -> None:
        """Show on which pages each item stands."""
        for at in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(at)
            if item is not None:
                item.setText(2, pages.get(item.data(0, _ROW).uid, ""))

    @property
    def current(self) -> AgendaRow | None:
        """The chosen item."""
        item = self.list.currentItem()
        row = item.data(0, _ROW) if item is not None else None
        return row if isinstance(row, AgendaRow) else None

    def _tell(self) -> None:
        free = not self._fixed
        for each in (self.add_report, self.add_outside, self.add_item):
            each.setEnabled(free)
        for each in (self.up, self.down, self.edit, self.remove):
            each.setEnabled(free and self.current is not None)
        row = self.current
        self.paper.setEnabled(free and row is not None and not row.values["report"])

    _fixed = True

    def _move(self, by: int) -> None:
        if self.current and not self._fixed:
            self.moved.emit(self.current.uid, by)

    def _edit(self) -> None:
        if self.current and not self._fixed:
            self.edited.emit(self.current)

    def _remove(self) -> None:
        if self.current and not self._fixed:
            self.removed.emit(self.current.uid)

    def _give(self) -> None:
        if self.current:
            self.given.emit(self.current.uid)

    def _offer_reports(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for report in REPORTS.values():
            menu.addAction(report.title, partial(self.report_wanted.emit, report.name))
        menu.popup(self.add_report.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
