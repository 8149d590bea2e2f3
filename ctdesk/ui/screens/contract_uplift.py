"""Raising the yearly value of one agreement or many: what is asked, and what each would come to, before it is done."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ctdesk.domain import clock
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS, Field, Kind
from ctdesk.domain.errors import DeskError
from ctdesk.domain.money import money_text
from ctdesk.services.contract_uplift import UpliftLine, more_a_year, preview_uplift, typed_percent, uplift
from ctdesk.services.naming import counted
from ctdesk.ui.screens.contract_asking import Asking, Question, typed_day
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size, symbol, token
from ctdesk.ui.widgets import dialog_size, label

_HEADS = ("Agreement", "A year now", "Becomes", "Difference")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_PERCENT = Field(name="percent", label="Per cent", kind=Kind.DECIMAL, help="For instance 3.5; a cut is below nought.")


class UpliftDialog(Asking):
    """Asks by how much, from when and why, and lists old and new values as soon as they are known."""

    def __init__(self, session: Session, uids: Sequence[str], parent: QWidget) -> None:
        """Ask about these agreements; those that cannot be raised are left out, and why is said."""
        variation = DEFINITIONS["variation"]
        today = date_text(clock.today())
        super().__init__(
            session,
            title=f"Uplift: {counted('agreement', len(uids))}",
            words="The value of a year rises from a day on, as one step; the past keeps what it was.",
            questions=[Question(_PERCENT), Question(variation["from_date"], today), Question(variation["reason"])],
            verb="Uplift",
            do=self._raise,
            about=" ".join(sorted(uids)),
            parent=parent,
        )
        self._session, self._uids = session, uids
        self.lines: list[UpliftLine] = []
        self.sentence = label("", "section", wrap=True)
        self.table = _Values()
        self.show_below(self.sentence)
        self.show_below(self.table, stretch=1)
        for name in ("percent", "from_date"):
            self.editors[name].edited.connect(self.preview)
        self.preview()
        self.resize(dialog_size(parent, 760, 560))

    def preview(self) -> None:
        """Show what is typed so far would come to; until it can be read, what the values are now."""
        desk = self._session.desk
        try:
            first = typed_day(self.editors["from_date"].typed(), "From")
        except DeskError:
            first = clock.today()
        try:
            percent = typed_percent(self.editors["percent"].typed())
        except DeskError:
            percent = Decimal(0)
        self.lines = preview_uplift(desk, self._uids, percent, first)
        self.table.show_lines(self.lines, known=bool(percent))
        self.sentence.setText(sentence_of(self.lines) if percent else "Give a percentage to see the new values.")
        self.go.setEnabled(any(not line.left_out for line in self.lines))

    def _raise(self, typed: Mapping[str, str]) -> None:
        percent, first = typed_percent(typed["percent"]), typed_day(typed["from_date"], "From")
        lines = preview_uplift(self._session.desk, self._uids, percent, first)
        uplift(self._session.desk, [it.uid for it in lines if not it.left_out], percent, first, typed["reason"])


def sentence_of(lines: Sequence[UpliftLine]) -> str:
    """Return what an uplift comes to over all, and how many are left out."""
    raised = [line for line in lines if not line.left_out]
    before, more = sum(line.before or 0 for line in raised), more_a_year(raised)
    verb, out = "rise" if more >= 0 else "fall", len(lines) - len(raised)
    verb = f"{verb}s" if len(raised) == 1 else verb
    said = f"{counted('agreement', len(raised))} {verb} by {money_text(abs(more))} a year"
    said += f", from {money_text(before)} to {money_text(before + more)}."
    return f"{said} {counted('agreement', out)} {'is' if out == 1 else 'are'} left out." if out else said


class _Values(QTableWidget):
    """The agreements with a year’s value before and after; why one is left out stands in place of the new value."""

    def __init__(self) -> None:
        super().__init__(0, len(_HEADS))
        self.setAccessibleName("Values before and after")
        self.setHorizontalHeaderLabels(list(_HEADS))
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(self.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(size(28))
        self.setMinimumHeight(size(110))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            self.setColumnWidth(column, size(124))
            self.model().setHeaderData(column, Qt.Orientation.Horizontal, _RIGHT, Qt.ItemDataRole.TextAlignmentRole)

    def show_lines(self, lines: Sequence[UpliftLine], *, known: bool) -> None:
        """Show the agreements; without a percentage only what they are worth now, and what is left out."""
        self.clearSpans()
        self.setRowCount(0)
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            new, more = ("", "") if not known or line.left_out else _after(line)
            before = "–" if line.before is None else money_text(line.before)
            for column, text in enumerate((line.called, before, new, more)):
                self.setItem(row, column, _item(text, right=column > 0))
            if line.left_out:
                why = _item(f"Left out: it {line.left_out}", right=False)
                why.setForeground(token("warn"))
                why.setIcon(symbol("x", tone="warn"))
                self.setItem(row, 2, why)
                self.setSpan(row, 2, 1, 2)
                self.setRowHeight(row, size(46))


def _after(line: UpliftLine) -> tuple[str, str]:
    more = (line.after or 0) - (line.before or 0)
    return money_text(line.after or 0), f"{'+' if more >= 0 else '−'}{money_text(abs(more))}"


def _item(text: str, *, right: bool) -> QTableWidgetItem:
    made = QTableWidgetItem(text)
    made.setToolTip(text)
    if right:
        made.setTextAlignment(_RIGHT)
    return made
