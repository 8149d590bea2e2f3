"""Sharing a cost: an amount, what it is shared by, and the partners, with what each of them bears."""

from collections.abc import Mapping
from dataclasses import astuple
from fractions import Fraction

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QLineEdit, QTableView, QWidget

from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import FigureTable
from ctdesk.services.figure_words import row_words
from ctdesk.services.shared_costs import (
    SEPARATOR,
    WORDS,
    By,
    CostToShare,
    known_weights,
    share_known,
    shares_heads,
    shares_sentence,
    shares_table,
)
from ctdesk.ui.models.cost_shares import Partner, PartnersModel
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import FlowLayout, button, edge_to_edge, label

_NAME = "cost to share"
_HOW = "Type the cost to share. Untick a partner who bears none of it, or type over a weight that is not to be used."


class CostSharing(QWidget):
    """The partners are taken from the records and may be left out, typed over and added to."""

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make the parts; the records are read when it is shown."""
        super().__init__()
        self.session = session
        self.found: FigureTable | None = None
        self._taken_up = False
        self.amount, self.by = QLineEdit(), QComboBox()
        self.amount.setPlaceholderText("£118,400")
        self.amount.setAccessibleName("Cost to share")
        self.amount.setFixedWidth(size(130))
        self.by.setAccessibleName("Shared by")
        for by, words in WORDS.items():
            self.by.addItem(words, by.value)
        self.model = PartnersModel(self)
        self.view = self._table()
        self.fault, self.told = label("", "help", tone="bad", wrap=True), label("", wrap=True)
        for line in (self.fault, self.told):
            line.setContentsMargins(size(14), size(6), size(14), size(8))
            line.hide()
        layout = edge_to_edge(self)
        layout.addWidget(self._tools())
        layout.addWidget(self.view, 1)
        layout.addWidget(self.told)
        layout.addWidget(self.fault)
        self.amount.editingFinished.connect(self.work_out)
        self.by.activated.connect(lambda _: self.choose(self.way))
        # An editor that is still open must not lose its table; one that closes with the window has none any more.
        self.model.changed.connect(lambda: QTimer.singleShot(0, lambda: self.work_out() if self.isVisible() else None))

    def take_up(self) -> None:
        """Take up, once, the cost that this person shared last, or was about to share when all ended."""
        kept = {} if self._taken_up else self.session.memory.get(_NAME, {})
        self._taken_up = True
        if kept:
            self.amount.setText(kept["amount"])
            self.by.setCurrentIndex(self.by.findData(kept["by"]))
            self.model.show_partners([Partner(*each) for each in kept["partners"]])
            self.read()

    def _keep(self) -> None:
        if self._taken_up:
            partners = [list(astuple(each)) for each in self.model.partners]
            self.session.memory.put(_NAME, {"amount": self.amount.text(), "by": self.way.value, "partners": partners})

    def _tools(self) -> QWidget:
        add, copy = button("Add partner", icon="plus"), button("Copy", kind="quiet", icon="copy")
        add.clicked.connect(lambda _=False: self.add_partner())
        copy.clicked.connect(lambda _=False: self.copy())
        tools = QWidget()
        flow = FlowLayout(tools, gap=size(8))
        flow.setContentsMargins(size(14), size(10), size(14), size(10))
        for words, box in (("Cost to share", self.amount), ("Shared by", self.by)):
            named = label(words, "help", tone="2")
            named.setBuddy(box)
            flow.addWidget(named)
            flow.addWidget(box)
        flow.addWidget(add)
        flow.addWidget(copy)
        return tools

    def _table(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.setAccessibleName("Who shares the cost")
        view.setShowGrid(False)
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.setWordWrap(False)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(size(28))
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.setMinimumHeight(size(150))
        return view

    @property
    def way(self) -> By:
        """What the cost is shared by."""
        return By(self.by.currentData())

    @property
    def cost(self) -> CostToShare | None:
        """What is to be shared, as typed; None as long as there is no amount."""
        amount = self.amount.text().strip()
        said = tuple(self.model.partners[row].said for row in self.model.taking_part)
        return CostToShare(amount, self.way, () if self.model.as_known else said) if amount else None

    @property
    def choices(self) -> dict[str, str]:
        """The same as an item of a pack keeps it."""
        cost = self.cost
        if cost is None:
            return {}
        return {"share": cost.amount, "by": WORDS[cost.by], "partners": f"{SEPARATOR} ".join(cost.partners)}

    def read(self) -> None:
        """Take what the records now say of the partners, and share again."""
        if self.way is not By.STATED:
            self.model.take_known(self.way, self._known(), again=True)
        self.work_out()

    def choose(self, by: By) -> None:
        """Share by something else: by what the records say of it, or by weights yet to be typed."""
        self.by.setCurrentIndex(self.by.findData(by.value))
        if by is By.STATED:
            self.model.ask_for_weights()
        else:
            self.model.take_known(by, self._known(), again=False)
        self.work_out()

    def _known(self) -> Mapping[str, Fraction]:
        return known_weights(self.session.desk, self.way)

    def work_out(self) -> None:
        """Share the cost and show it, or say what is wrong."""
        self._keep()
        self.found, cost = None, self.cost
        words, fault = "" if cost else _HOW, ""
        if cost is not None:
            try:
                shared = share_known(self.session.desk, self._asked(cost))
                self.found = shares_table(shared)
                words = " ".join((shares_sentence(shared), *self.found.notes))
            except DeskError as wrong:
                fault = str(wrong)
        current = self.view.currentIndex()
        place = current.row(), current.column()
        self.model.show_shares(self.found or FigureTable("", shares_heads(self.way), ()))
        self.view.setCurrentIndex(self.model.index(*place))
        for shown, text in ((self.told, words), (self.fault, fault)):
            shown.setText(text)
            shown.setVisible(bool(text))
        self._fit()

    def _asked(self, cost: CostToShare) -> CostToShare:
        if not self.model.taking_part:
            raise DeskError("Nobody shares the cost yet; tick a partner, or give one a weight.")
        return cost

    def _fit(self) -> None:
        self.view.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            self.view.setColumnWidth(column, min(self.view.columnWidth(column) + size(14), size(420)))

    def add_partner(self) -> None:
        """Add a partner, and ask for its name."""
        index = self.model.index(self.model.add(), 0)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self.view.edit(index)

    def copy(self) -> None:
        """Put the shares on the clipboard, as Excel takes them."""
        table = self.found
        if table is None:
            self.said.emit("There is nothing to copy yet; type the cost to share.")
            return
        rows = [[head.label for head in table.heads], *(row_words(table.heads, row) for row in table.rows)]
        rows.append([*row_words(table.heads, table.totals)[:-1], ""])
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
        self.said.emit("The shares are copied.")
